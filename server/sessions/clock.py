"""Two clocks: the log's, by which deadlines fall, and the loop's, by which durations are measured.

The log's clock is one for all processes, but asking it costs a round trip.  So its distance from the loop's
monotonic clock is noted whenever it is asked, and in between the time is reckoned from that.  A clock that
jumps on this machine changes nothing; one that jumps at the log is followed at the next asking.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from server.log.protocol import Log
from server.settings import SECOND_MS


class Clock(Protocol):
    """The time of the log, in ms since 1970."""

    def now_ms(self) -> int:
        """The time as it is reckoned here, without asking."""

    async def exact_ms(self) -> int:
        """The time as the log says.  Raises LogUnavailable."""


class LogClock:
    """A ``Clock`` by a log.  Ask ``exact_ms`` once before the first ``now_ms``."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._distance_ms = 0.0

    def now_ms(self) -> int:
        """The loop's time and the distance last noted."""
        return int(asyncio.get_running_loop().time() * SECOND_MS + self._distance_ms)

    async def exact_ms(self) -> int:
        """Ask, and note the distance."""
        now_ms = await self._log.now_ms()
        self._distance_ms = now_ms - asyncio.get_running_loop().time() * SECOND_MS
        return now_ms
