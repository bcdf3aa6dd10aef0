"""Proposals: terms worth putting to others, because every party gains by the player's guess.

Four kinds: aid for votes, a joint declaration to vote alike, defence, and partners for an operation.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np

from client.bots.alignment import alliances
from client.bots.appraisal import MARGIN, Table, protects, worths
from client.bots.forecast import YES, Case, Forecast, forecasts
from client.bots.futures import outcome_gap
from client.bots.joining import join_values
from client.bots.prices import aid_worth
from client.bots.thought import Thought, alone
from rules.exact import Array, add
from rules.pacts.treaties import INSTITUTION_MAX
from rules.state import View
from rules.vocabulary import CHOICES, LEVELS, Defend, Draft, GiveAid, JoinCoalition, Operation, Terms, Voted, VotePledge

ATTENTION = 0.002  # payoff below which nothing is worth the trouble (W148)
LIKELY = 0.5  # chance from which a member, or an adoption, is counted on
JOINT_MAX = 5  # parties invited to a joint declaration
LEAN_MAX = 0.5  # payoff short of its best choice up to which a state is thought to lean that way


Key = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def proposals(table: Table) -> list[tuple[Terms, float]]:
    """Terms worth proposing, with what they are worth to the player, thought out alone."""
    return alone(thought_out(table))


def thought_out(table: Table, besides: Container[Key] = ()) -> Thought[list[tuple[Terms, float]]]:
    """Terms worth proposing, with what they are worth to the player: those from which, by its guess, every party gains.

    ``besides``: what need not be thought of, as it is on the table already.
    """
    me = table.view.viewer
    bought: list[tuple[Terms, float]] = []
    joint: list[Terms] = []
    for draft in table.drafts:
        bought += yield from _bought_votes(table, draft)
        joint += yield from _joint_pledge(table, draft)
    pacts = yield from alliances(table)
    bought = [(terms, value) for terms, value in bought if alike(terms) not in besides]
    fresh = [terms for terms in (*joint, *pacts, *_partners(table)) if alike(terms) not in besides]
    sellers = yield from _gains(table, [terms for terms, _ in bought])
    shared = yield from _agreeable(table, fresh)
    found = yield from worths(table, [(terms, (me,)) for terms in shared])
    sold = [offer for offer, gains in zip(bought, sellers, strict=True) if min(gains.values()) > 0.0]
    offers = [*sold, *((terms, each[me]) for terms, each in zip(shared, found, strict=True))]
    offers = sorted((offer for offer in offers if offer[1] > ATTENTION), key=lambda item: (-item[1], item[0].parties))
    best: dict[Key, tuple[Terms, float]] = {}
    for terms, value in offers:
        best.setdefault(alike(terms), (terms, value))
    return _affordable(table.view, list(best.values()))


Gains = dict[str, float]
"""What terms are worth to every other party."""


def _gains(table: Table, every: Sequence[Terms]) -> Thought[list[Gains]]:
    """What terms are worth to the others: they are asked before the player is, for it is they who mostly would not have them."""
    return (yield from worths(table, [(terms, tuple(c for c in terms.parties if c != table.view.viewer)) for terms in every]))


def _welcome(every: Sequence[Terms], gains: Sequence[Gains]) -> list[Terms]:
    """The terms from which all others gain."""
    return [terms for terms, others in zip(every, gains, strict=True) if min(others.values()) > 0.0]


def _affordable(view: View, offers: list[tuple[Terms, float]]) -> list[tuple[Terms, float]]:
    """As many of the offers, the best first, as the player could pay for this turn if all were taken."""
    left = _fund(view) - add(_due(view, commitment.terms) for commitment in view.commitments)
    kept = []
    for terms, value in offers:
        bill = _due(view, terms)
        if bill <= max(left, 0.0):
            kept.append((terms, value))
            left -= bill
    return kept


def _due(view: View, terms: Terms) -> float:
    """Aid that terms oblige the player to send this turn, bn USD."""
    aid = [c for c in terms.clauses if isinstance(c, GiveAid) and c.debtor == view.viewer]
    return add(c.amount for c in aid if c.since <= view.moment.turn <= c.until)


def _agreeable(table: Table, every: Sequence[Terms]) -> Thought[list[Terms]]:
    """The welcome ones of some terms, and of the pacts of defence among them with institutions (S10-S13).

    Institutions add belief and pooled help for those whom a pact protects, and have their price for all: nobody else comes to like a pact
    for them.  The full ones are thought of first; where they are not welcome, less of them is not thought of.
    """
    plain = yield from _gains(table, every)
    full = [_with_institution(terms, INSTITUTION_MAX) for terms, gains in zip(every, plain, strict=True) if _defends(terms, gains)]
    firmer = _welcome(full, (yield from _gains(table, full)))
    fewer = [_with_institution(terms, level) for terms in firmer for level in range(1, INSTITUTION_MAX)]
    return [*_welcome(every, plain), *firmer, *_welcome(fewer, (yield from _gains(table, fewer)))]


def _defends(terms: Terms, gains: Gains) -> bool:
    """Whether terms are a pact of defence that every other party gains by, or is protected by."""
    return any(isinstance(c, Defend) for c in terms.clauses) and all(gain > 0.0 or protects(terms, c) for c, gain in gains.items())


def _with_institution(terms: Terms, level: int) -> Terms:
    return terms.model_copy(update={"institution": level})


def alike(terms: Terms) -> Key:
    """What makes two offers the same for somebody who does not want to repeat itself."""
    return tuple(sorted(terms.parties)), tuple(sorted([(c.kind, c.debtor) for c in terms.clauses]))


def _bought_votes(table: Table, draft: Draft) -> Thought[list[tuple[Terms, float]]]:
    """Aid for votes: separate secret offers to as many members as it takes, cheapest first, valued together (Dal Bo 2007).

    Each seller looks at its own vote, which alone decides little, and so sells below what the outcome is worth to it; only the buyer sees
    the sum.  The price is what the vote would cost the seller, and a margin.
    """
    view, me = table.view, table.view.viewer
    expected = table.plain[draft.id]
    gap = float(outcome_gap(table.outlook, draft)[view.me])
    if expected.seat(me) < 0 or gap <= ATTENTION or expected.passes > LIKELY:
        return []
    prices = _prices(table, expected)
    sellers = sorted((price, c) for c, price in prices.items() if c != me)
    likely = len([c for c in expected.chance[:, YES] if c > LIKELY])
    spent = [add(price for price, _ in sellers[:count]) for count in range(len(sellers) + 1)]
    counts = [k for k in range(1, len(spent)) if likely + k >= expected.council.threshold and spent[k] <= _fund(view)]
    offers = [_aid_for_vote(view, draft, country, price) for price, country in sellers[: max(counts, default=0)]]
    found = yield from forecasts(Case(table.outlook, draft, tuple(offers[:k])) for k in counts)
    for k, after in zip(counts, found, strict=True):
        if after.passes > LIKELY:
            value = (after.passes - expected.passes) * gap - aid_worth(table.outlook, me, spent[k])
            return [(terms, value / k) for terms in offers[:k]]
    return []


def _prices(table: Table, expected: Forecast) -> dict[str, float]:
    """What each member that is not counted on would have to be paid for a yes, bn USD."""
    prices = {}
    for seat, country in enumerate(expected.council.members):
        if expected.chance[seat, YES] <= LIKELY:
            prices[country] = _price(table, country, expected.worth[seat], YES)
    return prices


def _price(table: Table, country: str, values: Array, choice: int) -> float:
    """What a state would have to be paid for a choice, bn USD: what it loses by it, and a margin."""
    parameters = table.view.parameters
    share = (float(np.maximum.reduce(values) - values[choice]) + MARGIN) / (parameters.cred_prior * parameters.aid_value)
    return max(round(share * float(table.view.world.economy[table.outlook.rows[country]]), 3), 0.001)


def _aid_for_vote(view: View, draft: Draft, country: str, amount: float) -> Terms:
    now, last = view.moment.turn, min(view.moment.turn + 1, view.atlas.turns)
    when = Voted.believed(country=country, issue=draft.issue, choice="yes")
    pledge = VotePledge.believed(debtor=country, since=now, until=last, issue=draft.issue, choice="yes")
    aid = GiveAid.believed(debtor=view.viewer, since=now, until=last, to=country, amount=amount, when=when)
    return Terms.believed(parties=(view.viewer, country), clauses=(pledge, aid), secret=True)


def _fund(view: View) -> float:
    return view.parameters.aid_share_max * float(view.world.economy[view.me])


def _joint_pledge(table: Table, draft: Draft) -> Thought[list[Terms]]:
    """A declaration to vote alike: begin with all who lean that way, drop whoever would not gain, repeat (rulebook, 8a)."""
    expected = table.plain[draft.id]
    me = table.view.viewer
    seat = expected.seat(me)
    if seat < 0:
        return []
    wish = int(np.argmax(expected.worth[seat]))
    lean = expected.worth[:, wish] - np.maximum.reduce(expected.worth, axis=1)
    order = [k for k in np.argsort(-lean, kind="stable") if k != seat and lean[k] > -LEAN_MAX][:JOINT_MAX]
    invited = [expected.council.members[k] for k in order]
    if not expected.doubtful(me, *invited):
        return []
    while invited:
        terms = _alike(table.view, draft, (me, *invited), CHOICES[wish])
        (after,) = yield from forecasts([Case(table.outlook, draft, (terms,))])
        gains = {c: after.expected(expected.seat(c)) - expected.expected(expected.seat(c)) for c in terms.parties}
        kept = [c for c in invited if gains[c] > 0.0]
        if kept == invited:
            return [terms] if gains[me] > 0.0 else []
        invited = kept
    return []


def _alike(view: View, draft: Draft, parties: tuple[str, ...], choice: str) -> Terms:
    """Everybody votes alike; who joins the author does so on the condition that the author does (W155)."""
    now, last = view.moment.turn, min(view.moment.turn + 2, view.atlas.turns)
    anchor = Voted.believed(country=parties[0], issue=draft.issue, choice=choice)
    clauses = tuple(
        VotePledge.believed(debtor=c, since=now, until=last, issue=draft.issue, choice=choice, when=None if c == parties[0] else anchor)
        for c in parties
    )
    return Terms.believed(parties=parties, clauses=clauses, quorum=2)


def _partners(table: Table) -> Iterator[Terms]:
    """The leader of an operation asks for contributions, with aid where a state would not come of itself."""
    view, me = table.view, table.view.viewer
    for operation in view.operations:
        if operation.leader != me or operation.status != "announced":
            continue
        inside = {c.country for c in operation.coalition} | {me, operation.target}
        for row, country in enumerate(view.atlas.countries):
            if country not in inside:
                yield from _requests(table, operation, country, join_values(table.outlook, operation, row))


def _requests(table: Table, operation: Operation, country: str, values: Array) -> Iterator[Terms]:
    """Terms for each level that the state would not give of itself."""
    view = table.view
    now, last = view.moment.turn, view.atlas.turns
    for number, level in enumerate(LEVELS):
        amount = _price(table, country, values, 1 + number)
        if float(values[1 + number]) < float(np.maximum.reduce(values)) and amount <= _fund(view):
            join = JoinCoalition.believed(debtor=country, since=now, until=last, target=operation.target, level=level)
            aid = GiveAid.believed(debtor=view.viewer, since=now, until=now, to=country, amount=amount)
            yield Terms.believed(parties=(view.viewer, country), clauses=(join, aid), secret=True)
