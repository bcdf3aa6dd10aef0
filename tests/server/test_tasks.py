"""Ending tasks, also those that lose a cancellation."""

from __future__ import annotations

import asyncio
import contextlib

from server.tasks import ended
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
