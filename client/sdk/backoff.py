"""When to come back: full jitter (Brooker 2015), so that thirty clients of one class do not return as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """A wait drawn evenly between 0 and ``base_s * 2**tries``, capped; ``patience_s`` ends it all."""

    base_s: float = 0.25
    cap_s: float = 8.0
    patience_s: float = 300.0
    steady_s: float = 5.0  # a connection that lived so long counts as good, and the tries start anew

    def wait_s(self, tries: int, draw: Callable[[], float]) -> float:
        """Seconds to wait after ``tries`` failures (from 0); ``draw`` gives a number in [0, 1)."""
        doublings = min(tries, 30)  # beyond it every cap is reached
        return draw() * min(self.cap_s, self.base_s * 2.0**doublings)
