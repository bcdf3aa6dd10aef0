"""The days of an exercise: it rests between them and goes on, once each, unless control did otherwise; and the report counts by day."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rules.orders import CONTROL, Act, Order, Pause, Resume
from rules.wire.logbook import pack, write
from server.cli import main
from server.commands import exercise
from server.exercise.book import Book
from server.exercise.days import DAYS, BadDays, Nights, later, read_days, scheduled_ms
from tests.server.exercise.test_exercise import workbook
from tests.server.games import played
from tests.server.site import site

TWO = ("2026-11-24 09:00-17:00", "2026-11-25 9:00 – 12:00")
HOUR_MS = 3_600_000


def at(day: int, hour: int) -> int:
    """A moment of November 2026."""
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp()) * 1000


def rung(nights: Nights, name: str, act: Act) -> None:
    """An order of control comes into the log."""
    nights.add(Order(id=f"control:{name}", author=CONTROL, act=act))


def test_days_are_read_in_words() -> None:
    """Both dashes, an hour of one digit; a day may end after midnight."""
    assert [(day.begins_ms, day.ends_ms) for day in read_days(TWO)] == [(at(24, 9), at(24, 17)), (at(25, 9), at(25, 12))]
    (late,) = read_days(["2026-11-24 20:00-02:00"])
    assert late.ends_ms == at(25, 2)


@pytest.mark.parametrize(
    "days",
    [["tomorrow"], ["2026-11-24 9-17"], ["2026-11-31 09:00-10:00"], ["2026-11-24 09:00-24:30"], [TWO[1], TWO[0]], [TWO[0]] * 2],
)
def test_days_that_cannot_be_are_refused_in_words(days: list[str]) -> None:
    """No day, no such day, or one before the other ends."""
    with pytest.raises(BadDays, match="Write days one after the other"):
        read_days(days)


def test_the_game_rests_in_the_evening_and_goes_on_in_the_morning() -> None:
    """Nothing before the first day, and no day is begun that nobody ended."""
    nights = Nights(read_days(TWO))
    assert nights.due(at(24, 8), "running") is None
    assert nights.due(at(24, 10), "paused") is None
    assert nights.due(at(24, 10), "running") is None
    evening = nights.due(at(24, 18), "running")
    assert evening is not None
    assert (evening.verb, evening.reason) == ("pause", "end of day 1")
    assert nights.due(at(24, 18), "lobby") is None
    rung(nights, f"{evening.id}:cell.1a2b", Pause(reason=evening.reason))
    assert nights.due(at(24, 19), "paused") is None
    morning = nights.due(at(25, 9), "paused")
    assert morning is not None
    assert morning.verb == "resume"
    rung(nights, morning.id, Resume())
    assert nights.due(at(25, 10), "running") is None
    last = nights.due(at(26, 3), "running")
    assert last is not None
    assert last.reason == "end of day 2"


def test_what_control_does_by_hand_has_the_last_word() -> None:
    """Who plays on at night is not stopped again, and a pause of another reason is not ended in the morning."""
    nights = Nights(read_days(TWO))
    rung(nights, "day-1-ends", Pause(reason="end of day 1"))
    rung(nights, "x", Resume())
    assert nights.due(at(24, 18), "running") is None
    rung(nights, "y", Pause(reason="a quarrel"))
    assert nights.due(at(25, 9), "paused") is None
    rung(nights, "day-11-ends", Pause(reason="a name that begins alike"))
    assert nights.due(at(25, 9), "paused") is None


def test_a_day_that_nobody_followed_is_made_up_for() -> None:
    """Whoever rested on the first evening goes on on the third day, if the list was not followed on the second."""
    nights = Nights(read_days([*TWO, "2026-11-26 09:00-17:00"]))
    rung(nights, "day-1-ends", Pause(reason="end of day 1"))
    morning = nights.due(at(26, 10), "paused")
    assert morning is not None
    assert (morning.verb, morning.reason) == ("resume", "day 3 begins")


@given(start=st.integers(0, 60), first=st.integers(0, 30 * HOUR_MS), second=st.integers(0, 30 * HOUR_MS))
def test_time_is_played_by_day_only(start: int, first: int, second: int) -> None:
    """In two portions as in one; never backwards; never at night, unless all days are over."""
    days = read_days(TWO)
    begin = at(24, 0) + start * HOUR_MS
    end = later(days, begin, first + second)
    assert later(days, later(days, begin, first), second) == end >= begin + first + second
    assert any(day.begins_ms <= end <= day.ends_ms for day in days) or end >= days[-1].ends_ms


def test_a_rehearsal_leaves_out_the_nights() -> None:
    """The same game takes longer by the night between two short days, and no entry is of the night."""
    match = played("tiny")[1]
    plain = scheduled_ms(match.entries, match.opening, at(24, 9))
    minutes = (plain[-1] - plain[0]) // 120_000
    days = read_days([f"2026-11-24 09:00-09:{minutes:02}", "2026-11-25 09:00-17:00"])
    rested = scheduled_ms(match.entries, match.opening, at(24, 9), days)
    assert rested[-1] - plain[-1] == days[1].begins_ms - days[0].ends_ms
    assert not [ms for ms in rested if days[0].ends_ms < ms < days[1].begins_ms]


def test_a_session_rests_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a server: paused as the day ends, once; taken up by hand it plays on."""
    book, days = Book(workbook(tmp_path / "events.xlsx")), read_days(TWO)
    monkeypatch.setattr("server.commands.exercise.time.time", lambda: at(24, 18) / 1000)

    async def scene() -> None:
        async with site() as place:
            await place.open()
            shown, umpire = io.StringIO(), place.tokens["umpire"]
            for _ in range(2):
                await exercise._followed(book, place.session, place.address.url, umpire, Console(file=shown), once=True, days=days)
            assert shown.getvalue().count("end of day 1: the game rests") == 1
            await place.ask("POST", f"/api/sessions/{place.session}/control", token=umpire, body={"act": "resume"})
            await exercise._followed(book, place.session, place.address.url, umpire, Console(file=shown), once=True, days=days)
            log = (await place.ask("GET", f"/api/sessions/{place.session}/log", token=umpire)).body
            assert (log.count('"paused"'), log.count('"resumed"')) == (1, 1)

    asyncio.run(scene())


