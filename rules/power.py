"""Power: who has how much, how far it reaches, and what that makes of the system (W2, W4-W8, W10)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from rules.exact import Array, exp, total
from rules.parameters import Parameters
from rules.state import Atlas

NEARNESS_KEPT = 512  # one matrix for each atlas in use
Polarity = Literal["unipolar", "bipolar", "multipolar"]
POLE_SHARE_OF_FIRST = 0.5  # a second state with at least half of the first one's power is a pole beside it (W6)


@dataclass(frozen=True, slots=True)
class Standing:
    """How power is distributed: the leader's index and share, its lead over the second, and how many next states match it."""

    polarity: Polarity
    leader: int
    share: float
    gap: float
    match: int


def shares(forces: Array) -> Array:
    """Each state's share of all power.  ``[..., state] -> [..., state]``."""
    return forces / total(forces)[..., None]


def projected(forces: Array, distance: Array, reach: Array, proximity: float) -> Array:
    """Power of j at the place of i: P_j exp(-proximity d_ij / reach_j)  (W10, W40).

    ``forces [..., state]``, ``distance [row, state]`` (thousand km), ``reach [state]`` -> ``[..., row, state]``.
    """
    return forces[..., None, :] * exp(-proximity * distance / reach)


@lru_cache(maxsize=NEARNESS_KEPT)
def nearness(atlas: Atlas, proximity: float) -> Array:
    """Share of j's power that arrives at the place of i: exp(-proximity d_ij / reach_j).  Shape [state, state]; found once an atlas."""
    near = exp(-proximity * atlas.distance / atlas.reach)
    near.setflags(write=False)
    return near


def standing(forces: Array, parameters: Parameters) -> Standing:
    """Classify one distribution of power, shape [state], by share, gap and feasibility of a counter-coalition (W4, W5)."""
    order = np.argsort(-forces, kind="stable")
    ranked = forces[order]
    share = float(shares(forces)[order[0]])
    gap = float(ranked[0] / ranked[1]) if len(ranked) > 1 and ranked[1] > 0 else float("inf")
    match = _states_to_match(ranked)
    unipolar = (
        share >= parameters.unipole_share and gap >= parameters.unipole_gap and match > parameters.unipole_match
    )
    bipolar = len(ranked) > 1 and ranked[1] >= POLE_SHARE_OF_FIRST * ranked[0] and _third_is_far(ranked)
    label: Polarity = "unipolar" if unipolar else "bipolar" if bipolar else "multipolar"
    return Standing(label, int(order[0]), share, gap, match)


def _states_to_match(ranked: Array) -> int:
    """How many of the next states it takes to reach the first; one more than there are if they never do."""
    reached = np.flatnonzero(np.add.accumulate(ranked[1:]) >= ranked[0])
    return int(reached[0]) + 1 if len(reached) else len(ranked)


def _third_is_far(ranked: Array) -> bool:
    return not (ranked[2:3] >= POLE_SHARE_OF_FIRST * ranked[0]).any()


def relative(forces: Array) -> Array:
    """Power as a fraction of the strongest state's.  ``[..., state] -> [..., state]``."""
    strongest: Array = np.maximum.reduce(forces, axis=-1)
    return forces / strongest[..., None]
