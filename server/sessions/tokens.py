"""Tokens: who holds one acts for its seat, watches in public, or is in control.

A token has 256 random bits.  It is handed out once, over HTTP, and shown in the first frame of a socket or
in a header, never in an address; only its SHA-256 is kept, so that nobody who reads the store can use it.
A viewer has one valid token at a time: giving out a new one ends the old one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from server.log.shelf import Shelf
from server.sessions.clock import Clock
from server.settings import DAY_MS, Limits

FIELD = "token:"


@dataclass(frozen=True, slots=True)
class Proven:
    """Who showed a valid token: a country, ``public`` or ``umpire``; and the hash of it."""

    viewer: str
    proof: str


class Tokens:
    """The tokens of all sessions."""

    def __init__(self, shelf: Shelf, clock: Clock, limits: Limits) -> None:
        self._shelf = shelf
        self._clock = clock
        self._life_ms = int(limits.token_days_max * DAY_MS)

    async def issue(self, session_id: str, viewer: str) -> str:
        """A new token; the one before is void.

        Raises:
            LogUnavailable: it may or may not be valid; issue another.
        """
        token = secrets.token_urlsafe(32)
        await self._shelf.put(session_id, FIELD + viewer, f"{proof_of(token)} {self._clock.now_ms()}")
        return token

    async def issue_free(self, session_id: str, viewer: str) -> str | None:
        """A token for a viewer who has none that is valid; None if he has, or if somebody was quicker through any process.

        Raises:
            LogUnavailable: he may have one now that nobody holds; control can issue another.
        """
        name = FIELD + viewer
        seen = await self._shelf.get(session_id, name)
        if seen is not None and self._is_young(seen):
            return None
        token = secrets.token_urlsafe(32)
        kept = await self._shelf.swap(session_id, name, seen, f"{proof_of(token)} {self._clock.now_ms()}")
        return token if kept else None

    async def revoke(self, session_id: str, viewer: str) -> None:
        """Make the viewer's token void."""
        await self._shelf.drop(session_id, FIELD + viewer)

    async def proven(self, session_id: str, token: str) -> Proven | None:
        """Who holds this token; None if nobody does.  Takes as long for any token of a session."""
        offered, found = proof_of(token), None
        for viewer, proof in (await self.valid(session_id)).items():
            if hmac.compare_digest(proof, offered):
                found = Proven(viewer, proof)
        return found

    async def valid(self, session_id: str) -> dict[str, str]:
        """Viewer -> hash of the token that is valid now."""
        rows = (await self._shelf.all(session_id)).items()
        return {name.removeprefix(FIELD): text.partition(" ")[0] for name, text in rows if name.startswith(FIELD) and self._is_young(text)}

    def _is_young(self, text: str) -> bool:
        return int(text.partition(" ")[2]) >= self._clock.now_ms() - self._life_ms


def proof_of(token: str) -> str:
    """The SHA-256 of a token, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
