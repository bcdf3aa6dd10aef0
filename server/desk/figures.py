"""Figures of a desk: the role with its aims and payoff, countries on the map, issues and where they stand."""

from __future__ import annotations

from statistics import median
from typing import cast

import numpy as np

from rules.exact import total
from rules.force.economy import means
from rules.force.power import shares
from rules.force.threat import own, threat
from rules.interests.objectives import BadPredicate, holds, measured, parse
from rules.interests.payoff import own_payoff
from rules.state import TERMS, View
from rules.vocabulary import Objective
from server.desk.papers import Aim, IssuePaper, Land, PayoffTerm, Role
from server.narrate.alignment import alignment
from server.narrate.names import worded
from server.narrate.words import heading, name

NAMED_MAX = 3
SHARES = frozenset({"position", "war_share"})
"""What objectives measure from 0 to 1."""


def role(view: View) -> Role | None:
    """What a seat alone may know of itself; None for the public."""
    if view.viewer not in view.atlas.countries:
        return None
    me, world = view.me, view.world
    towards = world.goodwill[:, me]
    others = [k for k in range(len(towards)) if k != me]
    count = min(NAMED_MAX, len(others) // 2)
    usual = median(float(towards[k]) for k in others)  # nobody is warm by being like everybody else
    codes = view.atlas.countries
    felt = threat(view, own(view))[0]
    worst = [codes[int(k)] for k in np.argsort(-felt, kind="stable")[:NAMED_MAX] if felt[int(k)] > 0.0]
    return Role(
        public_brief=worded(str(view.atlas.public_briefs[me])),
        secret_brief=worded(str(view.atlas.secret_briefs)),
        aims=_aims(view),
        payoff=_payoff(view),
        means=means(view, view.viewer),
        guns=float(world.guns[me]),
        guns_max=max(0.0, 1.0 - float(total(world.spending[me]))),
        friends=tuple(codes[k] for k in sorted(others, key=lambda k: -float(towards[k]))[:count] if float(towards[k]) > usual),
        cool=tuple(codes[k] for k in sorted(others, key=lambda k: float(towards[k]))[:count] if float(towards[k]) < usual),
        threats=tuple(worst),
    )


def _aims(view: View) -> tuple[Aim, ...]:
    mine = cast(tuple[Objective, ...], view.atlas.objectives)  # a view holds its own row alone
    return tuple(_aim(view, objective) for objective in mine)


def _aim(view: View, objective: Objective) -> Aim:
    said = worded(objective.sentence)
    try:
        predicate = parse(objective.predicate)
        met, (now, goal) = holds(predicate, view, view.viewer), measured(predicate, view, view.viewer)
    except BadPredicate:
        return Aim(sentence=said, met=None)
    if goal is None:
        return Aim(sentence=said, met=met)
    if predicate.bound == "start":
        return Aim(sentence=said, met=met, unit="payoff", now=now - goal + predicate.offset, goal=predicate.offset)
    return Aim(sentence=said, met=met, unit="share" if predicate.name in SHARES else "number", now=now, goal=goal)


def _payoff(view: View) -> tuple[PayoffTerm, ...]:
    now, start = own_payoff(view), np.atleast_1d(view.atlas.opening)
    return tuple(PayoffTerm(term=term, now=float(now[k]), start=float(start[k])) for k, term in enumerate(TERMS))


def lands(view: View) -> tuple[Land, ...]:
    """Every country with what is publicly known of it, and its goodwill to the viewer."""
    atlas, world = view.atlas, view.world
    share = shares(world.forces)
    stands = alignment(view, view.moment.turn)
    me = view.me if view.viewer in atlas.countries else None
    felt = None if me is None else _felt(view)
    return tuple(
        Land(
            country=country,
            name=heading(view, country),
            within=name(view, country),
            latitude=float(atlas.latitude[k]),
            longitude=float(atlas.longitude[k]),
            economy=float(world.economy[k]),
            power=float(share[k]),
            approval=float(world.approval[k]),
            stands=stands[k],
            towards_me=None if me is None or me == k else float(world.goodwill[k, me]),
            threat=None if felt is None or me == k else felt[k],
            guests=tuple(atlas.countries[int(guest)] for guest in np.flatnonzero(world.bases[k])),
        )
        for k, country in enumerate(atlas.countries)
    )


def _felt(view: View) -> list[float]:
    """The threat that the viewer feels from each state, as a share of the greatest."""
    felt = threat(view, own(view))[0]
    greatest = float(np.maximum.reduce(felt))
    return [float(amount) / greatest if greatest > 0.0 else 0.0 for amount in felt]


def issues(view: View) -> tuple[IssuePaper, ...]:
    """The questions of the case."""
    mine = view.atlas.ideal[view.me] if view.viewer in view.atlas.countries else None
    return tuple(
        IssuePaper(
            id=issue.id,
            title=worded(issue.title),
            text=worded(issue.text),
            target=issue.target,
            position=float(view.world.positions[k]),
            ideal=None if mine is None else float(mine[k]),
        )
        for k, issue in enumerate(view.atlas.issues)
    )
