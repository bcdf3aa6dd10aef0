"""The log's clock as it is reckoned here."""

from __future__ import annotations

import asyncio

from server.log.memory import MemoryLog
from server.sessions.clock import LogClock
from tests.simulation.loop import run_virtually


def test_the_clock_follows_the_log_and_not_this_machine() -> None:
    """Between two askings it runs with the loop; at the next it takes the log's jump over."""

    async def scene() -> None:
        loop, jump_ms = asyncio.get_running_loop(), [5_000]
        clock = LogClock(MemoryLog(lambda: jump_ms[0] + int(loop.time() * 1000)))
        assert await clock.exact_ms() == 5_000
        await asyncio.sleep(2.5)
        assert clock.now_ms() == 7_500
        jump_ms[0] += 3_600_000
        assert clock.now_ms() == 7_500
        assert await clock.exact_ms() == 3_607_500
        assert clock.now_ms() == 3_607_500

    run_virtually(scene())
