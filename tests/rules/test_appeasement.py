"""Giving in: whose word counts, what it is worth, and what is left of a threat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.appeasement import appeased, pledged, spared, submission
from rules.exact import Array
from rules.parameters import Setting, with_overrides
from rules.speech import Statement
from rules.state import Game
from rules.threat import Standpoint, everybody
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


def coerced(**parameters: Setting) -> tuple[Game, Standpoint]:
    """Dorn has given in to Arden by half; everybody half believes in malice, and in words by the prior."""
    game = with_figures(at("1 orders 1"), hostile=[[0.5] * 4] * 4, yielded=[[0.0] * 4] * 3 + [[0.5, 0.0, 0.0, 0.0]])
    game = replace(game, parameters=with_overrides({"spare_intent": 2.0, "need_pledge": 0.5, **parameters}))
    return game, everybody(game)


def test_belief_of_being_spared() -> None:
    """(1 - h) ** e, times the belief in the word, times the discount without a pledge."""
    game, eyes = coerced()
    word = float(spared(*coerced(spare_intent=0.0, need_pledge=0.0))[DOR, ARD])
    assert 0.0 < word < 1.0
    assert spared(game, eyes)[DOR, ARD] == pytest.approx(0.25 * word * 0.5)
    pledge = replace(game, statements=(said("reassure", "standing"),))
    assert spared(pledge, eyes)[DOR, ARD] == pytest.approx(0.25 * word)
    assert spared(pledge, eyes)[BRV, ARD] == pytest.approx(0.25 * word * 0.5)


def left(past: float, **parameters: Setting) -> Array:
    """What is left of each threat if this share of it gets past the defence."""
    game, eyes = coerced(**parameters)
    return appeased(game, eyes, np.full((4, 4), past))


@pytest.mark.parametrize("past", [0.3, 1.0])
def test_what_is_left_of_a_threat(past: float) -> None:
    """The guard is lowered by what was given in; one is spared by hopelessness and a believed word, or either of them."""
    game, eyes = coerced()
    word = float(spared(game, eyes)[DOR, ARD])
    lowered = past ** (1.0 - 0.6 * 0.5)
    both = left(past, yield_exposure=0.6, bw_logic="both")
    assert both[DOR, ARD] == pytest.approx(lowered * (1.0 - 0.5 * word * past))
    either = left(past, yield_exposure=0.6, bw_logic="either")
    assert either[DOR, ARD] == pytest.approx(lowered * (1.0 - 0.5 * (word + past - word * past)))
    assert both[BRV].tolist() == pytest.approx([past] * 4)


def test_who_gave_in_is_read_off_the_rows() -> None:
    """All rows at once, or some of them."""
    game, eyes = coerced()
    assert submission(game, eyes)[DOR, ARD] == 0.5
    one = replace(eyes, rows=(DOR,), hostile=eyes.hostile[DOR:])
    assert submission(game, one).tolist() == [[0.5, 0.0, 0.0, 0.0]]
