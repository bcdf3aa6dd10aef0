"""Seats at which nobody is any more: an early end of a step does not wait for them, and they may come back at any moment.

A seat is *away* once no device of it was connected for the seconds that were settled when the session was made.  Every process
knows its own sockets at once and those of the others by the attendance that they keep, so it looks every few seconds, and never
calls a seat away before it has had the session in memory for as long, nor before the store's clock, which stamps all this, has run
for as long since it jumped: after an outage everybody has the time to come back.
Nothing of this is in the log, which says only that the clock closed a step.  Where missing orders are noted, those of a seat that
is away are.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.shelf import Shelf
from server.sessions.attendance import Attended, Person, attended, keep_all
from server.sessions.clock import LogClock
from server.sessions.tokens import Proven, Tokens
from server.settings import SECOND_MS

if TYPE_CHECKING:
    from server.sessions.hall import Hall, Room

_journal = logging.getLogger(__name__)
LOOK_SECONDS = 10.0
AWAY_SECONDS, AWAY_SECONDS_MIN, AWAY_SECONDS_MAX = 120, 90, 3600
"""How long a seat is waited for that nobody is at; the least is more than the time between two signs of life of a device."""


def gone(seats: Iterable[str], given: Iterable[Proven], seen: Mapping[Person, Attended], since_ms: int) -> frozenset[str]:
    """The seats of which nobody was there since a moment, and to which nobody was given a token since."""
    there = {proven.viewer for proven in given if proven.issued_ms >= since_ms}
    there |= {person.seat for person, counts in seen.items() if counts.spans and counts.spans[-1][1] >= since_ms}
    return frozenset(seats) - there


async def look_after(hall: Hall, shelf: Shelf, tokens: Tokens, clock: LogClock) -> None:
    """Keep the attendance of all sessions of a hall, and see who is away, every few seconds, until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await keep_all(hall, shelf, tokens)
        await look_for_all(hall, shelf, tokens, clock)


async def look_for_all(hall: Hall, shelf: Shelf, tokens: Tokens, clock: LogClock) -> None:
    """Note in each session of a hall which seats are away."""
    for session_id, room in hall:
        try:
            await look_for(room, shelf, tokens, clock)
        except LogUnavailable:
            return  # the sessions say so by themselves
        except Exception as error:  # noqa: BLE001 - what cannot be seen of one session must not close the eyes for others
            _journal.error("whether seats of %s are empty is not known: %s", session_id, place_of(error))


async def look_for(room: Room, shelf: Shelf, tokens: Tokens, clock: LogClock) -> None:
    """Note which seats of a session are away; seats of bots never are.

    Raises:
        LogUnavailable: it is not known.
    """
    session, wait_s = room.session, room.session.plan.away_seconds
    now_ms, wait_ms = clock.now_ms(), (wait_s or 0) * SECOND_MS
    watched_ms = min(now_ms - room.attendance.begun_ms, clock.steady_ms)
    if wait_s is None or session.plan.pace != "live" or session.dozes or watched_ms < wait_ms:
        session.note_away(())
        return
    given = await tokens.given(session.plan.session_id)
    seen = attended(await shelf.all(session.plan.session_id))
    held = frozenset(proven.viewer for proven in given)
    seats = [seat for seat in session.history.game.atlas.countries if not session.is_played_by_bot(seat, held)]
    session.note_away(gone(seats, given, seen, now_ms - wait_ms))
