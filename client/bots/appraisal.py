"""What terms are worth to a state: the expected payoff with them in force less that without.

The price is of the package, never clause by clause, which is what lets several states move together although none would go first.  A player
prices terms for itself from what it knows and for others from the public defaults.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from client.bots.forecast import Case, Forecast, forecasts
from client.bots.futures import outcome_gap
from client.bots.joining import join_values
from client.bots.outlook import ALARM, AUTONOMY, WELFARE, Outlook, as_things_stand, leader_value, prepared, with_partner
from client.bots.pledges import condition_chance
from client.bots.prices import aid_worth
from client.bots.safety import Fear, Relief, feel, relieved, support_from
from client.bots.sparing import sparing_worth
from client.bots.thought import Thought, alone
from rules.exact import add
from rules.force.affront import bound_against, taken_ill_by_one
from rules.pacts.conditions import vote_of
from rules.pacts.institutions import autonomy_price, setup_share, upkeep
from rules.parameters import Parameters
from rules.state import View
from rules.vocabulary import LEVELS, Clause, Defend, Draft, GiveAid, JoinCoalition, NonAggression, Operation, Restraint, Terms, VotePledge

MARGIN = 0.02  # payoff left to the other side, so that a fair offer is not a matter of indifference
OPERATION_CHANCE = 0.1  # a guess how likely a state is to act, while a pact lasts, against one with which it has a full quarrel


@dataclass
class Table:
    """The matters one player bargains over in a step: who fears whom, and the votes it expects, each forecast once."""

    outlook: Outlook
    fear: Fear
    drafts: tuple[Draft, ...]
    plain: dict[str, Forecast] = field(default_factory=dict)
    view: View = field(init=False)

    def __post_init__(self) -> None:
        """The player's view, at hand."""
        self.view = self.outlook.view


def lay(outlook: Outlook, drafts: Sequence[Draft], others: Sequence[Draft] = ()) -> Thought[Table]:
    """A table with ``drafts`` to bargain over; ``others`` are forecast as well."""
    fear = yield from feel(outlook)
    every = (*drafts, *others)
    found = yield from forecasts(Case(outlook, draft) for draft in every)
    return Table(outlook, fear, tuple(drafts), {draft.id: expected for draft, expected in zip(every, found, strict=True)})


def worth_of(table: Table, terms: Terms, country: str) -> float:
    """What it is worth to ``country`` that ``terms`` enter into force among all their parties."""
    return alone(worths(table, [(terms, (country,))]))[0][country]


Asked = Sequence[tuple[Terms, tuple[str, ...]]]
"""Terms, and the countries to which their worth is asked for."""


def worths(table: Table, asked: Asked) -> Thought[list[dict[str, float]]]:
    """What it is worth to some countries that the terms beside them enter into force among all their parties."""
    if not asked:
        return []
    touched = {(k, d.id): (terms, d) for k, (terms, _) in enumerate(asked) for d in table.drafts if touches(terms, d.issue)}
    found = yield from forecasts(Case(table.outlook, draft, (terms,)) for terms, draft in touched.values())
    after = dict(zip(touched, found, strict=True))
    shielded = [(k, country) for k, (terms, countries) in enumerate(asked) for country in countries if protects(terms, country)]
    safer = yield from relieved(_relief(table, asked[k][0], country) for k, country in shielded)
    saved = dict(zip(shielded, safer, strict=True))
    values: list[dict[str, float]] = []
    for k, (terms, countries) in enumerate(asked):
        votes = [after[k, draft.id] for draft in table.drafts if (k, draft.id) in after]
        values.append({c: saved.get((k, c), 0.0) + besides_safety(table, votes, terms, c) for c in countries})
    return values


def besides_safety(table: Table, votes: Sequence[Forecast], terms: Terms, country: str) -> float:
    """What terms are worth to a country beyond its safety, given the votes that they touch."""
    value = add(_vote_worth(table, after, terms, country) for after in votes)
    value += add(_clause_worth(table, terms, clause, country) for clause in terms.clauses)
    return value - _formality(table, terms, country) - _affront(table, terms, country)


def owed_worth(table: Table, terms: Terms, country: str) -> float:
    """What the duties under terms are worth to a country from now on, votes and its own safety left aside."""
    now = table.view.moment.turn
    left = [clause.model_copy(update={"since": max(clause.since, now)}) for clause in terms.clauses if clause.until >= now]
    return add(_clause_worth(table, terms, clause, country) for clause in left)


def touches(terms: Terms, issue: str) -> bool:
    """Whether terms have anything to do with a vote on an issue."""
    return any(
        (isinstance(clause, VotePledge) and clause.issue == issue) or ((vote := vote_of(clause.when)) is not None and vote.issue == issue)
        for clause in terms.clauses
    )


def protects(terms: Terms, country: str) -> bool:
    """Whether terms are a guarantee for a country."""
    return any(isinstance(c, Defend) and c.debtor != country and c.ally in (None, country) for c in terms.clauses)


def _relief(table: Table, terms: Terms, country: str) -> Relief:
    outlook, row = table.outlook, table.outlook.rows[country]
    return Relief(outlook, table.fear, row, support_from(outlook, table.fear, row, terms))


def _formality(table: Table, terms: Terms, country: str) -> float:
    """What form, institutions and authority cost in autonomy, and governing in upkeep (I8, W131, S4)."""
    weights = table.outlook.weights[table.outlook.rows[country]]
    price = autonomy_price(table.view, terms, country) + upkeep(table.view, terms, country)
    founding = table.view.parameters.aid_value * setup_share(terms, table.view.parameters) if terms.institution else 0.0
    return price * float(weights[AUTONOMY]) + founding * float(weights[WELFARE])


