"""Budgets, aid and growth."""

from __future__ import annotations

import pytest

from rules import orders as o
from rules.force.economy import CENT
from tests.rules.stage import at, given, refusal


def test_aid_goes_to_another_country_of_the_scenario() -> None:
    """Not to oneself, not to nowhere, and not in crumbs."""
    game = at("1 orders 1")
    assert refusal(game, "ARD", o.Aid(to="QQQ", amount=1.0)) == ("country/unknown", "to")
    assert refusal(game, "ARD", o.Aid(to="ARD", amount=1.0)) == ("budget/invalid", "amount")
    assert refusal(game, "ARD", o.Aid(to="COR", amount=CENT / 2)) == ("budget/invalid", "amount")


def test_a_budget_adds_up_and_keeps_to_the_limit_of_aid() -> None:
    """The field at fault is named."""
    game = at("1 orders 1")
    assert refusal(game, "ARD", o.Budget(guns=1.0, aid=0.001)) == ("budget/invalid", "guns")
    assert refusal(game, "ARD", o.Budget(guns=0.1, aid=game.parameters.aid_share_max * 2)) == ("budget/invalid", "aid")
    everything = o.Budget(guns=1.0, aid=0.0, projection=0.0, programme=0.0, investment=0.0, mobilisation=0.0)
    assert given(game, "ARD", everything).desk  # all of it, and no more
    assert given(game, "ARD", o.Budget(aid=game.parameters.aid_share_max)).desk


def test_aid_that_is_no_longer_covered_is_not_sent() -> None:
    """Brava's fund is .3: the second payment is cut, the third is not made; what one receives and sends is one account."""
    orders = ["BRV budget 0.02 0.001", "BRV aid COR 0.2", "BRV aid DOR 0.2", "BRV aid ARD 0.2", "COR budget 0.02 0.001", "COR aid BRV 0.01"]
    game = at("1 report 1", {"1 orders 1": orders})
    received = dict(zip(game.atlas.countries, game.world.received.tolist(), strict=True))
    assert received == pytest.approx({"ARD": 0.0, "BRV": -0.3 + 0.01, "COR": 0.2 - 0.01, "DOR": 0.1})
    assert [p.receiver for p in game.payments] == ["COR", "DOR", "BRV"]
    assert at("2 briefing 1", {"1 orders 1": orders}).payments == ()


def test_the_budget_stays_until_it_is_changed() -> None:
    """A share ordered once holds for the turns that follow."""
    game = at("3 report 1", {"1 orders 1": ["COR budget 0.1 0"]})
    assert game.world.guns[2] == 0.1


def test_economies_grow_and_forces_drift() -> None:
    """By the rate of growth, and by the rate of wear towards what is spent."""
    before, after = at("1 orders 1"), at("1 report 1", {"1 orders 1": ["COR budget 0.5 0"]})
    p = before.parameters
    assert after.world.economy.tolist() == [value * (1.0 + p.growth) for value in before.world.economy.tolist()]
    forces, upkeep = float(before.world.forces[2]), p.arms_build * (0.5 * float(before.world.economy[2]))
    assert float(after.world.forces[2]) == forces + p.arms_wear * (upkeep - forces)
