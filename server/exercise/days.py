"""The days of an exercise: the game rests between them, and the report tells what came on each.  Times are UTC, as in the events list.

What rests and goes on is sent as control, each under an id of its own, so that it is sent once however often it is looked at.
A pause or a resumption by hand has the last word: only a night's rest is ended in the morning, and no evening is ended twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from rules import events as ev
from rules.evolve import evolve
from rules.orders import Order
from rules.sequence import Recorded
from rules.state import Game, Status
from server.exercise.course import Came
from server.exercise.stamps import stamp
from server.records.making import Source
from server.records.tables import Column, Design, Table, Value, filled
from server.settings import SECOND_MS

DAYS = Design(
    "days",
    "day of the exercise",
    (
        Column("day", "whole", "number"),
        Column("begins", "text", "when, UTC"),
        Column("ends", "text", "when, UTC"),
        Column("turns", "text", "turns that were open on it"),
        Column("events", "whole", "events of the list that came"),
        Column("answered", "whole", "of these, those after which a seat that they went to acted"),
        Column("requests", "whole", "requests to the white cell; none are known without the log of talk"),
        Column("waiting", "whole", "of these, those that wait still"),
    ),
)
FORM = r"(\d{4}-\d\d-\d\d) (\d{1,2}:\d\d) ?[-–] ?(\d{1,2}:\d\d)"
REMEDY = "Write days one after the other, as 2026-11-24 09:00-17:00, UTC."


class BadDays(ValueError):
    """Days that cannot be; the text says which and what would do."""


@dataclass(frozen=True, slots=True)
class Day:
    """From a time to a time, ms since 1970."""

    number: int
    begins_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class Bell:
    """What control does as a day begins or ends; ``id`` names it for good."""

    id: str
    verb: Literal["pause", "resume"]
    reason: str


def read_days(texts: Iterable[str]) -> tuple[Day, ...]:
    """Days in words; one that ends before it begins ends on the morrow.  Raises BadDays."""
    days: list[Day] = []
    for number, text in enumerate(texts, start=1):
        match = re.fullmatch(FORM, " ".join(text.split()))
        try:
            begins, ends = (
                (datetime.fromisoformat(f"{match[1]}T{match[k].zfill(5)}").replace(tzinfo=UTC) for k in (2, 3)) if match else (None, None)
            )
        except ValueError:
            begins, ends = None, None
        if begins is None or ends is None:
            raise BadDays(f"{text!r} is no day. {REMEDY}")
        ends += timedelta(days=ends <= begins)
        if days and _ms(begins) < days[-1].ends_ms:
            raise BadDays(f"{text!r} begins before the day before it ends. {REMEDY}")
        days.append(Day(number, _ms(begins), _ms(ends)))
    return tuple(days)


class Nights:
    """The rests of one game, as far as its log was read."""

    def __init__(self, days: Sequence[Day]) -> None:
        self._days = days
        self._rung: set[str] = set()
        self._last = ""

    def add(self, order: Order) -> None:
        """Take the next order of the log."""
        if order.act.kind in ("pause", "resume"):
            self._last = order.id
            self._rung.update(bell.id for day in self._days for bell in (_evening(day), _morning(day)) if _is(order.id, bell))

    def due(self, at_ms: int, status: Status) -> Bell | None:
        """What is to be done now, if anything."""
        passed = [day for day in self._days if day.begins_ms <= at_ms]
        if not passed:
            return None
        day = passed[-1]
        if at_ms >= day.ends_ms:
            return _evening(day) if status == "running" and _evening(day).id not in self._rung else None
        rests = status == "paused" and any(_is(self._last, _evening(earlier)) for earlier in passed[:-1])
        return _morning(day) if rests else None


def later(days: Sequence[Day], at_ms: int, lasting_ms: int) -> int:
    """The time at which so much time was played since another; after the last day it runs on."""
    for day in days:
        at_ms = max(at_ms, day.begins_ms)
        left_ms = max(day.ends_ms - at_ms, 0)
        if lasting_ms < left_ms:
            return at_ms + lasting_ms
        lasting_ms, at_ms = lasting_ms - left_ms, max(at_ms, day.ends_ms)
    return at_ms + lasting_ms


def scheduled_ms(entries: Sequence[Recorded], opening: Game, start_ms: int, days: Sequence[Day] = ()) -> list[int]:
    """When each entry of a game of bots would be written if every step took its whole time."""
    game, at_ms, found = opening, start_ms, []
    seconds = {item.phase: item.seconds for item in opening.atlas.schedule}
    for entry in entries:
        if any(isinstance(event, ev.StepOpened) for event in entry.events) and game.moment.turn:
            at_ms = later(days, at_ms, seconds[game.moment.phase] * SECOND_MS)
        found.append(at_ms)
        for event in entry.events:
            game = evolve(game, event)
    return found


def by_day(days: Sequence[Day], source: Source, found: Sequence[Came], asked: Table | None) -> Table:
    """What came on each day.  ``asked``: the requests to the white cell, if their log is at hand."""
    return filled(DAYS, (_row(day, source, found, asked) for day in days))


def _row(day: Day, source: Source, found: Sequence[Came], asked: Table | None) -> Sequence[Value]:
    came = [event for event in found if event.fate == "fired" and event.at_ms is not None and day.begins_ms <= event.at_ms < day.ends_ms]
    turns = sorted(_turns(day, source))
    span = "" if not turns else f"{turns[0]}" if len(turns) == 1 else f"{turns[0]} to {turns[-1]}"
    mine = [row for row in (asked.rows if asked else ()) if stamp(day.begins_ms) <= str(row[0]) < stamp(day.ends_ms)]
    outcome = asked.names.index("outcome") if asked else 0
    waiting = len([row for row in mine if row[outcome] == "waiting"])
    counted = (len(came), len([event for event in came if event.answered_by]))
    return (
        day.number,
        stamp(day.begins_ms),
        stamp(day.ends_ms),
        span or None,
        *counted,
        len(mine) if asked else None,
        waiting if asked else None,
    )


def _turns(day: Day, source: Source) -> set[int]:
    """Those open on a day: those that began on it, and the one that was open as it began."""
    opened = [(at_ms, turn) for at_ms, turn in _openings(source) if at_ms < day.ends_ms]
    before = [turn for at_ms, turn in opened if at_ms < day.begins_ms][-1:]
    return {turn for turn in (*before, *(turn for at_ms, turn in opened if at_ms >= day.begins_ms)) if turn}


def _openings(source: Source) -> list[tuple[int, int]]:
    """When which turn was opened, or a step of it; the end of the game opens none, which is 0."""
    told = [(at_ms, event) for entry, at_ms in zip(source.entries, source.times_ms, strict=True) for event in entry.events]
    marks = [(at_ms, event) for at_ms, event in told if isinstance(event, ev.StepOpened | ev.Ended)]
    return [(at_ms, event.turn if isinstance(event, ev.StepOpened) else 0) for at_ms, event in marks]


def _evening(day: Day) -> Bell:
    return Bell(f"day-{day.number}-ends", "pause", f"end of day {day.number}")


def _morning(day: Day) -> Bell:
    return Bell(f"day-{day.number}-begins", "resume", f"day {day.number} begins")


def _is(order_id: str, bell: Bell) -> bool:
    """Whether an order is this bell, whoever of control's devices sent it."""
    return order_id == f"control:{bell.id}" or order_id.startswith(f"control:{bell.id}:")


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * SECOND_MS
