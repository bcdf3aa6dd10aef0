"""Legitimacy: what authorisation and free support lend to an action, and what denial takes away (W64, W125, I9)."""

from __future__ import annotations

from rules.effects import Term
from rules.exact import add
from rules.state import Sight
from rules.vocabulary import Clause, Contribution, Draft, GiveAid, JoinCoalition, Operation

LEVEL_WEIGHT: dict[str, float] = {"statement": 0.25, "token": 0.5, "full": 1.0}
"""How much of a full contribution each level is."""


def authorisation(sight: Sight, operation: Operation) -> bool:
    """Whether a council authorised force against the target on the operation's issue."""
    return any(_about(d, operation) and d.status == "adopted" for d in sight.drafts)


def denied(sight: Sight, operation: Operation) -> bool:
    """Whether a council voted on authorising it and refused, and has not authorised it since."""
    refused = any(_about(d, operation) and d.status == "failed" for d in sight.drafts)
    return refused and not authorisation(sight, operation)


def _about(draft: Draft, operation: Operation) -> bool:
    return (draft.action, draft.issue, draft.target) == ("authorise force", operation.issue, operation.target)


def weighed(sight: Sight, contribution: Contribution) -> float:
    """What one supporter lends, 0..1: its level, less what is visibly owed or paid for."""
    parameters = sight.parameters
    owed = parameters.owed_discount if contribution.owed else 0.0
    paid = parameters.paid_discount if contribution.paid else 0.0
    return LEVEL_WEIGHT[contribution.level] * ((1.0 - owed) * (1.0 - paid))


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


def legitimacy_terms(
    sight: Sight, operation: Operation, *, authorised: bool | None = None, refused: bool | None = None
) -> tuple[Term, ...]:
    """The parts of an operation's legitimacy: authorisation, support, denial; what councils did, or would have done, can be given."""
    parameters = sight.parameters
    bystanders = max(len(sight.atlas.countries) - 2, 1)
    support = add(weighed(sight, c) for c in operation.coalition if c.side == "attack") / bystanders
    opposed = add(LEVEL_WEIGHT[c.level] for c in operation.coalition if c.side == "defence") / bystanders
    mandate = authorisation(sight, operation) if authorised is None else authorised
    refusal = denied(sight, operation) if refused is None else refused
    return (
        Term("before anybody spoke", parameters.legitimacy_base),
        Term("authorised by a council", parameters.legitimacy_council * (1.0 if mandate else 0.0)),
        Term("support of others", (1.0 - parameters.legitimacy_council) * support),
        Term("help for the target", -(1.0 - parameters.legitimacy_council) * opposed),
        Term("refused by a council", -parameters.legitimacy_denied * (1.0 if refusal else 0.0)),
    )


def legitimacy(
    sight: Sight, operation: Operation, *, authorised: bool | None = None, refused: bool | None = None
) -> float:
    """The legitimacy of an operation, 0..1."""
    terms = legitimacy_terms(sight, operation, authorised=authorised, refused=refused)
    value = add(term.value for term in terms)
    return min(max(value, 0.0), 1.0)
