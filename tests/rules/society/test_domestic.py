"""Politics at home: who falls when, and how a new leader differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.chance import draw
from rules.parameters import with_overrides
from rules.society.domestic import chance_of_change, changes, exit_relief, honeymoon, new_in_office, new_leaning, new_temper
from rules.state import TERMS, Game
from tests.rules.stage import at, with_figures

ARD, BRV, COR, DOR = range(4)


def governed(capital: float = 0.5, **parameters: float) -> Game:
    """The first turn; Arden is a democracy by .9, Dorn by .1."""
    return replace(with_figures(at("1 orders 1"), capital=[capital] * 4), parameters=with_overrides(parameters))


@pytest.mark.parametrize(
    ("capital", "turnover", "regime", "arden", "dorn"),
    [
        (0.5, 0.2, 0.0, 0.2, 0.2),
        (0.5, 0.2, 1.0, 0.18, 0.02),
        (0.5, 0.2, 0.5, 0.19, 0.11),
        (0.0, 0.2, 0.0, 0.4, 0.4),
        (1.0, 0.2, 0.0, 0.0, 0.0),
        (0.0, 0.9, 0.0, 1.0, 1.0),  # never more than sure
    ],
)
def test_the_chance_that_a_leader_falls(capital: float, turnover: float, regime: float, arden: float, dorn: float) -> None:
    """By regime and by what is left of political capital (S6)."""
    game = governed(capital, turnover=turnover, turnover_regime=regime)
    assert [chance_of_change(game, row) for row in (ARD, DOR)] == pytest.approx([arden, dorn])


def test_leaders_fall_as_often_as_their_chance_says() -> None:
    """By a keyed draw; nobody without a chance, everybody with a sure one."""
    assert changes(governed(turnover=0.0)) == ()
    assert [e.country for e in changes(governed(0.0, turnover=1.0, turnover_regime=0.0))] == ["ARD", "BRV", "COR", "DOR"]
    games = [replace(governed(turnover=0.3, turnover_regime=0.0), seed=f"seed {k}") for k in range(150)]
    assert 0.24 < sum(len(changes(game)) for game in games) / 600 < 0.36


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_a_new_leader_differs_within_its_room(seed: str) -> None:
    """Around what the country thinks, and around the scenario's weights; less room in democracies."""
    game = replace(governed(leader_drift=0.4, leader_temper=0.5, turnover_regime=0.5), seed=seed)
    for country, row, room in (("ARD", ARD, 1.0 - 0.45), ("DOR", DOR, 1.0 - 0.05)):
        luck = 2.0 * draw(seed, game.moment.branch, 1, "leaning", country, "dorn-force") - 1.0
        thinks = float(game.atlas.ideal[row, 0])
        effect = new_leaning(game, country)[0]
        assert (effect.field, effect.at) == ("leaning", (row, 0))
        assert effect.value == pytest.approx(min(max(thinks + 0.4 * room * luck, 0.0), 1.0))
        assert [term.value for term in effect.terms] == pytest.approx([thinks, effect.value - thinks])
        for column, (name, temper) in enumerate(zip(TERMS, new_temper(game, country), strict=True)):
            luck = 2.0 * draw(seed, game.moment.branch, 1, "temper", country, name) - 1.0
            assert temper.at == (row, column)
            assert temper.value == pytest.approx(1.0 + 0.5 * room * luck)


def test_a_new_leader_has_credit_time_and_a_free_hand() -> None:
    """Political capital, a first turn in office, and relief from what was signed before, less where institutions lock it in."""
    game = governed(honeymoon=0.8, newness=2.0, new_leader_relief=0.5)
    assert [(e.field, e.at, e.value) for e in honeymoon(game, "COR")] == [("capital", (COR,), 0.8)]
    later = replace(game, moment=replace(game.moment, turn=3))
    assert [(e.field, e.at, e.value) for e in new_in_office(later, "COR")] == [("entered", (COR,), 3.0)]
    for entered, fresh in ((3.0, True), (2.0, True), (1.0, False)):
        found = with_figures(later, entered=[entered] * 4)
        assert exit_relief(found, COR) == (0.5 if fresh else 0.0)
        assert exit_relief(found, COR, 0.4) == pytest.approx(0.3 if fresh else 0.0)
        assert exit_relief(found, COR, 3.0) == 0.0
