"""An events list: no cell of it is lost, every event is fired, never or blocked, and control sends each once."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pytest
from openpyxl.comments import Comment
from rich.console import Console

from client.sdk.errors import LobbyRefused
from client.sdk.lobby import Lobby
from rules.decide import decide
from rules.orders import CONTROL, Done, Order, Undo
from rules.sequence import Recorded
from server.cli import main
from server.commands.exercise import _followed
from server.commands.misuse import Misuse
from server.exercise.book import BadBook, Book, Row
from server.exercise.course import Came, Course, planned
from server.exercise.days import scheduled_ms
from server.exercise.plan import BadPlan, read_frozen, require_same
from server.exercise.triggers import AtClock, AtStep, BadTrigger, Happened, If, read
from tests.server.games import log_file, played
from tests.server.site import site

HEAD = ["No", "Real time", "To", "Inject", "Expected action", "Objective", "Controller", "Status", "Trigger", "Room"]
NINE_THIRTY = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
EVENTS: tuple[tuple[object, ...], ...] = (
    (1, None, "all", "Refugees cross.", "a statement", "O1", "Anna", "ready", "turn 1", "B12"),
    (2, None, "ARD", "A letter.", None, "O1", None, None, "turn 2 negotiation", "=A3*2"),
    (3, NINE_THIRTY, None, "By the clock.", None, None, None, None, None, 1.5),
    (4, None, None, "Nothing was signed.", None, None, None, None, "not happened commitment-made by turn 1", None),
    (5, None, None, "Signed.", None, None, None, None, "happened commitment-made", None),
    (6, None, "ZZZ", "To nobody.", None, None, None, None, "turn 2", None),
    (7, None, None, "Held back.", None, None, None, "hold", "turn 2", None),
    (8, None, None, "Dorn breaks its word fifty times.", None, None, None, None, "if DOR: breaches(self) > 50", None),
)


def workbook(path: Path) -> Path:
    """A director's list, with a title above, a comment, a formula and a sheet that is no business of ours."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Exercise CORIN"])
    sheet.append(HEAD)
    for row in EVENTS:
        sheet.append(list(row))
    sheet["D3"].comment = Comment("read aloud", "director")
    book.create_sheet("Contacts").append(["007", "=1+1"])
    book.save(path)
    return path


def cells(path: Path) -> dict[tuple[str, str], Any]:
    """Every cell of a workbook with what stands in it and beside it."""
    book = openpyxl.load_workbook(path)
    filled = [(sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return {(title, cell.coordinate): (cell.value, cell.number_format, cell.comment and cell.comment.text) for title, cell in filled}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("turn 3", AtStep), ("As Turn 3 orders", AtStep), ("at 9:30", AtClock), ("at 2026-11-24 14:30", AtClock),
        ("if FRA: breaches(self) >= 1", If), ("happened roll-call adopted=true", Happened), ("not happened roll-call by turn 3", Happened),
    ],
)  # fmt: skip
def test_triggers_that_can_be_read(text: str, kind: type) -> None:
    """Every form of the language."""
    assert type(read(text)) is kind


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "turn", "turn 3 lunch", "at 25:00", "at 2026-13-40 10:00", "if FRA: hope(self)", "happened luck",
        "not happened roll-call", "happened roll-call by turn 2", "happened roll-call colour=red",
    ],
)  # fmt: skip
def test_triggers_that_cannot_are_refused_in_words(text: str) -> None:
    """With what would do."""
    with pytest.raises(BadTrigger, match=r"\w+ \w+ \w+"):
        read(text)


def test_no_cell_is_lost(tmp_path: Path) -> None:
    """Import and export, twice: values, formulas, formats, comments, sheets; ours stand beside them once."""
    first = workbook(tmp_path / "events.xlsx")
    for turn in range(2):
        book = Book(first if turn == 0 else tmp_path / "0.xlsx")
        book.add_columns(("Outcome",), {row.at: ("=cmd()",) for row in book.rows})
        book.mark("EXERCISE")
        book.save(tmp_path / f"{turn}.xlsx")
        after = cells(tmp_path / f"{turn}.xlsx")
        assert cells(first).items() <= after.items()
        assert len(after) == len(cells(first)) + 1 + len(EVENTS)
        assert after["Sheet", "K3"][0] == "'=cmd()"
    assert openpyxl.load_workbook(tmp_path / "1.xlsx").active.oddFooter.center.text == "EXERCISE"


