"""Findings: the built-in cases are fit for a class, and each planted weakness is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import load, names
from scenarios.check import Finding, check, lesson_minutes
from tests.scenarios.folders import MAIN, copy_of_tiny, edit

PLANTED: dict[str, tuple[str, str, str, str, str]] = {
    # what is planted: (old, new, level, where, part of the sentence)
    "a seat that contradicts the council": ('council = "permanent"', 'council = "none"', "error", "seat[ARD].council", "'permanent'"),
    "a lesson that does not fit": ("seconds = 180", "seconds = 900", "error", "schedule", "the lesson has 45"),
    "a weaker unipole": ('unipole = "ARD"', 'unipole = "BRV"', "error", "scenario.unipole", "ARD has more power"),
    "no unipole": ("milex = { value = 8,", "milex = { value = 35,", "warning", "scenario.unipole", "bipolar"),
    "a source for nothing": ("[[country]]", '[sources.idle]\ntitle = "a"\npublisher = "b"\nyear = 1999\n\n[[country]]', "warning",
                             "sources.idle", "Nothing names"),
    "hindsight": ('year = 2000', 'year = 2010', "warning", "sources.invented.year", "could not"),
    "half the council": ("threshold = 3", "threshold = 2", "warning", "council[four].threshold", "no majority"),
    "a turn without news": ("turn = 2\ntext", "turn = 1\ntext", "warning", "news", "Turn 2"),
}


def _found(folder: Path) -> list[Finding]:
    return check(load(folder))


CONTROLS = ("cold-war-bipolar",)  # made to have two poles, which the check is right to say


@pytest.mark.parametrize("name", names())
def test_built_in_scenarios_are_fit_for_a_class(name: str) -> None:
    """No error and no warning, and the three notes that a teacher wants."""
    found = check(load(name))
    remarks = [f.sentence for f in found if f.level != "note"]
    if name in CONTROLS:
        assert len(remarks) == 1
        assert "bipolar, not unipolar" in remarks[0]
        return
    assert remarks == []
    assert [f.where for f in found] == ["schedule", "scenario.unipole", "country"]
    assert "unipolar" in found[1].sentence


def test_the_lesson_on_iraq_fits_ninety_minutes() -> None:
    """Six turns of eleven minutes, with room for the opening and the debrief."""
    data = load("iraq-2003").data
    assert data.scenario.minutes == 90
    assert lesson_minutes(data) == 67.0


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_weakness_is_found(planted: str, tmp_path: Path) -> None:
    """Each gives a finding of its level at its place."""
    old, new, level, where, sentence = PLANTED[planted]
    folder = copy_of_tiny(tmp_path)
    edit(folder, old, new)
    found = _found(folder)
    assert any((f.level, f.where) == (level, where) and sentence in f.sentence for f in found), found
    assert [f.level for f in found] == sorted((f.level for f in found), key=["error", "warning", "note"].index)


def test_an_empty_sheet_is_found(tmp_path: Path) -> None:
    """A player with nothing to read is an error."""
    folder = copy_of_tiny(tmp_path)
    (folder / "seats/COR.md").write_text("\n")
    assert ("error", "seats/COR.md") in {(f.level, f.where) for f in _found(folder)}


def test_a_sheet_that_takes_too_long_is_found(tmp_path: Path) -> None:
    """A thousand words are five minutes."""
    folder = copy_of_tiny(tmp_path)
    (folder / "seats/COR.md").write_text("word " * 1000)
    assert any(f.where == "seats/COR.md" and "minutes to read" in f.sentence for f in _found(folder))


def test_a_sheet_that_nobody_reads_is_found(tmp_path: Path) -> None:
    """A file beside the sheets that no seat names is probably mistyped."""
    folder = copy_of_tiny(tmp_path)
    (folder / "seats/ZZZ.md").write_text("lost")
    assert any((f.level, f.where) == ("warning", "seats/ZZZ.md") for f in _found(folder))


def test_a_country_without_a_seat_and_a_seat_without_objectives_are_found(tmp_path: Path) -> None:
    """Both load, so that an unfinished case can be looked at, and both are errors."""
    folder = copy_of_tiny(tmp_path)
    text = (folder / MAIN).read_text()
    head, last = text.rsplit("[[seat]]", 1)
    cut = head[: head.rindex("objectives = [")] + head[head.rindex("]\npublic") + 2 :]
    assert 'country = "DOR"' in last
    (folder / MAIN).write_text(cut)
    errors = {f.where for f in _found(folder) if f.level == "error"}
    assert errors == {"country[DOR]", "seat[COR].objectives"}
