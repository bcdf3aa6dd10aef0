"""A forecast of a vote: how each member is likely to vote, and what that is worth to whom.

Every member is taken to answer to its payoff with the player's own skill (quantal response), given what the others are likely to do; a few
rounds of mutual adjustment give the forecast.  Pledges, declared stances and aid that hangs on a vote are priced in; terms that are only
being thought about can be added, which is how offers are weighed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from client.bots.outlook import (
    AUTONOMY,
    DOMESTIC,
    POLICY,
    STANDING,
    WELFARE,
    Outlook,
    as_things_stand,
    defeat,
    launch_chance,
    leader_bill,
    prepared,
    settled,
)
from rules.ballots import goodwill_moves, is_unipoles, members, opinion_moves, reversal_cost
from rules.conditions import Condition, vote_of
from rules.councils import REACH, STAND
from rules.exact import Array, logit_choice, total
from rules.operations import authority_at_stake
from rules.payoff import deference_price
from rules.reputation import audience
from rules.state import Council, find_council, issue_column
from rules.vocabulary import CHOICES, Clause, Draft, GiveAid, Operation, Terms, VotePledge

ADJUSTMENTS = 4
YES, NO, ABSTAIN = (CHOICES.index(c) for c in ("yes", "no", "abstain"))
_STANDS = np.array([STAND[c] for c in CHOICES])


@dataclass(frozen=True)
class Forecast:
    """What is expected of a vote.  ``worth``, ``chance``, ``adopted`` have shape [member, choice]."""

    draft: Draft
    council: Council
    worth: Array
    chance: Array
    adopted: Array

    @property
    def passes(self) -> float:
        """Chance of adoption."""
        return float(total(self.chance[0] * self.adopted[0]))

    def seat(self, country: str) -> int:
        """The member's place, or -1."""
        return self.council.members.index(country) if country in self.council.members else -1

    def expected(self, seat: int) -> float:
        """Expected payoff from the vote to a member."""
        return float(total(self.chance[seat] * self.worth[seat]))


@dataclass(frozen=True)
class Futures:
    """What follows from adoption and from failure of a draft.

    Positions of the issue, the chance that the council is passed over, and what the leader's bill and the target's defeat cost every state
    in either case (shape [state], payoff).
    """

    if_adopted: float
    if_not: float
    bypassed: float
    harm_adopted: Array
    harm_not: Array


def futures(outlook: Outlook, draft: Draft) -> Futures:
    """The two futures of a draft, as this player sees them."""
    view = outlook.view
    column = issue_column(view, draft.issue)
    now = float(view.world.positions[column])
    operation = prepared(outlook, view.atlas.unipole, draft.target, draft.issue)
    if draft.target == operation.leader:
        nothing = np.zeros(len(view.atlas.countries))
        return Futures(now, now, 0.0, nothing, nothing)
    _, then = settled(outlook, operation)
    if draft.action != "authorise force":
        authorised, refused = as_things_stand(outlook, operation)
        chance, harm = _war(outlook, operation, authorised=authorised, refused=refused)
        anyway = now + chance * (then - now)
        pulled = now + view.parameters.action_pull * max(REACH[draft.action] - now, 0.0)
        return Futures(max(pulled, anyway), anyway, 0.0, harm, harm)
    mandated, harm_adopted = _war(outlook, operation, authorised=True, refused=False)
    alone, harm_not = _war(outlook, operation, authorised=False, refused=True)
    return Futures(now + mandated * (then - now), now + alone * (then - now), alone, harm_adopted, harm_not)