def test_books_that_cannot_be_used(tmp_path: Path) -> None:
    """No workbook, no headings, a number twice, a number that is none."""
    (tmp_path / "text.xlsx").write_text("no workbook")
    heads = ["No", "Text"]
    sheets: dict[str, list[list[Any]]] = {"bare": [["a", "b"]], "twice": [heads, [1, "x"], [1, "y"]], "odd": [heads, ["one two", "x"]]}
    for name, rows in sheets.items():
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / f"{name}.xlsx")
    for name in ("absent", "text", *sheets):
        with pytest.raises(BadBook, match=name):
            Book(tmp_path / f"{name}.xlsx")


def fates(rows: tuple[Row, ...], *, sent: bool) -> dict[str, Came]:
    """What became of each event in a game of bots that began at nine."""
    match = played("tiny")[1]
    course = Course(rows, match.opening)
    start_ms = int(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp()) * 1000
    for entry, at_ms in zip(match.entries, scheduled_ms(match.entries, match.opening, start_ms), strict=True):
        course.add(entry, at_ms)
    return {came.row.number: came for came in course.found(sent=sent)}


def test_every_event_is_fired_never_or_blocked(tmp_path: Path) -> None:
    """As its trigger says; and of a game in which control sent nothing, none is said to have come."""
    rows = Book(workbook(tmp_path / "events.xlsx")).rows
    found = fates(rows, sent=False)
    expected = {"1": "fired", "2": "fired", "3": "fired", "4": "never", "5": "fired", "6": "blocked", "7": "blocked", "8": "never"}
    assert {number: came.fate for number, came in found.items()} == expected
    assert (found["2"].turn, found["2"].phase) == (2, "negotiation")
    assert "ZZZ" in found["6"].why
    assert {came.fate for came in fates(rows, sent=True).values()} == {"never", "blocked"}


def test_what_is_undone_has_not_come() -> None:
    """It is due again in the new branch, under another id, so that it is sent again."""
    match = played("tiny")[1]
    row = Row(1, {"number": "1", "text": "News.", "trigger": "turn 1 orders"})
    course = Course([row], match.opening)
    opened = next(k for k, e in enumerate(match.entries) if any(x.kind == "step-opened" and x.phase == "orders" for x in e.events))
    for entry in match.entries[: opened + 1]:
        course.add(entry, 1)
    (event,) = course.look(1)
    course.add(Recorded(event.order(0), ()), 2)
    assert (course.look(2), course.found()[0].fate) == ((), "fired")
    undo = Order(id="control:u", author=CONTROL, act=Undo(turn=1, phase="negotiation", reason="again"))
    course.add(Recorded(undo, decide(course.game, undo)), 3)
    assert (course.look(3), course.found()[0].fate) == ((), "waiting")
    assert event.order(0).id != planned(row, match.opening).order(1).id


def refusing(status: int) -> Callable[..., NoReturn]:
    """A log that is refused."""

    def refused(*_: object) -> NoReturn:
        raise LobbyRefused(status, "log/unavailable", "", "Send the same again.")

    return refused


def test_control_sends_each_event_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a server: looked at twice, it is sent once; and only control may."""
    book = Book(workbook(tmp_path / "events.xlsx"))

    async def scene() -> None:
        async with site() as place:
            await place.open()
            shown = io.StringIO()

            async def look(token: str) -> dict[str, Came]:
                found = await _followed(book, place.session, place.address.url, token, Console(file=shown), once=True)
                return {came.row.number: came for came in found}

            with pytest.raises(LobbyRefused):
                await look(place.tokens["ARD"])
            with monkeypatch.context() as busy:
                busy.setattr(Lobby, "log", refusing(503))
                with pytest.raises(Misuse, match="gives no answer"):  # which goes on by itself when it is not only to look once
                    await look(place.tokens["umpire"])
            await look(place.tokens["umpire"])
            found = await look(place.tokens["umpire"])
            assert (found["1"].fate, found["2"].fate) == ("fired", "waiting")
            assert shown.getvalue().count("event 1 sent to everybody") == 1
            log = (await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["umpire"])).body
            assert log.count("Refugees cross.") == 2  # the order and its event

    asyncio.run(scene())


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rehearse with code 1 for what is blocked, report with all sheets, and words for what cannot be."""
    monkeypatch.setenv("COLUMNS", "200")
    events, out = workbook(tmp_path / "events.xlsx"), tmp_path / "out.xlsx"
    assert main(["exercise", "rehearse", str(events), "tiny", "--games", "2", "--start", "2026-11-24T09:00", "--out", str(out)]) == 1
    assert "blocked: 2" in capsys.readouterr().out
    assert cells(events).items() <= cells(out).items()
    assert main(["exercise", "rehearse", str(events), "tiny", "--games", "0"]) == 1
    log = log_file(tmp_path, "tiny")
    assert main(["exercise", "report", str(events), str(log), "--out", str(out), "--banner", "TOP SECRET & FICTION"]) == 0
    found = openpyxl.load_workbook(out)
    assert set(found.sheetnames) >= {"Objectives", "Commitments", "Votes", "Overrides", "Corrective actions"}
    assert cells(events).items() <= cells(out).items()
    assert main(["exercise", "report", str(tmp_path / "none.xlsx"), "x"]) == 2
    monkeypatch.delenv("UNIPOLE_CONTROL_TOKEN", raising=False)
    assert main(["exercise", "follow", str(events), "nobody"]) == 2
    assert "UNIPOLE_CONTROL_TOKEN" in capsys.readouterr().err


