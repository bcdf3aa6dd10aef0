"""When an event of a list is due: a small language, read once and asked as each step of a game opens.

turn 3                          the third turn, or a later step if that one was missed
turn 3 orders                   the first round of a phase of it
at 14:30                        the first time that the clock says so; or at 2026-11-24 14:30, both UTC
if FRA: breaches(self) > 0      a predicate of objectives holds for a state
happened commitment-ended       an event of this kind, with any fields named: happened roll-call adopted=true
not happened roll-call by turn 3   there was none up to the end of turn 3
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import get_args

from rules import events as ev
from rules.interests.objectives import BadPredicate, Predicate, holds, parse
from rules.state import Game, PhaseName

PHASES: tuple[str, ...] = get_args(PhaseName)
KINDS: frozenset[str] = frozenset(kind.model_fields["kind"].default for kind in get_args(ev.EventKinds))


class BadTrigger(ValueError):
    """A trigger cannot be read, or asks for what the case does not have; the text says what would do."""


@dataclass(frozen=True, slots=True)
class AtStep:
    """As a step opens; ``phase`` None: the first of the turn."""

    turn: int
    phase: str | None


@dataclass(frozen=True, slots=True)
class AtClock:
    """As the clock reaches a time; without a date on the day on which the game began."""

    date: datetime | None
    time: time


@dataclass(frozen=True, slots=True)
class If:
    """While a predicate holds for a state."""

    country: str
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Happened:
    """After an event; with ``by`` set, if there was none until the end of that turn."""

    kind: str
    fields: tuple[tuple[str, str], ...]
    by: int | None = None

    def fits(self, event: ev.EventKinds) -> bool:
        """Whether this is such an event."""
        return event.kind == self.kind and all(str(getattr(event, name, "")).lower() == value.lower() for name, value in self.fields)


Trigger = AtStep | AtClock | If | Happened


@dataclass(frozen=True, slots=True)
class Now:
    """Where a game stands when triggers are asked: ``seen`` of an event asked for, when the game began and what time it is (ms, UTC)."""

    game: Game
    seen: Callable[[Happened], bool]
    began_ms: int
    at_ms: int


def read(text: str) -> Trigger:
    """A trigger.

    Raises:
        BadTrigger: it is none.
    """
    words = " ".join(text.split())
    for pattern, made in _FORMS:
        match = re.fullmatch(pattern, words, re.IGNORECASE)
        if match:
            return made(match)
    remedy = "turn 3, turn 3 orders, at 14:30, if FRA: predicate, happened KIND, or not happened KIND by turn 3"
    raise BadTrigger(f"{words!r} says no time. Write: {remedy}.")


def fits(trigger: Trigger, game: Game) -> None:
    """Raise BadTrigger for what can never be in this game."""
    countries = game.atlas.countries
    match trigger:
        case AtStep() if trigger.turn > game.atlas.turns:
            raise BadTrigger(f"The game has {game.atlas.turns} turns.")
        case Happened() if trigger.by is not None and trigger.by >= game.atlas.turns:
            raise BadTrigger(f"After turn {game.atlas.turns} the game is over.")
        case If() if trigger.country not in countries:
            raise BadTrigger(f"There is no state {trigger.country}; there are {', '.join(countries)}.")
        case If():
            try:
                holds(trigger.predicate, game, trigger.country)
            except BadPredicate as error:
                raise BadTrigger(str(error)) from error
        case _:
            pass


def is_due(trigger: Trigger, now: Now) -> bool:
    """Whether the time has come."""
    moment = now.game.moment
    match trigger:
        case AtStep():
            phase = trigger.phase or PHASES[0]
            return (moment.turn, PHASES.index(moment.phase)) >= (trigger.turn, PHASES.index(phase))
        case AtClock():
            day = trigger.date or datetime.fromtimestamp(now.began_ms / 1000, UTC)
            due = datetime.combine(day.date(), trigger.time, UTC)
            return now.at_ms >= due.timestamp() * 1000
        case If():
            return holds(trigger.predicate, now.game, trigger.country)
        case Happened():
            return now.seen(trigger) if trigger.by is None else moment.turn > trigger.by and not now.seen(trigger)


def _step(match: re.Match[str]) -> Trigger:
    return AtStep(int(match[1]), match[2].lower() if match[2] else None)


def _clock(match: re.Match[str]) -> Trigger:
    try:
        day = datetime.fromisoformat(match[1]).replace(tzinfo=UTC) if match[1] else None
        return AtClock(day, time.fromisoformat(match[2].zfill(5)))
    except ValueError:
        raise BadTrigger(f"{match[0]!r} is no time of day. Write at 14:30 or at 2026-11-24 14:30.") from None


def _if(match: re.Match[str]) -> Trigger:
    try:
        return If(match[1].upper(), parse(match[2]))
    except BadPredicate as error:
        raise BadTrigger(str(error)) from error


def _happened(match: re.Match[str]) -> Trigger:
    kind = match[2].lower()
    if kind not in KINDS:
        raise BadTrigger(f"There are no events of kind {kind!r}; docs/reference/events.md lists them.")
    pairs = [pair.partition("=") for pair in match[3].split()]
    found = Happened(kind, tuple((name, value) for name, _, value in pairs), int(match[4]) if match[4] else None)
    if bool(match[1]) != (found.by is not None):
        raise BadTrigger("Write: not happened KIND by turn 3, or: happened KIND.")
    known = next(item for item in get_args(ev.EventKinds) if item.model_fields["kind"].default == kind).model_fields
    for name, _ in found.fields:
        if name not in known:
            raise BadTrigger(f"Events of kind {kind} have no {name}; they have {', '.join(sorted(set(known) - {'kind'}))}.")
    return found


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Trigger]], ...] = (
    (rf"(?:as )?turn (\d{{1,4}})(?: ({'|'.join(PHASES)}))?", _step),
    (r"at (?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}:\d\d)", _clock),
    (r"if ([A-Za-z]{3}): (.+)", _if),
    (r"(not )?happened ([a-z-]+)((?: [a-z_]+=\S+)*)(?: by turn (\d{1,4}))?", _happened),
)
