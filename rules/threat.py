"""Threat and security: from power, proximity, offence and intent, as each state believes it (W35, W36, W44, W121).

A *standpoint* is one row of these formulas: the engine computes all rows at once, a player only its own, from its own beliefs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rules.appeasement import appeased, submission
from rules.domestic import weighed
from rules.exact import Array, clip, exp, power, total
from rules.institutions import firmness, pooled
from rules.parameters import Parameters
from rules.pooled import common_defence
from rules.power import arrival
from rules.reassurance import spared
from rules.reputation import credibility
from rules.state import Game, Sight, View
from rules.vocabulary import Commitment, Defend

Belief = TypeVar("Belief", float, Array)
NOTHING = 1e-9  # bn USD: forces below this do not count, and nothing is divided by less


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
    return _shield(sight, at, tuple(commitments), reaching(sight, at))


def _shield(sight: Sight, at: Standpoint, pacts: tuple[Commitment, ...], there: Array) -> Array:
    """``defence`` where it is known what reaches each row."""
    believed = credibility(at.kept, at.broken, sight.parameters)
    own_forces = np.repeat(sight.world.forces[np.array(at.rows)][:, None], there.shape[1], axis=1)
    help_there = np.zeros_like(own_forces)
    diluted, stakes, raised = dilution(sight, pacts), stake(sight), pooled(sight, pacts)
    for row, guarantor, enemies, firm in guarantees(sight, at, pacts):
        trust = trusted(float(believed[row, guarantor]), firm)
        trust = stationed(trust, float(sight.world.bases[at.rows[row], guarantor]), sight.parameters)
        coming = stakes[guarantor, enemies] * (diluted[guarantor] * raised[at.rows[row], guarantor])
        help_there[row, enemies] += sight.parameters.guarantee_effect * trust * there[row, guarantor] * coming
    weapons = deterrent(sight)[np.array(at.rows)][:, None] * there
    in_common = common_defence(sight, at.rows, pacts)
    shield: Array = (joined(own_forces, help_there, sight.parameters) + weapons) + in_common
    return shield


def stationed(trust: Belief, base: Belief, parameters: Parameters) -> Belief:
    """Trust in a guarantor that has a base (0..1) in the country it guards: its own soldiers would be attacked as well."""
    stronger: Belief = 1.0 - (1.0 - trust) * (1.0 - parameters.base_trust * base)
    return stronger


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


def dilution(sight: Sight, commitments: Iterable[Commitment]) -> Array:
    """What is left of each guarantor's help for each of those whom it shields: n^(publicness - 1), 1 for a public good (W121).  [state]."""
    if sight.parameters.publicness == 1.0:
        return np.ones(len(sight.atlas.countries))
    return power(charges(sight, commitments), sight.parameters.publicness - 1.0)


def quarrel(sight: Sight) -> Array:
    """How much of a quarrel each state is seen to have with each other, 0 (none) to 1 (rivals).  Shape [state, state]."""
    seen: Array = np.minimum(np.maximum(-sight.world.goodwill, 0.0) / max(sight.parameters.rival_goodwill, NOTHING), 1.0)
    return seen


def stake(sight: Sight) -> Array:
    """How far each guarantor's own quarrel with each state makes its word against it believable (W95, W106).  Shape [guarantor, state].

    A promise to fight a state with which the guarantor has no quarrel that anybody can see is believed less.
    """
    believable: Array = 1.0 - sight.parameters.stake_discount * (1.0 - quarrel(sight))
    return believable


def trusted(believed: Belief, firm: float) -> Belief:
    """Belief that a guarantor comes to help: its credibility, and more the more firmly it is bound (I8, W106)."""
    stronger: Belief = 1.0 - (1.0 - believed) * (1.0 - firm)
    return stronger


def charges(sight: Sight, commitments: Iterable[Commitment]) -> Array:
    """How many states each guarantor shields, at least one.  Shape [state]."""
    countries = sight.atlas.countries
    shielded: dict[str, set[str]] = {c: set() for c in countries}
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if isinstance(clause, Defend):
                shielded[clause.debtor].update(protected(commitment, clause))
    return np.array([float(max(len(shielded[c]), 1)) for c in countries])


def guarantees(
    sight: Sight, at: Standpoint, commitments: Iterable[Commitment]
) -> list[tuple[int, int, list[int], float]]:
    """(row, guarantor, enemies, firmness 0..1): whom each guarantor shields a row from, each enemy once, and never from itself.

    Counted are clauses that bind now and without condition.
    """
    countries, now = sight.atlas.countries, max(sight.moment.turn, 1)  # before the start, as in the first turn
    places = {countries[state]: row for row, state in enumerate(at.rows)}
    found: dict[tuple[int, int], dict[int, float]] = {}
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if not isinstance(clause, Defend) or clause.when is not None or not clause.since <= now <= clause.until:
                continue
            guarantor = countries.index(clause.debtor)
            enemies = range(len(countries)) if clause.against is None else (countries.index(clause.against),)
            firm = firmness(commitment.terms, clause.debtor, sight.parameters)
            for ally in protected(commitment, clause):
                if ally in places:
                    shielded = found.setdefault((places[ally], guarantor), {})
                    shielded.update({k: max(firm, shielded.get(k, 0.0)) for k in enemies if k != guarantor})
    return [
        (row, guarantor, [k for k, firm in shielded.items() if firm == firmest], firmest)
        for (row, guarantor), shielded in found.items()
        for firmest in sorted(set(shielded.values()))
    ]


def protected(commitment: Commitment, clause: Defend) -> tuple[str, ...]:
    """The countries that a defence clause protects."""
    if clause.ally is not None:
        return (clause.ally,)
    return tuple(party for party in commitment.terms.parties if party != clause.debtor)


def insecurity(sight: Sight, at: Standpoint, commitments: Iterable[Commitment]) -> Array:
    """Loss from threats that get past the defence: sum_k T_ik s_ik exp(-kappa D_ik / reach_k(i)).  Shape [row].

    ``s`` is what pledges of restraint leave of a threat (W82).
    """
    pacts = tuple(commitments)
    there = reaching(sight, at)
    shield = _shield(sight, at, pacts, there)
    felt = _felt(sight, at, there) * spared(sight, at.rows, at.hostile, credibility(at.kept, at.broken, sight.parameters), pacts)
    if submission(sight, at).any():
        past = unshielded(np.ones_like(felt), shield, there, sight.parameters)
        return total(felt * appeased(sight, at, past))
    return total(unshielded(felt, shield, there, sight.parameters))
