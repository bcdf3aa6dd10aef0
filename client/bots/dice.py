"""A bot's own chance: the same step, seat and question always fall the same way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules.chance import pick
from rules.exact import logit_choice


@dataclass(frozen=True, slots=True)
class Dice:
    """The bot's own chance, keyed by step and seat."""

    seed: str
    step: str

    def choose(self, values: list[float], skill: float, *purpose: str | int) -> int:
        """An option by logit choice on its value."""
        return pick(self.seed, logit_choice(np.array(values), skill), self.step, *purpose)

    def lean(self, values: list[float], skill: float, *purpose: str | int) -> int:
        """Like ``choose``, but the same inclination in every step: asking again is not another throw."""
        return pick(self.seed, logit_choice(np.array(values), skill), "lean", *purpose)

    def agrees(self, value: float, skill: float, *purpose: str | int) -> bool:
        """Yes or no to something worth ``value`` more than leaving it."""
        return self.choose([0.0, value], skill, *purpose) == 1
