"""Appends that go together: whatever becomes of the log, whoever appends is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from server.log.errors import LogUnavailable
from server.log.together import Arguments, Together
from tests.simulation.loop import run_virtually


def test_whoever_appends_as_the_log_is_closed_is_told() -> None:
    """What is on the way, and what waits for the next trip."""

    async def never(_group: Sequence[Arguments]) -> Sequence[Any]:
        await asyncio.Event().wait()
        return ()

    async def scene() -> None:
        together = Together(never)
        first = asyncio.create_task(together.append(("first",)))
        await asyncio.sleep(1)
        second = asyncio.create_task(together.append(("second",)))
        await asyncio.sleep(1)
        await together.close()
        async with asyncio.timeout(10):
            told = await asyncio.gather(first, second, return_exceptions=True)
        assert [type(outcome) for outcome in told] == [LogUnavailable, LogUnavailable]

    run_virtually(scene())
