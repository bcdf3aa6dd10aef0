"""From the wish for a session to its plan and its code: what is left open is settled by the scenario and the server."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from server.sessions.plans import StoredPlan
from server.sessions.recovery import scenario_named
from server.sessions.tokens import CODE_LETTERS
from server.web.forms import NewSession

CODE_CHARS = 6


def planned(wish: NewSession, public_token: str, now_ms: int, *, skip_reading: bool) -> StoredPlan:
    """The plan of a new session; ``skip_reading`` is the server's own habit."""
    return StoredPlan(
        scenario=wish.scenario,
        pace=wish.pace,
        skip_reading=skip_reading if wish.skip_reading is None else wish.skip_reading,
        open_seats=wish.open_seats,
        created_ms=now_ms,
        bots=wish.bots,
        talk=wish.talk,
        overheard=wish.overheard,
        missing=wish.missing or scenario_named(wish.scenario).data.scenario.missing,
        quiet_seconds=wish.quiet_seconds,
        quiet_more_seconds=wish.quiet_more_seconds,
        away_seconds=wish.away_seconds,
        critical=wish.critical,
        frozen=wish.frozen,
        public_token=public_token,
    )


def code_of(session_id: str) -> str:
    """The code of a session: the end of its name."""
    return session_id.rpartition("-")[2]


def new_code(games: Iterable[str]) -> str:
    """A code that no session has."""
    taken = {code_of(name) for name in games}
    while (code := "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_CHARS))) in taken:
        pass
    return code
