"""Waiting: a bell for those who look at what is there, and a table of those who await one answer each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from client.sdk.errors import OrderRefused, SeatLost
from rules.wire.frames import Refusal

T = TypeVar("T")


class Bell:
    """Wakes everybody who waits for something to have changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def heard(self, until: Callable[[], bool]) -> None:
        """Wait until ``until()`` holds, looking again at every ring."""
        while not until():
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)


class Answers(Generic[T]):
    """Who awaits which answer.  Several may await the same one; a cancelled wait leaves the others alone."""

    def __init__(self) -> None:
        self._awaited: dict[str, asyncio.Future[T]] = {}

    async def to(self, name: str) -> T:
        """The answer to ``name``.

        Raises:
            OrderRefused: the answer is no.
            SeatLost: there will be no answer.
        """
        if name not in self._awaited:
            self._awaited[name] = asyncio.get_running_loop().create_future()
            self._awaited[name].add_done_callback(_looked_at)
        return await asyncio.shield(self._awaited[name])

    def give(self, name: str, answer: T) -> None:
        """Answer yes to whoever waits."""
        future = self._awaited.pop(name, None)
        if future is not None:
            future.set_result(answer)

    def refuse(self, name: str, refusal: Refusal) -> None:
        """Answer no to whoever waits."""
        future = self._awaited.pop(name, None)
        if future is not None:
            future.set_exception(OrderRefused.of(refusal))

    def lose(self, reason: str) -> None:
        """There will be no answers any more."""
        for future in self._awaited.values():
            future.set_exception(SeatLost(reason))
        self._awaited.clear()


def _looked_at(future: asyncio.Future[T]) -> None:
    """An outcome that nobody waits for any more is no fault of the program."""
    if not future.cancelled():
        future.exception()
