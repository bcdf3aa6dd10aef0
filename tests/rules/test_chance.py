"""Chance is a function of seed and purpose, even over seeds and telling nothing about itself."""

from __future__ import annotations

import numpy as np

from rules.chance import derive, draw, draw_many, pick, token
from rules.exact import add


def test_the_same_question_has_the_same_answer() -> None:
    """Other seeds and other purposes have others; parts of a purpose do not run together."""
    assert draw("s", "battle", 1) == draw("s", "battle", 1)
    assert (
        len({draw("s", "battle", 1), draw("t", "battle", 1), draw("s", "battle", 2), draw("s", "battle1"), draw("s", "b", "attle", 1)}) == 5
    )


def test_known_answers_do_not_change() -> None:
    """A log of today is replayed tomorrow: the numbers are fixed for ever."""
    assert draw("seed", "battle", 1) == 0.5248222056118217
    assert token("seed", "offer", "ARD") == "5dd160fea2"


def test_draws_are_even() -> None:
    """Of ten thousand seeds about a tenth fall into each tenth, and none outside [0, 1)."""
    drawn = np.array([draw(f"seed {k}", "purpose") for k in range(10_000)])
    assert drawn.min() >= 0.0
    assert drawn.max() < 1.0
    counts = np.histogram(drawn, bins=10, range=(0, 1))[0]
    assert counts.min() > 850
    assert counts.max() < 1_150


def test_picks_follow_the_probabilities() -> None:
    """In proportion, never an option of chance 0, and always one of the options."""
    picked = [pick(f"seed {k}", np.array([0.2, 0.0, 0.8]), "purpose") for k in range(5_000)]
    assert set(picked) == {0, 2}
    assert 0.75 < picked.count(2) / len(picked) < 0.85
    assert pick("seed", np.array([1.0]), "purpose") == 0
    assert {pick(f"seed {k}", np.array([1e-9] * 3), "purpose") for k in range(100)} == {0, 1, 2}


def test_tokens_and_seeds_tell_nothing() -> None:
    """Names are of one length; a derived seed is long, and another for each purpose."""
    names = [token("seed", "offer", k) for k in range(1_000)]
    assert len(set(names)) == 1_000
    assert {len(name) for name in names} == {10}
    assert len(derive("seed", "bots")) == 32
    assert derive("seed", "bots") != derive("seed", "preview")


def test_many_draws_of_one_purpose_are_independent_and_fixed() -> None:
    """The same eight again for the same purpose; spread over the whole interval; no two alike."""
    found = [draw_many("seed", 8, "many", number) for number in range(200)]
    assert found[7] == draw_many("seed", 8, "many", 7)
    flat = [value for row in found for value in row]
    assert len(set(flat)) == 1600
    assert all(0.0 <= value < 1.0 for value in flat)
    for column in range(8):
        assert 0.4 < add(row[column] for row in found) / 200 < 0.6
