"""How well figures order cases: rank correlation and areas under the curve, for a handful of cases."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def kendall_tau(one: Sequence[float], other: Sequence[float]) -> float:
    """Kendall's tau-b, -1..1, ties accounted for; 0 if either side is constant."""
    concordant = discordant = ties_one = ties_other = 0
    for i in range(len(one)):
        for j in range(i):
            a, b = _sign(one[i] - one[j]), _sign(other[i] - other[j])
            concordant += a * b > 0
            discordant += a * b < 0
            ties_one += a == 0
            ties_other += b == 0
    pairs = len(one) * (len(one) - 1) // 2
    scale = sqrt((pairs - ties_one) * (pairs - ties_other))
    return (concordant - discordant) / scale if scale else 0.0


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)


def area(scores: Sequence[float], hits: Sequence[bool]) -> float:
    """Area under the ROC curve: how often a hit scores above a miss; .5 is chance."""
    wins = [(a > b) + 0.5 * (a == b) for a, h in zip(scores, hits, strict=True) if h for b, g in zip(scores, hits, strict=True) if not g]
    return sum(wins) / len(wins) if wins else 0.5
