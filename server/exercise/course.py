"""How an events list fares in a game: which events came, when, who acted on them, and which never came or could not.

A log is gone through once; as each step opens, the triggers of events that have not come are asked.  Control has the last word: an event
that it has sent stands in the log under an id of its own, which a program that is started again finds there.  Undoing takes back what came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rules import events as ev
from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve
from rules.orders import CONTROL, Inject, Order
from rules.sequence import Recorded
from rules.standing import Standing
from rules.state import Game
from server.exercise.book import Row
from server.exercise.triggers import BadTrigger, Happened, Now, Trigger, fits, is_due, read

Fate = Literal["fired", "due", "waiting", "never", "blocked"]
"""``due``: its time has come and control has not sent it yet."""
HELD = ("hold", "held", "cancelled", "canceled", "off", "отменено", "задержано")
EVERYBODY = ("", "all", "everybody", "public", "все", "всем")
REASON = "events list, number {number}"
ID = "control:event-{number}-b{branch}"


@dataclass(frozen=True, slots=True)
class Planned:
    """An event that can be sent."""

    row: Row
    trigger: Trigger
    to: tuple[str, ...]

    def order(self, branch: int) -> Order:
        """What control sends: the same however often it is made."""
        reason = REASON.format(number=self.row.number)
        act = Inject(text=self.row["text"], to=self.to, reason=reason)
        return Order(id=ID.format(number=self.row.number, branch=branch), author=CONTROL, act=act)


@dataclass(frozen=True, slots=True)
class Came:
    """What became of an event: when it came, and the first act of a seat that it went to after that."""

    row: Row
    fate: Fate
    why: str = ""
    turn: int | None = None
    phase: str = ""
    at_ms: int | None = None
    answered_by: str = ""
    answer: str = ""
    answered_ms: int | None = None


def planned(row: Row, opening: Game) -> Planned:
    """A row as an event.

    Raises:
        BadTrigger: it can never be sent; the text says why.
    """
    if row["status"].lower() in HELD:
        raise BadTrigger(f"Its status is {row['status']}.")
    trigger = read(_when(row))
    fits(trigger, opening)
    to = () if row["to"].lower() in EVERYBODY else tuple(dict.fromkeys(re.split(r"[\s,;/]+", row["to"].upper())))
    event = Planned(row, trigger, to)
    try:
        event.order(0)
    except ValueError:
        raise BadTrigger("A text has 1 to 2,000 characters, and addressees are codes of states, such as FRA, GER.") from None
    for country in to:
        if country not in opening.atlas.countries:
            raise BadTrigger(f"There is no state {country} to send it to; there are {', '.join(opening.atlas.countries)}.")
    return event


def _when(row: Row) -> str:
    """The trigger, else the time in the scenario, else the real one."""
    real = row["real time"][:16]
    return row["trigger"] or row["scenario time"] or (f"at {real}" if real else "")


class Course:
    """A list in one game, as far as its log was read."""

    def __init__(self, rows: Iterable[Row], opening: Game) -> None:
        self.game = opening
        self._found: dict[str, Came] = {}
        self._events: dict[str, Planned] = {}
        self._asked: dict[Happened, bool] = {}
        self._began_ms: int | None = None
        for row in rows:
            try:
                self._events[row.number] = planned(row, opening)
                self._found[row.number] = Came(row, "waiting")
            except BadTrigger as error:
                self._found[row.number] = Came(row, "blocked", str(error))
        self._standing = Standing((dict(self._found), dict(self._asked)))

    def add(self, entry: Recorded, at_ms: int) -> None:
        """Take the next entry of the log, with its time (ms since 1970)."""
        self._began_ms = at_ms if self._began_ms is None else self._began_ms
        number = _number_of(entry.order)
        for event in entry.events:
            found, asked_for = self._standing.after(event, (dict(self._found), dict(self._asked)))
            self._found, self._asked = dict(found), dict(asked_for)
            self.game = evolve(self.game, event)
            for asked in self._questions():
                self._asked[asked] = self._asked.get(asked, False) or asked.fits(event)
            if isinstance(event, ev.StepOpened):
                self.look(at_ms)
        if number in self._events:
            moment = self.game.moment
            self._found[number] = replace(self._found[number], fate="fired", why="", turn=moment.turn, phase=moment.phase, at_ms=at_ms)
        elif entry.order.author in self.game.atlas.countries and entry.order.act.kind != "done":
            self._answered(entry.order, at_ms)

    def look(self, at_ms: int) -> tuple[Planned, ...]:
        """Ask the triggers of what has not come; all that is due now and not sent."""
        if self.game.moment.status in ("running", "paused"):
            now = Now(self.game, lambda asked: self._asked.get(asked, False), self._began_ms or at_ms, at_ms)
            for number, event in self._events.items():
                if self._found[number].fate == "waiting" and is_due(event.trigger, now):
                    self._found[number] = self._due(event, at_ms)
        return tuple(self._events[number] for number, came in self._found.items() if came.fate == "due")

    def _due(self, event: Planned, at_ms: int) -> Came:
        moment = self.game.moment
        try:
            decide(self.game, event.order(moment.branch))
        except Refused as refused:
            return Came(event.row, "blocked", refused.sentence, moment.turn, moment.phase, at_ms)
        return Came(event.row, "due", "", moment.turn, moment.phase, at_ms)

    def _answered(self, order: Order, at_ms: int) -> None:
        for number, came in self._found.items():
            if came.fate == "fired" and not came.answered_by and order.author in (self._events[number].to or (order.author,)):
                self._found[number] = replace(came, answered_by=order.author, answer=order.act.kind, answered_ms=at_ms)

    def _questions(self) -> Iterable[Happened]:
        return [event.trigger for event in self._events.values() if isinstance(event.trigger, Happened)]

    def found(self, *, sent: bool = True) -> tuple[Came, ...]:
        """What became of each event, in the order of the list; without ``sent``, as if control sends what is due at once."""
        over = self.game.moment.status == "over"
        return tuple(self._told(came, over=over, sent=sent) for came in self._found.values())

    @staticmethod
    def _told(came: Came, *, over: bool, sent: bool) -> Came:
        if came.fate == "due" and not sent:
            return replace(came, fate="fired")
        if came.fate == "waiting" and over:
            return replace(came, fate="never", why="Its time did not come.")
        if came.fate == "due" and over:
            return replace(came, fate="never", why=f"It was due in turn {came.turn} and was not sent.")
        return came


def _number_of(order: Order) -> str:
    match = re.fullmatch(r"control:event-(.+)-b\d+(?::[a-zA-Z.0-9-]+)?", order.id)
    return match[1] if match else ""
