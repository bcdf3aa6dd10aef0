"""The log and the shelf as one process reaches them through bad weather: late, lost, twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import KEEP, Deadline, Entry, Keep, Outcome, Stored
from server.log.shelf import MemoryShelf
from tests.simulation.weather import Weather

T = TypeVar("T")


async def reached(weather: Weather, command: Callable[[], Awaitable[T]]) -> T:
    """The answer to a command, with all that can happen on the way."""
    climate = weather.climate
    await weather.log_delay()
    if weather.strikes(climate.lost_before):
        raise LogUnavailable("lost on the way there")
    answer = await command()
    if weather.strikes(climate.twice):
        await weather.log_delay()
        answer = await command()
    await weather.log_delay()
    if weather.strikes(climate.lost_after):
        raise LogUnavailable("lost on the way back")
    return answer


class OneLog(MemoryLog):
    """The log that all processes share; those who wait for it wake in the order in which they came."""

    def __init__(self, clock: Callable[[], int]) -> None:
        super().__init__(clock)
        self._waiting: list[asyncio.Future[None]] = []

    async def append(
        self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP
    ) -> Outcome:
        """See ``Log.append``; there is one game, so everybody wakes."""
        outcome = await super().append(game_id, version, entries, deadline)
        waiting, self._waiting = self._waiting, []
        for bell in waiting:
            if not bell.done():
                bell.set_result(None)
        return outcome

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """See ``Log.wait``."""
        if await self.version(game_id) <= version:
            bell = asyncio.get_running_loop().create_future()
            self._waiting.append(bell)
            await asyncio.wait((bell,), timeout=timeout_s)
        return await self.version(game_id)


class FarLog:
    """A ``Log`` through the weather."""

    def __init__(self, log: MemoryLog, weather: Weather) -> None:
        self._log = log
        self._weather = weather

    async def append(
        self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP
    ) -> Outcome:
        """See ``Log.append``; after a resend the answer may be ``Seen``."""
        return await reached(self._weather, lambda: self._log.append(game_id, version, entries, deadline))

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """See ``Log.read``."""
        return await reached(self._weather, lambda: self._log.read(game_id, since, limit))

    async def version(self, game_id: str) -> int:
        """See ``Log.version``."""
        return await reached(self._weather, lambda: self._log.version(game_id))

    async def versions(self, game_ids: Sequence[str]) -> tuple[int, ...]:
        """See ``Log.versions``."""
        return await reached(self._weather, lambda: self._log.versions(game_ids))

    async def games(self) -> tuple[str, ...]:
        """See ``Log.games``."""
        return await reached(self._weather, self._log.games)

    async def deadline(self, game_id: str) -> Deadline | None:
        """See ``Log.deadline``."""
        return await reached(self._weather, lambda: self._log.deadline(game_id))

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """See ``Log.due``."""
        return await reached(self._weather, lambda: self._log.due(now_ms))

    async def now_ms(self) -> int:
        """See ``Log.now_ms``."""
        return await reached(self._weather, self._log.now_ms)

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """See ``Log.wait``; bells get lost, so half of the time it sleeps the time out."""
        if self._weather.strikes(0.5):
            return await self._log.wait(game_id, 1 << 50, timeout_s)
        return await reached(self._weather, lambda: self._log.wait(game_id, version, timeout_s))

    async def hint(self, game_id: str, word: str) -> None:
        """See ``Log.hint``."""
        await reached(self._weather, lambda: self._log.hint(game_id, word))

    def listen(self, heard: Callable[[str, str], None]) -> None:
        """See ``Log.listen``."""
        self._log.listen(heard)

    async def close(self) -> None:
        """Nothing runs in the background."""


class FarShelf:
    """A ``Shelf`` through the weather."""

    def __init__(self, shelf: MemoryShelf, weather: Weather) -> None:
        self._shelf = shelf
        self._weather = weather

    async def put(self, game_id: str, field: str, value: str) -> None:
        """See ``Shelf.put``."""
        await reached(self._weather, lambda: self._shelf.put(game_id, field, value))

    async def put_all(self, game_id: str, fields: Mapping[str, str]) -> None:
        """See ``Shelf.put_all``."""
        await reached(self._weather, lambda: self._shelf.put_all(game_id, fields))

    async def get(self, game_id: str, field: str) -> str | None:
        """See ``Shelf.get``."""
        return await reached(self._weather, lambda: self._shelf.get(game_id, field))

    async def all(self, game_id: str) -> dict[str, str]:
        """See ``Shelf.all``."""
        return await reached(self._weather, lambda: self._shelf.all(game_id))

    async def drop(self, game_id: str, field: str) -> None:
        """See ``Shelf.drop``."""
        await reached(self._weather, lambda: self._shelf.drop(game_id, field))

    async def swap(self, game_id: str, field: str, seen: str | None, value: str) -> bool:
        """Set a field if it holds what the caller saw."""
        return await reached(self._weather, lambda: self._shelf.swap(game_id, field, seen, value))
