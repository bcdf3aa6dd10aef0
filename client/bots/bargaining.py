"""Bargaining: what terms are worth, which to propose, which to sign, and when to ask for more.

One function, ``worth_of``, prices terms for anybody: the expected payoff with them in force less that without.  A proposer uses it to find
terms that pay for itself and, as far as it can tell, for the others; an invitee to answer; both as a package, never clause by clause, which
is what lets several states move together although none would go first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from client.bots.forecast import YES, Forecast, aid_worth, condition_chance, forecast, outcome_gap
from client.bots.outlook import SECURITY, Outlook, as_things_stand, join_values, leader_value, with_partner
from rules.exact import total
from rules.state import View
from rules.threat import Standpoint, insecurity, own, protected, threat
from rules.vocabulary import (
    CHOICES,
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
    Voted,
)

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
    return value - (table.view.parameters.formality_price if formal else 0.0)


def _touches(clause: Clause, issue: str) -> bool:
    return (isinstance(clause, VotePledge) and clause.issue == issue) or (
        clause.when is not None and clause.when.issue == issue
    )


def _vote_worth(table: Table, draft: Draft, terms: Terms, country: str) -> float:
    before, after = table.plain(draft), table.with_terms(draft, terms)
    seat = before.seat(country)
    if seat >= 0:
        return after.expected(seat) - before.expected(seat) - _given(table, after, terms, country)
    gap = outcome_gap(table.outlook, draft)[table.view.atlas.countries.index(country)]
    return (after.passes - before.passes) * float(gap)


def _given(table: Table, expected: Forecast, terms: Terms, country: str) -> float:
    """Aid the country will have to give under the terms, in payoff."""
    cost = 0.0
    for clause in terms.clauses:
        if isinstance(clause, GiveAid) and clause.debtor == country and clause.when is not None:
            chance = condition_chance(clause.when, expected.council, expected.chance)
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
    return -risk * parameters.cost_value * parameters.war_cost


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
    return _leader_gain(table, operation, clause, terms) * (0.0 if float(np.argmax(values)) > 0 else 1.0)


def _leader_gain(table: Table, operation: Operation, clause: JoinCoalition, terms: Terms) -> float:
    authorised, refused = as_things_stand(table.outlook, operation)
    paid = not terms.secret and any(isinstance(c, GiveAid) and c.to == clause.debtor for c in terms.clauses)
    bigger = with_partner(operation, clause.debtor, clause.level, owed=not terms.secret, paid=paid)
    now = leader_value(table.outlook, operation, authorised=authorised, refused=refused)
    return leader_value(table.outlook, bigger, authorised=authorised, refused=refused) - now


# --- proposals ---------------------------------------------------------------------------------------------------------------------


def proposals(table: Table) -> Iterator[tuple[Terms, float]]:
    """Terms worth proposing, with what they are worth to the player: those from which, by its guess, every party gains."""
    me = table.view.viewer
    for terms, value in _candidates(table):
        if value > ATTENTION and all(worth_of(table, terms, c) > 0.0 for c in terms.parties if c != me):
            yield terms, value


def _candidates(table: Table) -> Iterator[tuple[Terms, float]]:
    for draft in table.drafts:
        yield from _bought_votes(table, draft)
        joint = _joint_pledge(table, draft)
        if joint is not None:
            yield joint
    yield from _pacts(table)
    yield from _partners(table)


GUARANTORS_MAX = 3  # the strongest states that are asked for protection
ATTENTION = 0.01  # payoff below which nothing is worth the trouble (W148)


def _bought_votes(table: Table, draft: Draft) -> Iterator[tuple[Terms, float]]:
    """Aid for votes: the price is what the other would lose by its vote, and a margin."""
    view, me = table.view, table.view.viewer
    expected = table.plain(draft)
    seat = expected.seat(me)
    if seat < 0:
        return
    gap = float(outcome_gap(table.outlook, draft)[view.me])
    wish = YES if gap > 0.0 else CHOICES.index("no")
    for other, country in enumerate(expected.council.members):
        if country == me:
            continue
        influence = float(expected.adopted[other, wish] - total(expected.chance[other] * expected.adopted[other]))
        shortfall = float(np.maximum.reduce(expected.worth[other]) - expected.worth[other, wish])
        row = view.atlas.countries.index(country)
        price = (shortfall + MARGIN) / (view.parameters.cred_prior * view.parameters.aid_value)
        amount = price * float(view.world.economy[row])
        cost = aid_worth(table.outlook, me, amount)
        if shortfall > 0.0 and influence * gap > cost and amount <= _fund(view):
            terms = _aid_for_vote(view, draft, country, CHOICES[wish], amount)
            yield terms, influence * gap - cost


MARGIN = 0.02  # payoff left to the other side, so that a fair offer is not a matter of indifference


def _fund(view: View) -> float:
    return view.parameters.aid_share_max * float(view.world.economy[view.me])


def _aid_for_vote(view: View, draft: Draft, country: str, choice: str, amount: float) -> Terms:
    now, last = view.moment.turn, min(view.moment.turn + 1, view.atlas.turns)
    amount = round(amount, 3)
    when = Voted(country=country, issue=draft.issue, choice=choice)  # type: ignore[arg-type]  # one of CHOICES
    return Terms(
        parties=(view.viewer, country),
        clauses=(
            VotePledge(debtor=country, since=now, until=last, issue=draft.issue, choice=when.choice),
            GiveAid(debtor=view.viewer, since=now, until=last, to=country, amount=max(amount, 0.001), when=when),
        ),
        secret=True,
    )


def _joint_pledge(table: Table, draft: Draft) -> tuple[Terms, float] | None:
    """A declaration to vote alike: begin with all who lean that way, drop whoever would not gain, repeat (rulebook, 8a)."""
    expected = table.plain(draft)
    me = table.view.viewer
    seat = expected.seat(me)
    if seat < 0:
        return None
    wish = int(np.argmax(expected.worth[seat]))
    if CHOICES[wish] == "abstain":
        return None
    lean = expected.worth[:, wish] - np.maximum.reduce(expected.worth, axis=1)
    order = [k for k in np.argsort(-lean, kind="stable") if k != seat and lean[k] > -LEAN_MAX][:JOINT_MAX]
    invited = [expected.council.members[k] for k in order]
    while invited:
        terms = _alike(table.view, draft, (me, *invited), CHOICES[wish])
        after = table.with_terms(draft, terms)
        gains = {
            c: after.expected(expected.seat(c)) - expected.expected(expected.seat(c)) for c in terms.parties
        }
        kept = [c for c in invited if gains[c] > 0.0]
        if kept == invited:
            return (terms, gains[me]) if gains[me] > 0.0 else None
        invited = kept
    return None


JOINT_MAX = 5  # parties invited to a joint declaration
LEAN_MAX = 0.5  # payoff short of its best choice up to which a state is thought to lean that way


def _alike(view: View, draft: Draft, parties: tuple[str, ...], choice: str) -> Terms:
    """Everybody votes alike; who joins the author does so on the condition that the author does (W155)."""
    now, last = view.moment.turn, min(view.moment.turn + 2, view.atlas.turns)
    anchor = Voted(country=parties[0], issue=draft.issue, choice=choice)  # type: ignore[arg-type]  # one of CHOICES
    clauses = tuple(
        VotePledge(
            debtor=c, since=now, until=last, issue=draft.issue, choice=anchor.choice,
            when=None if c == parties[0] else anchor,
        )
        for c in parties
    )
    return Terms(parties=parties, clauses=clauses, quorum=2)


def _pacts(table: Table) -> Iterator[tuple[Terms, float]]:
    """Protection: a guarantee for a place at the guarantor's side (I5, I8), or mutual defence against a common worry (W91)."""
    view, me = table.view, table.view.viewer
    enemy = _enemy(table)
    if enemy is None:
        return
    order = np.argsort(-view.world.forces, kind="stable")[:GUARANTORS_MAX]
    for row in order:
        other = view.atlas.countries[int(row)]
        if other in (me, enemy) or _guarded(view, me, other):
            continue
        for terms in (_guarantee(table, other, enemy), _mutual(view, other, enemy)):
            yield terms, worth_of(table, terms, me)


