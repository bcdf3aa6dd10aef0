"""Ending tasks, also those that lose a cancellation, and work that is carried through one."""

from __future__ import annotations

import asyncio
import contextlib

from server.tasks import carried_through, ended
from tests.simulation.loop import run_virtually


async def stubborn(lost: int) -> None:
    """Loses some cancellations, as a client on Python 3.11 may."""
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(1000)
        lost -= 1
        if lost < 0:
            raise asyncio.CancelledError


def test_a_task_that_loses_cancellations_ends() -> None:
    """One wish is not enough; several are."""

    async def scene() -> None:
        for lost in (0, 1, 5):
            task = asyncio.create_task(stubborn(lost))
            await asyncio.sleep(0)
            await ended(task)
            assert task.done()

    run_virtually(scene())


def test_a_task_that_is_over_stays_so() -> None:
    """Whether it returned or failed."""

    async def fail() -> None:
        raise ValueError

    async def scene() -> None:
        for work in (asyncio.sleep(0), fail()):
            task = asyncio.ensure_future(work)
            await asyncio.wait((task,))
            await ended(task)
            assert task.exception() is None or isinstance(task.exception(), ValueError)

    run_virtually(scene())


def test_work_is_carried_through_a_cancellation() -> None:
    """It is done whenever the cancellation comes, however often, and the one who waited ends as cancelled."""
    done: list[int] = []

    async def work(number: int) -> None:
        await asyncio.sleep(1)
        done.append(number)

    async def scene() -> None:
        for number, wishes in enumerate((0, 1, 3)):
            task = asyncio.create_task(carried_through(work(number)))
            for _ in range(wishes):
                await asyncio.sleep(0.1)
                task.cancel()
            await asyncio.wait((task,))
            assert task.cancelled() == (wishes > 0)
            await asyncio.sleep(1)
            assert done == list(range(number + 1))

    run_virtually(scene())
