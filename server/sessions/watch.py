"""The watch of a process: deadlines of sessions that nobody has in memory, signs of life, tokens, rest.

Sessions in memory mind their own deadlines.  Any process may wake any other session that is due, its home at once, the others when it
is late; the log accepts the clock's order once, so it does not matter how many do.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.protocol import Log
from server.sessions.hall import Hall, Room
from server.sessions.outage import mark_alive, outage_before
from server.sessions.recovery import CannotContinue, UnknownSession
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Tokens

LATE_MS = 1000
"""Over its deadline, after which any process may wake a session, not its home alone."""
FORGET, SWEEP = "forget", "sweep"
"""Words to all processes: a session was rewritten, so put it out of memory; tokens were made void, so look at once."""
_journal = logging.getLogger(__name__)


async def sweep_everywhere(log: Log, tokens: Tokens, room: Room) -> None:
    """Close the sockets of tokens that are void, here and, as soon as they hear of it, in the other processes."""
    session_id = room.session.plan.session_id
    room.gallery.sweep(await tokens.proofs(session_id))
    with contextlib.suppress(LogUnavailable):  # they look by themselves, a little later
        await log.hint(session_id, SWEEP)


class Watch:
    """Looks after a hall; ``begin`` once, then ``run`` until cancelled."""

    def __init__(self, hall: Hall, world: Surroundings, tokens: Tokens) -> None:
        self._hall = hall
        self._world = world
        self._tokens = tokens
        self._heeding: set[asyncio.Task[None]] = set()
        world.log.listen(self._heard)

    async def begin(self) -> None:
        """Give back what an outage took, before any clock fires; then leave the first sign of life.

        Raises:
            LogUnavailable: the log gives no answer.
        """
        now_ms = await self._world.clock.exact_ms()
        settings = self._world.settings
        self._hall.outage = await outage_before(self._world.shelf, now_ms, settings.outage_seconds_min)
        await self._wake_due(now_ms)
        self._hall.outage = None
        await mark_alive(self._world.shelf, now_ms)

    async def run(self) -> None:
        """Look around each ``poll_seconds``."""
        settings = self._world.settings
        rounds = max(1, round(settings.token_check_seconds / settings.poll_seconds))
        number = 0
        while True:
            await asyncio.sleep(settings.poll_seconds)
            number += 1
            try:
                await self._look_around(thorough=number % rounds == 0)
            except LogUnavailable:
                _journal.warning("the log gives no answer")
            except Exception as error:  # noqa: BLE001 - without its watch the whole server would stand still
                _journal.error("the watch failed: %s", place_of(error))

    async def _look_around(self, *, thorough: bool) -> None:
        now_ms = await self._world.clock.exact_ms()
        await mark_alive(self._world.shelf, now_ms)
        await self._wake_due(now_ms)
        if thorough:
            await self._check_tokens()
            await self._hall.rest()

    async def _wake_due(self, now_ms: int) -> None:
        """Have every session in memory that is due; there it fires by itself."""
        for session_id, deadline in await self._world.log.due(now_ms + self._world.clock.set_back_ms):
            late = now_ms - deadline.due_ms > LATE_MS or self._world.is_home(session_id)
            room = self._hall.in_memory(session_id)
            if not late or self._hall.trouble(session_id) is not None:
                continue
            if room is None:
                with contextlib.suppress(CannotContinue, UnknownSession):  # noted by the hall, for control
                    await self._hall.room(session_id)
            elif room.session.dozes:
                room.session.nudge(await self._world.log.version(session_id))

    async def _check_tokens(self) -> None:
        for session_id, _ in self._hall:
            await self._sweep(session_id)

    async def _sweep(self, session_id: str) -> None:
        """Ask those to leave whose tokens are void, if anybody is there."""
        room = self._hall.in_memory(session_id)
        if room is not None and len(room.gallery) > 0:
            room.gallery.sweep(await self._tokens.proofs(session_id))

    def _heard(self, session_id: str, word: str) -> None:
        """Another process did something of which all should know; a word that gets lost, the next look makes up for."""
        if word in (FORGET, SWEEP) and self._hall.in_memory(session_id) is not None:
            task = asyncio.create_task(self._heeded(session_id, word), name=f"{word} {session_id}")
            self._heeding.add(task)
            task.add_done_callback(self._heeding.discard)

    async def _heeded(self, session_id: str, word: str) -> None:
        with contextlib.suppress(LogUnavailable):
            await (self._hall.forget(session_id) if word == FORGET else self._sweep(session_id))
