"""What is held: resistance, its price, the grip on an issue, and what bystanders feel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.force.occupation import exposure, grip, price, resistance, spillover, upkeep
from rules.force.operations import leader_cost, partner_cost
from rules.parameters import with_overrides
from rules.state import Game
from rules.vocabulary import Contribution, Operation
from tests.rules.stage import at, with_figures

ARD, BRV, COR, DOR = range(4)


def war(name: str = "war", **changes: object) -> Operation:
    """Arden's war against Dorn, won and held."""
    plain = {"id": name, "leader": "ARD", "target": "DOR", "issue": "dorn-force", "turn": 1, "status": "launched", "success": True}
    return Operation.model_validate({**plain, "held": True, "legitimacy": 0.5, **changes})


def holding(*wars: Operation, unrest: float = 0.4, **parameters: float) -> Game:
    """A later turn with these wars behind it, and resistance in Dorn; the issue stands at .6."""
    game = with_figures(at("1 orders 1"), insurgency=[0.0, 0.2, 0.0, unrest], positions=[0.6], war_cost=[0.0] * 4)
    return replace(game, operations=wars, moment=replace(game.moment, turn=3), parameters=with_overrides(parameters))


@pytest.mark.parametrize(
    ("wars", "position"),
    [
        ((war(),), 0.6 + 0.5 * 0.6 * 0.4),
        ((war(held=False),), 0.6 - 0.2 * 0.4),
        ((war(success=False),), None),
        ((war(status="announced"),), None),
        ((war("lost", success=False), war()), 0.6 + 0.5 * 0.6 * 0.4),
    ],
)
def test_the_grip_on_an_issue(wars: tuple[Operation, ...], position: float | None) -> None:
    """It moves on in peace, comes undone in unrest; wars that were lost have none."""
    found = grip(holding(*wars, occupation_hold=0.5, relapse=0.2), "")
    assert [effect.value for effect in found] == pytest.approx([] if position is None else [position])


def test_resistance_fades_where_nobody_is_to_be_resisted() -> None:
    """In each country by its own figure; where somebody is, it has other reasons."""
    free = {effect.at: effect.value for effect in resistance(holding(insurgency_fade=0.25), "")}
    assert free == {(BRV,): pytest.approx(0.15), (DOR,): pytest.approx(0.3)}
    occupied = {effect.at: effect for effect in resistance(holding(war(), insurgency_fade=0.25), "")}
    assert occupied[BRV,].value == pytest.approx(0.15)
    assert "nobody to resist" not in [term.name for term in occupied[DOR,].terms]


def test_holding_costs_the_leader_and_its_partners_more_under_resistance() -> None:
    """A part of what the war cost each; several occupations add up."""
    coalition = (Contribution(country="BRV", side="attack", level="full"), Contribution(country="COR", side="defence", level="token"))
    held = war(coalition=coalition)
    game = holding(held, occupation_cost=0.1, insurgency_price=2.0)
    assert price(game, DOR) == pytest.approx(0.1 * 1.8)
    assert price(game, COR) == pytest.approx(0.1)
    found = {effect.at: effect.value for effect in upkeep(game, "")}
    assert found == {
        (ARD,): pytest.approx(0.18 * leader_cost(game, held, 0.5)), (BRV,): pytest.approx(0.18 * partner_cost(game, "full", 0.5)),
    }  # fmt: skip
    twice = holding(held, war("other", target="COR"), occupation_cost=0.1, insurgency_price=2.0)
    more = {effect.at: effect.value for effect in upkeep(twice, "")}
    assert more[ARD,] == pytest.approx(found[ARD,] + 0.1 * leader_cost(twice, twice.operations[1], 0.5))


def test_bystanders_feel_wars_and_occupations() -> None:
    """A war of this turn whole, an occupation by its unrest, one that is over not at all; never leader or target."""
    felt = exposure(holding(), DOR)
    for wars, part in (((war(),), 0.4), ((war(turn=3),), 1.0), ((war(turn=3, held=False),), 1.0), ((war(held=False),), None)):
        found = {effect.at: effect.value for effect in spillover(holding(*wars, externality=0.1), "")}
        expected = {} if part is None else {(row,): pytest.approx(0.1 * part * float(felt[row])) for row in (BRV, COR)}
        assert found == expected
