"""Samples of legal statements, for ``rules.legal``: a few of each manner, about those who matter most.

What could ever be said follows from the atlas and is listed once; what may be said now is picked out by the rules' own conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from rules import orders as o
from rules.lately import beside
from rules.society.attention import attends
from rules.society.forums import hosts
from rules.society.influence import wooed
from rules.society.speech import Reason
from rules.society.statements import Subject, changes_nothing, said, subject
from rules.state import Atlas, View

FAR_END, NEAR_END = 1.0, 0.0
EFFORT = 0.5
REASONS = tuple(o.NoteMotive(motive=get_args(Reason)[place]) for place in (0, -1))


def spoken(view: View) -> list[o.MakeStatement]:
    """Statements that would be accepted now."""
    if not attends(view, view.viewer):
        return []
    told = said(view, view.viewer)
    return [
        act
        for act, about, column in _statements(view.atlas, view.viewer)
        if about not in told and (column is None or not changes_nothing(view, act, column))
    ]


@beside
def partners(atlas: Atlas, viewer: str) -> tuple[str, ...]:
    """Those of whom one most often speaks: the unipole, the countries that issues are about, and the next two in the list."""
    me = atlas.countries.index(viewer)
    targets = [issue.target for issue in atlas.issues if issue.target is not None]
    following = [atlas.countries[(me + k) % len(atlas.countries)] for k in (1, 2)]
    return tuple(c for c in dict.fromkeys((atlas.unipole, *targets, *following)) if c != viewer)


@beside
def _statements(atlas: Atlas, viewer: str) -> tuple[tuple[o.MakeStatement, Subject, int | None], ...]:
    """What could ever be said, each with its subject and the column of its issue, if it has one."""
    columns = {issue.id: column for column, issue in enumerate(atlas.issues)}
    acts = (*_about_issues(atlas, viewer), *_about_countries(atlas, viewer))
    return tuple((act, subject(act), columns[act.issue] if act.issue is not None else None) for act in acts)


def _about_issues(atlas: Atlas, viewer: str) -> Iterator[o.MakeStatement]:
    me = atlas.countries.index(viewer)
    for column, issue in enumerate(atlas.issues):
        ideal = float(atlas.ideal[me, column])
        for place in dict.fromkeys((ideal, NEAR_END, FAR_END)):
            yield o.MakeStatement(says="position", issue=issue.id, place=place)
        yield o.MakeStatement(says="demand", issue=issue.id, place=ideal)
        if issue.target not in (None, viewer):
            for place in (NEAR_END, FAR_END):
                yield o.MakeStatement(says="threaten", about=issue.target, issue=issue.id, place=place, until=atlas.turns)


def _about_countries(atlas: Atlas, viewer: str) -> Iterator[o.MakeStatement]:
    for about in partners(atlas, viewer):
        yield o.MakeStatement(says="frame", about=about)
        yield o.MakeStatement(says="frame", about=about, fabricated=True)
        yield o.MakeStatement(says="reassure", about=about, until=atlas.turns)
        yield o.MakeStatement(says="delegitimise", about=about)
        yield o.MakeStatement(says="rebuke", about=about)
        yield o.MakeStatement(says="support", about=about)


def campaigns(view: View) -> list[o.Influence]:
    """Campaigns of influence that would be accepted now: one more only with attention left for it."""
    free, begun = attends(view, view.viewer), wooed(view, view.viewer)
    return [act for act in _campaigns(view.atlas, view.viewer) if free or act.target in begun]


@beside
def _campaigns(atlas: Atlas, viewer: str) -> tuple[o.Influence, ...]:
    return tuple(act for target in partners(atlas, viewer) for act in _aimed_at(atlas, target))


def _aimed_at(atlas: Atlas, target: str) -> Iterator[o.Influence]:
    for issue in atlas.issues:
        yield o.Influence(by="lobby", target=target, effort=EFFORT, issue=issue.id)
    yield o.Influence(by="bond", target=target, effort=EFFORT)
    yield o.Influence(by="ingratiate", target=target, effort=EFFORT)
    yield o.Influence(by="oppose", target=target, effort=EFFORT)


def talks(view: View) -> list[o.Dialogue]:
    """Talks that one could come to, or host with attention left for it."""
    free = attends(view, view.viewer) or hosts(view, view.viewer)
    return [act for act in _talks(view.atlas, view.viewer) if free or act.host != view.viewer]


@beside
def _talks(atlas: Atlas, viewer: str) -> tuple[o.Dialogue, ...]:
    return tuple(o.Dialogue(host=host, issue=issue.id) for issue in atlas.issues for host in (viewer, *partners(atlas, viewer)))


def reasons(_: View) -> tuple[o.NoteMotive, ...]:
    """Motives to note: a first and a last of the list."""
    return REASONS
