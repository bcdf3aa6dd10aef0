"""What an effect depends on: the coefficients with which it rises and falls over draws of all of them.

Among many coefficients some go with any figures by chance.  So one counts only if its rank correlation with the effects is further from
nought than the furthest of all coefficients is in nineteen of twenty shuffles of the effects (Westfall and Young 1993).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rules.parameters import Setting

SHUFFLES = 1000
BELIEVED_PER_CENT = 95.0
DRAWS_MIN = 10  # fewer say nothing about so many coefficients

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dependence:
    """A coefficient that matters, and the rank correlation of the effect with it: above nought, the effect rises with it."""

    coefficient: str
    correlation: float


def dependences(effects: Mapping[int, float], drawn: Mapping[int, Mapping[str, Setting]], seed: int) -> tuple[Dependence, ...]:
    """The coefficients that matter, the weightiest first.

    Args:
        effects: by number of the draw.
        drawn: the coefficients of each such draw, and perhaps of more.
        seed: of the shuffles.
    """
    if len(effects) < DRAWS_MIN:
        return ()
    names = sorted(next(iter(drawn.values())))
    columns = np.array([standing([float(drawn[number][name]) for number in effects]) for name in names])
    effect = standing(list(effects.values()))
    found = columns @ effect
    generator = np.random.default_rng(seed)
    shuffled = np.array([generator.permutation(effect) for _ in range(SHUFFLES)])
    bar = np.percentile(np.abs(shuffled @ columns.T).max(axis=1), BELIEVED_PER_CENT)
    matter = [Dependence(name, float(value)) for name, value in zip(names, found, strict=True) if abs(value) > bar]
    return tuple(sorted(matter, key=lambda one: (-abs(one.correlation), one.coefficient)))


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation, equal values sharing their rank; 0 if either side is constant."""
    return float(standing(one) @ standing(other))


def standing(values: Sequence[float]) -> Array:
    """Ranks about their mean, of length one, so that the product of two is their rank correlation; noughts if all values are equal."""
    array = np.array(values)
    ranks = (array > array[:, None]).sum(axis=0) + (array == array[:, None]).sum(axis=0) / 2.0
    centred = ranks - ranks.mean()
    length = np.sqrt(centred @ centred)
    return np.zeros(len(array)) if length == 0.0 else centred / length
