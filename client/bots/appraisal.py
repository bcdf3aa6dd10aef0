"""What terms are worth to a state: the expected payoff with them in force less that without.

The price is of the package, never clause by clause, which is what lets several states move together although none would go first.  A player
prices terms for itself from what it knows and for others from the public defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from client.bots.forecast import Forecast, aid_worth, condition_chance, forecast, outcome_gap
from client.bots.outlook import AUTONOMY, SECURITY, Outlook, as_things_stand, join_values, leader_value, with_partner
from rules.conditions import vote_of
from rules.state import View
from rules.threat import Standpoint, insecurity, own, protected
from rules.vocabulary import (
    LEVELS,
    Clause,
    Commitment,
    Defend,
    Draft,
    GiveAid,
    JoinCoalition,
    Operation,
    Terms,
    VotePledge,
)

MARGIN = 0.02  # payoff left to the other side, so that a fair offer is not a matter of indifference
ATTACK_CHANCE_QUIET = 0.03  # a guarantor's guess that an ally is attacked while nobody prepares for it
ATTACK_CHANCE_ALARM = 0.6  # and while somebody does


@dataclass
class Table:
    """The matters one player bargains over in a step: the votes it expects, each forecast once."""

    outlook: Outlook
    drafts: tuple[Draft, ...]
    _plain: dict[str, Forecast] = field(default_factory=dict)

    @property
    def view(self) -> View:
        """The player's view."""
        return self.outlook.view

    def plain(self, draft: Draft) -> Forecast:
        """The forecast of a vote as things stand."""
        if draft.id not in self._plain:
            self._plain[draft.id] = forecast(self.outlook, draft)
        return self._plain[draft.id]

    def with_terms(self, draft: Draft, terms: Terms) -> Forecast:
        """The forecast with terms added."""
        return forecast(self.outlook, draft, (terms,))


def worth_of(table: Table, terms: Terms, country: str) -> float:
    """What it is worth to ``country`` that ``terms`` enter into force among all their parties."""
    value = 0.0
    for draft in table.drafts:
        if any(_touches(clause, draft.issue) for clause in terms.clauses):
            value += _vote_worth(table, draft, terms, country)
    for clause in terms.clauses:
        value += _clause_worth(table, terms, clause, country)
    formal = country in terms.formal and any(c.debtor == country for c in terms.clauses)
    row = table.view.atlas.countries.index(country)
    price = table.view.parameters.formality_price * float(table.outlook.weights[row, AUTONOMY])
    return value - (price if formal else 0.0)


def _touches(clause: Clause, issue: str) -> bool:
    return (isinstance(clause, VotePledge) and clause.issue == issue) or (
        (vote := vote_of(clause.when)) is not None and vote.issue == issue
    )


def _vote_worth(table: Table, draft: Draft, terms: Terms, country: str) -> float:
    before, after = table.plain(draft), table.with_terms(draft, terms)
    seat = before.seat(country)
    given = _given(table, after, terms, country)
    if seat >= 0:
        return after.expected(seat) - before.expected(seat) - given
    gap = outcome_gap(table.outlook, draft)[table.view.atlas.countries.index(country)]
    return (after.passes - before.passes) * float(gap) - given


def _given(table: Table, expected: Forecast, terms: Terms, country: str) -> float:
    """Aid the country will have to give under the terms, in payoff."""
    cost = 0.0
    for clause in terms.clauses:
        if isinstance(clause, GiveAid) and clause.debtor == country and clause.when is not None:
            chance = condition_chance(clause.when, expected.draft, expected.council, expected.chance)
            cost += chance * aid_worth(table.outlook, country, clause.amount)
    return cost


def _clause_worth(table: Table, terms: Terms, clause: Clause, country: str) -> float:
    match clause:
        case GiveAid() if clause.when is None:
            turns = clause.until - clause.since + 1
            value = turns * aid_worth(table.outlook, country, clause.amount)
            trust = table.view.parameters.cred_prior
            return -value if clause.debtor == country else trust * value if clause.to == country else 0.0
        case Defend():
            return _defence_worth(table, terms, clause, country)
        case JoinCoalition():
            return _join_worth(table, terms, clause, country)
        case _:
            return 0.0


def standpoint(table: Table, country: str) -> Standpoint:
    """The country's standpoint: the player's own, or a guess from the public defaults."""
    view = table.view
    if country == view.viewer:
        return own(view)
    row = view.atlas.countries.index(country)
    n = len(view.atlas.countries)
    wary = np.full((1, n), view.parameters.hostile_base)
    wary = wary + view.parameters.hostile_rivalry * (view.world.goodwill[row][None] < 0.0)
    blank = np.zeros((1, n))
    return Standpoint((row,), wary, blank, blank, table.outlook.salience[row][None], table.outlook.weights[row][None])


def _defence_worth(table: Table, terms: Terms, clause: Defend, country: str) -> float:
    view, parameters = table.view, table.view.parameters
    promise = Commitment(id="imagined", terms=terms.model_copy(update={"clauses": (clause,)}), since=clause.since)
    if country in protected(promise, clause):
        at = standpoint(table, country)
        saved = insecurity(view, at, view.commitments) - insecurity(view, at, (*view.commitments, promise))
        return parameters.security_value * float(saved[0]) * float(at.weights[0, SECURITY])
    if country != clause.debtor:
        return 0.0
    risk = 0.0
    for ally in protected(promise, clause):
        alarm = any(o.target == ally and o.status == "announced" and o.leader != country for o in view.operations)
        risk += ATTACK_CHANCE_ALARM if alarm else ATTACK_CHANCE_QUIET
    return -risk * parameters.cost_value * parameters.token_cost


def _join_worth(table: Table, terms: Terms, clause: JoinCoalition, country: str) -> float:
    operation = next(
        (o for o in table.view.operations if o.target == clause.target and o.status == "announced"), None
    )
    if operation is None:
        return 0.0
    row = table.view.atlas.countries.index(clause.debtor)
    values = join_values(table.outlook, operation, row)
    if country == clause.debtor:
        return float(values[1 + LEVELS.index(clause.level)]) - float(np.maximum.reduce(values))
    if country != operation.leader:
        return 0.0
    freely = int(np.argmax(values))
    alone = with_partner(operation, clause.debtor, LEVELS[freely - 1], owed=False, paid=False) if freely else operation
    return _leader_gain(table, operation, alone, clause, terms)


def _leader_gain(table: Table, operation: Operation, alone: Operation, clause: JoinCoalition, terms: Terms) -> float:
    """What the contribution adds for the leader to what the state would give of itself."""
    authorised, refused = as_things_stand(table.outlook, operation)
    paid = not terms.secret and any(isinstance(c, GiveAid) and c.to == clause.debtor for c in terms.clauses)
    bigger = with_partner(operation, clause.debtor, clause.level, owed=not terms.secret, paid=paid)
    now = leader_value(table.outlook, alone, authorised=authorised, refused=refused)
    return leader_value(table.outlook, bigger, authorised=authorised, refused=refused) - now
