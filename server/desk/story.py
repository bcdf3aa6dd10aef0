"""What a viewer was told, as sentences.

A sentence needs the state before its event, because an event that closes something names it by its id alone.  So a teller folds the log
once along with the session and keeps the lines; each sentence is made of the viewer's own view of that state, so it names nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.events import NewsRead
from rules.evolve import evolve
from rules.sequence import Recorded
from rules.state import Game
from rules.view import tell, view
from server.desk.papers import Line, Story
from server.narrate.sentences import brief, sentence
from server.narrate.turns import SILENT


class Teller:
    """The story of one session for one viewer, as far as the log was read."""

    def __init__(self, opening: Game, viewer: str) -> None:
        self._game = opening
        self._viewer = viewer
        self._read = 0
        self._total = 0
        self._lines: list[Line] = []

    def read_on(self, entries: Sequence[Recorded]) -> None:
        """Take the entries that are new; ``entries`` are all of the log."""
        for entry in entries[self._read :]:
            for event in entry.events:
                told = tell(self._game, event, self._viewer)
                before, self._game = self._game, evolve(self._game, event)
                if told is None:
                    continue
                self._total += 1
                if isinstance(told, SILENT):
                    continue
                moment = self._game.moment
                sight = view(before, self._viewer)
                self._lines.append(
                    Line(
                        number=self._total,
                        turn=moment.turn,
                        phase=moment.phase,
                        round=moment.round,
                        kind="control" if isinstance(told, NewsRead) and told.voice == "control" else told.kind,
                        sentence=sentence(sight, told),
                        brief=brief(sight, told),
                        secret=event.audience() is not None,
                    )
                )
        self._read = len(entries)

    def story(self, since: int) -> Story:
        """The lines after event ``since``."""
        return Story(total=self._total, lines=tuple(line for line in self._lines if line.number > since))
