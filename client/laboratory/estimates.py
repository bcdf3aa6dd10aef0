"""Estimates from paired games: the mean difference, its bootstrap interval, and what that says about a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from client.laboratory.design import Cell
from client.laboratory.faults import Unpaired
from client.laboratory.schema import Claim

Word = Literal["reproduced", "not reproduced", "contradicted", "no data"]
RESAMPLES = 4000
TAIL_PER_CENT = 2.5
BLOCK = 400  # resamples drawn at once, so that many pairs do not fill the memory
PAIRS_MIN = 2
KEPT_BY_ABLATION_MAX = 0.5
KEPT_BY_PLACEBO_MIN = 0.8
HELD_MIN = 0.8  # share of draws of coefficients in which the estimate has to hold
DIGITS = 12  # of a difference: weights such as a third leave dust that is no effect


@dataclass(frozen=True, slots=True)
class Seen:
    """One game as kept: the fingerprint of its seed, and its metrics."""

    seed: str
    values: Mapping[str, float | None]


Games = Mapping[Cell, Mapping[int, Seen]]
"""Games by cell and number; the same number is the same pair."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over pairs with its 95 % interval."""

    mean: float
    low: float
    high: float
    pairs: int


def differences(games: Games, weights: Mapping[Cell, float], metric: str) -> list[float]:
    """The weighted sum of each pair for which all cells have the metric, in the order of the pairs.

    Raises:
        Unpaired: games of the same number were played with different seeds.
    """
    return list(paired(games, weights, metric).values())


def paired(games: Games, weights: Mapping[Cell, float], metric: str) -> dict[int, float]:
    """The same by the numbers of the pairs.

    Raises:
        Unpaired: games of the same number were played with different seeds.
    """
    numbers = sorted(set.intersection(*(set(games.get(cell, {})) for cell in weights)))
    found: dict[int, float] = {}
    for number in numbers:
        pair = {cell: games[cell][number] for cell in weights}
        if len({seen.seed for seen in pair.values()}) > 1:
            raise Unpaired(f"The games of pair {number} were played with different seeds; their difference means nothing.")
        values = {cell: seen.values.get(metric) for cell, seen in pair.items()}
        if all(value is not None for value in values.values()):
            terms = [weight * float(values[cell] or 0.0) for cell, weight in weights.items()]
            found[number] = round(float(np.add.accumulate(terms)[-1]), DIGITS)
    return found


def estimate(values: Sequence[float], seed: int) -> Estimate | None:
    """The mean with its percentile bootstrap interval; None if there are fewer than two pairs."""
    if len(values) < PAIRS_MIN:
        return None
    sample = np.array(values)
    if (sample == sample[0]).all():
        return Estimate(float(sample[0]), float(sample[0]), float(sample[0]), len(values))
    generator = np.random.default_rng(seed)
    means: list[npt.NDArray[np.float64]] = []
    for _ in range(RESAMPLES // BLOCK):
        drawn = generator.integers(0, len(sample), size=(BLOCK, len(sample)))
        means.append(sample[drawn].mean(axis=1))
    low, high = np.percentile(np.concatenate(means), [TAIL_PER_CENT, 100.0 - TAIL_PER_CENT])
    return Estimate(float(sample.mean()), float(low), float(high), len(values))


def middle(values: Sequence[float]) -> Estimate | None:
    """The mean alone, without an interval: for few pairs, or where only the side it lies on is asked for."""
    mean = sum(values) / len(values) if values else 0.0
    return Estimate(mean, mean, mean, len(values)) if values else None


def verdict(claim: Claim, found: Estimate | None) -> Word:
    """What an estimate says about a claim."""
    if found is None:
        return "no data"
    low, high, mean = found.low - claim.than, found.high - claim.than, found.mean - claim.than
    if claim.sign == "0":
        if -claim.least <= low and high <= claim.least:
            return "reproduced"
        return "contradicted" if low > claim.least or high < -claim.least else "not reproduced"
    if claim.sign == "-":
        low, high, mean = -high, -low, -mean
    if low > 0.0 and mean >= claim.least:
        return "reproduced"
    return "contradicted" if high < 0.0 else "not reproduced"


def holds(claim: Claim, found: Estimate | None) -> bool:
    """Whether the estimate itself, whatever its interval, is on the expected side and large enough; for '0', small enough."""
    if found is None:
        return False
    mean = found.mean - claim.than
    if claim.sign == "0":
        return abs(mean) <= claim.least
    return (mean if claim.sign == "+" else -mean) >= max(claim.least, 1e-12)
