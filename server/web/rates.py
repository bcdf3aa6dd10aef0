"""A token bucket: so many a second, so many at once.  Time comes from outside: a monotonic clock's seconds."""

from __future__ import annotations

from server.settings import Rate


class Bucket:
    """What one client may still do now."""

    def __init__(self, rate: Rate, now_s: float) -> None:
        self._rate = rate
        self._level = float(rate.burst)
        self._at_s = now_s

    def take(self, now_s: float) -> bool:
        """One of what there is; False, and nothing taken, when there is none."""
        self._fill(now_s)
        if self._level < 1.0:
            return False
        self._level -= 1.0
        return True

    def borrow(self, now_s: float) -> float:
        """One in any case; the seconds to wait before the next, 0 if there is more."""
        self._fill(now_s)
        self._level -= 1.0
        return max(0.0, -self._level / self._rate.per_second)

    def is_full(self, now_s: float) -> bool:
        """Whether nothing was taken for so long that the bucket may be forgotten."""
        self._fill(now_s)
        return self._level >= self._rate.burst

    def _fill(self, now_s: float) -> None:
        passed_s, self._at_s = now_s - self._at_s, now_s
        if passed_s > 0:
            self._level = min(self._rate.burst, self._level + passed_s * self._rate.per_second)
