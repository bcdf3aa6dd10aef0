"""Bases: who may open and close them, whose order prevails, and what a presence that goes leaves behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.force.bases import abroad, hosting, orders, vacuum
from rules.force.power import nearness
from rules.orders import BaseRight
from rules.parameters import with_overrides
from rules.state import Game, SealedAct
from tests.rules.stage import at, refusal, with_figures

ARD, BRV, COR, DOR = range(4)


def right(host: str, guest: str, *, granted: bool) -> BaseRight:
    """An order about a base."""
    return BaseRight(host=host, guest=guest, granted=granted)


def sealed(game: Game, *acts: tuple[str, BaseRight]) -> Game:
    """The game with these orders on the desk."""
    return replace(game, desk=tuple(SealedAct(country=country, act=act) for country, act in acts))


@pytest.fixture
def game() -> Game:
    """The orders of turn 1; Arden has a base in Brava."""
    table = np.zeros((4, 4))
    table[BRV, ARD] = 1.0
    strong = {"host_cost": 0.1, "base_loss": 0.2, "vacuum_alarm": 0.5}
    start = with_figures(at("1 orders 1"), bases=table, approval=[0.5, 0.5, 0.5, 0.05], goodwill=[[0.1] * 4] * 4, hostile=[[0.2] * 4] * 4)
    return replace(start, parameters=with_overrides(strong))


@pytest.mark.parametrize(
    ("country", "act", "code", "field"),
    [
        ("COR", right("QQQ", "COR", granted=True), "country/unknown", "host"),
        ("COR", right("COR", "QQQ", granted=True), "country/unknown", "guest"),
        ("COR", right("COR", "COR", granted=True), "base/invalid", "guest"),
        ("ARD", right("COR", "ARD", granted=True), "seat/not-yours", "host"),
        ("DOR", right("BRV", "ARD", granted=False), "seat/not-yours", "host"),
        ("BRV", right("BRV", "ARD", granted=True), "base/invalid", "granted"),
        ("COR", right("COR", "ARD", granted=False), "base/invalid", "granted"),
    ],
)
def test_what_is_refused(game: Game, country: str, act: BaseRight, code: str, field: str) -> None:
    """The host opens, host or guest close, and something must change."""
    assert refusal(game, country, act) == (code, field)


def found(game: Game) -> dict[tuple[str, tuple[int, ...]], float]:
    """What the orders about bases move."""
    return {(effect.field, effect.at): effect.value for effect in orders(game, "")}


def test_opening_costs_the_host_at_home_and_closing_costs_the_other_side_goodwill(game: Game) -> None:
    """By regime at home; the one who is left minds."""
    opened = found(sealed(game, ("COR", right("COR", "ARD", granted=True)), ("DOR", right("DOR", "ARD", granted=True))))
    assert opened["bases", (COR, ARD)] == opened["bases", (DOR, ARD)] == 1.0
    assert 0.4 <= opened["approval", (COR,)] < 0.5
    assert 0.0 <= opened["approval", (DOR,)] < 0.05
    by_host = found(sealed(game, ("BRV", right("BRV", "ARD", granted=False))))
    assert by_host == {("bases", (BRV, ARD)): 0.0, ("goodwill", (ARD, BRV)): pytest.approx(-0.1)}
    by_guest = found(sealed(game, ("ARD", right("BRV", "ARD", granted=False))))
    assert by_guest == {("bases", (BRV, ARD)): 0.0, ("goodwill", (BRV, ARD)): pytest.approx(-0.1)}


def test_two_bases_opened_by_one_host_cost_twice(game: Game) -> None:
    """Each is felt upon the other."""
    one = found(sealed(game, ("COR", right("COR", "ARD", granted=True))))
    two = found(sealed(game, ("COR", right("COR", "ARD", granted=True)), ("COR", right("COR", "BRV", granted=True))))
    assert 0.5 - two["approval", (COR,)] == pytest.approx(2 * (0.5 - one["approval", (COR,)]))


@pytest.mark.parametrize("turned", [False, True])
def test_who_closes_prevails_over_who_opens(game: Game, turned: bool) -> None:
    """In whatever order the two stand on the desk; of two who close the later counts."""
    acts = [("BRV", right("BRV", "ARD", granted=True)), ("ARD", right("BRV", "ARD", granted=False))]
    effects = found(sealed(game, *(reversed(acts) if turned else acts)))
    assert effects == {("bases", (BRV, ARD)): 0.0, ("goodwill", (BRV, ARD)): pytest.approx(-0.1)}


def test_a_presence_that_goes_leaves_neighbours_wary_of_each_other(game: Game) -> None:
    """Most where it weighed most; not of the guest, nor of oneself; nothing if none goes, or at strength 0."""
    leaving = sealed(game, ("ARD", right("BRV", "ARD", granted=False)))
    gone = with_figures(leaving, bases=np.zeros((4, 4)))  # the bases are closed before the vacuum is felt
    moved = {effect.at: effect.value for effect in vacuum(gone, "")}
    assert moved
    assert all(ARD not in at and at[0] != at[1] for at in moved)
    assert all(0.2 < value <= 1.0 for value in moved.values())
    near = nearness(game.atlas, game.parameters.proximity)
    for row, one, other in ((BRV, COR, DOR), (COR, BRV, DOR), (DOR, BRV, COR)):
        assert (moved[row, one] - 0.2) / near[row, one] == pytest.approx((moved[row, other] - 0.2) / near[row, other])
    lost = [(moved[row, other] - 0.2) / float(near[row, other]) for row, other in ((BRV, COR), (COR, BRV), (DOR, BRV))]
    assert max(lost) <= 0.5  # all power there, times the alarm
    assert min(lost) > 0.0
    assert vacuum(sealed(game, ("COR", right("COR", "ARD", granted=True))), "") == ()
    calm = replace(gone, parameters=with_overrides({"vacuum_alarm": 0.0}))
    assert vacuum(calm, "") == []


def test_bases_are_counted_at_home_and_abroad(game: Game) -> None:
    """By host and by guest."""
    assert hosting(game).tolist() == [0.0, 1.0, 0.0, 0.0]
    assert abroad(game).tolist() == [1.0, 0.0, 0.0, 0.0]
