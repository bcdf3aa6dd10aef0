"""Estimates: paired differences, intervals, verdicts, against values worked out by hand."""

from __future__ import annotations

import pytest

from client.laboratory.design import Cell
from client.laboratory.estimates import Estimate, Seen, differences, estimate, holds, verdict
from client.laboratory.faults import Unpaired
from client.laboratory.schema import Claim, Sign


def claim(sign: Sign, least: float = 0.1, than: float = 0.0) -> Claim:
    """A claim about a metric."""
    return Claim(id="c", sentence="It is so.", metric="m", sign=sign, least=least, than=than)


def games(values: list[float | None], seeds: str = "s") -> dict[int, Seen]:
    """Games of a cell, pair by pair."""
    return {number: Seen(f"{seeds}{number}", {"m": value}) for number, value in enumerate(values)}


LOW, HIGH = ("low",), ("high",)
WEIGHTS: dict[Cell, float] = {HIGH: 1.0, LOW: -1.0}


def test_differences_are_taken_pair_by_pair() -> None:
    """Each pair by itself; a pair in which one game says nothing does not count."""
    assert differences({LOW: games([1, 2, 3]), HIGH: games([2, None, 5])}, WEIGHTS, "m") == [1.0, 2.0]


def test_games_with_other_seeds_are_no_pairs() -> None:
    """The planted fault: the same numbers with different seeds are noticed, not averaged over."""
    with pytest.raises(Unpaired, match="different seeds"):
        differences({LOW: games([1, 2]), HIGH: games([2, 3], seeds="t")}, WEIGHTS, "m")


def test_identical_cells_are_not_reproduced() -> None:
    """The planted fault: cells that play the same games have an effect of nothing, whatever sign was hoped for."""
    same = games([0.0, 1.0, 1.0, 0.0])
    found = estimate(differences({LOW: same, HIGH: same}, WEIGHTS, "m"), 1)
    assert found == Estimate(0.0, 0.0, 0.0, 4)
    assert [verdict(claim(sign, least=0.0), found) for sign in ("+", "-")] == ["not reproduced", "not reproduced"]
    assert not holds(claim("+", least=0.0), found)


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    """Of 200 samples of 60 throws of a fair coin, the interval misses one half about one time in twenty."""
    import numpy as np

    generator = np.random.default_rng(5)
    missed = 0
    for number in range(200):
        found = estimate([float(x) for x in generator.integers(0, 2, size=60)], number)
        assert found is not None
        missed += not found.low <= 0.5 <= found.high
    assert 2 <= missed <= 22


def test_the_interval_is_the_same_each_time() -> None:
    """One seed, one interval."""
    values = [0.0, 1.0, 0.0, 1.0, 1.0]
    assert estimate(values, 3) == estimate(values, 3)


@pytest.mark.parametrize(
    ("sign", "low", "high", "expected"),
    [
        ("+", 0.05, 0.35, "reproduced"),
        ("+", 0.01, 0.09, "not reproduced"),
        ("+", -0.1, 0.5, "not reproduced"),
        ("+", -0.3, -0.1, "contradicted"),
        ("-", -0.35, -0.05, "reproduced"),
        ("-", 0.1, 0.3, "contradicted"),
        ("0", -0.05, 0.08, "reproduced"),
        ("0", -0.05, 0.2, "not reproduced"),
        ("0", 0.15, 0.3, "contradicted"),
    ],
)
def test_verdicts(sign: Sign, low: float, high: float, expected: str) -> None:
    """On the expected side and large enough, on neither side, on the other side; and about nothing."""
    assert verdict(claim(sign), Estimate((low + high) / 2, low, high, 50)) == expected


def test_a_level_is_compared_with_what_the_claim_says() -> None:
    """A mean of .7 is above one half and not above .8."""
    found = Estimate(0.7, 0.6, 0.8, 50)
    assert verdict(claim("+", than=0.5), found) == "reproduced"
    assert verdict(claim("+", than=0.8), found) == "not reproduced"


def test_too_few_pairs_say_nothing() -> None:
    """One pair has no spread."""
    assert estimate([1.0], 1) is None
    assert verdict(claim("+"), None) == "no data"
