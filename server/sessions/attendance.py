"""Who of a seat's people was there and did what, as counts: when each device was connected, how often it changed the sheet, what it sent.

A log knows seats and no people, so this lies on the shelf beside it, a field for each device and process, and goes when people are purged.
It holds no word and no name: names are those of tokens.  It is kept every few seconds and when the server stops, and only for tokens that
are still valid, so that nothing comes back after a purge.  A process that is killed loses the counts of the last seconds, and a device that
is signed out those of its last seconds; no order waits for any of this.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from rules.wire.frames import Acked, Envelope, Held, OutKinds, Submit
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.shelf import Shelf
from server.sessions.clock import Clock
from server.sessions.roles import may
from server.sessions.tokens import OF, Proven, Tokens
from server.settings import SECOND_MS

if TYPE_CHECKING:
    from server.sessions.hall import Hall

_journal = logging.getLogger(__name__)
FIELD = "attended:"
STILL_THERE_MS, PAUSE_MS = 60 * SECOND_MS, 60 * SECOND_MS
"""How often it is noted that a device is still connected, and up to which pause it was connected all the time."""
SPANS_MAX, RECENT_MAX = 40, 500
TAKEN = (Acked, Held)


class Person(NamedTuple):
    """A device of a seat with the token that it was given: as near as a server comes to a person."""

    seat: str
    device: str
    issued_ms: int


class Attended(BaseModel):
    """What is known of a person: ``spans`` of being connected (from, to; ms since 1970), changes of the sheet, acts by their kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    spans: tuple[tuple[int, int], ...] = ()
    sheets: int = 0
    acts: dict[str, int] = {}

    def __add__(self, other: Attended) -> Attended:
        acts = Counter(self.acts) + Counter(other.acts)
        return Attended(spans=joined((*self.spans, *other.spans)), sheets=self.sheets + other.sheets, acts=dict(sorted(acts.items())))


@dataclass(slots=True)
class _Presence:
    """A person here: ``answered`` are the kinds of acts by the id under which they were taken, so that a resend counts once."""

    person: Person
    sockets: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    sheets: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    answered: OrderedDict[str, tuple[str, ...]] = field(default_factory=OrderedDict)
    is_new: bool = True
    kept_ms: int = 0

    def reach(self, now_ms: int) -> None:
        """The last span goes on to now."""
        if self.spans:
            self.spans[-1] = self.spans[-1][0], now_ms

    def attended(self) -> Attended:
        """What is to be kept."""
        return Attended(spans=tuple(self.spans), sheets=self.sheets, acts=dict(sorted((+self.acts).items())))


class Attendance:
    """The people of one session as far as they came through this process.  Nothing but ``keep`` waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.begun_ms = clock.now_ms()
        self._present: dict[str, _Presence] = {}
        self._mark = secrets.token_hex(3)  # no two processes write one field

    def came(self, proven: Proven) -> None:
        """A socket was let in."""
        if not may(proven.viewer, "play"):
            return
        presence, now_ms = self._of(proven), self._clock.now_ms()
        presence.sockets += 1
        presence.spans = list(joined([*presence.spans, (now_ms, now_ms)]))

    def left(self, proven: Proven) -> None:
        """It is gone."""
        presence = self._present.get(proven.proof)
        if presence is not None:
            presence.is_new = True
            presence.reach(self._clock.now_ms())
            presence.sockets -= 1

    def answered(self, proven: Proven, asked: Submit | Envelope, answer: OutKinds) -> None:
        """An order or an envelope of somebody who came was answered; an envelope takes the place of the one before in its step."""
        presence = self._present.get(proven.proof)
        if presence is None or not isinstance(answer, TAKEN):
            return
        name, kinds = (asked.id, (asked.act.kind,)) if isinstance(asked, Submit) else (asked.step, tuple(act.kind for act in asked.acts))
        presence.is_new = True
        acts = presence.acts
        for kind in presence.answered.pop(name, ()):
            acts[kind] -= 1
        for kind in kinds:
            acts[kind] += 1
        presence.answered[name] = kinds
        if len(presence.answered) > RECENT_MAX:
            presence.answered.popitem(last=False)

    def wrote(self, proven: Proven) -> None:
        """The sheet of the seat was changed."""
        self._of(proven).sheets += 1

    async def keep(self, session_id: str, shelf: Shelf, tokens: Tokens) -> None:
        """Keep what is new, of people whose token is valid.

        Raises:
            LogUnavailable: it may not have been kept; it will be the next time.
        """
        now_ms = self._clock.now_ms()
        due = [p for p in self._present.values() if p.is_new or (p.sockets and now_ms - p.kept_ms >= STILL_THERE_MS)]
        if not due:
            return
        valid = {Person(given.viewer, given.device, given.issued_ms) for given in await tokens.given(session_id)}
        for presence in due:
            presence.is_new = False
            if presence.sockets:
                presence.reach(now_ms)
        fields = {self._name(p.person): p.attended().model_dump_json() for p in due if p.person in valid}
        try:
            if fields:
                await shelf.put_all(session_id, fields)
        except LogUnavailable:
            for presence in due:
                presence.is_new = True
            raise
        for presence in due:
            presence.kept_ms = now_ms

    def _name(self, person: Person) -> str:
        return f"{FIELD}{person.seat}{OF}{person.device}{OF}{person.issued_ms}{OF}{self._mark}"

    def _of(self, proven: Proven) -> _Presence:
        """The presence of a person, about to change."""
        presence = self._present.get(proven.proof)
        if presence is None:
            presence = self._present[proven.proof] = _Presence(Person(proven.viewer, proven.device, proven.issued_ms))
        presence.is_new = True
        return presence


async def keep_all(hall: Hall, shelf: Shelf, tokens: Tokens) -> None:
    """Keep the attendance of all sessions of a hall now."""
    for session_id, room in hall:
        try:
            await room.attendance.keep(session_id, shelf, tokens)
        except LogUnavailable:
            return  # the sessions say so by themselves
        except Exception as error:  # noqa: BLE001 - what cannot be counted must not stop the counting of other sessions
            _journal.error("the attendance of %s failed: %s", session_id, place_of(error))


def attended(fields: Mapping[str, str]) -> dict[Person, Attended]:
    """What the fields of a session's shelf say of its people, all processes together."""
    found: dict[Person, Attended] = {}
    for name, text in sorted(fields.items()):
        if name.startswith(FIELD):
            seat, device, issued_ms, _ = name.removeprefix(FIELD).split(OF)
            person = Person(seat, device, int(issued_ms))
            with contextlib.suppress(ValidationError):  # written by a program that counts otherwise
                found[person] = found.get(person, Attended()) + Attended.model_validate_json(text)
    return found


def joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those with a short pause between as one; of too many, the last are one."""
    found: list[tuple[int, int]] = []
    for since_ms, until_ms in sorted(spans):
        if found and (since_ms - found[-1][1] <= PAUSE_MS or len(found) >= SPANS_MAX):
            found[-1] = found[-1][0], max(found[-1][1], until_ms)
        else:
            found.append((since_ms, until_ms))
    return tuple(found)
