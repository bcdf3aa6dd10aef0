"""Logistic fits of a few columns, with a little ridge, by Newton's steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
RIDGE, STEPS = 1e-3, 40
ODDS_MAX = 30.0  # log-odds beyond which a chance is as good as 0 or 1


def standardised(design: Floats, on: Marks) -> Floats:
    """Each column less its mean over its spread, both taken from the rows ``on``, with a column of ones before them."""
    if not design.shape[1]:
        return np.ones((len(design), 1))
    middle, scale = design[on].mean(axis=0), design[on].std(axis=0)
    return np.column_stack([np.ones(len(design)), (design - middle) / np.where(scale > 0.0, scale, 1.0)])


def chances(design: Floats, hit: Floats, on: Marks) -> tuple[Floats, Floats]:
    """Chances of every row by a fit on the rows ``on``, and the weights of the columns."""
    rows, truth = design[on], hit[on]
    weights = np.zeros(design.shape[1])
    base = float(truth.mean())
    weights[0] = float(np.log(base / (1.0 - base)))  # rare events: begin at their share, or the steps overshoot
    for _ in range(STEPS):
        chance = _chance(rows, weights)
        slope = rows.T @ (truth - chance) - RIDGE * weights
        curve = (rows * (chance * (1.0 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return _chance(design, weights), weights


def _chance(design: Floats, weights: Floats) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -ODDS_MAX, ODDS_MAX)))
    return found
