"""What a seat may do now, from what it knows: ``legal_orders(view)``, or one kind of act at a time.

Choices without bounds (terms of an offer, amounts) are listed by a few samples of each kind; whatever is listed is accepted.  Samples come
in groups of things that are made into acts in the same way, or refused by the rules' own check, so that a bot that wants one act of many
does not pay for the others.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar, cast

from rules import orders as o
from rules.afoot import held, prepared, tabled
from rules.bodies.councils import ACTIONS, DRAFTS_A_TURN_MAX, check_table, is_text, of_this_turn
from rules.errors import Refused
from rules.force import samples as force
from rules.force.operations import check_announce, holders, ready_turn
from rules.force.samples import Sample
from rules.pacts.commitments import OFFERS_OPEN_MAX
from rules.pacts.samples import Combined, Plan, amendments, calls, planned, plans, waivers, withholdings
from rules.society.samples import campaigns, reasons, spoken, talks
from rules.state import Council, Issue, View, find_council
from rules.turn import open_acts
from rules.vocabulary import CHOICES, LEVELS, Action, Draft

T = TypeVar("T")
Group = tuple[Callable[[Any], o.Act], Sequence[Any]]
"""What makes an act of a thing, or refuses, and the things."""
Samples = Callable[[View], Iterator[Group]]


def legal_orders(view: View) -> tuple[o.Act, ...]:
    """Acts open to the viewer now.  Empty for the public, for seats that are done, and between steps."""
    return tuple(act for kind in _open_kinds(view) for act in _made(view, kind))


def legal_kinds(view: View) -> tuple[str, ...]:
    """The kinds of which there is at least one legal act, in the order of the list."""
    return tuple(kind for kind in _open_kinds(view) if next(_made(view, kind), None) is not None)


def legal_of_kind(view: View, kind: str) -> tuple[o.Act, ...]:
    """The legal acts of one kind."""
    return tuple(_made(view, kind)) if kind in _open_kinds(view) else ()


def legal_draw(view: View, kind_place: float, act_place: float) -> o.Act | None:
    """One legal act other than ``done``, drawn by two numbers from 0 to below 1, or None if there is none.

    Each kind of which there is one is as likely as the others, and so is each act of the kind; kinds that are not drawn cost nothing.
    """
    kinds = [kind for kind in _open_kinds(view) if kind != "done"]
    while kinds:
        kind, kind_place = _taken(kinds, kind_place)
        if (act := _drawn(tuple(SAMPLES[kind](view)), act_place)) is not None:
            return act
    return None


def _drawn(groups: tuple[Group, ...], place: float) -> o.Act | None:
    """The act at a place among all that can be made, each as likely as the others; None if none can be made."""
    whole, gone = sum(len(things) for _, things in groups), list[int]()
    while len(gone) < whole:
        scaled = place * (whole - len(gone))
        number, place = int(scaled), scaled - int(scaled)
        for other in gone:  # in their order
            number += int(other <= number)
        insort(gone, number)
        for make, things in groups:
            if number < len(things):
                if (act := _attempt(make, things[number])) is not None:
                    return act
                break
            number -= len(things)
    return None


def _taken(items: list[T], place: float) -> tuple[T, float]:
    """The item at a place, taken out of the list, and what is left of the place: as even as it was."""
    scaled = place * len(items)
    return items.pop(int(scaled)), scaled - int(scaled)


def _made(view: View, kind: str) -> Iterator[o.Act]:
    return (act for make, things in SAMPLES[kind](view) for thing in things if (act := _attempt(make, thing)) is not None)


def _attempt(make: Callable[[T], o.Act], thing: T) -> o.Act | None:
    try:
        return make(thing)
    except Refused:
        return None


def _open_kinds(view: View) -> tuple[str, ...]:
    if view.viewer not in view.atlas.countries or view.viewer in view.moment.done:
        return ()
    return _sampled(open_acts(view))


@cache
def _sampled(allowed: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind for kind in SAMPLES if kind in allowed)


def _itself(act: o.Act) -> o.Act:
    return act


def _filled(sample: Sample) -> o.Act:
    kind, fields = sample
    return cast(o.Act, kind.believed(**fields))


def _forms(samples: Callable[[View], Iterator[Sample]]) -> Samples:
    """Samples that are to be made into acts, as one group."""
    return lambda view: iter([(_filled, list(samples(view)))])


def _acts(samples: Callable[[View], Iterable[o.Act]]) -> Samples:
    """Samples that are acts, as one group."""
    return lambda view: iter([(_itself, tuple(samples(view)))])


def _done(_: View) -> Iterator[Sample]:
    yield o.Done, {}


def _proposals(view: View) -> Iterator[Group]:
    if len([offer for offer in view.offers if offer.author == view.viewer]) < OFFERS_OPEN_MAX:
        yield partial(_proposal, view), plans(view)
        yield _itself, list(amendments(view))


def _proposal(view: View, plan: Plan) -> o.Act:
    return o.Propose.believed(terms=planned(view, plan), until=min(view.moment.turn + 1, view.atlas.turns))


def _signatures(view: View) -> Iterator[Sample]:
    for offer in view.offers:
        if offer.author != view.viewer and all(s.country != view.viewer for s in offer.signatures):
            yield o.Sign, {"offer": offer.id}
            yield o.Sign, {"offer": offer.id, "needs": (offer.author,)}


def _rejections(view: View) -> Iterator[Sample]:
    for offer in view.offers:
        if offer.author != view.viewer and view.viewer not in offer.rejected:
            yield o.Reject, {"offer": offer.id}
            yield o.Reject, {"offer": offer.id, "because": "doubt"}


def _retractions(view: View) -> Iterator[Sample]:
    return ((o.Retract, {"offer": offer.id}) for offer in view.offers if offer.author == view.viewer)


def _renunciations(view: View) -> Iterator[Sample]:
    for commitment in view.commitments:
        if view.viewer in commitment.terms.parties and view.viewer not in commitment.departing:
            yield o.Renounce, {"commitment": commitment.id}




def _debated(view: View) -> Iterator[Draft]:
    """Drafts on the table of councils in which the viewer sits."""
    for draft in tabled(view):
        council = find_council(view, draft.council)
        if council is not None and view.viewer in council.members:
            yield draft


def _votes(view: View) -> Iterator[Sample]:
    amended = {draft.amends for draft in tabled(view)}
    for draft in _debated(view):
        yield from ((o.Vote, {"draft": draft.id, "choice": choice}) for choice in CHOICES)
        if draft.id in amended:
            yield o.Vote, {"draft": draft.id, "choice": "yes", "if_amended": "no", "because": "sovereignty"}


def _declarations(view: View) -> Iterator[Sample]:
    for draft in _debated(view):
        if all(ballot.country != view.viewer for ballot in draft.declared):
            yield from ((o.Declare, {"draft": draft.id, "choice": choice}) for choice in CHOICES)


def _sponsorships(view: View) -> Iterator[Sample]:
    return ((o.Sponsor, {"draft": draft.id}) for draft in _debated(view) if view.viewer not in draft.sponsors)


def _withdrawals(view: View) -> Iterator[Sample]:
    return ((o.Withdraw, {"draft": draft.id}) for draft in _debated(view) if view.viewer == draft.author)


def _new_drafts(view: View) -> Iterator[Group]:
    if len([draft for draft in of_this_turn(view) if draft.author == view.viewer]) < DRAFTS_A_TURN_MAX:
        councils = [council for council in view.atlas.councils if view.viewer in council.members]
        yield partial(_if_put, view), Combined(councils, view.atlas.issues, ACTIONS)
        texts = [draft for draft in _debated(view) if is_text(draft)]
        yield partial(_if_amended, view), [(draft, action) for draft in texts for action in ACTIONS]


def _if_tabled(view: View, act: o.Table) -> o.Act:
    check_table(view, view.viewer, act)
    return act


def _if_amended(view: View, change: tuple[Draft, Action]) -> o.Act:
    draft, action = change
    return _if_tabled(view, o.Table.believed(council=draft.council, action=action, issue=draft.issue, target=draft.target, amends=draft.id))


def _if_put(view: View, what: tuple[Council, Issue, Action]) -> o.Act:
    """A pressed draft about whom the issue is about, or else about the first of the others."""
    council, issue, action = what
    target = issue.target or next(c for c in view.atlas.countries if c != view.viewer)
    return _if_tabled(view, o.Table.believed(council=council.id, action=action, issue=issue.id, target=target, pressed=True))


def _launches(view: View) -> Iterator[Sample]:
    for operation in prepared(view):
        if operation.leader == view.viewer and view.moment.turn >= ready_turn(view, operation):
            yield o.Launch, {"operation": operation.id}


def _cancellations(view: View) -> Iterator[Sample]:
    yield from ((o.Cancel, {"operation": operation.id}) for operation in prepared(view) if operation.leader == view.viewer)
    yield from ((o.Cancel, {"operation": operation.id}) for operation in held(view) if view.viewer in holders(operation))


def _contributions(view: View) -> Iterator[Sample]:
    for operation in prepared(view):
        if view.viewer not in (operation.leader, operation.target):
            for level in LEVELS:
                yield o.Join, {"operation": operation.id, "side": "attack", "level": level}
                yield o.Join, {"operation": operation.id, "side": "defence", "level": level}


def _announcements(view: View) -> Iterator[Group]:
    yield partial(_if_announced, view), Combined(view.atlas.issues, view.atlas.countries)


def _if_announced(view: View, what: tuple[Issue, str]) -> o.Act:
    issue, target = what
    act = o.Announce.believed(target=target, issue=issue.id)
    check_announce(view, view.viewer, act)
    return act


SAMPLES: Mapping[str, Samples] = {
    "done": _forms(_done),
    "propose": _proposals,
    "sign": _forms(_signatures),
    "reject": _forms(_rejections),
    "state": _acts(spoken),
    "retract": _forms(_retractions),
    "motive": _acts(reasons),
    "renounce": _forms(_renunciations),
    "call": _acts(calls),
    "waive": _acts(waivers),
    "withhold": _acts(withholdings),
    "vote": _forms(_votes),
    "declare": _forms(_declarations),
    "sponsor": _forms(_sponsorships),
    "withdraw": _forms(_withdrawals),
    "table": _new_drafts,
    "budget": _forms(force.budgets),
    "aid": _forms(force.aid),
    "sanction": _forms(force.sanctions),
    "base": _forms(force.bases),
    "launch": _forms(_launches),
    "influence": _acts(campaigns),
    "cancel": _forms(_cancellations),
    "dialogue": _acts(talks),
    "join": _forms(_contributions),
    "announce": _announcements,
}
"""Every kind of act that a player can send, with its samples: a new kind needs a line here."""
