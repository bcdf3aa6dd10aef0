"""Legitimacy: what authorisation and free support lend to an action, and what denial takes away (W64, W125, I9).

Councils lend it by their mandate, states by their support.  Whose support counts is open in the sources: the audience can be all states
alike, democracies, the region of the target or mankind (by population), or any mixture.  Support that was owed or paid for, or comes from
those who always agree, can count for less.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rules.effects import Term
from rules.exact import Array, add, exp, frozen, power, total
from rules.lately import lately
from rules.parameters import Parameters
from rules.state import Atlas, Sight, find_council, index, issue_index
from rules.vocabulary import Clause, Contribution, Draft, GiveAid, JoinCoalition, Level, Operation

AUDIENCES_KEPT = 512  # one for each target and leader in use
EVEN = 0.5  # esteem at which a leader is neither accepted nor refused
NOBODY = 1e-12  # weight of an audience of nobody


def level_weight(parameters: Parameters, level: Level) -> float:
    """How much of a full contribution a level is."""
    return {"statement": parameters.level_statement, "token": parameters.level_token, "full": 1.0}[level]


def authorisation(sight: Sight, operation: Operation) -> bool:
    """Whether a council authorised force against the target on the operation's issue."""
    return any(_about(d, operation) and d.status == "adopted" for d in sight.drafts)


def denied(sight: Sight, operation: Operation) -> bool:
    """Whether a council voted on authorising it and refused, and has not authorised it since."""
    return bool(_refusing(sight, operation))


def mandate(sight: Sight, operation: Operation) -> float:
    """The weight of the weightiest council that authorised it, 0 if none did."""
    return _weightiest(sight, (d.council for d in sight.drafts if _about(d, operation) and d.status == "adopted"))


def refusal(sight: Sight, operation: Operation) -> float:
    """The weight of the weightiest council that refused it, 0 if none did."""
    return _weightiest(sight, _refusing(sight, operation))


def _refusing(sight: Sight, operation: Operation) -> set[str]:
    about = [d for d in sight.drafts if _about(d, operation)]
    return {d.council for d in about if d.status == "failed"} - {d.council for d in about if d.status == "adopted"}


def _weightiest(sight: Sight, councils: Iterable[str]) -> float:
    found = [find_council(sight, name) for name in councils]
    return float(max((council.mandate for council in found if council is not None), default=0.0))


def _about(draft: Draft, operation: Operation) -> bool:
    return (draft.action, draft.issue, draft.target) == ("authorise force", operation.issue, operation.target)


def weighed(sight: Sight, operation: Operation, contribution: Contribution) -> float:
    """What one supporter lends, 0..1: its level, less what is visibly owed or paid for, or only to be expected (I9, W125)."""
    parameters = sight.parameters
    owed = parameters.owed_discount if contribution.owed else 0.0
    paid = parameters.paid_discount if contribution.paid else 0.0
    worth = level_weight(parameters, contribution.level) * ((1.0 - owed) * (1.0 - paid))
    discount = parameters.history_discount
    past = history(sight, contribution.country, operation.leader) if discount else 0.0
    return float(worth * (1.0 - discount * past))


def lent_by(sight: Sight, operation: Operation, contribution: Contribution) -> float:
    """How much of an operation's legitimacy one contribution lends, or takes away on the target's side."""
    parameters, weights = sight.parameters, audience(sight, operation)
    part = float(weights[index(sight, contribution.country)]) / max(float(total(weights)), NOBODY)
    if contribution.side == "defence":
        return -parameters.legitimacy_opposition * part * level_weight(parameters, contribution.level)
    return parameters.legitimacy_support * part * weighed(sight, operation, contribution)


def history(sight: Sight, country: str, leader: str) -> float:
    """How far a state has stood with the leader, 0..1: nearness of their positions before the game, and their votes in it."""
    row, first = index(sight, country), index(sight, leader)
    before = 1.0 - float(total(np.abs(sight.atlas.ideal[row] - sight.atlas.ideal[first]))) / len(sight.atlas.issues)
    votes = [{b.country: b.choice for b in d.ballots} for d in sight.drafts]
    both = [cast[country] == cast[leader] for cast in votes if country in cast and leader in cast]
    weight: float = sight.parameters.history_weight
    return (weight * before + len([same for same in both if same])) / (weight + len(both))


def audience(sight: Sight, operation: Operation) -> Array:
    """How much each state's support counts; leader and target do not.  Shape [state]."""
    return _audience(sight.atlas, sight.parameters, index(sight, operation.target), index(sight, operation.leader))


