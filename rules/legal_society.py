"""Samples of legal statements, for ``rules.legal``: a few of each manner, about those who matter most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import get_args

from rules import orders as o
from rules.errors import Refused
from rules.forums import check_dialogue
from rules.influence import check_influence
from rules.speech import Reason
from rules.state import View, index
from rules.statements import check_statement

FAR_END, NEAR_END = 1.0, 0.0
EFFORT = 0.5


def spoken(view: View) -> Iterator[Callable[[], o.Act]]:
    """Statements that would be accepted now."""
    return (partial(_itself, act) for act in _statements(view) if _passes(partial(check_statement, view, view.viewer, act)))


def _itself(act: o.Act) -> o.Act:
    return act


def _passes(check: partial[None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def partners(view: View) -> tuple[str, ...]:
    """Those of whom one most often speaks: the unipole, the countries that issues are about, and the next two in the list."""
    countries, me = view.atlas.countries, index(view, view.viewer)
    targets = [issue.target for issue in view.atlas.issues if issue.target is not None]
    following = [countries[(me + k) % len(countries)] for k in (1, 2)]
    return tuple(c for c in dict.fromkeys((view.atlas.unipole, *targets, *following)) if c != view.viewer)


def _statements(view: View) -> Iterator[o.MakeStatement]:
    last, me = view.atlas.turns, index(view, view.viewer)
    for column, issue in enumerate(view.atlas.issues):
        for place in dict.fromkeys((float(view.atlas.ideal[me, column]), NEAR_END, FAR_END)):
            yield o.MakeStatement(says="position", issue=issue.id, place=place)
        yield o.MakeStatement(says="demand", issue=issue.id, place=float(view.atlas.ideal[me, column]))
        if issue.target is not None:
            for place in (NEAR_END, FAR_END):
                yield o.MakeStatement(says="threaten", about=issue.target, issue=issue.id, place=place, until=last)
    for about in partners(view):
        yield o.MakeStatement(says="frame", about=about)
        yield o.MakeStatement(says="frame", about=about, fabricated=True)
        yield o.MakeStatement(says="reassure", about=about, until=last)
        yield o.MakeStatement(says="delegitimise", about=about)
        yield o.MakeStatement(says="rebuke", about=about)
        yield o.MakeStatement(says="support", about=about)


def campaigns(view: View) -> Iterator[Callable[[], o.Act]]:
    """Campaigns of influence that would be accepted now."""
    return (partial(_itself, act) for act in _campaigns(view) if _passes(partial(check_influence, view, view.viewer, act)))


def _campaigns(view: View) -> Iterator[o.Influence]:
    for target in partners(view):
        for issue in view.atlas.issues:
            yield o.Influence(by="lobby", target=target, effort=EFFORT, issue=issue.id)
        yield o.Influence(by="bond", target=target, effort=EFFORT)
        yield o.Influence(by="ingratiate", target=target, effort=EFFORT)
        yield o.Influence(by="oppose", target=target, effort=EFFORT)


def talks(view: View) -> Iterator[Callable[[], o.Act]]:
    """Talks that one could host or come to."""
    for issue in view.atlas.issues:
        for host in (view.viewer, *partners(view)):
            act = o.Dialogue(host=host, issue=issue.id)
            if _passes(partial(check_dialogue, view, view.viewer, act)):
                yield partial(_itself, act)


def reasons(_: View) -> Iterator[Callable[[], o.Act]]:
    """Motives to note: a first and a last of the list."""
    choices = get_args(Reason)
    return (partial(o.NoteMotive, motive=motive) for motive in (choices[0], choices[-1]))
