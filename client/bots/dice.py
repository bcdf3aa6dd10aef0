"""A bot's own chance: the same step, seat and question always fall the same way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from rules.chance import draw
from rules.exact import add, exp_one


@dataclass(frozen=True, slots=True)
class Dice:
    """The bot's own chance, keyed by step and seat."""

    seed: str
    step: str

    def choose(self, values: list[float], skill: float, *purpose: str | int) -> int:
        """An option by logit choice on its value."""
        return _among(draw(self.seed, self.step, *purpose), values, skill)

    def lean(self, values: list[float], skill: float, *purpose: str | int) -> int:
        """Like ``choose``, but the same inclination in every step: asking again is not another throw."""
        return _among(draw(self.seed, "lean", *purpose), values, skill)

    def agrees(self, value: float, skill: float, *purpose: str | int) -> bool:
        """Yes or no to something worth ``value`` more than leaving it."""
        return self.choose([0.0, value], skill, *purpose) == 1


def _among(luck: float, values: list[float], skill: float) -> int:
    """The option on which ``luck`` falls if each is as likely as its logit weight (``rules.exact.logit_choice``, for a few numbers)."""
    best = max(values)
    weights = [exp_one(skill * (value - best)) for value in values]
    whole = add(weights)
    ladder = list(accumulate(weight / whole for weight in weights))
    place = luck * ladder[-1]
    return next((number for number, step in enumerate(ladder) if step > place), len(ladder) - 1)
