"""Tokens: who holds one acts for its seat, watches in public, or is in control.

A token has 256 random bits.  It is handed out once, over HTTP, and shown in the first frame of a socket or
in a header, never in an address; only its SHA-256 is kept, so that nobody who reads the store can use it.
A viewer may have several, one for each device, and each can be revoked alone; giving out the seat anew ends all of them.

A device can have the name of whoever uses it, which lives and ends with its token.  An invitation is a short code that lets more devices
of a seat in for an hour, and does nothing else; a seat has one at most.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from server.log.shelf import Shelf
from server.sessions.clock import Clock
from server.sessions.mailbox import FIELD as ENVELOPE
from server.settings import DAY_MS, Limits

FIELD, OF, INVITATION = "token:", "/", "invitation:"
FIRST = "first"
"""The device that a seat was claimed with."""
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody mistakes for each other."""
INVITATION_CHARS = 8
INVITATION_MS = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Proven:
    """Who showed a valid token: a country, ``public`` or ``umpire``; the device that it was given to, whose name it has, and its hash."""

    viewer: str
    proof: str
    device: str = FIRST
    issued_ms: int = 0
    name: str = ""


class TooManyDevices(Exception):
    """A seat has as many tokens as it may."""


class Tokens:
    """The tokens of all sessions."""

    def __init__(self, shelf: Shelf, clock: Clock, limits: Limits) -> None:
        self._shelf = shelf
        self._clock = clock
        self._life_ms = int(limits.token_days_max * DAY_MS)
        self._devices_max = limits.devices_per_seat_max

    async def issue(self, session_id: str, viewer: str) -> str:
        """A new token; all before are void.

        Raises:
            LogUnavailable: it may or may not be valid; issue another.
        """
        token = secrets.token_urlsafe(32)
        await self._shelf.put(session_id, FIELD + viewer, self._row(token))
        await self._shelf.drop(session_id, INVITATION + viewer)
        for given in await self.given(session_id):
            if given.viewer == viewer and given.device != FIRST:
                await self.revoke(session_id, viewer, given.device)
        return token

    async def issue_free(self, session_id: str, viewer: str) -> str | None:
        """A token for a viewer who has none that is valid; None if he has, or if somebody was quicker through any process.

        Raises:
            LogUnavailable: he may have one now that nobody holds; control can issue another.
        """
        name = FIELD + viewer
        seen = await self._shelf.get(session_id, name)
        if viewer in await self.valid(session_id):
            return None
        token = secrets.token_urlsafe(32)
        kept = await self._shelf.swap(session_id, name, seen, self._row(token))
        return token if kept else None

    async def issue_more(self, session_id: str, viewer: str) -> tuple[str, str]:
        """(device, token) for one more device of a viewer; the others stay valid.

        Raises:
            TooManyDevices: there are as many as there may be.
            LogUnavailable: it may or may not be valid; issue another.
        """
        own = [given for given in await self.given(session_id) if given.viewer == viewer]
        if len(own) >= self._devices_max:
            raise TooManyDevices(viewer)
        device, token = secrets.token_hex(4), secrets.token_urlsafe(32)
        await self._shelf.put(session_id, f"{FIELD}{viewer}{OF}{device}", self._row(token))
        return device, token

    async def revoke(self, session_id: str, viewer: str, device: str | None = None) -> None:
        """Make the viewer's tokens void, and the envelope that waits from whoever held them; or the token of one device."""
        names = [FIELD + viewer if device == FIRST else f"{FIELD}{viewer}{OF}{device}"]
        if device is None:
            own = (FIELD + viewer, INVITATION + viewer, ENVELOPE + viewer)
            names = [name for name in await self._shelf.all(session_id) if name.partition(OF)[0] in own]
        for name in names:
            await self._shelf.drop(session_id, name)

    async def rename(self, session_id: str, viewer: str, device: str, name: str) -> bool:
        """Give a device the name of whoever uses it; False if there is no such device.

        Raises:
            LogUnavailable: it may or may not have this name; the same again settles it.
        """
        field = FIELD + viewer if device == FIRST else f"{FIELD}{viewer}{OF}{device}"
        while (seen := await self._shelf.get(session_id, field)) is not None:
            proof, issued_ms = seen.split(" ")[:2]
            if await self._shelf.swap(session_id, field, seen, f"{proof} {issued_ms} {name}".rstrip()):
                return True
        return False

    async def invite(self, session_id: str, viewer: str) -> str:
        """A code with which more devices of a viewer are let in; the one before is void.

        Raises:
            LogUnavailable: it may or may not be valid; make another.
        """
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(INVITATION_CHARS))
        await self._shelf.put(session_id, INVITATION + viewer, self._row(code))
        return code

    async def is_invited(self, session_id: str, viewer: str, code: str) -> bool:
        """Whether this is the code that lets devices of a viewer in now."""
        text = await self._shelf.get(session_id, INVITATION + viewer)
        proof, _, issued_ms = (text or " 0").partition(" ")
        return hmac.compare_digest(proof, proof_of(code)) and int(issued_ms) >= self._clock.now_ms() - INVITATION_MS

    async def proven(self, session_id: str, token: str) -> Proven | None:
        """Who holds this token; None if nobody does.  Takes as long for any token of a session."""
        offered, found = proof_of(token), None
        for given in await self.given(session_id):
            if hmac.compare_digest(given.proof, offered):
                found = given
        return found

    async def given(self, session_id: str) -> tuple[Proven, ...]:
        """Every token that is valid now, by viewer and device."""
        found = []
        for name, text in sorted((await self._shelf.all(session_id)).items()):
            if name.startswith(FIELD):
                viewer, _, device = name.removeprefix(FIELD).partition(OF)
                proof, issued_ms, *called = text.split(" ", 2)
                if int(issued_ms) >= self._clock.now_ms() - self._life_ms:
                    found.append(Proven(viewer, proof, device or FIRST, int(issued_ms), "".join(called)))
        return tuple(found)

    async def valid(self, session_id: str) -> dict[str, tuple[str, ...]]:
        """Viewer -> hashes of the tokens that are valid now."""
        found: dict[str, tuple[str, ...]] = {}
        for given in await self.given(session_id):
            found[given.viewer] = (*found.get(given.viewer, ()), given.proof)
        return found

    async def proofs(self, session_id: str) -> tuple[str, ...]:
        """The hashes of all tokens that are valid now."""
        return tuple(given.proof for given in await self.given(session_id))

    def _row(self, token: str) -> str:
        return f"{proof_of(token)} {self._clock.now_ms()}"


def proof_of(token: str) -> str:
    """The SHA-256 of a token, hexadecimal; whatever bytes somebody offers as one have such a sum."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
