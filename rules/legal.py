"""``legal_orders(view)``: acts that would be accepted now, from what the viewer knows.

Choices without bounds (terms of an offer, amounts) are listed by a few samples of each kind; whatever is listed is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from rules import orders as o
from rules.commitments import OFFERS_OPEN_MAX
from rules.councils import REACH, table
from rules.economy import means
from rules.errors import Refused
from rules.operations import check_announce, ready_turn
from rules.state import View, find_council
from rules.turn import open_acts
from rules.vocabulary import CHOICES, LEVELS, Clause, Defend, GiveAid, JoinCoalition, Terms, Voted, VotePledge

AID_SAMPLE = 0.5  # of what the state can give in a turn
AID_SAMPLES = (0.1, 1.0)
GUNS_SAMPLES = (0.02, 0.05, 0.15)


def legal_orders(view: View) -> tuple[o.Act, ...]:
    """Acts open to the viewer now.  Empty for the public, for seats that are done, and between steps."""
    if view.viewer not in view.atlas.countries or view.viewer in view.moment.done:
        return ()
    allowed = open_acts(view)
    return tuple(act for act in _all(view) if act.kind in allowed)


def _all(view: View) -> Iterator[o.Act]:
    allowed = open_acts(view)
    if not allowed:
        return
    yield o.Done()
    if "propose" in allowed:
        yield from _offers(view)
    if "table" in allowed or "vote" in allowed:
        yield from _drafts(view)
    if "budget" in allowed:
        yield from _economy(view)
        yield from _operations(view)


def _offers(view: View) -> Iterator[o.Act]:
    me = view.viewer
    if len([offer for offer in view.offers if offer.author == me]) < OFFERS_OPEN_MAX:
        for terms in sample_terms(view):
            yield o.Propose(terms=terms, until=min(view.moment.turn + 1, view.atlas.turns))
    for offer in view.offers:
        if offer.author == me:
            yield o.Retract(offer=offer.id)
            continue
        if all(s.country != me for s in offer.signatures):
            yield o.Sign(offer=offer.id)
            yield o.Sign(offer=offer.id, needs=(offer.author,))
        if me not in offer.rejected:
            yield o.Reject(offer=offer.id)
    for commitment in view.commitments:
        if me in commitment.terms.parties and me not in commitment.leaving:
            yield o.Renounce(commitment=commitment.id)


def sample_terms(view: View) -> Iterator[Terms]:
    """A few sensible terms with each other country: aid for a vote, mutual defence, a conditional vote, a coalition."""
    me, now, last = view.viewer, view.moment.turn, view.atlas.turns
    issue = view.atlas.issues[0].id
    for other in view.atlas.countries:
        if other == me:
            continue
        pledge = VotePledge(debtor=other, since=now, until=last, issue=issue, choice="yes")
        when = Voted(country=other, issue=issue, choice="yes")
        given = GiveAid(debtor=me, since=now, until=last, to=other, amount=means(view, me) * AID_SAMPLE, when=when)
        yield _terms(me, other, (pledge, given), secret=True)
        yield _terms(me, other, (Defend(debtor=me, since=now, until=last), Defend(debtor=other, since=now, until=last)))
        mine = VotePledge(
            debtor=me, since=now, until=last, issue=issue, choice="no",
            when=Voted(country=other, issue=issue, choice="no"),
        )
        yield _terms(me, other, (mine,))
        targets = [c for c in view.atlas.countries if c not in (me, other)]
        if targets:
            yield _terms(me, other, (JoinCoalition(debtor=other, since=now, until=last, target=targets[0], level="token"),))


def _terms(me: str, other: str, clauses: tuple[Clause, ...], *, secret: bool = False) -> Terms:
    return Terms(parties=(me, other), clauses=clauses, formal=() if secret else (me,), secret=secret)


def _drafts(view: View) -> Iterator[o.Act]:
    me = view.viewer
    for draft in view.drafts:
        council = find_council(view, draft.council)
        if draft.status != "tabled" or council is None or me not in council.members:
            continue
        yield from (o.Vote(draft=draft.id, choice=choice) for choice in CHOICES)
        if all(ballot.country != me for ballot in draft.declared):
            yield from (o.Declare(draft=draft.id, choice=choice) for choice in CHOICES)
        if me not in draft.sponsors:
            yield o.Sponsor(draft=draft.id)
        if me == draft.author:
            yield o.Withdraw(draft=draft.id)
    yield from _new_drafts(view)


def _new_drafts(view: View) -> Iterator[o.Act]:
    for council in view.atlas.councils:
        for issue in view.atlas.issues:
            target = issue.target or next(c for c in view.atlas.countries if c != view.viewer)
            for action in REACH:
                act = o.Table(council=council.id, action=action, issue=issue.id, target=target, pressed=True)
                if _allowed(partial(table, view, view.viewer, act)):
                    yield act


def _economy(view: View) -> Iterator[o.Act]:
    for guns in GUNS_SAMPLES:
        yield o.Budget(guns=guns, aid=0.0)
        yield o.Budget(guns=guns, aid=view.parameters.aid_share_max)
    for other in view.atlas.countries:
        if other != view.viewer:
            yield from (o.Aid(to=other, amount=amount) for amount in AID_SAMPLES)


def _operations(view: View) -> Iterator[o.Act]:
    me = view.viewer
    for operation in view.operations:
        if operation.status != "announced":
            continue
        if operation.leader == me:
            if view.moment.turn >= ready_turn(view, operation):
                yield o.Launch(operation=operation.id)
            yield o.Cancel(operation=operation.id)
        elif operation.target != me:
            for level in LEVELS:
                yield o.Join(operation=operation.id, side="attack", level=level)
                yield o.Join(operation=operation.id, side="defence", level=level)
    for issue in view.atlas.issues:
        for target in view.atlas.countries:
            act = o.Announce(target=target, issue=issue.id)
            if _allowed(partial(check_announce, view, me, act)):
                yield act


def _allowed(check: Callable[[], object]) -> bool:
    """Whether the rules' own check lets an act pass."""
    try:
        check()
    except Refused:
        return False
    return True
