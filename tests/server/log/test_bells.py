"""Waiting: no bell is slept through, and nobody who left is remembered."""

from __future__ import annotations

import asyncio

import pytest

from server.log.bells import Bells
from server.log.errors import LogUnavailable

NEVER_S = 600.0


class Counter:
    """A version that a test moves, and how often it was read."""

    def __init__(self) -> None:
        self.version = 0
        self.reads = 0

    async def __call__(self, _game_id: str) -> int:
        """Read it."""
        self.reads += 1
        return self.version


def test_a_bell_between_reading_and_sleeping_is_heard() -> None:
    """An append during the very read of the version still wakes the waiter."""

    async def scene() -> None:
        bells = Bells()
        counter = Counter()

        async def read(game_id: str) -> int:
            seen = await counter(game_id)
            if counter.reads == 1:
                counter.version = 1
                bells.ring(game_id)
            return seen

        async with asyncio.timeout(5):
            assert await bells.wait("g", 0, read, timeout_s=NEVER_S, poll_s=NEVER_S) == 1
        assert counter.reads == 2

    asyncio.run(scene())


def test_each_game_has_its_bell() -> None:
    """A bell wakes its own game's waiters, and ring_all wakes everybody."""

    async def scene() -> None:
        bells = Bells()
        here, there = Counter(), Counter()
        waits = [
            asyncio.create_task(bells.wait(game, 0, counter, timeout_s=NEVER_S, poll_s=NEVER_S))
            for game, counter in (("here", here), ("there", there))
        ]
        await asyncio.sleep(0.01)
        here.version = there.version = 1
        bells.ring("here")
        assert await waits[0] == 1
        assert there.reads == 1
        bells.ring_all()
        assert await waits[1] == 1
        bells.ring("nobody waits here")

    asyncio.run(scene())


def test_who_leaves_is_forgotten() -> None:
    """After an answer, a timeout, an error or a cancellation nothing of the waiter is left."""

    async def failing(_game_id: str) -> int:
        raise LogUnavailable("away")

    async def scene() -> None:
        bells = Bells()
        assert await bells.wait("g", -1, Counter(), timeout_s=NEVER_S, poll_s=NEVER_S) == 0
        assert await bells.wait("g", 0, Counter(), timeout_s=0.02, poll_s=0.005) == 0
        with pytest.raises(LogUnavailable):
            await bells.wait("g", 0, failing, timeout_s=NEVER_S, poll_s=NEVER_S)
        gone = asyncio.create_task(bells.wait("g", 0, Counter(), timeout_s=NEVER_S, poll_s=NEVER_S))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        assert not bells._waiting

    asyncio.run(scene())
