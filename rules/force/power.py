"""Power: who has how much, how far it reaches, and what that makes of the system (W2, W4-W8, W10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from rules.effects import Effect, Term
from rules.exact import Array, exp, total
from rules.lately import lately
from rules.parameters import Parameters
from rules.state import Atlas, Game, Sight

NEARNESS_KEPT = 512  # one matrix for each atlas in use
Polarity = Literal["unipolar", "bipolar", "multipolar"]
HALF = 0.5
NOTHING = 1e-9  # bn USD: forces below this do not count, and nothing is divided by less
PAIR = 2


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


def arrival(sight: Sight) -> Array:
    """Share of j's power that arrives at the place of i, by its reach as it is now and from its bases abroad.  Shape [state, state]."""
    atlas, world, parameters = sight.atlas, sight.world, sight.parameters
    if not world.bases.any() and np.array_equal(world.reach, atlas.reach):
        return nearness(atlas, parameters.proximity)
    return _arrival(atlas.distance, world.reach, world.bases, parameters.proximity, parameters.base_effect)


@lately(NEARNESS_KEPT)
def _arrival(distance: Array, ranges: Array, open_to: Array, proximity: float, base_effect: float) -> Array:
    near = exp(-proximity * distance / ranges)
    if open_to.any() and base_effect > 0.0:
        from_base = base_effect * exp(-proximity * distance[:, :, None] / ranges)  # [place, host, guest]
        near = np.maximum(near, np.maximum.reduce(from_base * open_to, axis=1))
    near.setflags(write=False)
    return near


@lru_cache(maxsize=NEARNESS_KEPT)
def nearness(atlas: Atlas, proximity: float) -> Array:
    """The same by reach at the start, from home: exp(-proximity d_ij / reach_j).  Shape [state, state]; found once an atlas."""
    near = exp(-proximity * atlas.distance / atlas.reach)
    near.setflags(write=False)
    return near


def basis(sight: Sight) -> Array:
    """The power that polarity is judged by: forces in being, or what could be mobilised (W8).  ``[state]``.

    Latent power is the economy, or the economy times wealth per head, which keeps the poor and populous from being overrated.
    """
    parameters, economy = sight.parameters, sight.world.economy
    if parameters.power_basis == "mobilised":
        return sight.world.forces
    if parameters.power_index == "economy":
        return economy
    wealth: Array = economy * (economy / sight.atlas.population)
    return wealth


def polarity(sight: Sight) -> Standing:
    """The distribution of power as it stands, with who was a pole before (for hysteresis)."""
    return standing(basis(sight), sight.parameters, sight.world.poles)


def standing(forces: Array, parameters: Parameters, before: Array | None = None) -> Standing:
    """Classify one distribution of power, shape [state]; ``before`` marks with 1 the states that were poles (W4-W7)."""
    order = np.argsort(-forces, kind="stable")
    ranked = forces[order]
    share = float(shares(forces)[order[0]])
    gap = float(ranked[0] / ranked[1]) if len(ranked) > 1 and ranked[1] > 0 else float("inf")
    enough = ranked[0] * (parameters.deny_ratio if parameters.criterion == "deny" else 1.0)
    match = _states_to_match(ranked, float(enough))
    tests = {
        "majority": share > HALF,
        "impossible": match == len(ranked),
        "infeasible": match > parameters.unipole_match,
        "gap": gap >= parameters.unipole_gap,
    }
    everything = share >= parameters.unipole_share and tests["gap"] and tests["infeasible"]
    found = poles(forces, parameters, before)
    unipolar = len(found) == 1 and (everything if parameters.threshold_rule == "all" else tests[parameters.threshold_rule])
    label: Polarity = "unipolar" if unipolar else "bipolar" if len(found) == PAIR else "multipolar"
    return Standing(label, int(order[0]), share, gap, match)


def poles(forces: Array, parameters: Parameters, before: Array | None = None) -> tuple[int, ...]:
    """The states that count as poles: the first, and whoever comes near enough to it (W6).

    Who is a pole stays one until it falls ``parity_hysteresis`` below parity, who is none must rise as far above it.
    """
    margin = parameters.parity_hysteresis
    was = np.zeros(len(forces)) if before is None else before
    threshold = parameters.parity + (0.0 if before is None else margin) - (2.0 * margin) * was
    near = forces >= threshold * np.maximum.reduce(forces)
    near[int(np.argmax(forces))] = True
    return tuple(int(k) for k in np.flatnonzero(near))


def count_poles(game: Game, _: str) -> Sequence[Effect]:
    """Who is a pole at the end of the turn."""
    power = basis(game)
    found = poles(power, game.parameters, game.world.poles)
    first = float(np.maximum.reduce(power))
    return [
        Effect("poles", (k,), float(k in found), (Term("power as a share of the first", float(power[k]) / first),))
        for k in range(len(power))
    ]


def _states_to_match(ranked: Array, enough: float) -> int:
    """How many of the next states it takes to reach ``enough``; one more than there are if they never do."""
    reached = np.flatnonzero(np.add.accumulate(ranked[1:]) >= enough)
    return int(reached[0]) + 1 if len(reached) else len(ranked)


def relative(forces: Array) -> Array:
    """Power as a fraction of the strongest state's.  ``[..., state] -> [..., state]``."""
    strongest: Array = np.maximum.reduce(forces, axis=-1)
    return forces / strongest[..., None]
