"""Samples of what can be agreed: a few terms of every kind with each other country, for lists of legal orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

from rules import orders as o
from rules.errors import Refused
from rules.force.economy import means
from rules.pacts import clauses
from rules.pacts.claims import call, check_withhold, waive
from rules.pacts.clauses import Clause
from rules.pacts.conditions import Every, Honoured, Joined, Launched, Paid, Voted
from rules.pacts.drafting import check_terms
from rules.pacts.treaties import Commitment, Terms
from rules.state import View

A = TypeVar("A", o.Call, o.Waive, o.Withhold)
AID_SAMPLE = 0.5  # of what the state can give in a turn
SPENDING_SAMPLE = 0.02  # share of the economy
PARTIES_SAMPLED = 8
EXIT_SAMPLE = 0.1  # bn USD


Plan = tuple[str, Callable[..., Terms]]
"""Whom terms are made with, and what makes them of a view and the countries that they are about."""


class Combined(Sequence[tuple[Any, ...]]):
    """Every way to take one thing of each list, the last changing fastest: each is put together for who asks for it, none is kept."""

    __slots__ = ("_lists",)

    def __init__(self, *lists: Sequence[Any]) -> None:
        self._lists = lists

    def __len__(self) -> int:
        """How many ways there are."""
        ways = 1
        for things in self._lists:
            ways *= len(things)
        return ways

    @overload
    def __getitem__(self, number: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[tuple[Any, ...]]: ...
    def __getitem__(self, number: int | slice) -> tuple[Any, ...] | Sequence[tuple[Any, ...]]:
        """One way, or some."""
        if isinstance(number, slice):
            return [self[k] for k in range(len(self))[number]]
        taken, rest = [], range(len(self))[number]
        for things in reversed(self._lists):
            rest, place = divmod(rest, len(things))
            taken.append(things[place])
        return tuple(reversed(taken))


def plans(view: View) -> Sequence[Plan]:
    """Terms with each other country: votes for aid, defence, a conditional vote, a coalition, restraint, a league.

    They are made for who wants them (``planned``), so that who wants one of many does not pay for the others.
    """
    others = [country for country in view.atlas.countries if country != view.viewer]
    return Combined(others, (*FOR_TWO, *FOR_THREE) if len(others) > 1 else FOR_TWO)


def planned(view: View, plan: Plan) -> Terms:
    """The terms of a plan; what is about a third country is about the first of the others."""
    other, make = plan
    if make in FOR_TWO:
        return make(view, other)
    return make(view, other, next(c for c in view.atlas.countries if c not in (view.viewer, other)))


def amendments(view: View) -> Iterator[o.Propose]:
    """Proposals about what is in force: to renew what runs out, and to let another in (W135)."""
    now, last = view.moment.turn, view.atlas.turns
    until = min(now + 1, last)
    for commitment in view.commitments:
        terms = commitment.terms
        if view.viewer not in terms.parties or any(isinstance(clause, clauses.GiveAid) for clause in terms.clauses):
            continue
        changed: list[Terms] = []
        if any(clause.until < last for clause in terms.clauses):
            longer = tuple(clause.model_copy(update={"until": max(last, clause.until)}) for clause in terms.clauses)
            changed.append(terms.model_copy(update={"clauses": tuple(dict.fromkeys(longer))}))
        new = next((c for c in view.atlas.countries if c not in terms.parties), None)
        if new is not None and len(terms.parties) < PARTIES_SAMPLED and all(clause.until >= until for clause in terms.clauses):
            joined = (*terms.clauses, clauses.Consult.believed(debtor=new, since=now, until=last))
            changed.append(terms.model_copy(update={"parties": (*terms.parties, new), "clauses": joined}))
        for other in changed:
            act = o.Propose.believed(terms=other, until=until, amends=commitment.id)
            if _stands(view, act, terms):
                yield act


def _stands(view: View, act: o.Propose, old: Terms) -> bool:
    try:
        check_terms(view, view.viewer, act.terms, old)
    except Refused:
        return False
    return True


def _span(view: View) -> tuple[int, int]:
    return view.moment.turn, view.atlas.turns


def _sum(view: View) -> float:
    return means(view, view.viewer) * AID_SAMPLE


def _aid_for_a_vote(view: View, other: str) -> Terms:
    (now, last), issue = _span(view), view.atlas.issues[0].id
    pledge = clauses.VotePledge.believed(debtor=other, since=now, until=last, issue=issue, choice="yes")
    when = Voted.believed(country=other, issue=issue, choice="yes")
    given = clauses.GiveAid.believed(debtor=view.viewer, since=now, until=last, to=other, amount=_sum(view), when=when)
    return _terms(view, other, (pledge, given), secret=True)


def _mutual_defence(view: View, other: str) -> Terms:
    now, last = _span(view)
    return _terms(view, other, tuple(clauses.Defend.believed(debtor=c, since=now, until=last) for c in (view.viewer, other)))


def _conditional_vote(view: View, other: str) -> Terms:
    (now, last), issue = _span(view), view.atlas.issues[0].id
    when = Voted.believed(country=other, issue=issue, choice="no")
    pledge = clauses.VotePledge.believed(debtor=view.viewer, since=now, until=last, issue=issue, choice="no", when=when)
    return _terms(view, other, (pledge,))


def _coalition(view: View, other: str, target: str) -> Terms:
    now, last = _span(view)
    return _terms(view, other, (clauses.JoinCoalition.believed(debtor=other, since=now, until=last, target=target, level="token"),))


def _restraint(view: View, other: str) -> Terms:
    """To leave each other alone, and to talk."""
    (now, last), me = _span(view), view.viewer
    spare = clauses.Restraint.believed(debtor=me, since=now, until=last, towards=other, when=Honoured.believed(country=other))
    peace = clauses.NonAggression.believed(debtor=other, since=now, until=last)
    talks = clauses.Consult.believed(debtor=me, since=now, until=last)
    return _terms(view, other, (spare, peace, talks))


def _settlement(view: View, other: str, third: str) -> Terms:
    """To give up weapons and sanctions for a word not to be overthrown, and a base (W82, W88)."""
    now, last = _span(view)
    owed = (
        clauses.RenounceProgramme.believed(debtor=other, since=now, until=last),
        clauses.KeepSanctions.believed(debtor=view.viewer, since=now, until=last, target=other, level=0.0),
        clauses.KeepSanctions.believed(debtor=other, since=now, until=last, target=third, level=SPENDING_SAMPLE),
        clauses.Restraint.believed(debtor=view.viewer, since=now, until=last, towards=other, short_of="occupation"),
        clauses.HostBase.believed(debtor=other, since=now, until=last, guest=view.viewer),
    )
    return _terms(view, other, owed)


def _understanding(view: View, other: str, third: str) -> Terms:
    """To work together against a third, unseen: intelligence, no agreement with it, money for company (W67)."""
    (now, last), me = _span(view), view.viewer
    paid = Every.believed(of=(Joined.believed(country=other, target=third), Paid.believed(country=other, to=me, amount=_sum(view))))
    covert = (
        clauses.ShareIntelligence.believed(debtor=me, since=now, until=last, to=other),
        clauses.NonRecognition.believed(debtor=me, since=now, until=last, of=third),
        clauses.Neutrality.believed(debtor=me, since=now, until=last, towards=third, when=Launched.believed(leader=third)),
        clauses.GiveAid.believed(debtor=me, since=now, until=last, to=other, amount=_sum(view), when=paid),
    )
    return _terms(view, other, covert, secret=True)


def _league(view: View, other: str) -> Terms:
    """Protection under a head, firmly arranged (S4, S10)."""
    (now, last), me = _span(view), view.viewer
    owed = (
        clauses.Defend.believed(debtor=me, since=now, until=last, ally=other),
        clauses.SpendAtLeast.believed(debtor=other, since=now, until=last, share=SPENDING_SAMPLE),
        clauses.RemainInFramework.believed(debtor=other, since=now, until=last),
    )
    firm = {"institution": 2, "notice": 1, "exit_price": EXIT_SAMPLE, "remedies": ("release", "suspension")}
    ruled = {"arrangement": "empire", "head": me, "decision": "head"}
    return _terms(view, other, owed).model_copy(update={**firm, **ruled})


def _terms(view: View, other: str, owed: tuple[Clause, ...], *, secret: bool = False) -> Terms:
    return Terms.believed(parties=(view.viewer, other), clauses=owed, formal=() if secret else (view.viewer,), secret=secret)


FOR_TWO = (_aid_for_a_vote, _mutual_defence, _conditional_vote, _restraint, _league)
FOR_THREE = (_coalition, _understanding, _settlement)


def _places(view: View) -> Iterator[tuple[Commitment, int]]:
    """Every clause of the viewer's commitments, by its place."""
    for commitment in view.commitments:
        if view.viewer in commitment.terms.parties:
            yield from ((commitment, number) for number in range(len(commitment.terms.clauses)))


def calls(view: View) -> Iterator[o.Act]:
    """Clauses that the viewer can call."""
    for commitment, number in _places(view):
        if not isinstance(commitment.terms.clauses[number], clauses.GiveAid | clauses.SpendAtLeast):
            yield from _accepted(call, view, o.Call.believed(commitment=commitment.id, clause=number))


def waivers(view: View) -> Iterator[o.Act]:
    """Clauses that the viewer need not ask for."""
    for commitment, number in _places(view):
        if commitment.terms.clauses[number].debtor != view.viewer:
            for release in (False, True):
                yield from _accepted(waive, view, o.Waive.believed(commitment=commitment.id, clause=number, release=release))


def withholdings(view: View) -> Iterator[o.Act]:
    """Talks and intelligence that the viewer can withhold."""
    for commitment, number in _places(view):
        if isinstance(commitment.terms.clauses[number], clauses.Consult | clauses.ShareIntelligence):
            yield from _accepted(check_withhold, view, o.Withhold.believed(commitment=commitment.id, clause=number))


def _accepted(check: Callable[[View, str, A], object], view: View, act: A) -> Iterator[A]:
    """The act, if the rules' own check lets it pass."""
    try:
        check(view, view.viewer, act)
    except Refused:
        return
    yield act
