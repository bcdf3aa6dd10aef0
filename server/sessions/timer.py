"""When the open step falls due, as a function of the log.

A step has its seconds from the moment at which its opening was stored; an extension adds to them, a pause
keeps what is left.  The times are those that the log put beside its entries, so every process that reads
the log knows the same deadline, to the millisecond, however late it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from rules import events as ev
from rules.state import Game
from rules.turn import seconds
from server.settings import SECOND_MS


@dataclass(frozen=True, slots=True)
class Timer:
    """The clock of a session: running until ``due_ms`` (UTC, ms since 1970), or halted with ``left_ms``."""

    due_ms: int | None = None
    left_ms: int | None = None
    since_ms: int = field(default=0, compare=False)
    """The stamp from which a running clock is reckoned."""


def turned(timer: Timer, event: ev.EventKinds, after: Game, at_ms: int) -> Timer:
    """The timer after an event that led to the game ``after`` and was stored at ``at_ms``."""
    turn = _TURNS.get(type(event))
    return timer if turn is None else turn(timer, event, after, at_ms)


def _opened(_timer: Timer, _event: ev.StepOpened, after: Game, at_ms: int) -> Timer:
    length_ms = seconds(after.atlas, after.moment) * SECOND_MS
    return Timer(left_ms=length_ms) if after.moment.status == "paused" else Timer(due_ms=at_ms + length_ms, since_ms=at_ms)


def _extended(timer: Timer, event: ev.Extended, _after: Game, _at_ms: int) -> Timer:
    more_ms = event.seconds * SECOND_MS
    if timer.due_ms is not None:
        return replace(timer, due_ms=timer.due_ms + more_ms)
    return replace(timer, left_ms=(timer.left_ms or 0) + more_ms)


def _paused(timer: Timer, _event: ev.Paused, _after: Game, at_ms: int) -> Timer:
    return Timer(left_ms=max(0, (timer.due_ms or at_ms) - at_ms))


def _resumed(timer: Timer, _event: ev.Resumed, _after: Game, at_ms: int) -> Timer:
    return Timer(due_ms=at_ms + (timer.left_ms or 0), since_ms=at_ms)


def _at_rest(_timer: Timer, _event: ev.Undone | ev.Ended, _after: Game, _at_ms: int) -> Timer:
    """The game is over, or a step opens next that has its whole time."""
    return Timer()


_TURNS: Final[Mapping[type[object], Callable[[Timer, Any, Game, int], Timer]]] = {
    ev.StepOpened: _opened,
    ev.Extended: _extended,
    ev.Paused: _paused,
    ev.Resumed: _resumed,
    ev.Undone: _at_rest,
    ev.Ended: _at_rest,
}
TURNING: Final = frozenset(_TURNS)
"""Events that turn the timer; all others leave it as it is."""