def _war(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> tuple[float, Array]:
    """Chance of war, and the harm to be expected from it for leader and target."""
    chance = launch_chance(outlook, operation, authorised=authorised, refused=refused)
    harm = defeat(outlook, operation)
    leader = outlook.view.atlas.countries.index(operation.leader)
    harm[leader] += leader_bill(outlook, operation, authorised=authorised, refused=refused)
    return chance, chance * harm


def outcome_gap(outlook: Outlook, draft: Draft) -> Array:
    """What adoption is worth against failure, to every state, whatever it votes itself.  Shape [state], payoff."""
    return outlook.remember(("gap", draft.council, draft.issue, draft.action, draft.target), lambda: _gap(outlook, draft))


def _gap(outlook: Outlook, draft: Draft) -> Array:
    view, parameters = outlook.view, outlook.view.parameters
    column = issue_column(view, draft.issue)
    ahead = futures(outlook, draft)
    ideal = view.atlas.ideal[:, column]
    nearer = np.abs(ideal - ahead.if_not) - np.abs(ideal - ahead.if_adopted)
    policy = parameters.policy_value * outlook.salience[:, column] * nearer * outlook.weights[:, POLICY]
    at_stake = total(outlook.council_weight * authority_at_stake(view, view.atlas.unipole))
    standing = parameters.standing_value * ahead.bypassed * at_stake * outlook.weights[:, STANDING]
    gap: Array = policy + standing + ahead.harm_not - ahead.harm_adopted
    return gap


def forecast(outlook: Outlook, draft: Draft, extra: Iterable[Terms] = ()) -> Forecast:
    """Expect a vote on ``draft``, with ``extra`` terms taken to be in force.

    A ballot is worth what it does by itself (autonomy, opinion at home, words kept), what it does to relations,
    and its weight in the outcome.
    """
    view = outlook.view
    council = find_council(view, draft.council)
    assert council is not None, "a draft is before a council of the scenario"
    who = members(view, council)
    pledges = [*(c.terms for c in view.commitments), *extra]
    pledges = [terms for terms in pledges if any(_on_issue(clause, draft.issue) for clause in terms.clauses)]
    alone = by_itself(outlook, draft, council) - declared_cost(outlook, draft, council)
    gap = outcome_gap(outlook, draft)[who][:, None]
    chance = np.full((len(who), len(CHOICES)), 1.0 / len(CHOICES))
    adopted = value = chance
    for _ in range(ADJUSTMENTS):
        adopted = adoption(council, chance)
        value = alone + adopted * gap + relations_worth(outlook, draft, council, total(chance * _STANDS))
        if pledges:
            value = value + pledge_value(outlook, draft, council, pledges, chance)
        chance = 0.5 * chance + 0.5 * logit_choice(value, outlook.skill)
    return Forecast(draft, council, value, chance, adopted)


def by_itself(outlook: Outlook, draft: Draft, council: Council) -> Array:
    """What each choice is worth to each member whatever others do: deference and opinion at home.  Shape [member, choice]."""
    return outlook.remember(("alone", draft.id, draft.sponsors, draft.pressed), lambda: _by_itself(outlook, draft, council))


def _by_itself(outlook: Outlook, draft: Draft, council: Council) -> Array:
    view, who = outlook.view, members(outlook.view, council)
    deferred = 1.0 if is_unipoles(view, draft) else 0.0
    apart = np.array([0.0 if c == view.atlas.unipole else deferred for c in council.members])
    bowing = (apart * deference_price(view)[who] * outlook.weights[who, AUTONOMY])[:, None] * _STANDS
    opinion = view.parameters.domestic_value * opinion_moves(view, draft, who, _STANDS[:, None]).T
    worth: Array = opinion * outlook.weights[who, DOMESTIC][:, None] - bowing
    return worth


def relations_worth(outlook: Outlook, draft: Draft, council: Council, stands: Array) -> Array:
    """What each choice does to each member's relations, if the others stand as expected.  Shape [member, choice]."""
    view, who = outlook.view, members(outlook.view, council)
    mine = np.repeat(_STANDS[:, None], len(who), axis=1)
    moves = np.swapaxes(goodwill_moves(view, draft, council, stands, mine), -1, -2)  # [choice, member, other]
    leaning = view.atlas.dependence[np.ix_(who, who)]
    worth: Array = view.parameters.dependence_value * total(leaning * moves).T * outlook.weights[who, WELFARE][:, None]
    return worth


def _on_issue(clause: Clause, issue: str) -> bool:
    return (isinstance(clause, VotePledge) and clause.issue == issue) or (
        (vote := vote_of(clause.when)) is not None and vote.issue == issue
    )


def declared_cost(outlook: Outlook, draft: Draft, council: Council) -> Array:
    """What it costs each member to vote otherwise than it declared: shape [member, choice]."""
    view = outlook.view
    who = members(view, council)
    price = view.parameters.domestic_value * reversal_cost(view, who) * outlook.weights[who, DOMESTIC]
    table = np.zeros((len(who), len(CHOICES)))
    for ballot in draft.declared:
        seat = council.members.index(ballot.country)
        table[seat] = price[seat]
        table[seat, CHOICES.index(ballot.choice)] = 0.0
    return table


def breach_cost(outlook: Outlook, country: str, terms: Terms) -> float:
    """What breaking a clause costs a party: audience at home and goodwill of the others; nothing at once if secret (W67, W106, W107)."""
    view, parameters = outlook.view, outlook.view.parameters
    if terms.secret:
        return 0.0
    row = view.atlas.countries.index(country)
    leaning = np.array([float(view.atlas.dependence[row, view.atlas.countries.index(c)]) for c in terms.parties if c != country])
    step = parameters.breach_goodwill + parameters.kept_goodwill
    cost = parameters.dependence_value * float(total(leaning)) * step * float(outlook.weights[row, WELFARE])
    formal = 1.0 if country in terms.formal else 0.0
    shame = float(audience(float(view.atlas.democracy[row]), formal, parameters))
    return cost + parameters.domestic_value * shame * float(outlook.weights[row, DOMESTIC])


def aid_worth(outlook: Outlook, country: str, amount: float) -> float:
    """Worth of an amount of aid (bn USD) to a country, in payoff."""
    row = outlook.view.atlas.countries.index(country)
    share = amount / float(outlook.view.world.economy[row])
    return outlook.view.parameters.aid_value * share * float(outlook.weights[row, WELFARE])


def condition_chance(when: Condition | None, draft: Draft, council: Council, chance: Array) -> float:
    """How likely the condition of a clause is to come about in this vote."""
    if when is None:
        return 1.0
    when = vote_of(when)
    if when is None or when.country not in council.members or when.issue != draft.issue:
        return 0.0
    return float(chance[council.members.index(when.country), CHOICES.index(when.choice)])


def pledge_value(outlook: Outlook, draft: Draft, council: Council, pledges: list[Terms], chance: Array) -> Array:
    """What terms in force (or thought of) add to each choice of each member: shape [member, choice]."""
    table = np.zeros_like(chance)
    trust = outlook.view.parameters.cred_prior
    for terms in pledges:
        for clause in terms.clauses:
            if not clause.since <= outlook.view.moment.turn <= clause.until:
                continue
            if isinstance(clause, VotePledge) and clause.issue == draft.issue and clause.debtor in council.members:
                seat = council.members.index(clause.debtor)
                price = breach_cost(outlook, clause.debtor, terms) * condition_chance(clause.when, draft, council, chance)
                table[seat] -= price
                table[seat, CHOICES.index(clause.choice)] += price
            elif isinstance(clause, GiveAid) and _hangs_on_own_vote(clause, draft, council):
                seat = council.members.index(clause.to)
                gain = trust * aid_worth(outlook, clause.to, clause.amount)
                table[seat, CHOICES.index(vote.choice if (vote := vote_of(clause.when)) else "yes")] += gain
    return table


def _hangs_on_own_vote(aid: GiveAid, draft: Draft, council: Council) -> bool:
    """Whether aid is promised to a member for its own vote on the draft's issue."""
    when = vote_of(aid.when)
    return when is not None and when.country == aid.to and aid.to in council.members and when.issue == draft.issue


def adoption(council: Council, chance: Array) -> Array:
    """Chance of adoption given each choice of each member, the others voting independently: shape [member, choice]."""
    size = len(council.members)
    veto = np.array([council.veto and c in council.permanent for c in council.members])
    yes = chance[:, YES]
    other = np.where(veto, chance[:, ABSTAIN], chance[:, ABSTAIN] + chance[:, NO])  # a veto's share leaves the count
    counts = np.zeros((size, size + 1))
    counts[:, 0] = 1.0
    for k in range(size):  # row i leaves member i out
        own = counts[k].copy()
        gained = counts[:, :-1] * yes[k]
        counts *= other[k]
        counts[:, 1:] += gained
        counts[k] = own
    with_yes = total(counts[:, max(council.threshold - 1, 0) :])
    without = total(counts[:, council.threshold :])
    table = np.empty((size, len(CHOICES)))
    table[:, YES], table[:, ABSTAIN] = with_yes, without
    table[:, NO] = np.where(veto, 0.0, without)
    return table
