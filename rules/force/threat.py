"""Threat and security: from power, proximity, offence and intent, as each state believes it (W35, W36, W44, W121).

A *standpoint* is one row of these formulas: the engine computes all rows at once, a player only its own, from its own beliefs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rules.exact import Array, clip, exp, power, total
from rules.force.appeasement import appeased, hopes, pledged, submission
from rules.force.common_forces import common_defence
from rules.force.guarantees import devotion, guarantees, helped
from rules.force.power import NOTHING, arrival
from rules.pacts.reassurance import spared, words_to_spare
from rules.parameters import Parameters
from rules.society.domestic import weighed
from rules.society.reputation import credibility
from rules.state import Game, Sight, View
from rules.vocabulary import Commitment


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Whose eyes: ``rows`` are state indices; the arrays hold those rows of the private figures, shape [row, ...]."""

    rows: tuple[int, ...]
    hostile: Array
    kept: Array
    broken: Array
    salience: Array
    weights: Array


def everybody(game: Game) -> Standpoint:
    """All rows: the engine's own standpoint."""
    world, atlas = game.world, game.atlas
    rows = tuple(range(len(atlas.countries)))
    return Standpoint(rows, world.hostile, world.kept, world.broken, atlas.salience, weighed(atlas.weights, world.temper, game.parameters))


def own(view: View) -> Standpoint:
    """The viewer's row alone."""
    world, atlas = view.world, view.atlas
    weights = weighed(atlas.weights, world.temper, view.parameters)
    return Standpoint((view.me,), world.hostile[None], world.kept[None], world.broken[None], atlas.salience[None], weights[None])


def offence(sight: Sight) -> Array:
    """Offensive capability, 0..1, weapons of mass destruction included.  Shape [state]."""
    return clip(sight.atlas.offence + sight.parameters.wmd_offence * sight.world.wmd, 0.0, 1.0)


def armed(sight: Sight) -> Array:
    """1 for states that have weapons of mass destruction; a programme alone deters nobody (W54).  Shape [state]."""
    return np.where(sight.world.wmd >= 1.0, 1.0, 0.0)


def esteem(sight: Sight) -> Array:
    """How much of a state's power counts with others: less if its competence is in doubt (W75, W151).  Shape [state].

    Doubt works both ways: the state is feared less, and its help is hoped for less.
    """
    doubt = 1.0 - sight.world.competence
    counted: Array = 1.0 - sight.parameters.competence_weight * doubt
    return counted


def reaching(sight: Sight, at: Standpoint) -> Array:
    """Power of every state at the place of each row, as far as it is thought able to use it.  Shape [row, state]."""
    near = arrival(sight)[np.array(at.rows)]
    arriving: Array = (sight.world.forces * esteem(sight)) * near
    return arriving


def threat(sight: Sight, at: Standpoint) -> Array:
    """T_ij as each row believes it, nothing from oneself.  Shape [row, state]."""
    return _felt(sight, at, reaching(sight, at))


def _felt(sight: Sight, at: Standpoint, there: Array) -> Array:
    """``threat`` where it is known what reaches each row."""
    rows = np.array(at.rows)
    felt = feared(there, sight.world.forces[rows], offence(sight), at.hostile, sight.parameters)
    felt[np.arange(len(rows)), rows] = 0.0
    return felt


def feared(there: Array, here: Array, offensive: Array, hostile: Array, parameters: Parameters) -> Array:
    """T_ij = (reach_j(i) / (reach_j(i) + P_i))^a offence_j^c h_ij^e  (W35).

    With ``threat_form`` "mean" the exponents are weights instead: (a p + c o + e h) / (a + c + e), so that one factor can stand in for
    another and power alone is felt.  ``there``, ``hostile`` ``[..., row, state]``, ``here`` ``[..., row]``, ``offensive`` ``[state]``
    -> ``[..., row, state]``.
    """
    strength = there / np.maximum(there + here[..., None], NOTHING)
    a, c, e = parameters.threat_power, parameters.threat_offence, parameters.threat_intent
    if parameters.threat_form == "mean":
        mean: Array = ((a * strength + c * offensive) + e * hostile) / max((a + c) + e, NOTHING)
        return mean
    felt: Array = power(strength, a) * power(offensive, c) * power(hostile, e)
    return felt


