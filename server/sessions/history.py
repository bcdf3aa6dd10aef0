"""A log, folded: the game at its last version, and what each viewer was told on the way.

Everything here is a function of the log alone, so two processes that have read equally far know the same.
Each viewer counts its own events: the counts are made when somebody first asks for that viewer, by telling
it the whole log once, and kept for the entries of which it was told.  Events themselves are told anew on demand from the
entries in memory; ``tell`` is cheap and redacted copies for every viewer are not.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from rules import events as ev
from rules.decide import decide
from rules.evolve import evolve
from rules.orders import CLOCK, CONTROL, Advance, Order, Override, Reseat, Undo
from rules.sequence import Recorded
from rules.state import Game
from rules.turn import clock_id
from rules.view import hearers, tell
from rules.wire.logbook import Head, inscribed
from rules.wire.logbook import order_digest as digest_of
from server.log.protocol import Deadline, Entry, Stored
from server.sessions.entries import Entries
from server.sessions.timer import TURNING, Timer, turned


class Ahead(NamedTuple):
    """A game some orders further than the history: what would be appended."""

    game: Game
    timer: Timer
    recorded: tuple[Recorded, ...] = ()

    def after(self, entry: Recorded, at_ms: int) -> Ahead:
        """One entry further."""
        game, timer = self.game, self.timer
        for event in entry.events:
            game = evolve(game, event)
            timer = turned(timer, event, game, at_ms)
        return Ahead(game, timer, (*self.recorded, entry))

    def through(self, entries: Sequence[Recorded], at_ms: int) -> Ahead:
        """Some entries further."""
        ahead = self
        for entry in entries:
            ahead = ahead.after(entry, at_ms)
        return ahead

    def given(self, order: Order, at_ms: int) -> Ahead:
        """One order further.

        Raises:
            Refused: the order is not accepted.
        """
        return self.after(Recorded(order, decide(self.game, order)), at_ms)

    def deadline(self) -> Deadline | None:
        """When the clock's next order falls due."""
        if self.timer.due_ms is None:
            return None
        return Deadline(self.timer.due_ms, clock_id(self.game.moment))


@dataclass(slots=True)
class Heard:
    """What one viewer was told: the entries that told it anything, and how many events it knew after each of them."""

    entries: array[int] = field(default_factory=lambda: array("L"))
    totals: array[int] = field(default_factory=lambda: array("L"))

    def hear(self, number: int) -> None:
        """One event more, of this entry."""
        if self.entries and self.entries[-1] == number:
            self.totals[-1] += 1
        else:
            self.entries.append(number)
            self.totals.append(self.totals[-1] + 1 if self.totals else 1)


class Prefix:
    """The hash of the first rows of a log, as they were read or stored."""

    def __init__(self) -> None:
        self._sum = sha256()
        self.version = 0

    def add(self, entry: Entry, at_ms: int) -> None:
        """The next row."""
        self._sum.update(f"{at_ms} {entry.digest} {len(entry.body)} {entry.order_id}\n".encode() + entry.body)
        self.version += 1

    def digest(self) -> str:
        """The hash of all rows so far, hexadecimal."""
        return self._sum.hexdigest()

    def copy(self) -> Prefix:
        """Another that goes on from here."""
        other = Prefix()
        other._sum, other.version = self._sum.copy(), self.version
        return other