def _guarantee(table: Table, guarantor: str, enemy: str) -> Terms:
    """The guarantor is bound in form; the client pledges its votes and its company, informally (I4, I5, I8)."""
    view, me = table.view, table.view.viewer
    now, last = view.moment.turn, view.atlas.turns
    clauses: list[Clause] = [
        Defend(debtor=guarantor, since=now, until=last, ally=me),
        JoinCoalition(debtor=me, since=now, until=last, target=enemy, level="token"),
    ]
    for draft in table.drafts:
        expected = table.plain(draft)
        if guarantor in draft.sponsors and expected.seat(me) >= 0:
            clauses.append(VotePledge(debtor=me, since=now, until=last, issue=draft.issue, choice="yes"))
    return Terms(parties=(me, guarantor), clauses=tuple(clauses), formal=(guarantor,))


def _mutual(view: View, other: str, enemy: str) -> Terms:
    now, last, me = view.moment.turn, view.atlas.turns, view.viewer
    both = tuple(Defend(debtor=c, since=now, until=last, against=enemy) for c in (me, other))
    return Terms(parties=(me, other), clauses=both, formal=(me, other))


def _guarded(view: View, client: str, guarantor: str) -> bool:
    return any(
        isinstance(clause, Defend) and clause.debtor == guarantor and client in protected(c, clause)
        for c in view.commitments
        for clause in c.terms.clauses
    )


def _enemy(table: Table) -> str | None:
    """The state that the player feels most threatened by."""
    view = table.view
    felt = threat(view, own(view))[0]
    for row in np.argsort(-felt, kind="stable"):
        country = view.atlas.countries[int(row)]
        if country != view.viewer and felt[int(row)] > 0.0:
            return country
    return None


def _partners(table: Table) -> Iterator[tuple[Terms, float]]:
    """The leader of an operation asks for contributions, with aid where that is needed."""
    view, me = table.view, table.view.viewer
    now, last = view.moment.turn, view.atlas.turns
    for operation in view.operations:
        if operation.leader != me or operation.status != "announced":
            continue
        inside = {c.country for c in operation.coalition} | {me, operation.target}
        for row, country in enumerate(view.atlas.countries):
            if country in inside:
                continue
            values = join_values(table.outlook, operation, row)
            level = LEVELS[int(np.argmax(values[1:]))]
            shortfall = float(np.maximum.reduce(values) - values[1 + LEVELS.index(level)])
            amount = round((shortfall + MARGIN) / view.parameters.aid_value * float(view.world.economy[row]), 3)
            if shortfall <= 0.0 or amount > _fund(view):
                continue
            join = JoinCoalition(debtor=country, since=now, until=last, target=operation.target, level=level)
            aid = GiveAid(debtor=me, since=now, until=now, to=country, amount=max(amount, 0.001))
            terms = Terms(parties=(me, country), clauses=(join, aid), secret=True)
            yield terms, worth_of(table, terms, me)
