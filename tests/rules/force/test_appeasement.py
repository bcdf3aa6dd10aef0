"""Giving in: whose word counts, what it is worth, and what is left of a threat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rules.force.appeasement import appeased, hopes, pledged, submission
from rules.parameters import with_overrides
from rules.society.speech import Statement
from tests.rules.stage import at, with_figures

ARD, BRV, COR, DOR = range(4)


def said(says: str, status: str, about: str | None = "DOR") -> Statement:
    """What Arden said to Dorn."""
    fields = {"id": "s", "speaker": "ARD", "says": says, "turn": 1, "until": 2, "about": about, "status": status}
    return Statement.model_validate(fields)


@pytest.mark.parametrize(
    ("says", "status", "counts"),
    [
        ("reassure", "standing", True),
        ("reassure", "kept", True),
        ("reassure", "broken", False),
        ("threaten", "standing", True),
        ("threaten", "met", True),
        ("threaten", "empty", False),
        ("threaten", "carried out", False),
        ("support", "said", False),
    ],
)
def test_whose_word_counts_as_a_pledge(says: str, status: str, counts: bool) -> None:
    """To spare, or what would end a threat; while it stands or was kept (W82)."""
    game = replace(at("1 orders 1"), statements=(said(says, status),))
    marks = pledged(game, range(4))
    assert marks[DOR, ARD] == float(counts)
    assert marks.sum() == float(counts)
    assert pledged(game, (BRV, DOR))[1, ARD] == float(counts)
    assert pledged(game, (BRV,)).tolist() == [[0.0] * 4]


def test_hope_of_being_spared() -> None:
    """(1 - h) ** e, times the belief in the word, times the discount without a pledge."""
    parameters = with_overrides({"spare_intent": 2.0, "need_pledge": 0.25})
    fear, word = np.array([0.5, 0.5, 0.0, 1.0]), np.array([0.8, 0.8, 1.0, 1.0])
    assert hopes(fear, word, np.array([0.0, 1.0, 0.0, 1.0]), parameters).tolist() == pytest.approx([0.15, 0.2, 0.75, 0.0])


@pytest.mark.parametrize("past", [0.3, 1.0])
@pytest.mark.parametrize(
    ("logic", "chance"), [("both", lambda hope, past: hope * past), ("either", lambda hope, past: 1 - (1 - hope) * (1 - past))]
)
def test_what_is_left_of_a_threat(past: float, logic: str, chance: Callable[[float, float], float]) -> None:
    """The guard is lowered by what was given in; one is spared by hopelessness and a believed word, or either of them."""
    parameters = with_overrides({"yield_exposure": 0.6, "bw_logic": logic})
    gave, hope = np.array([0.5, 0.0, 1.0]), np.array([0.4, 0.4, 1.0])
    left = appeased(np.full(3, past), gave, hope, parameters).tolist()
    assert left[0] == pytest.approx(past ** (1.0 - 0.6 * 0.5) * (1.0 - 0.5 * chance(0.4, past)))
    assert left[1] == past
    assert left[2] == pytest.approx(past ** (1.0 - 0.6) * (1.0 - chance(1.0, past)), abs=1e-12)


def test_who_gave_in_is_read_off_the_rows() -> None:
    """All rows at once, or some of them."""
    game = with_figures(at("1 orders 1"), yielded=[[0.0] * 4] * 3 + [[0.5, 0.0, 0.0, 0.0]])
    assert submission(game, range(4))[DOR, ARD] == 0.5
    assert submission(game, (DOR,)).tolist() == [[0.5, 0.0, 0.0, 0.0]]
