"""What goes wrong in one simulated world, drawn from its seed.

Everything that is left to chance asks here, so that a seed fixes a world completely.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Climate:
    """How bad a world is: probabilities, and seconds."""

    lost_before: float = 0.03  # an answer of the log is lost and nothing was done
    lost_after: float = 0.03  # an answer of the log is lost and all was done
    twice: float = 0.03  # a command reaches the log twice
    at_once: float = 0.0  # the way to the log, or back, takes no time
    log_delay_s: float = 0.05
    slow: float = 0.01  # a command takes very long, as in a paused process
    slow_s: float = 10.0
    cut: float = 0.02  # a socket dies with this message, and what is under way with it
    wire_delay_s: float = 0.2
    life_s: float = 30.0  # of a process, on average
    away_s: float = 8.0  # of a dead process, at most


CALM = Climate(0, 0, 0, 0, 0.002, 0, 0, 0, 0.002, 1e9, 0)
ROUGH = Climate()
WILD = Climate(at_once=0.5, log_delay_s=0.3, slow=0.02, slow_s=4.0, cut=0.04, wire_delay_s=0.4, life_s=10.0, away_s=3.0)


class Weather:
    """The chance of one world."""

    def __init__(self, seed: int, climate: Climate) -> None:
        self.rng = random.Random(seed)
        self.climate = climate

    def strikes(self, probability: float) -> bool:
        """Whether something of this probability happens now."""
        return self.rng.random() < probability

    async def log_delay(self) -> None:
        """The way to the log, or back."""
        if self.climate.at_once and self.strikes(self.climate.at_once):
            return
        slow = self.strikes(self.climate.slow)
        await asyncio.sleep(self.rng.random() * (self.climate.slow_s if slow else self.climate.log_delay_s))

    def wire_delay_s(self) -> float:
        """How long a message is under way."""
        return self.rng.random() * self.climate.wire_delay_s