@dataclass(slots=True)
class History:
    """The log of one session as far as this process has read it."""

    head: Head
    game: Game
    timer: Timer = field(default_factory=Timer)
    entries: Entries = field(default_factory=Entries)
    digests: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    touched: int = 0  # times that control changed what everybody sees in the middle of a step
    _heard: dict[str, Heard] = field(default_factory=dict)
    _dealt: int = 0  # entries that are counted for all who have asked
    _newly_told: set[str] = field(default_factory=set)
    _is_new_to_all: bool = False
    opening: Game = field(init=False)
    prefix: Prefix = field(default_factory=Prefix)
    kept_version: int = 0  # of the snapshot that was last put or taken up

    def __post_init__(self) -> None:
        """A history begins with the game as it was opened."""
        self.opening = self.game

    @property
    def version(self) -> int:
        """The version of the log: the head is entry 1."""
        return 1 + len(self.entries)

    def ends_with(self, row: Stored) -> bool:
        """Whether this row of the log is the last that was read; of the head only that there is one."""
        if not self.entries:
            return row.version == 1
        last = self.entries[-1].order.id
        return (row.version, row.entry.order_id, row.entry.digest) == (self.version, last, self.digests[last])

    def ahead(self) -> Ahead:
        """Where the next orders start from."""
        return Ahead(self.game, self.timer)

    def add(self, entry: Recorded, at_ms: int, known_digest: str | None = None) -> None:
        """The next entry of the log, stored at ``at_ms``, with the digest of its order where the log says it."""
        further = Ahead(self.game, self.timer).after(entry, at_ms)
        if isinstance(entry.order.act, Advance | Undo):
            self.closed.add(step_key(clock_id(self.game.moment)))
        if isinstance(entry.order.act, Override | Reseat):
            self.touched += 1
        self._is_new_to_all = True
        self.game, self.timer = further.game, further.timer
        self.entries.add((entry,))
        self.digests[entry.order.id] = known_digest or digest_of(entry.order)

    def take(self, ahead: Ahead, at_ms: int, entries: Sequence[Entry]) -> None:
        """The next entries of the log, which were decided from here and stored at ``at_ms``.

        If all are orders of seats, and none turns the timer, the game is the one that was decided on; else it is told
        anew, since the timer goes by when they were stored.
        """
        for entry in entries:
            self.prefix.add(entry, at_ms)
        if not all(map(_is_plain, ahead.recorded)):
            for recorded, entry in zip(ahead.recorded, entries, strict=True):
                self.add(recorded, at_ms, entry.digest)
            return
        self.game = ahead.game
        self.entries.add(ahead.recorded)
        self.digests.update((entry.order_id, entry.digest) for entry in entries)

    def go_on(self, game: Game, timer: Timer, entries: Entries, digests: dict[str, str], heard: dict[str, Heard]) -> None:
        """Take over what came of these entries, all of which these viewers have been told."""
        self.game, self.timer, self.entries, self.digests = game, timer, entries, digests
        self._heard, self._dealt = heard, len(entries)

    def heard(self, viewer: str) -> Heard:
        """What this viewer was told so far."""
        if self._dealt < len(self.entries):
            self._deal_out()
        if viewer not in self._heard:
            self._heard[viewer] = Heard()
            self._deal({viewer: self._heard[viewer]}, range(self._dealt))
        return self._heard[viewer]

    def total(self, viewer: str) -> int:
        """How many events this viewer was told so far."""
        totals = self.heard(viewer).totals
        return totals[-1] if totals else 0

    def news(self) -> Collection[str] | None:
        """Who was told anything since this was last asked, of those who have asked before what they know.

        None is everybody: a step, its clock or what control set may have changed what all see.
        """
        self._deal_out()
        told, self._newly_told = self._newly_told, set()
        everybody, self._is_new_to_all = self._is_new_to_all, False
        return None if everybody else told

    def told(self, viewer: str, since: int, limit: int) -> tuple[ev.EventKinds, ...]:
        """Events number ``since + 1 ...`` of this viewer, at most ``limit``."""
        heard = self.heard(viewer)
        place = bisect_right(heard.totals, since)
        skip = since - (heard.totals[place - 1] if place else 0)
        events: list[ev.EventKinds] = []
        for number in heard.entries[place:]:
            for event in self.entries[number].events:
                told = tell(self.game, event, viewer)  # needs of the game what never changes
                if told is not None:
                    events.append(told)
            if len(events) >= skip + limit:
                break
        return tuple(events[skip : skip + limit])

    def _deal_out(self) -> None:
        """Count what is new for all who have asked."""
        self._deal(self._heard, range(self._dealt, len(self.entries)))
        self._dealt = len(self.entries)

    def _deal(self, heard: Mapping[str, Heard], numbers: range) -> None:
        for number in numbers:
            for event in self.entries[number].events:
                for viewer in hearers(self.game, event, heard):
                    heard[viewer].hear(number)
                    self._newly_told.add(viewer)


def _is_plain(entry: Recorded) -> bool:
    return entry.order.author not in (CLOCK, CONTROL) and TURNING.isdisjoint(map(type, entry.events))


def stored_entry(entry: Recorded) -> Entry:
    """An entry as the log keeps it."""
    digest, body = inscribed(entry)
    return Entry(entry.order.id, digest, body)


def step_key(step: str) -> str:
    """What names a step whatever happened to its deadline: its clock id without the revision."""
    return step.rpartition(":")[0]
