"""Samples of what a seat can order in arms, aid, sanctions and bases (see ``rules.legal``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rules import orders as o
from rules.afoot import held
from rules.exact import add
from rules.force.economy import shares
from rules.state import SPENDING, View
from rules.visibility import Record
from rules.vocabulary import FORMS

Sample = tuple[type[Record], dict[str, Any]]
"""What kind of act, and its fields: acts are made for who wants them."""
AID_SAMPLES = (0.1, 1.0)
EXTRA_SAMPLES = (0.0, 0.01)
GUNS_SAMPLES = (0.02, 0.05, 0.15)
SANCTION_SAMPLES = (0.0, 0.5, 1.0)
NOTHING = o.Budget()
OPEN_FORMS = tuple(form for form in FORMS if form != "insurgents")


def budgets(view: View) -> Iterator[Sample]:
    """Other shares for arms, with and without aid, and one more share at a time for each other purpose."""
    kept = shares(view, view.viewer, NOTHING)
    others = add(kept[name] for name in SPENDING)
    for guns in GUNS_SAMPLES:
        for aid in (0.0, view.parameters.aid_share_max):
            if (guns + aid) + others <= 1.0:
                yield o.Budget, {"guns": guns, "aid": aid}
    whole = add(kept.values())
    for name in SPENDING:
        for share in EXTRA_SAMPLES:
            if (whole - kept[name]) + share < 1.0:
                yield o.Budget, {name: share}


def aid(view: View) -> Iterator[Sample]:
    """Two amounts to each other country in each form."""
    others = [country for country in view.atlas.countries if country != view.viewer]
    fought = {o.target for o in held(view) if o.leader != view.viewer}
    for other in others:
        forms = FORMS if other in fought else OPEN_FORMS
        yield from ((o.Aid, {"to": other, "amount": amount, "form": form}) for amount in AID_SAMPLES for form in forms)


def sanctions(view: View) -> Iterator[Sample]:
    """Other levels than the present one against each other country."""
    now = view.world.sanctions[view.me]
    for k, other in enumerate(view.atlas.countries):
        if other != view.viewer:
            yield from ((o.Sanction, {"target": other, "level": level}) for level in SANCTION_SAMPLES if level != float(now[k]))


def bases(view: View) -> Iterator[Sample]:
    """Bases to open to others, and those to close, at home or abroad."""
    me, open_now = view.me, view.world.bases
    for k, other in enumerate(view.atlas.countries):
        if k != me:
            yield o.BaseRight, {"host": view.viewer, "guest": other, "granted": not open_now[me, k]}
            if open_now[k, me]:
                yield o.BaseRight, {"host": other, "guest": view.viewer, "granted": False}