@lately(AUDIENCES_KEPT)
def _audience(atlas: Atlas, parameters: Parameters, place: int, leader: int) -> Array:
    weights = power(atlas.democracy, parameters.audience_democracies) * power(atlas.population, parameters.audience_people)
    if parameters.audience_region:
        weights = weights * exp(-parameters.audience_region * atlas.distance[place])
    aside = np.zeros(len(atlas.countries))
    aside[[place, leader]] = 1.0
    return frozen(weights * (1.0 - aside))


def visibly_owed(sight: Sight, country: str, operation: Operation) -> bool:
    """Whether an open commitment obliges the country to join the operation (secret ones are not known, so do not count)."""
    return any(
        isinstance(clause, JoinCoalition) and clause.debtor == country and clause.target == operation.target and _binds(sight, clause)
        for commitment in sight.commitments
        if not commitment.hidden
        for clause in commitment.terms.clauses
    )


def _binds(sight: Sight, clause: Clause) -> bool:
    return clause.since <= sight.moment.turn <= clause.until


def visibly_paid(sight: Sight, country: str, operation: Operation) -> bool:
    """Whether an open commitment gives the country aid from the operation's leader for a pledge of its own."""
    return any(
        isinstance(clause, GiveAid) and clause.debtor == operation.leader and clause.to == country and _binds(sight, clause)
        for commitment in sight.commitments
        if not commitment.hidden and any(c.debtor == country for c in commitment.terms.clauses)
        for clause in commitment.terms.clauses
    )


def leader_esteem(sight: Sight, operation: Operation) -> float:
    """How far the leader's leadership is accepted, 0..1 (J5)."""
    return float(sight.world.esteem[sight.atlas.countries.index(operation.leader)])


def legitimacy_terms(
    sight: Sight, operation: Operation, *, authorised: float | None = None, refused: float | None = None
) -> tuple[Term, ...]:
    """The parts of an operation's legitimacy: authorisation, support, denial.

    What councils did, or would have done, can be given: the weight of the council, or simply true.
    """
    parameters = sight.parameters
    weights = audience(sight, operation)
    everybody = max(float(total(weights)), NOBODY)
    support = add(float(weights[index(sight, c.country)]) * weighed(sight, operation, c) for c in operation.coalition if c.side == "attack")
    opposed = add(
        float(weights[index(sight, c.country)]) * level_weight(parameters, c.level) for c in operation.coalition if c.side == "defence"
    )
    lent = mandate(sight, operation) if authorised is None else float(authorised)
    withheld = refusal(sight, operation) if refused is None else float(refused)
    return (
        Term("before anybody spoke", parameters.legitimacy_base),
        Term("authorised by a council", parameters.legitimacy_council * lent),
        Term("support of others", parameters.legitimacy_support * (support / everybody)),
        Term("help for the target", -parameters.legitimacy_opposition * (opposed / everybody)),
        Term("refused by a council", -parameters.legitimacy_denied * withheld),
        Term("esteem of the leader", parameters.esteem_legitimacy * (leader_esteem(sight, operation) - EVEN)),
        *_texts(sight, operation),
    )


def _texts(sight: Sight, operation: Operation) -> tuple[Term, ...]:
    """What other adopted texts say of the leader's cause: a demand that the target has not met, blame, recognition (W64, W72)."""
    parameters = sight.parameters
    adopted = [d for d in sight.drafts if d.status == "adopted" and not d.amends]
    column = issue_index(sight, operation.issue)
    unmet = column is not None and float(sight.world.positions[column]) < parameters.reach_demand
    demands = _weightiest(sight, (d.council for d in adopted if d.action == "demand" and _of(d, operation.target, operation.issue)))
    blame = _weightiest(sight, (d.council for d in adopted if d.action == "condemn" and d.target == operation.leader))
    shield = _weightiest(sight, (d.council for d in adopted if d.action == "recognise" and d.target == operation.target))
    terms = (
        Term("a demand was not met", parameters.legitimacy_demand * demands * (1.0 if unmet else 0.0)),
        Term("the leader was condemned", -parameters.legitimacy_blame * blame),
        Term("the target was recognised", -parameters.legitimacy_shield * shield),
    )
    return tuple(term for term in terms if term.value)


def _of(draft: Draft, target: str, issue: str) -> bool:
    return (draft.target, draft.issue) == (target, issue)


def legitimacy(sight: Sight, operation: Operation, *, authorised: float | None = None, refused: float | None = None) -> float:
    """The legitimacy of an operation, 0..1."""
    terms = legitimacy_terms(sight, operation, authorised=authorised, refused=refused)
    value = add(term.value for term in terms)
    return min(max(value, 0.0), 1.0)
