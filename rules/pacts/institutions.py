"""Institutions and the ladder of arrangements: what makes a treaty firm, and what firmness costs (S4, S10-S15, W131, W132, W147).

*Institutions* (0 to 3) remove doubt, pool resources among many and make breach and exit dearer; the strong pay most for them in autonomy,
and more the larger the company.  The *ladder* (alliance, confederation, empire) pools authority: it binds those below, costs them autonomy
and costs the head its upkeep.  Who wants which is left to the players.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rules.effects import Effect, Term
from rules.exact import Array, Rows, add, power, power_one
from rules.force.power import relative
from rules.lately import lately
from rules.pacts.clauses import Defend
from rules.pacts.treaties import ARRANGEMENTS, INSTITUTION_MAX, Commitment, Terms
from rules.parameters import Parameters
from rules.state import Game, Sight, index

PAIR = 2
TOP = len(ARRANGEMENTS) - 1
WEIGHTS_KEPT = 64  # one of each game that is being played


def level(terms: Terms) -> float:
    """How institutionalised terms are, from 0 to 1."""
    return terms.institution / INSTITUTION_MAX


def rung(terms: Terms) -> float:
    """How far up the ladder of pooled authority they stand, from 0 (alliance) to 1 (empire)."""
    return ARRANGEMENTS.index(terms.arrangement) / TOP


def firm(terms: Terms, debtor: str) -> bool:
    """Whether a party is bound by more than an informal word, which can be left for nothing (I8)."""
    return debtor in terms.formal or terms.institution > 0 or terms.arrangement != "alliance"


def firmness(terms: Terms, debtor: str, parameters: Parameters) -> float:
    """Share of doubt about a debtor's word that form, institutions and authority remove, from 0 to 1 (I8, S4, S10, S12)."""
    crowd = parameters.inst_multi if len(terms.parties) > PAIR else 1.0
    formal = parameters.formal_trust if debtor in terms.formal else 0.0
    organs = parameters.inst_causal * parameters.inst_trust * level(terms) * crowd
    control = 0.0 if debtor == terms.head else parameters.rung_trust * rung(terms)
    return 1.0 - (1.0 - formal) * (1.0 - organs) * (1.0 - control)


def stiffness(terms: Terms, parameters: Parameters) -> float:
    """How many times dearer at home breach and exit are than without institutions or pooled authority (S6, S10)."""
    organs = parameters.inst_causal * parameters.inst_exit * level(terms)
    return 1.0 + organs + parameters.rung_exit * rung(terms)


def pooling(terms: Terms, parameters: Parameters) -> float:
    """By how much pooling among many raises the help of each (S13); 1 for no pooling."""
    if len(terms.parties) <= PAIR:
        return 1.0
    gain = parameters.inst_causal * parameters.inst_pooling
    return 1.0 + gain * level(terms) * (1.0 - 1.0 / (len(terms.parties) - 1))


def reinforcement(sight: Sight, commitments: Iterable[Commitment]) -> Array:
    """By how much each guarantor's help to each state is raised by pooling among many.  Shape [ally, guarantor], 1 for no pooling."""
    factors = np.ones((len(sight.atlas.countries),) * 2)
    for commitment in commitments:
        terms = commitment.terms
        factor = pooling(terms, sight.parameters)
        for clause in terms.clauses if factor > 1.0 else ():
            if isinstance(clause, Defend):
                guarantor = index(sight, clause.debtor)
                for ally in (clause.ally,) if clause.ally is not None else terms.parties:
                    row = index(sight, ally)
                    factors[row, guarantor] = max(float(factors[row, guarantor]), factor)
    return factors


def autonomy_price(sight: Sight, terms: Terms, country: str) -> float:
    """Autonomy that terms cost a party: form or a word to fight, institutions by its strength and the company, and authority above it."""
    parameters = sight.parameters
    formal = parameters.formality_price * _tied(terms, country, parameters)
    if country not in terms.parties or (not terms.institution and terms.arrangement == "alliance"):
        return formal
    weight = _weights(sight.world.forces, parameters)[index(sight, country)]
    company = power_one(float(len(terms.parties) - 1), parameters.inst_crowd)
    organs = parameters.inst_autonomy * level(terms) * company
    below = 0.0 if country == terms.head else parameters.rung_autonomy * rung(terms)
    return formal + (organs + below) * weight


def _tied(terms: Terms, country: str, parameters: Parameters) -> float:
    """How far a party's hands are tied: in full by duties in form, in part by an informal promise to fight (W52, I8)."""
    owed = [clause for clause in terms.clauses if clause.debtor == country]
    if country in terms.formal:
        return 1.0 if owed else 0.0
    return parameters.informal_share if any(isinstance(clause, Defend) for clause in owed) else 0.0


@lately(WEIGHTS_KEPT)
def _weights(forces: Array, parameters: Parameters) -> list[float]:
    """How much more of its autonomy each state gives up for being strong."""
    weights: list[float] = power(relative(forces), parameters.autonomy_power).tolist()
    return weights


def upkeep(sight: Sight, terms: Terms, country: str) -> float:
    """What governing those below costs the head of an arrangement, by how strong they are beside it (S4)."""
    if country != terms.head or terms.arrangement == "alliance":
        return 0.0
    forces = sight.world.forces
    head = float(forces[index(sight, country)])
    governed = [float(forces[index(sight, c)]) / head if head > 0.0 else 1.0 for c in terms.parties if c != country]
    return sight.parameters.rung_upkeep * rung(terms) * min(add(governed), float(len(governed)))


def bonds(sight: Sight, rows: Rows, commitments: Iterable[Commitment]) -> Array:
    """Autonomy given up, and upkeep paid, by each row under everything in force.  Shape [row]."""
    cost = dict.fromkeys(sight.atlas.countries, 0.0)
    for commitment in commitments:
        for country in commitment.terms.parties:
            terms = commitment.terms
            cost[country] += autonomy_price(sight, terms, country) + upkeep(sight, terms, country)
    table: Array = np.array([cost[c] for c in sight.atlas.countries])
    mine: Array = table[rows]
    return mine


def setup_share(terms: Terms, parameters: Parameters) -> float:
    """Share of its economy that each party pays once for setting up institutions; less among many (S13)."""
    return parameters.inst_setup * level(terms) / power_one(float(len(terms.parties) - 1), parameters.inst_share)


def founding(game: Game, subject: str) -> Sequence[Effect]:
    """What setting up the institutions of a new commitment costs its parties."""
    terms = next(c.terms for c in game.commitments if c.id == subject)
    share = setup_share(terms, game.parameters)
    effects = []
    for country in terms.parties:
        row = index(game, country)
        before, cost = float(game.world.received[row]), share * float(game.world.economy[row])
        words = (Term("before", before), Term("setting up its institutions", -cost))
        effects.append(Effect("received", (row,), before - cost, words))
    return effects
