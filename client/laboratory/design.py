"""The design of an experiment: its cells, and the weights with which a claim compares them.

A cell is one combination of levels.  A claim is a weighted sum of cells: between two levels -1 and 1; over more levels the trend, scaled
from the first level to the last; for several factors the product, which is their interaction; factors that a claim does not name are
averaged over.  A claim without an effect is the mean of the cells themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from client.laboratory.schema import Change, Claim, ExperimentFile, Factor
from rules.exact import add

Cell = tuple[str, ...]
"""A level of each factor, in the order of the factors; empty if there is none."""


def cells(experiment: ExperimentFile) -> tuple[Cell, ...]:
    """All combinations of levels."""
    return tuple(product(*(factor.levels for factor in experiment.factors)))


def title(experiment: ExperimentFile, cell: Cell) -> str:
    """A cell for people."""
    named = zip(experiment.factors, cell, strict=True)
    parts = [level if factor.name == "treatment" else f"{factor.name} {level}" for factor, level in named]
    return ", ".join(parts) or "all games"


def changes(experiment: ExperimentFile, cell: Cell) -> tuple[Change, ...]:
    """What a cell changes, beginning with what all cells share."""
    levels = (factor.levels[level] for factor, level in zip(experiment.factors, cell, strict=True))
    return (experiment.setup, *levels)


def contrast(experiment: ExperimentFile, claim: Claim) -> dict[Cell, float]:
    """The weight of each cell in a claim; cells of weight 0 are left out."""
    by_factor = [_weights(factor, claim) for factor in experiment.factors]
    weights: dict[Cell, float] = {}
    for cell in cells(experiment):
        weight = 1.0
        for level, of_level in zip(cell, by_factor, strict=True):
            weight *= of_level[level]
        if weight:
            weights[cell] = weight
    return weights


def _weights(factor: Factor, claim: Claim) -> dict[str, float]:
    levels = tuple(factor.levels)
    if factor.name in claim.between:
        low, high = claim.between[factor.name]
        return {level: float(level == high) - float(level == low) for level in levels}
    if factor.name in claim.effect:
        return dict(zip(levels, _trend(levels), strict=True))
    if factor.name in claim.at:
        return {level: float(level == claim.at[factor.name]) for level in levels}
    return dict.fromkeys(levels, 1.0 / len(levels))


def _trend(levels: Sequence[str]) -> list[float]:
    """Weights of the fitted difference between the first and the last level; levels that are numbers stand where they say."""
    places = _places(levels)
    middle = add(places) / len(places)
    scale = add((place - middle) * (place - middle) for place in places)
    return [(place - middle) / scale * (places[-1] - places[0]) for place in places]


def _places(levels: Sequence[str]) -> list[float]:
    try:
        places = [float(level) for level in levels]
    except ValueError:
        return [float(number) for number in range(len(levels))]
    return places if places[0] != places[-1] else [float(number) for number in range(len(levels))]


def compared(experiment: ExperimentFile, claim: Claim) -> Iterator[tuple[str, Cell, float]]:
    """(title, cell, weight) of the cells that a claim compares."""
    yield from ((title(experiment, cell), cell, weight) for cell, weight in contrast(experiment, claim).items())