def test_the_report_counts_by_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Turns, events and answers of each day, nothing after the end; days that cannot be are refused when the plan is frozen."""
    events, out, plan = workbook(tmp_path / "events.xlsx"), tmp_path / "out.xlsx", tmp_path / "plan.toml"
    head, match = played("tiny")
    opened = [n for n, entry in enumerate(match.entries) if any(e.kind == "step-opened" and e.phase == "briefing" for e in entry.events)]
    times = [at(24, 10) if number < opened[1] else at(24, 16) if number < opened[2] else at(25, 9) for number in range(len(match.entries))]
    log = tmp_path / "tiny.jsonl"
    log.write_text("".join(f"{line}\n" for line in write(head, zip(map(pack, match.entries), times, strict=True))))
    plan.write_text('scenario = "tiny"\nevents = "events.xlsx"\ndays = ["soon"]\n')
    assert main(["exercise", "freeze", str(plan)]) == 2
    assert "'soon' is no day" in capsys.readouterr().err
    plan.write_text(f'scenario = "tiny"\nevents = "events.xlsx"\ndays = {[*TWO, "2026-11-26 09:00-17:00"]}\n')
    assert main(["exercise", "freeze", str(plan)]) == 1  # an event of the list is blocked
    frozen, talk = tmp_path / "plan.frozen.json", tmp_path / "talk.jsonl"
    asked = {"kind": "said", "id": "1", "author": "ARD", "asks": "ruling", "addressee": "", "text": "May we?"}
    talk.write_text(json.dumps({"at_ms": at(25, 10), "word": asked}) + "\n")
    assert main(["exercise", "report", str(events), str(log), "--out", str(out), "--plan", str(frozen), "--talk", str(talk)]) == 0
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["Days"].rows]
    assert rows[0] == [column.name for column in DAYS.columns]
    assert [(row[1], row[3], *row[6:]) for row in rows[1:]] == [
        ("2026-11-24 09:00:00", "1 to 2", 0, 0), ("2026-11-25 09:00:00", "2 to 3", 1, 1), ("2026-11-26 09:00:00", None, 0, 0),
    ]  # fmt: skip
    assert main(["exercise", "rehearse", str(events), "tiny", "--games", "0", "--plan", str(frozen)]) == 1
