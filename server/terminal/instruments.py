"""Instruments beside votes, pacts and war, for the menu: what one says, bases, sanctions, and what else money can be spent on.

Each option was put to the rules' own check, so whatever is listed is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rules import orders as o
from rules.errors import Refused
from rules.force.bases import check_base
from rules.force.economy import check_budget
from rules.force.sanctions import check_sanction
from rules.society.statements import check_statement
from rules.state import SPENDING, View, index
from server.narrate.language import say

STEP = 0.01  # of the economy, by which a part of the budget is raised or lowered
CUT = 0.5  # of the ties, when sanctions begin
OF_INTEREST_MAX = 3
PER_GROUP_MAX = 12


def instruments(view: View, allowed: frozenset[str]) -> Iterator[tuple[str, tuple[o.SeatAct, ...]]]:
    """(title, acts) of each group that is open now."""
    groups: tuple[tuple[str, str, Iterable[o.SeatAct]], ...] = (
        ("state", say("menu.state"), _statements(view)),
        ("base", say("menu.base"), _bases(view)),
        ("sanction", say("menu.sanction"), _sanctions(view)),
        ("budget", say("menu.spending"), _spending(view)),
    )
    for kind, title, acts in groups:
        if kind in allowed:
            accepted = [act for act in acts if _accepted(view, act)]
            yield title, tuple(accepted[:PER_GROUP_MAX])


def of_interest(view: View) -> tuple[str, ...]:
    """The countries that one most often deals with: the unipole, those that issues are about, and the nearest."""
    here = index(view, view.viewer)
    near = sorted(range(len(view.atlas.countries)), key=lambda row: (float(view.atlas.distance[here, row]), row))
    targets = [issue.target for issue in view.atlas.issues if issue.target is not None]
    named = dict.fromkeys((view.atlas.unipole, *targets, *(view.atlas.countries[row] for row in near)))
    return tuple(country for country in named if country != view.viewer)[:OF_INTEREST_MAX]


def _accepted(view: View, act: o.SeatAct) -> bool:
    checks: dict[type, Callable[..., None]] = {
        o.MakeStatement: check_statement, o.BaseRight: check_base, o.Sanction: check_sanction, o.Budget: check_budget,
    }  # fmt: skip
    try:
        checks[type(act)](view, view.viewer, act)
    except Refused:
        return False
    return True


def _statements(view: View) -> Iterator[o.SeatAct]:
    """Where one stands on each issue, a threat and a reassurance to those that issues are about, a word on the unipole."""
    last, me = view.atlas.turns, index(view, view.viewer)
    for column, issue in enumerate(view.atlas.issues):
        mine = round(float(view.world.leaning[me, column]), 2)
        yield o.MakeStatement(says="position", issue=issue.id, place=mine)
        if issue.target not in (None, view.viewer):
            yield o.MakeStatement(says="threaten", about=issue.target, issue=issue.id, place=mine, until=last)
            yield o.MakeStatement(says="reassure", about=issue.target, until=last)
            yield o.MakeStatement(says="frame", about=issue.target)
    if view.viewer != view.atlas.unipole:
        for says in ("support", "rebuke", "delegitimise"):
            yield o.MakeStatement(says=says, about=view.atlas.unipole)
    if view.atlas.issues:
        mine = round(float(view.world.leaning[me, 0]), 2)
        yield o.MakeStatement(says="demand", issue=view.atlas.issues[0].id, place=mine)


def _bases(view: View) -> Iterator[o.SeatAct]:
    me, countries = index(view, view.viewer), view.atlas.countries
    for row, country in enumerate(countries):
        if view.world.bases[me, row]:
            yield o.BaseRight(host=view.viewer, guest=country, granted=False)
        if view.world.bases[row, me]:
            yield o.BaseRight(host=country, guest=view.viewer, granted=False)
    for guest in of_interest(view):
        yield o.BaseRight(host=view.viewer, guest=guest, granted=True)


def _sanctions(view: View) -> Iterator[o.SeatAct]:
    me, countries = index(view, view.viewer), view.atlas.countries
    for row, country in enumerate(countries):
        if view.world.sanctions[me, row]:
            yield o.Sanction(target=country, level=0.0)
    for target in of_interest(view):
        yield o.Sanction(target=target, level=CUT)
        yield o.Sanction(target=target, level=1.0)


def _spending(view: View) -> Iterator[o.SeatAct]:
    """Each part of the budget beside arms, one step up or down."""
    shares = view.world.spending[index(view, view.viewer)]
    for column, part in enumerate(SPENDING):
        now = float(shares[column])
        yield o.Budget.model_validate({part: now + STEP})
        if now > 0.0:
            yield o.Budget.model_validate({part: max(now - STEP, 0.0)})
