"""All sessions that this process has in memory.

A session is read from its log when somebody asks for it or when its deadline passes, and put out of memory
when nobody was there for long.  A log that this program cannot carry on is remembered as *unfit*, with the
reason for control, so that it costs one attempt and not one a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakValueDictionary

from server.failures import place_of
from server.log.errors import LogUnavailable
from server.reasons import CloseCode
from server.sessions.attendance import Attendance
from server.sessions.gallery import Gallery
from server.sessions.outage import Outage
from server.sessions.plans import Plan, plan_of
from server.sessions.recovery import CannotContinue, UnknownSession, recover
from server.sessions.session import Session
from server.sessions.surroundings import Contended, Surroundings
from server.tasks import ended

_journal = logging.getLogger(__name__)
CLOSING_LOOK_S = 0.01


@dataclass(slots=True)
class Room:
    """A session, those who look on, what is counted of them, and its task."""

    session: Session
    gallery: Gallery
    attendance: Attendance
    task: asyncio.Task[None]
    empty_since_s: float


class Hall:
    """The sessions of one process."""

    def __init__(self, world: Surroundings) -> None:
        self._world = world
        self._rooms: dict[str, Room] = {}
        self._unfit: dict[str, str] = {}
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # there while somebody waits at one
        self._closed = False
        self.outage: Outage | None = None  # while sessions are looked through after one

    def __iter__(self) -> Iterator[tuple[str, Room]]:
        return iter(sorted(self._rooms.items()))

    async def room(self, session_id: str) -> Room:
        """The room of a session, read from its log if need be.

        Raises:
            UnknownSession: there is none of this name.
            CannotContinue: its log cannot be carried on here.
            LogUnavailable: the log gives no answer.
        """
        if session_id in self._rooms:
            return self._asked_for(session_id)
        if session_id in self._unfit:
            raise CannotContinue(self._unfit[session_id])
        try:
            plan = await plan_of(self._world.shelf, session_id)  # unknown names leave no trace here
        except CannotContinue as error:
            self._found_unfit(session_id, error)
            raise
        async with self._door(session_id):
            if session_id not in self._rooms:
                self._rooms[session_id] = await self._opened(plan)
                self._world.metrics.sessions.set(len(self._rooms))
            return self._asked_for(session_id)

    def _door(self, session_id: str) -> asyncio.Lock:
        """Where whoever wants to open a session, or to forget it, waits until no other does."""
        return self._doors.setdefault(session_id, asyncio.Lock())

    def _asked_for(self, session_id: str) -> Room:
        """A room in memory, which is not put out of it while whoever asked is on the way in."""
        room = self._rooms[session_id]
        room.empty_since_s = asyncio.get_running_loop().time()
        return room

    def in_memory(self, session_id: str) -> Room | None:
        """The room of a session, if it is in memory."""
        return self._rooms.get(session_id)

    def trouble(self, session_id: str) -> str | None:
        """Why a session does not go on, in a sentence for control; None if it does."""
        if session_id in self._unfit:
            return self._unfit[session_id]
        room = self._rooms.get(session_id)
        return None if room is None else room.session.parked

    def retry(self, session_id: str) -> None:
        """Forget what went wrong: control says that the cause was removed."""
        self._unfit.pop(session_id, None)
        room = self._rooms.get(session_id)
        if room is not None:
            room.session.unpark()

    async def rest(self) -> None:
        """Put sessions out of memory in which nobody was for long."""
        now_s = asyncio.get_running_loop().time()
        for session_id, room in self:
            if self._rooms.get(session_id) is not room:
                continue  # forgotten while another was put away
            if _is_busy(room):
                room.empty_since_s = now_s
            elif now_s - room.empty_since_s > self._world.settings.limits.session_rest_seconds:
                self._rooms.pop(session_id)
                self._world.metrics.sessions.set(len(self._rooms))
                await ended(room.task)

    async def forget(self, session_id: str) -> None:
        """Put a session out of memory now, and dismiss whoever is in it: its log is being rewritten."""
        async with self._door(session_id):  # one that is being opened has read what is to be forgotten
            self._unfit.pop(session_id, None)
            room = self._rooms.pop(session_id, None)
            if room is not None:
                self._world.metrics.sessions.set(len(self._rooms))
                await ended(room.task)
                room.gallery.dismiss(CloseCode.GOING_AWAY, "what people left in this session is removed")

    async def close(self) -> None:
        """Let appends under way finish, within ``stop_seconds``, dismiss everybody, end the tasks."""
        self._closed = True
        rooms = [room for _, room in self]
        for room in rooms:
            room.gallery.dismiss(CloseCode.GOING_AWAY, "the server stops")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._world.settings.stop_seconds):
                while any(_is_busy(room) for room in rooms):  # noqa: ASYNC110 - once a life
                    await asyncio.sleep(CLOSING_LOOK_S)
        for room in rooms:
            await ended(room.task)
        self._rooms.clear()

    async def _opened(self, plan: Plan) -> Room:
        if self._closed:
            raise LogUnavailable("the server stops")
        try:
            return await self._made(plan)
        except (LogUnavailable, UnknownSession):
            raise
        except CannotContinue as error:
            self._found_unfit(plan.session_id, error)
            raise
        except Exception as error:
            self._unfit[plan.session_id] = f"The log cannot be replayed: {place_of(error)}"
            _journal.error("session %s cannot be replayed: %s", plan.session_id, place_of(error))
            raise CannotContinue(self._unfit[plan.session_id]) from error

    def _found_unfit(self, session_id: str, error: CannotContinue) -> None:
        self._unfit[session_id] = str(error)
        _journal.error("session %s cannot be carried on: %s", session_id, error)

    async def _made(self, plan: Plan) -> Room:
        history = await recover(self._world.log, plan.session_id, self._world.snapshots)
        gallery = Gallery(self._world.settings.limits, plan.pace)
        session = Session(plan, history, self._world, gallery)
        if self.outage is not None:
            try:
                await session.restore(self.outage)
            except Contended as error:
                raise LogUnavailable("other processes were always quicker") from error
        if self._closed:  # meanwhile: nobody would end its task
            raise LogUnavailable("the server stops")
        task = asyncio.create_task(session.run(), name=f"session {plan.session_id}")
        return Room(session, gallery, Attendance(self._world.clock), task, asyncio.get_running_loop().time())


def _is_busy(room: Room) -> bool:
    return len(room.gallery) > 0 or not room.session.is_quiet
