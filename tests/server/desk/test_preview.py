"""Previews: other luck each time, the same answer each time, and the game as it was."""

from __future__ import annotations

from rules.orders import Announce, Launch, Pause
from rules.wire.canonical import game_hash
from server.desk.preview import preview
from tests.rules.stage import at, given

ATTACK = {"1 orders 1": ["ARD announce DOR dorn-force"]}


def test_luck_decides_a_battle_in_a_share_of_the_runs() -> None:
    """Won in some runs and lost in others, and the figures that hang on it spread; two previews agree."""
    game = at("2 orders 1", ATTACK)
    name = game.operations[0].id
    game = given(game, "ARD", Launch(operation=name))
    before = game_hash(game)
    found = preview(game, "step", {}, 30)
    assert game_hash(game) == before
    assert preview(game, "step", {}, 30) == found
    assert found.times == 30
    launched = [o for o in found.outcomes if "was carried out" in o.sentence]
    assert abs(sum(o.share for o in launched) - 1.0) < 1e-9
    assert all(spread.least <= spread.mean <= spread.greatest and spread.least < spread.greatest for spread in found.figures)


def test_a_step_that_stands_still_can_be_previewed() -> None:
    """Control looks ahead while the clock is stopped; opening another step is certain."""
    paused = given(at("1 orders 1"), "control", Pause(reason="x"))
    found = preview(paused, "step", {}, 3)
    assert found.certain > 0
    assert given(at("1 orders 1"), "ARD", Announce(target="DOR", issue="dorn-force")).desk
