"""A server process in virtual time: everything but HTTP and TCP is the real thing.

It starts as ``server.web.app`` does, and dies at once: its tasks end in the middle of whatever they do, and
nothing of its memory is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.log.snapshots import Snapshots
from server.metrics import Metrics
from server.sessions.clock import LogClock
from server.sessions.hall import Hall
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Tokens
from server.sessions.watch import Watch
from server.settings import Settings
from server.tasks import ended
from server.web.lobby import Lobby
from server.web.parlour import Parlour
from server.web.sockets import Socket
from tests.simulation.store import FarLog, FarShelf
from tests.simulation.weather import Weather
from tests.simulation.wire import ClientEnd, ServerEnd, Wire

METRICS = Metrics()
"""Of all processes together: nobody reads it, and to make one takes as long as a hundred messages."""


class Process:
    """One life of a process; ``begin`` first."""

    def __init__(
        self,
        log: MemoryLog,
        shelf: MemoryShelf,
        snapshots: Snapshots,
        weather: Weather,
        settings: Settings,
        is_home: Callable[[str], bool],
    ) -> None:
        self._weather = weather
        self._limits = settings.limits
        far_log, far_shelf = FarLog(log, weather), FarShelf(shelf, weather)
        self._clock = LogClock(far_log)
        world = Surroundings(far_log, far_shelf, self._clock, settings, METRICS, is_home=is_home, snapshots=snapshots)
        self.hall = Hall(world)
        tokens = Tokens(far_shelf, self._clock, settings.limits)
        self.lobby = Lobby(self.hall, world, tokens)
        self.parlour = Parlour(self.lobby, self.hall, world, tokens)
        self._watch = Watch(self.hall, world, tokens)
        self._tasks: list[asyncio.Task[Any]] = []
        self._wires: list[Wire] = []
        self.alive = False

    async def begin(self) -> None:
        """Come up, however often the log has to be asked."""
        while not self.alive:
            try:
                await self._watch.begin()
                self.alive = True
            except LogUnavailable:
                await asyncio.sleep(0.5)
        self._keep(self._watch.run(), "watch")
        self._keep(self.parlour.run(), "parlour")

    def connect(self) -> ClientEnd:
        """A new socket to this process."""
        wire = Wire(self._weather)
        self._wires.append(wire)
        self._keep(Socket(ServerEnd(wire), self.lobby, self._limits, lambda: None, METRICS).serve(), "socket")
        return ClientEnd(wire)

    async def die(self) -> None:
        """As by kill -9."""
        self.alive = False
        for wire in self._wires:
            wire.cut()
        tasks = [*self._tasks, *(room.task for _, room in self.hall)]
        for task in tasks:
            task.cancel()
        for task in tasks:
            await ended(task)

    def _keep(self, work: Any, name: str) -> None:  # noqa: ANN401 - any coroutine
        self._tasks = [task for task in self._tasks if not task.done()]
        self._tasks.append(asyncio.get_running_loop().create_task(work, name=name))
