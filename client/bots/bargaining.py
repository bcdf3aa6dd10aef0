"""Proposals: terms worth putting to others, because every party gains by the player's guess.

Four kinds: aid for votes, a joint declaration to vote alike, protection, and partners for an operation.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from client.bots.appraisal import MARGIN, Table, worth_of
from client.bots.forecast import YES, Forecast, aid_worth, forecast, outcome_gap
from client.bots.outlook import join_values
from rules.exact import Array
from rules.state import View
from rules.threat import own, protected, threat
from rules.vocabulary import (
    CHOICES,
    LEVELS,
    Clause,
    Defend,
    Draft,
    GiveAid,
    JoinCoalition,
    Operation,
    Terms,
    Voted,
    VotePledge,
)


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
ATTENTION = 0.002  # payoff below which nothing is worth the trouble (W148)


def _bought_votes(table: Table, draft: Draft) -> Iterator[tuple[Terms, float]]:
    """Aid for votes: separate secret offers to as many members as it takes, cheapest first, valued together (Dal Bo 2007).

    Each seller looks at its own vote, which alone decides little, and so sells below what the outcome is worth to it; only the buyer sees
    the sum.  The price is what the vote would cost the seller, and a margin.
    """
    view, me = table.view, table.view.viewer
    expected = table.plain(draft)
    gap = float(outcome_gap(table.outlook, draft)[view.me])
    if expected.seat(me) < 0 or gap <= ATTENTION or expected.passes > LIKELY:
        return
    bought: list[Terms] = []
    spent = 0.0
    for amount, country in sorted((price, c) for c, price in _prices(table, expected).items() if c != me):
        spent += amount
        bought.append(_aid_for_vote(view, draft, country, amount))
        if spent > _fund(view):
            return
        likely_yes = len(bought) + len([c for c in expected.chance[:, YES] if c > LIKELY])
        if likely_yes < expected.council.threshold:
            continue
        passes = forecast(table.outlook, draft, bought).passes
        if passes > LIKELY:
            value = (passes - expected.passes) * gap - aid_worth(table.outlook, me, spent)
            yield from ((terms, value / len(bought)) for terms in bought)
            return


LIKELY = 0.5  # chance from which a member, or an adoption, is counted on


def _prices(table: Table, expected: Forecast) -> dict[str, float]:
    """What each member that is not counted on would have to be paid for a yes, bn USD."""
    view, prices = table.view, {}
    for seat, country in enumerate(expected.council.members):
        if expected.chance[seat, YES] <= LIKELY:
            shortfall = float(np.maximum.reduce(expected.worth[seat]) - expected.worth[seat, YES])
            share = (shortfall + MARGIN) / (view.parameters.cred_prior * view.parameters.aid_value)
            prices[country] = max(round(share * float(view.world.economy[view.atlas.countries.index(country)]), 3), 0.001)
    return prices


def _aid_for_vote(view: View, draft: Draft, country: str, amount: float) -> Terms:
    now, last = view.moment.turn, min(view.moment.turn + 1, view.atlas.turns)
    when = Voted(country=country, issue=draft.issue, choice="yes")
    pledge = VotePledge(debtor=country, since=now, until=last, issue=draft.issue, choice="yes")
    aid = GiveAid(debtor=view.viewer, since=now, until=last, to=country, amount=amount, when=when)
    return Terms(parties=(view.viewer, country), clauses=(pledge, aid), secret=True)




def _fund(view: View) -> float:
    return view.parameters.aid_share_max * float(view.world.economy[view.me])


def _joint_pledge(table: Table, draft: Draft) -> tuple[Terms, float] | None:
    """A declaration to vote alike: begin with all who lean that way, drop whoever would not gain, repeat (rulebook, 8a)."""
    expected = table.plain(draft)
    me = table.view.viewer
    seat = expected.seat(me)
    if seat < 0:
        return None
    wish = int(np.argmax(expected.worth[seat]))
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
    """The leader of an operation asks for contributions: of each state the level that pays best, with aid where that is needed."""
    view, me = table.view, table.view.viewer
    for operation in view.operations:
        if operation.leader != me or operation.status != "announced":
            continue
        inside = {c.country for c in operation.coalition} | {me, operation.target}
        for row, country in enumerate(view.atlas.countries):
            if country not in inside:
                values = join_values(table.outlook, operation, row)
                asked = list(_requests(view, operation, row, values))
                priced = [(worth_of(table, terms, me), number) for number, terms in enumerate(asked)]
                if priced:
                    value, number = max(priced)
                    yield asked[number], value


def _requests(view: View, operation: Operation, row: int, values: Array) -> Iterator[Terms]:
    """Terms for each level that the state would not give of itself."""
    country, now, last = view.atlas.countries[row], view.moment.turn, view.atlas.turns
    for level in LEVELS:
        shortfall = float(np.maximum.reduce(values) - values[1 + LEVELS.index(level)])
        share = (shortfall + MARGIN) / (view.parameters.cred_prior * view.parameters.aid_value)
        amount = round(share * float(view.world.economy[row]), 3)
        if shortfall > 0.0 and amount <= _fund(view):
            join = JoinCoalition(debtor=country, since=now, until=last, target=operation.target, level=level)
            aid = GiveAid(debtor=view.viewer, since=now, until=now, to=country, amount=max(amount, 0.001))
            yield Terms(parties=(view.viewer, country), clauses=(join, aid), secret=True)