def unshielded(felt: Array, shield: Array, there: Array, parameters: Parameters) -> Array:
    """What of each threat gets past the defence: T exp(-kappa (D / reach)^m).  All ``[..., state]``.

    The exponent m is the technology of conflict: how sharply safety follows the ratio of forces (S1).
    """
    ratio = power(shield / np.maximum(there, NOTHING), parameters.conflict_scale)
    loss: Array = felt * exp(-parameters.defence_effect * ratio)
    return loss


def defence(sight: Sight, at: Standpoint, commitments: Iterable[Commitment]) -> Array:
    """Own power plus believed help against each state.  Shape [row, state], in the unit of forces.

    Help is what a guarantor can project to the place, times the belief that it keeps its word (W106, W127).  With ``publicness`` below 1
    it is divided among those whom the guarantor shields, by n^(publicness - 1) (W121); ``complement`` adds what own forces and help do
    for each other.  Weapons of mass destruction deter as if they were forces in proportion to the attacker's (W54).
    """
    return _held(sight, at, tuple(commitments), reaching(sight, at))


def _held(sight: Sight, at: Standpoint, pacts: tuple[Commitment, ...], there: Array) -> Array:
    """``defence`` where it is known what reaches each row."""
    believed = credibility(at.kept, at.broken, sight.parameters)
    support = helped(sight, guarantees(sight, at.rows, pacts), believed, there, devotion(sight, pacts))
    rows = np.array(at.rows)
    in_common = common_defence(sight, at.rows, pacts)
    return shield(sight.world.forces[rows], support, deterrent(sight)[rows], in_common, there, sight.parameters)


def shield(here: Array, support: Array, weapons: Array, in_common: Array, there: Array, parameters: Parameters) -> Array:
    """What defends against each state: own forces and weapons, ``[..., row]``, help and forces in common, ``[..., row, state]``."""
    held: Array = (joined(here[..., None], support, parameters) + weapons[..., None] * there) + in_common
    return held


def deterrent(sight: Sight) -> Array:
    """How much of any power that reaches it each state's weapons of mass destruction hold off.  Shape [state]."""
    held: Array = sight.parameters.wmd_defence * armed(sight)
    return held


def joined(own_forces: Array, help_there: Array, parameters: Parameters) -> Array:
    """Own forces and help together: their sum, and what they do only side by side (``complement``, W121).  Any shape."""
    together: Array = own_forces + help_there
    if parameters.complement == 0.0:
        return together
    shield: Array = together + parameters.complement * np.sqrt(own_forces * help_there)
    return shield


def insecurity(sight: Sight, at: Standpoint, commitments: Iterable[Commitment]) -> Array:
    """Loss from all threats that get past the defence: sum_k T_ik s_ik exp(-kappa D_ik / reach_k(i)).  Shape [row].

    ``s`` is what pledges of restraint leave of a threat (W82).
    """
    pacts, parameters, there = tuple(commitments), sight.parameters, reaching(sight, at)
    believed = credibility(at.kept, at.broken, parameters)
    felt = _felt(sight, at, there) * spared(words_to_spare(sight, at.rows, believed, pacts), at.hostile, parameters)
    gave = submission(sight, at.rows)
    hope = hopes(at.hostile, believed, pledged(sight, at.rows), parameters) if gave.any() else gave  # nobody hopes who gave in to nobody
    return total(losses(felt, _held(sight, at, pacts, there), there, gave, hope, parameters))


def losses(felt: Array, held: Array, there: Array, gave: Array, hope: Array, parameters: Parameters) -> Array:
    """What is lost to each threat: the part that gets past the defence, or is left if one gave in.  All ``[..., state]``.

    Engine and players find their safety by this one formula.
    """
    past = unshielded(np.ones(()), held, there, parameters)
    lost: Array = felt * (appeased(past, gave, hope, parameters) if gave.any() else past)
    return lost
