"""What becomes of threats and pledges of restraint: each outcome, and its edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.parameters import with_overrides
from rules.society import statements
from rules.society.rhetoric import exposed, price_at_home, record, restraint
from rules.society.speech import Statement
from rules.society.statements import answered
from rules.state import Game
from rules.vocabulary import Operation
from tests.rules.stage import at, with_figures

ISSUE = "dorn-force"
WAR = Operation(id="war", leader="ARD", target="DOR", issue=ISSUE, turn=1, status="launched")


def said(says: str, name: str = "threat", speaker: str = "ARD", about: str | None = "DOR", **fields: object) -> Statement:
    """A statement about the issue, which stood at .2."""
    plain = {"id": name, "speaker": speaker, "says": says, "turn": 1, "until": 2, "about": about, "issue": ISSUE, "start": 0.2}
    return Statement.model_validate({**plain, "status": "standing", **fields})


UP, DOWN = said("threaten", place=0.6), said("threaten", place=0.1)
GAVE_IN = said("position", "reply", "DOR", None, place=0.6, status="said")


@pytest.mark.parametrize(
    ("statement", "replies", "war", "turn", "place", "outcome"),
    [
        (UP, (), None, 1, 0.2, None),
        (UP, (), None, 2, 0.2, "empty"),
        (UP, (), WAR, 1, 0.2, "carried out"),
        (UP, (), WAR.model_copy(update={"status": "announced"}), 1, 0.2, None),
        (UP, (), WAR.model_copy(update={"target": "COR"}), 1, 0.2, None),
        (UP.model_copy(update={"turn": 2, "until": 3}), (), WAR, 2, 0.2, None),  # a war before the threat
        (UP, (GAVE_IN,), None, 1, 0.2, "met"),
        (UP, (GAVE_IN,), WAR, 1, 0.2, "broken"),
        (UP, (GAVE_IN.model_copy(update={"place": 0.7}),), None, 1, 0.2, "met"),
        (UP, (GAVE_IN.model_copy(update={"place": 0.5}),), None, 1, 0.2, None),
        (UP, (GAVE_IN.model_copy(update={"place": None}),), None, 1, 0.2, None),
        (DOWN, (GAVE_IN.model_copy(update={"place": None}),), None, 1, 0.2, "met"),  # to name no place is to name none of it
        (UP, (GAVE_IN.model_copy(update={"speaker": "COR"}),), None, 1, 0.2, None),
        (UP, (GAVE_IN.model_copy(update={"issue": "other"}),), None, 1, 0.2, None),
        (UP, (GAVE_IN.model_copy(update={"says": "demand"}),), None, 1, 0.2, None),
        (UP, (), None, 1, 0.6, "met"),
        (UP, (), None, 1, 0.59, None),
        (DOWN, (), None, 1, 0.1, "met"),
        (DOWN, (), None, 1, 0.11, None),
        (DOWN, (GAVE_IN.model_copy(update={"place": 0.05}),), None, 1, 0.2, "met"),
        (said("reassure"), (), None, 1, 0.2, None),
        (said("reassure"), (), None, 2, 0.2, "kept"),
        (said("reassure"), (), WAR, 1, 0.2, "broken"),
    ],
)
def test_what_becomes_of_what_was_said(  # a row of the table
    statement: Statement, replies: tuple[Statement, ...], war: Operation | None, turn: int, place: float, outcome: str | None
) -> None:
    """By what the speaker did, what the other said since, and where the issue stands."""
    game = with_figures(at("1 orders 1"), positions=[place])
    game = replace(game, statements=(statement, *replies), operations=(war,) if war else (), moment=replace(game.moment, turn=turn))
    found = statements.tested(game, statement)
    assert (found[0] if found else None) == outcome


def test_what_was_conceded_before_the_threat_is_no_answer_to_it() -> None:
    """Only what is said afterwards gives in."""
    game = replace(at("1 orders 1"), statements=(GAVE_IN, UP))
    assert statements.tested(game, UP) is None


def test_whom_a_position_answers() -> None:
    """Every standing threat about the speaker and the issue that asked for no more."""
    threats = (UP, said("threaten", "more", "BRV", place=0.9), said("threaten", "over", place=0.6, status="met"), said("reassure", "calm"))
    others = (said("threaten", "other", place=0.6, issue="elsewhere"), said("threaten", "later", place=0.6, turn=2))
    game = replace(at("1 orders 1"), statements=(*threats, *others, GAVE_IN))
    assert [s.id for s in answered(game, GAVE_IN)] == ["threat"]
    assert [s.id for s in answered(game, GAVE_IN.model_copy(update={"place": 1.0}))] == ["threat", "more"]
    assert [s.id for s in answered(game, GAVE_IN.model_copy(update={"turn": 2}))] == ["threat", "later"]


def settled(statement: Statement, **parameters: float) -> Game:
    """A game in which a statement was settled, with even figures."""
    even = with_figures(at("1 orders 1"), hostile=[[0.4] * 4] * 4, approval=[0.5] * 4, kept=[[1.0] * 4] * 4, broken=[[1.0] * 4] * 4)
    return replace(even, statements=(statement,), parameters=with_overrides(parameters))


@pytest.mark.parametrize(
    ("status", "field", "home"), [("met", "kept", False), ("kept", "kept", False), ("empty", "broken", True), ("broken", "broken", True)]
)
def test_what_words_do_to_a_name(status: str, field: str, home: bool) -> None:
    """Everybody else notes it; the public at home minds what was empty or broken."""
    game = settled(said("threaten", status=status, place=0.6), word_record=0.5, word_audience=0.5)
    assert [(e.field, e.at, e.value) for e in record(game, "threat")] == [(field, (row, 0), 1.5) for row in (1, 2, 3)]
    prices = price_at_home(game, "threat")
    assert bool(prices) == home
    assert all(e.at == (0,) and e.value < 0.5 for e in prices)


@pytest.mark.parametrize(
    ("says", "status", "fear"),
    [("reassure", "kept", 0.3), ("reassure", "broken", 0.55), ("threaten", "broken", 0.55), ("threaten", "carried out", None)],
)
def test_restraint_kept_or_broken(says: str, status: str, fear: float | None) -> None:
    """Fear falls by a quarter of itself, or grows by a quarter of what is left."""
    game = settled(said(says, status=status, place=0.6), restraint_step=0.25)
    found = restraint(game, "threat")
    assert [(e.field, e.at) for e in found] == ([("hostile", (3, 0))] if fear is not None else [])
    assert [e.value for e in found] == pytest.approx([fear] if fear is not None else [])


def test_a_fabrication_found_out_costs_only_where_it_costs_anything() -> None:
    """With everybody else, and once at home."""
    frame = said("frame", about="COR", status="said", fabricated=True)
    found = {(e.field, e.at): e.value for e in exposed(settled(frame, fabrication_cost=2.0), "threat")}
    assert {at: value for (field, at), value in found.items() if field == "broken"} == {(row, 0): 3.0 for row in (1, 2, 3)}
    assert found["approval", (0,)] < 0.5
    free = {(e.field, e.at): e.value for e in exposed(settled(frame, fabrication_cost=0.0), "threat")}
    assert free["approval", (0,)] == 0.5
