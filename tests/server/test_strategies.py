"""The table of strategies: in the terminal, as JSON and on the page it is the same, and every piece of evidence leads to its event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.labels.behaviour import MEANT
from rules.labels.chapters import chapters
from server.cli import main
from server.commands.logs import open_log, told
from server.debrief.page import debrief
from server.debrief.strategies import courses, meanings
from tests.server.games import log_file, telling
from tests.server.games import played as match_of

SEATS = "*=random"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log with many kinds of acts, and a terminal wide enough for its table."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    return log_file(tmp_path, "tiny", SEATS, 5)


def test_the_page_and_the_log_tell_the_same() -> None:
    """Turns told one by one give the chapters that the whole log gives."""
    _, game = match_of("tiny", SEATS, 5)
    found = courses(telling("tiny", SEATS, 5).chapters)
    assert found == courses(chapters(game.opening, game.entries))
    assert len(found) == len(game.game.atlas.countries) - 1
    assert all(len(course.cells) == game.game.moment.turn for course in found)
    page = debrief(telling("tiny", SEATS, 5))
    for course in found:
        for cell in course.cells:
            assert all(f"<summary>{label} <span" in page for label, _ in cell.labels)
    assert all(label in page for label, _, _ in meanings())


def test_json_holds_labels_and_evidence(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every label is a known one; every place is a place of the log."""
    assert main(["strategies", str(log), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    places = {item.place for item in told(open_log(log))}
    labels = [label for course in found for cell in course["cells"] for label, _ in cell["labels"]]
    proofs = [proof for course in found for cell in course["cells"] for _, given in cell["labels"] for proof in given]
    assert labels
    assert set(labels) <= set(MEANT)
    assert {proof["place"] for proof in proofs} <= places | {""}
    assert all(proof["words"] for proof in proofs)


def test_the_table_and_the_evidence_are_printed(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The definitions change what is printed."""
    assert main(["strategies", str(log), "--evidence"]) == 0
    broad = capsys.readouterr().out
    assert "What each state did towards the unipole" in broad
    assert "Brava" in broad
    assert "turn 3" in broad
    assert main(["strategies", str(log), "--balancing", "narrow", "--bandwagoning", "profit"]) == 0
    narrow = capsys.readouterr().out
    assert "Brava" in narrow
    assert not any(label in narrow for label in ("soft balancing", "bought alignment"))


def test_a_game_that_never_began_has_no_table() -> None:
    """No turns, no states."""
    assert courses([]) == []