def _vote_worth(table: Table, after: Forecast, terms: Terms, country: str) -> float:
    before = table.plain[after.draft.id]
    seat = before.seat(country)
    given = _given(table, after, terms, country)
    if seat >= 0:
        return after.expected(seat) - before.expected(seat) - given
    gap = outcome_gap(table.outlook, after.draft)[table.outlook.rows[country]]
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
        case Defend() if clause.debtor == country:
            return -_entrapment(table, terms, clause)
        case JoinCoalition():
            return _join_worth(table, terms, clause, country)
        case Restraint() | NonAggression():
            return sparing_worth(table.outlook, table.fear, terms, clause, country)
        case _:
            return 0.0


def _entrapment(table: Table, terms: Terms, clause: Defend) -> float:
    """What a guarantor expects to pay for a guarantee: how likely its allies are to be attacked, times its part of the fight (W115).

    To fight somebody whom it fears, or has a quarrel with, is not done for the ally's sake, so that part costs it nothing.
    """
    guarantor = table.outlook.rows[clause.debtor]
    allies = [clause.ally] if clause.ally is not None else [p for p in terms.parties if p != clause.debtor]
    sharing = len({c.debtor for c in terms.clauses if isinstance(c, Defend) and c.against == clause.against}) if clause.ally is None else 1
    risk = add(_risk(table, ally, clause.debtor, clause.against) for ally in allies) / sharing
    return fighting(table.view.parameters) * risk * float(table.outlook.weights[guarantor, WELFARE])


def _risk(table: Table, ally: str, guarantor: str, enemy: str | None) -> float:
    """How likely an ally is to be attacked by those it is guarded against: what threatens it and does not threaten the guarantor."""
    return table.outlook.remember(("risk", ally, guarantor, enemy), lambda: _felt(table, ally, guarantor, enemy))


def _felt(table: Table, ally: str, guarantor: str, enemy: str | None) -> float:
    rows, threat = table.outlook.rows, table.fear.threat
    alarm = any(o.target == ally and o.status == "announced" for o in table.view.operations)
    danger = np.maximum(threat[rows[ally]] - threat[rows[guarantor]], 0.0) * table.outlook.board.favour[rows[guarantor]]
    danger[rows[guarantor]] = 0.0
    felt = float(np.maximum.reduce(danger)) if enemy is None else float(danger[rows[enemy]])
    return max(felt, ALARM) if alarm else felt


def fighting(parameters: Parameters) -> float:
    """What it costs to come to an ally's help in full, in payoff."""
    return parameters.cost_value * parameters.full_cost


def _affront(table: Table, terms: Terms, country: str) -> float:
    """What the anger of those whom open terms are aimed at costs a party (W50)."""
    outlook, parameters = table.outlook, table.view.parameters
    price = 0.0
    for enemy, members in bound_against(terms).items():
        if country in members:
            leaning = float(table.view.atlas.dependence[outlook.rows[country], outlook.rows[enemy]])
            price += leaning * taken_ill_by_one(len(members), parameters)
    return parameters.dependence_value * price * float(outlook.weights[outlook.rows[country], WELFARE])


def _join_worth(table: Table, terms: Terms, clause: JoinCoalition, country: str) -> float:
    operation = next((o for o in table.view.operations if o.target == clause.target and o.status == "announced"), None)
    if operation is None:
        return _company_to_come(table, terms, clause, country)
    if country not in (clause.debtor, operation.leader):
        return 0.0
    values = join_values(table.outlook, operation, table.outlook.rows[clause.debtor])
    if country == clause.debtor:
        return float(values[1 + LEVELS.index(clause.level)]) - float(np.maximum.reduce(values))
    freely = int(np.argmax(values))
    by_itself = with_partner(operation, clause.debtor, LEVELS[freely - 1], owed=False, paid=False) if freely else operation
    return _leader_gain(table, operation, by_itself, clause, terms)


def _company_to_come(table: Table, terms: Terms, clause: JoinCoalition, country: str) -> float:
    """What a promise to come along is worth to another party while nothing is prepared: as likely as its quarrel makes a war."""
    view, rows = table.view, table.outlook.rows
    issue = next((issue.id for issue in view.atlas.issues if issue.target == clause.target), None)
    if issue is None or country in (clause.debtor, clause.target):
        return 0.0
    quarrel_ = float(table.outlook.board.quarrel[rows[country], rows[clause.target]])
    if quarrel_ == 0.0:
        return 0.0
    operation = prepared(table.outlook, country, clause.target, issue)
    return OPERATION_CHANCE * quarrel_ * _leader_gain(table, operation, operation, clause, terms)


def _leader_gain(table: Table, operation: Operation, by_itself: Operation, clause: JoinCoalition, terms: Terms) -> float:
    """What the contribution adds for the leader to what the state would give of itself."""
    paid = not terms.secret and any(isinstance(c, GiveAid) and c.to == clause.debtor for c in terms.clauses)
    bigger = with_partner(operation, clause.debtor, clause.level, owed=not terms.secret, paid=paid)
    return _value_as_things_stand(table.outlook, bigger) - _value_as_things_stand(table.outlook, by_itself)


def _value_as_things_stand(outlook: Outlook, operation: Operation) -> float:
    """What an operation is worth to its leader with the councils' word as it is."""
    authorised, refused = as_things_stand(outlook, operation)
    return leader_value(outlook, operation, authorised=authorised, refused=refused)
