"""Waiting: no bell is slept through, and nobody who left is remembered."""

from __future__ import annotations

import asyncio

import pytest

from server.log.bells import Bells
from server.log.errors import LogUnavailable
from tests.patience import PATIENCE_S

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
                bells.ring(game_id, 1)
            return seen

        async with asyncio.timeout(PATIENCE_S):
            assert await bells.wait("g", 0, read, timeout_s=NEVER_S) == 1
        assert counter.reads == 1

    asyncio.run(scene())


def test_each_game_has_its_bell() -> None:
    """A bell wakes its own game's waiters, and ring_all wakes everybody."""

    async def scene() -> None:
        bells = Bells()
        here, there = Counter(), Counter()
        waits = [
            asyncio.create_task(bells.wait(game, 0, counter, timeout_s=NEVER_S))
            for game, counter in (("here", here), ("there", there))
        ]
        await asyncio.sleep(0.01)
        here.version = there.version = 1
        bells.ring("here", 1)
        assert await waits[0] == 1
        assert there.reads == 1
        bells.doubt()
        assert await waits[1] == 1
        bells.ring("nobody waits here", 7)

    asyncio.run(scene())


def test_what_is_noted_wakes_nobody() -> None:
    """Whoever waits sleeps on, and hears of it when the time is over or another bell rings."""

    async def scene() -> None:
        bells, counter = Bells(), Counter()
        waiting = asyncio.create_task(bells.wait("g", 0, counter, timeout_s=NEVER_S))
        await asyncio.sleep(0)
        bells.note("g", 1)
        await asyncio.sleep(0.01)
        assert not waiting.done()
        assert await bells.wait("g", 0, counter, timeout_s=NEVER_S) == 1
        bells.ring("g", 1)
        assert await waiting == 1
        assert counter.reads == 1

    asyncio.run(scene())


def test_who_leaves_is_forgotten() -> None:
    """After an answer, a timeout, an error or a cancellation nothing of the waiter is left."""

    async def failing(_game_id: str) -> int:
        raise LogUnavailable("away")

    async def scene() -> None:
        bells = Bells()
        assert await bells.wait("g", -1, Counter(), timeout_s=NEVER_S) == 0
        assert await bells.wait("g", 0, Counter(), timeout_s=0.02) == 0
        with pytest.raises(LogUnavailable):
            await bells.wait("h", 0, failing, timeout_s=NEVER_S)
        gone = asyncio.create_task(bells.wait("g", 0, Counter(), timeout_s=NEVER_S))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        assert not bells._waiting

    asyncio.run(scene())


def test_bells_are_kept_between_two_waits() -> None:
    """A log is read once; after that bells alone say how far it is, also those that ring while nobody waits."""

    async def scene() -> None:
        bells, counter = Bells(), Counter()
        assert await bells.wait("g", -1, counter, timeout_s=NEVER_S) == 0
        bells.ring("g", 1)
        assert await bells.wait("g", 0, counter, timeout_s=NEVER_S) == 1
        assert await bells.wait("g", 1, counter, timeout_s=0.01) == 1
        assert counter.reads == 1

    asyncio.run(scene())


def test_a_look_makes_up_for_lost_bells() -> None:
    """What a look finds wakes whoever waits; a bell that rang meanwhile knows better; who does not wait is read anew next time."""

    async def scene() -> None:
        bells, counter = Bells(), Counter()
        waiting = asyncio.create_task(bells.wait("g", 4, counter, timeout_s=NEVER_S))
        await asyncio.sleep(0)
        assert bells.attended() == ("g",)
        bells.found("g", 3)
        bells.ring("g", 4)
        bells.found("g", 2)
        await asyncio.sleep(0.01)
        assert not waiting.done()
        bells.attended()
        bells.found("g", 5)
        assert await waiting == 5
        assert bells.attended() == ()
        bells.found("g", 9)
        assert await bells.wait("g", -1, counter, timeout_s=NEVER_S) == 0
        assert counter.reads == 2

    asyncio.run(scene())


def test_a_game_that_moved_is_read_anew() -> None:
    """Also when it moves while it is being read; a game that nobody knows is left alone."""

    async def scene() -> None:
        bells, counter = Bells(), Counter()

        async def read(game_id: str) -> int:
            seen = await counter(game_id)
            if counter.reads == 2:  # it moves after its version was looked up
                counter.version = 3
                bells.moved(game_id)
            return seen

        assert await bells.wait("g", -1, read, timeout_s=NEVER_S) == 0
        waiting = asyncio.create_task(bells.wait("g", 0, read, timeout_s=NEVER_S))
        await asyncio.sleep(0)
        counter.version = 1
        bells.moved("g")
        bells.moved("nobody waits here")
        async with asyncio.timeout(PATIENCE_S):
            assert await waiting == 3
        assert counter.reads == 3

    asyncio.run(scene())
