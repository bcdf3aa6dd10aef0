"""Guarantees: who is shielded by whom, against whom and how firmly, and what help that is believed to bring (W35, W106, W121, W127)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rules.exact import Array, Rows, power
from rules.force.power import NOTHING
from rules.pacts.circumstances import counts
from rules.pacts.institutions import firmness, reinforcement
from rules.parameters import Parameters
from rules.state import Sight
from rules.vocabulary import Commitment, Defend

Trust = TypeVar("Trust", float, Array)
UNGUARDED = -1.0  # in place of a firmness, where a guarantee does not count


@dataclass(frozen=True, slots=True, eq=False)
class Guarantees:
    """Who is shielded by whom: an entry for each pair of a state and its guarantor, in the order in which they were first promised.

    ``rows [pair]`` are rows of the standpoint, ``allies [pair]`` the states in them; ``firm [pair, enemy]`` says how firmly (0..1) each
    guarantor is bound against each state, or ``UNGUARDED``.
    """

    rows: Rows
    allies: Rows
    guarantors: Rows
    firm: Array

    def where(self, these: npt.NDArray[np.bool_]) -> Guarantees:
        """Some of them.  ``these [pair]``."""
        return Guarantees(self.rows[these], self.allies[these], self.guarantors[these], self.firm[these])


def guarantees(sight: Sight, rows: Sequence[int], commitments: Iterable[Commitment]) -> Guarantees:
    """Whom each guarantor shields each of these states from, each enemy once, and never from itself.

    Counted are clauses that bind now, without condition or while the words they hang on are kept; of several the firmest.
    """
    countries, now = sight.atlas.countries, max(sight.moment.turn, 1)  # before the start, as in the first turn
    places = {countries[state]: row for row, state in enumerate(rows)}
    pairs, promised, bounds = dict[tuple[int, int], int](), list[int](), list[Array]()
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if isinstance(clause, Defend) and clause.since <= now <= clause.until and counts(sight, commitment, clause.when):
                guarantor, bound = countries.index(clause.debtor), _bound(sight, commitment, clause)
                shielded = [places[ally] for ally in protected(commitment, clause) if ally in places]
                promised += [pairs.setdefault((row, guarantor), len(pairs)) for row in shielded]
                bounds += [bound] * len(shielded)
    firm = np.full((len(pairs), len(countries)), UNGUARDED)
    if pairs:
        np.maximum.at(firm, np.array(promised), np.array(bounds))
    who = np.array(list(pairs), dtype=np.intp).reshape(-1, 2)
    found = Guarantees(who[:, 0], np.array(rows, dtype=np.intp)[who[:, 0]], who[:, 1], firm)
    return found.where(np.any(firm > UNGUARDED, axis=1))


def _bound(sight: Sight, commitment: Commitment, clause: Defend) -> Array:
    """How firmly a clause binds its guarantor against each state.  Shape [enemy]."""
    countries, firm = sight.atlas.countries, firmness(commitment.terms, clause.debtor, sight.parameters)
    bound = np.full(len(countries), UNGUARDED)
    bound[slice(None) if clause.against is None else countries.index(clause.against)] = firm
    bound[countries.index(clause.debtor)] = UNGUARDED
    return bound


def protected(commitment: Commitment, clause: Defend) -> tuple[str, ...]:
    """The countries that a defence clause protects."""
    if clause.ally is not None:
        return (clause.ally,)
    return tuple(party for party in commitment.terms.parties if party != clause.debtor)


def charges(sight: Sight, commitments: Iterable[Commitment]) -> Array:
    """How many states each guarantor shields, at least one.  Shape [state]."""
    countries = sight.atlas.countries
    shielded: dict[str, set[str]] = {c: set() for c in countries}
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if isinstance(clause, Defend):
                shielded[clause.debtor].update(protected(commitment, clause))
    return np.array([float(max(len(shielded[c]), 1)) for c in countries])


@dataclass(frozen=True, slots=True, eq=False)
class Devotion:
    """What makes a promise of help more or less than the word behind it.

    ``stakes [guarantor, enemy]``: the guarantor's own quarrel; ``shares [ally, guarantor]``: what dilution leaves and pooling adds;
    ``attached [ally, guarantor]``: what goodwill adds or takes away.
    """

    stakes: Array
    shares: Array
    attached: Array


def devotion(sight: Sight, commitments: Iterable[Commitment]) -> Devotion:
    """How devoted guarantors are seen to be, under all these commitments."""
    pacts = tuple(commitments)
    return Devotion(stake(sight), dilution(sight, pacts) * reinforcement(sight, pacts), attachment(sight))


def attachment(sight: Sight) -> Array:
    """How much more or less surely a guarantor is thought to come to the help of a state that it likes or dislikes.  [ally, guarantor].

    Who disappoints its protector has to fear that it is left alone (W115, W116; Snyder 1984).
    """
    liked: Array = 1.0 + sight.parameters.estrangement * sight.world.goodwill.T
    return liked


def helped(sight: Sight, known: Guarantees, believed: Array, there: Array, devoted: Devotion) -> Array:
    """Believed help against each state under these guarantees.  ``believed``, ``there`` and the answer ``[row, state]``."""
    pair, support = (known.allies, known.guarantors), np.zeros_like(there)
    doubtless = trusted(believed[known.rows, known.guarantors][:, None], known.firm)
    trust = stationed(doubtless, sight.world.bases[pair][:, None], sight.parameters)
    trust = np.minimum(trust * devoted.attached[pair][:, None], 1.0)
    coming = devoted.stakes[known.guarantors] * devoted.shares[pair][:, None]
    brought = sight.parameters.guarantee_effect * trust * there[known.rows, known.guarantors][:, None] * coming
    np.add.at(support, known.rows, np.where(known.firm > UNGUARDED, brought, 0.0))
    return support


def counted(sight: Sight, believed: Array, firm: float, devoted: Devotion) -> Array:
    """How surely each guarantor is expected to come, as in ``helped``, were it bound so firmly.  All ``[ally, guarantor]``."""
    trust: Array = np.minimum(stationed(trusted(believed, firm), sight.world.bases, sight.parameters) * devoted.attached, 1.0)
    return trust


def trusted(believed: Trust, firm: Trust | float) -> Trust:
    """Belief that a guarantor comes to help: its credibility, and more the more firmly it is bound (I8, W106)."""
    return 1.0 - (1.0 - believed) * (1.0 - firm)


def stationed(trust: Trust, base: Trust, parameters: Parameters) -> Trust:
    """Trust in a guarantor that has a base (0..1) in the country it guards: its own soldiers would be attacked as well."""
    return 1.0 - (1.0 - trust) * (1.0 - parameters.base_trust * base)


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
