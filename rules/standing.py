"""What still stands of a log: undoing a step takes away all that was told from its opening on, and a story of it has to go back as far.

Whoever reads a log event by event says before each where he stands: how much he has written, or what he knows.  As a step opens that is
noted, and when the step is undone it is what he is given back.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from rules import events as ev
from rules.past import LOBBY
from rules.past import Place as Step

Mark = TypeVar("Mark")


class Standing(Generic[Mark]):
    """The marks of one reader; ``lobby`` is where he stood before the first step."""

    def __init__(self, lobby: Mark) -> None:
        self._lobby = lobby
        self._opened: dict[Step, Mark] = {}

    def after(self, event: ev.EventKinds, mark: Mark) -> Mark:
        """From where to read on, for a reader who stands at ``mark`` when this event comes: there, or further back if it undoes."""
        match event:
            case ev.StepOpened():
                self._opened[event.turn, event.phase, event.round] = mark
            case ev.Undone() if event.turn == LOBBY:
                return self._lobby
            case ev.Undone():
                return self._opened.get((event.turn, event.phase, event.round), self._lobby)
            case _:
                pass
        return mark
