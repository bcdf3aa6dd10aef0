"""Shocks: when a bulletin comes, and what it moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.parameters import with_overrides
from rules.society.shocks import decline, due, fallen, shock
from rules.state import Bulletin, Game, Shift
from tests.rules.stage import tiny

ISSUE = "dorn-force"


def deck(*items: Bulletin) -> Game:
    """The small case with this news alone."""
    return replace(tiny(), atlas=replace(tiny().atlas, news=items))


def turns(item: Bulletin, seed: str = "stage") -> list[int]:
    """The turns in which a bulletin comes."""
    game = replace(deck(item), seed=seed)
    return [turn for turn in range(10) if item in due(game, turn)]


def test_a_bulletin_comes_in_its_turn_or_once_by_chance_in_its_span_or_as_a_trend_in_each() -> None:
    """Ends of the span included."""
    plain = Bulletin(turn=3, text="x", id="x")
    assert turns(plain) == [3]
    assert turns(plain.model_copy(update={"until": 5})) == [3]
    assert turns(plain.model_copy(update={"until": 5, "trend": True})) == [3, 4, 5]
    assert turns(plain.model_copy(update={"chance": 0.0, "until": 9})) == []
    may = plain.model_copy(update={"chance": 0.3, "until": 8})
    seeds = [f"seed {k}" for k in range(200)]
    found = [turns(may, seed) for seed in seeds]
    assert {len(one) for one in found} == {0, 1}
    assert {one[0] for one in found if one} == set(range(3, 9))
    assert 0.82 < len([one for one in found if one]) / 200 < 0.95  # 1 - .7 ** 6 = .88
    often = [turns(may.model_copy(update={"trend": True}), seed) for seed in seeds]
    assert max(len(one) for one in often) > 2
    again = replace(deck(may), seed=seeds[0])
    rewound = replace(again, moment=replace(again.moment, branch=3))
    assert [due(again, turn) for turn in range(10)] == [due(rewound, turn) for turn in range(10)]


@pytest.mark.parametrize(
    ("shift", "at", "value"),
    [
        (Shift(figure="economy", at=("BRV",), times=0.5, plus=10.0), (1,), 160.0),
        (Shift(figure="positions", at=(ISSUE,), plus=0.5), (0,), 0.7),
        (Shift(figure="positions", at=(ISSUE,), plus=2.0), (0,), 1.0),
        (Shift(figure="goodwill", at=("DOR", "COR"), times=0.0, plus=-3.0), (3, 2), -1.0),
        (Shift(figure="goodwill", at=("DOR", "COR"), times=0.0, plus=0.25), (3, 2), 0.25),
        (Shift(figure="forces", at=("DOR",), times=0.0, plus=-1.0), (3,), 0.0),
        (Shift(figure="economy", at=("DOR",), times=0.0), (3,), 1e-6),
        (Shift(figure="economy", at=("DOR",), times=0.0, plus=1e13), (3,), 1e12),
    ],
)
def test_what_a_shock_moves(shift: Shift, at: tuple[int, ...], value: float) -> None:
    """A figure times one number plus another, within its bounds; countries have rows, issues have columns."""
    effect = shock(deck(Bulletin(turn=1, text="y", id="y"), Bulletin(turn=1, text="x", id="x", changes=(shift,))), "x")[0]
    assert (str(effect.field), effect.at) == (shift.figure, at)
    assert effect.value == pytest.approx(value, abs=1e-12)
    assert [term.value for term in effect.terms[1:]] == [shift.times, shift.plus]


def test_a_bulletin_can_bring_a_new_leader_and_the_first_state_can_fall_back() -> None:
    """With the bulletin's words as the reason; at no rate nothing falls."""
    assert fallen(Bulletin(turn=1, text="x")) == ()
    assert [(e.country, e.reason) for e in fallen(Bulletin(turn=1, text="elections", new_leader="BRV"))] == [("BRV", "elections")]
    slow = replace(tiny(), parameters=with_overrides({"drift": 0.02}))
    assert [(e.field, e.at, e.value) for e in decline(slow, "")] == [("economy", (0,), 980.0)]
