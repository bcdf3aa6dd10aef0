"""Two clocks: the log's, by which deadlines fall, and the loop's, by which durations are measured.

The log's clock is one for all processes, but asking it costs a round trip.  So its distance from the loop's
monotonic clock is noted whenever it is asked, and in between the time is reckoned from that.  A clock that
jumps on this machine changes nothing.

The log's own clock can jump too: somebody sets it, or the machine slept.  It is followed, and the jump is
noted, so that a step whose time began to run before the jump still gets exactly its seconds: a ``StepClock``
reads the time on the scale on which that step began.  A process that starts later knows nothing of the jump:
time that seems lost is given back as after an outage; a clock that was set back leaves the open step longer.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import Protocol

from server.log.protocol import Log
from server.sessions.timer import Timer
from server.settings import SECOND_MS

JUMP_MS = 50.0
"""Beyond this the log's clock has jumped; anything less, as when it is set right little by little, is followed in silence."""
JUMPS_KEPT_MAX = 32


class Clock(Protocol):
    """The time of the log, in ms since 1970."""

    def now_ms(self) -> int:
        """The time as it is reckoned here, without asking."""

    async def exact_ms(self) -> int:
        """The time as the log says.  Raises LogUnavailable."""


@dataclass(slots=True)
class _Scale:
    """The log's clock between two jumps: since when at the earliest, how far from the loop's, and how far all jumps up to here led."""

    since_ms: float
    distance_ms: float
    jumped_ms: float


class LogClock:
    """A ``Clock`` by a log.  Ask ``exact_ms`` once before the first ``now_ms``."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._scales: list[_Scale] = []
        self._asked_ms = -math.inf
        self.hearings = 0

    def now_ms(self) -> int:
        """The loop's time and the distance last noted."""
        return int(_loop_ms() + (self._scales[-1].distance_ms if self._scales else 0.0))

    async def exact_ms(self) -> int:
        """Ask, and note the distance."""
        asked_s = asyncio.get_running_loop().time()
        now_ms = await self._log.now_ms()
        self.heard(now_ms, asked_s)
        return now_ms

    def heard(self, log_ms: int, asked_s: float) -> None:
        """The log's clock stood there at some moment since ``asked_s``: the distance is at least one figure and at most another."""
        heard_ms = _loop_ms()
        least, most = log_ms - heard_ms, log_ms - asked_s * SECOND_MS
        if not self._scales:
            self._scales = [_Scale(-math.inf, least, 0.0)]
        last = self._scales[-1]
        held = min(max(last.distance_ms, least), most)
        if abs(held - last.distance_ms) > JUMP_MS:
            self._scales.append(_Scale(self._asked_ms, held, last.jumped_ms + held - last.distance_ms))
            del self._scales[:-JUMPS_KEPT_MAX]
        else:
            last.distance_ms = held
        self._asked_ms = asked_s * SECOND_MS
        self.hearings += 1

    @property
    def jumped_ms(self) -> float:
        """How far all jumps together led that were noticed."""
        return self._scales[-1].jumped_ms if self._scales else 0.0

    @property
    def steady_ms(self) -> float:
        """For how long it has run without a jump that was noticed."""
        return _loop_ms() - self._scales[-1].since_ms if self._scales else math.inf

    @property
    def set_back_ms(self) -> int:
        """How far the clock stands behind where it once stood: deadlines up to so far in its future may be due."""
        return round(max((scale.jumped_ms for scale in self._scales), default=0.0) - self.jumped_ms)

    def jumped_before_ms(self, stamp_ms: int) -> float:
        """The same for those before a stamp, which is of a scale in which it is neither in the future nor from before that scale.

        While an answer was slow it may be of either of two; then of the one by which a step that began with it lasts longer.
        """
        end_ms = _loop_ms() + JUMP_MS
        fitting = [s.jumped_ms for s in self._scales if s.since_ms - JUMP_MS <= stamp_ms - s.distance_ms <= end_ms]
        return min(fitting, default=self.jumped_ms)


class StepClock:
    """The log's clock as if it had not jumped since the open step's time began to run."""

    def __init__(self, clock: LogClock) -> None:
        self._clock = clock
        self._since: tuple[int, float] | None = None
        self._met_at = -1
        self._is_settled = False

    def now_ms(self, timer: Timer) -> int:
        """The time by which the step's deadline falls."""
        return self._clock.now_ms() - self._jumped_ms(timer)

    async def exact_ms(self, timer: Timer) -> int:
        """The same after asking the log.  Raises LogUnavailable."""
        now_ms = await self._clock.exact_ms()
        return now_ms - self._jumped_ms(timer)

    def _jumped_ms(self, timer: Timer) -> int:
        """Which scale a stamp is of is found when it is new, and once more after the next word of the log: later it might be of either.

        The jump may have come with the stamp, and be noticed only then.
        """
        if self._since is None or self._since[0] != timer.since_ms:
            self._met_at, self._is_settled = self._clock.hearings, False
        if self._since is None or not self._is_settled:
            self._since = timer.since_ms, self._clock.jumped_before_ms(timer.since_ms)
            self._is_settled = self._clock.hearings > self._met_at
        return round(self._clock.jumped_ms - self._since[1])


def _loop_ms() -> float:
    return asyncio.get_running_loop().time() * SECOND_MS
