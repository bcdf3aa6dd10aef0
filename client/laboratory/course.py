"""A finished game as the laboratory keeps it: where it began, every entry with its step, the figures at the end of each turn, and the
commitments that were in force at some time in each turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.sequence import Recorded
from rules.state import Game, Moment
from rules.vocabulary import Commitment


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the log and the moment in which its order was given."""

    moment: Moment
    entry: Recorded


@dataclass(frozen=True, slots=True)
class Course:
    """A finished game.  ``ends[t]`` is the game at the end of turn t, ``ends[0]`` the opening; ``treaties[t]`` belongs to turn t too."""

    opening: Game
    final: Game
    entries: tuple[Happened, ...]
    ends: tuple[Game, ...]
    treaties: tuple[tuple[Commitment, ...], ...]


@dataclass
class Chronicler:
    """Watches one game being played and writes its course."""

    opening: Game
    _entries: list[Happened] = field(default_factory=list)
    _ends: list[Game] = field(default_factory=list)
    _treaties: dict[int, dict[str, Commitment]] = field(default_factory=dict)
    _before: Game | None = None

    def __call__(self, game: Game, recorded: tuple[Recorded, ...]) -> None:
        """Take down a step: the game after it and its entries."""
        before = self._before or self.opening
        self._entries.extend(Happened(before.moment, entry) for entry in recorded)
        for turn in (before.moment.turn, game.moment.turn):
            self._treaties.setdefault(turn, {}).update({c.id: c for c in game.commitments})
        if game.moment.turn > before.moment.turn:
            self._ends.append(game)  # what the opening of a turn shows is how the turn before it ended
        self._before = game

    def course(self) -> Course:
        """What was taken down."""
        final = self._before or self.opening
        ends = (self.opening, *self._ends[1:], final)
        treaties = tuple(tuple(self._treaties.get(turn, {}).values()) for turn in range(len(ends)))
        return Course(self.opening, final, tuple(self._entries), ends, treaties)
