"""Help that comes to light: how often, and who minds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.force.covert import exposures, name_of, offence_taken
from rules.parameters import with_overrides
from rules.state import Game
from rules.vocabulary import Contribution, Operation, Payment
from tests.rules.stage import at, with_figures

ARD, BRV, COR, DOR = range(4)


def helping(form: str, sender: str = "BRV", receiver: str = "DOR", **parameters: float) -> Game:
    """Brava helps Dorn, which Arden holds with Corin at its side; Corin bears Dorn ill will by half, all others none."""
    coalition = (Contribution(country="COR", side="attack", level="token"), Contribution(country="BRV", side="defence", level="statement"))
    war = Operation(
        id="war", leader="ARD", target="DOR", issue="dorn-force", turn=1, status="launched", coalition=coalition, success=True, held=True
    )
    goodwill = [[0.0] * 4 for _ in range(4)]
    goodwill[COR][DOR] = -0.5
    game = with_figures(at("1 orders 1"), goodwill=goodwill)
    payment = Payment.model_validate({"sender": sender, "receiver": receiver, "amount": 1.0, "form": form})
    return replace(game, operations=(war,), payments=(payment,), parameters=with_overrides(parameters))


def minded(game: Game) -> dict[tuple[int, ...], float]:
    """Whose goodwill towards the giver becomes what."""
    return {effect.at: effect.value for effect in offence_taken(game, name_of(game.payments[0]))}


def test_insurgents_are_the_business_of_those_who_hold_the_country() -> None:
    """The leader and those at its side, not those who spoke for the defence (W56)."""
    found = minded(helping("insurgents", exposure_goodwill=0.4))
    assert found == {(ARD, BRV): pytest.approx(-0.4), (COR, BRV): pytest.approx(-0.4)}


def test_arms_are_minded_by_those_who_bear_the_receiver_ill_will() -> None:
    """By how much; a giver does not mind its own help (W68)."""
    assert minded(helping("arms", exposure_goodwill=0.4)) == {(COR, BRV): pytest.approx(-0.2)}
    assert minded(helping("arms", sender="COR", exposure_goodwill=0.4)) == {}
    assert minded(helping("arms", exposure_goodwill=0.0)) == {}


def test_money_stays_hidden_and_the_rest_comes_to_light_by_chance() -> None:
    """Always at one, never at nothing."""
    assert exposures(helping("money", help_detection=1.0)) == ()
    assert [event.payment.form for event in exposures(helping("arms", help_detection=1.0))] == ["arms"]
    assert exposures(helping("arms", help_detection=0.0)) == ()
    games = [replace(helping("arms", help_detection=0.3), seed=f"seed {k}") for k in range(200)]
    assert 40 < len([game for game in games if exposures(game)]) < 80