def test_an_answer_is_the_first_act_of_whom_an_event_went_to() -> None:
    """Not of another seat, and being done is none."""
    match = played("tiny")[1]
    row = Row(1, {"number": "1", "text": "News.", "to": "BRV", "trigger": "turn 1"})
    course = Course([row], match.opening)
    course.add(match.entries[0], 1_000)
    (event,) = course.look(1_000)
    course.add(Recorded(event.order(0), ()), 2_000)
    acts = [entry for entry in match.entries[1:] if entry.order.author in match.opening.atlas.countries]
    mine = next(entry for entry in acts if entry.order.author == "BRV" and entry.order.act.kind != "done")
    other = next(entry for entry in acts if entry.order.author != "BRV")
    done = replace(mine, order=mine.order.model_copy(update={"act": Done()}), events=())
    for at_ms, entry in ((3_000, other), (4_000, done), (5_000, mine)):
        course.add(replace(entry, events=()), at_ms)
    (came,) = course.found()
    assert (came.answered_by, came.answered_ms) == ("BRV", 5_000)


def test_a_frozen_plan_is_refused_once_anything_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list, or the frozen file itself; unknown posts are refused before; the report prints the hash, and requests with their times."""
    workbook(tmp_path / "events.xlsx")
    plan, frozen = tmp_path / "plan.toml", tmp_path / "plan.frozen.json"
    plan.write_text('scenario = "tiny"\nevents = "events.xlsx"\ncritical = ["ARD", "king"]\n')
    assert main(["exercise", "freeze", str(plan)]) == 2
    assert "king" in capsys.readouterr().err
    plan.write_text('scenario = "tiny"\nevents = "events.xlsx"\ncritical = ["ARD", "controller-ARD", "adjudicator"]\n')
    assert main(["exercise", "freeze", str(plan)]) in (0, 1)
    found = read_frozen(frozen)
    require_same(found, tmp_path)
    with (tmp_path / "events.xlsx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BadPlan, match="the events list"):
        require_same(found, tmp_path)
    assert main(["exercise", "open", str(frozen)]) == 2
    log, talk, out = log_file(tmp_path, "tiny"), tmp_path / "talk.jsonl", tmp_path / "out.xlsx"
    asked = {"kind": "said", "id": "1", "author": "ARD", "asks": "ruling", "addressee": "", "text": "May we?"}
    ruled = {"kind": "ruled", "message": "ARD:1", "passes": True, "reason": "You may.", "told": "asker", "by": "cell.ab"}
    noted = {"kind": "said", "id": "2", "author": "evaluator", "asks": "note", "about": "O1", "text": "Nobody spoke."}
    said = ((1000, asked), (61_000, ruled), (86_400_000, noted))
    talk.write_text("".join(json.dumps({"at_ms": at, "word": word}) + "\n" for at, word in said))
    workbook(tmp_path / "events.xlsx")
    command = ["exercise", "report", str(tmp_path / "events.xlsx"), str(log), "--out", str(out)]
    assert main([*command, "--plan", str(frozen), "--talk", str(talk)]) == 0
    assert found.hash in capsys.readouterr().out.replace("\n", "")
    book = openpyxl.load_workbook(out)
    assert [row[-1].value for row in book["Requests"].rows][1:] == [60]
    assert [row[1].value for row in book["Plan"].rows][1] == found.hash
    assert [cell.value for cell in list(book["Notes"].rows)[1]] == ["1970-01-02", "00:00:00", "evaluator", "O1", "Nobody spoke."]
    frozen.write_text(frozen.read_text().replace('"bots": false', '"bots": true'))
    with pytest.raises(BadPlan, match="changed after it was frozen"):
        read_frozen(frozen)
