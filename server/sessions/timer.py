"""When the open step falls due, as a function of the log.

A step has its seconds from the moment at which its opening was stored; an extension adds to them, a pause
keeps what is left.  The times are those that the log put beside its entries, so every process that reads
the log knows the same deadline, to the millisecond, however late it reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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


TURNING = (ev.StepOpened, ev.Undone, ev.Extended, ev.Paused, ev.Resumed, ev.Ended)
"""Events that turn the timer; all others leave it as it is."""


def turned(timer: Timer, event: ev.EventKinds, after: Game, at_ms: int) -> Timer:
    """The timer after an event that led to the game ``after`` and was stored at ``at_ms``."""
    match event:
        case ev.StepOpened():
            length_ms = seconds(after.atlas, after.moment) * SECOND_MS
            return Timer(left_ms=length_ms) if after.moment.status == "paused" else Timer(due_ms=at_ms + length_ms, since_ms=at_ms)
        case ev.Undone():
            return Timer()  # the step that opens next has its whole time
        case ev.Extended():
            return _longer(timer, event.seconds * SECOND_MS)
        case ev.Paused():
            return Timer(left_ms=max(0, (timer.due_ms or at_ms) - at_ms))
        case ev.Resumed():
            return Timer(due_ms=at_ms + (timer.left_ms or 0), since_ms=at_ms)
        case ev.Ended():
            return Timer()
        case _:
            return timer


def _longer(timer: Timer, more_ms: int) -> Timer:
    if timer.due_ms is not None:
        return replace(timer, due_ms=timer.due_ms + more_ms)
    return replace(timer, left_ms=(timer.left_ms or 0) + more_ms)
