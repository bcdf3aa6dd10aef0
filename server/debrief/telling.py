"""A game told for one page: its turns, its labels and its chains of causes, all through the same eyes.

Secrets are not hidden on the page: where they are not revealed, they are not in it.  Everything below works on what the public was told and
on games in which all else is blank (``server.narrate.eyes``), so a part that is added later can give nothing away either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.explanation.story import Story
from rules.labels.chapters import Chapter, Happened
from rules.sequence import Recorded
from rules.state import Game
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from server.debrief.forks import Fork
from server.narrate.turns import Turns


@dataclass(frozen=True)
class Telling:
    """What the page is made of.

    ``chain``: the hash of the log.  ``viewer``: through whose eyes all is told: the public's, a seat's, or control's, to which nothing is
    secret.  ``seed``: the number that was typed for the game, if it may be told.  ``person``: the seat that was not played by a bot, of a
    game against bots.  ``until``: the last turn that is told.  ``file``: what the log is called where the page names commands.
    ``others``: the figures of other games of the same start, which were played by earlier rules if they are ``aged``; ``forks``: what-ifs
    that were played of this one.
    """

    opening: Game
    entries: tuple[Recorded, ...]
    chain: str
    viewer: str = PUBLIC_VIEWER
    seed: int | None = None
    person: str | None = None
    until: int | None = None
    file: str = "game.jsonl"
    others: tuple[Mapping[str, float], ...] = ()
    aged: bool = False
    forks: tuple[Fork, ...] = ()

    @property
    def revealed(self) -> bool:
        """Whether all that was secret is told."""
        return self.viewer == UMPIRE_VIEWER

    @property
    def seat(self) -> str | None:
        """The seat through whose eyes all is told, if it is one's."""
        return None if self.viewer in (PUBLIC_VIEWER, UMPIRE_VIEWER) else self.viewer

    @cached_property
    def turns(self) -> Turns:
        """The game turn by turn."""
        turns = Turns(self.opening, self.viewer).add_all(self.entries)
        if self.until is not None and turns.told:
            turns.told = [turn for turn in turns.told if turn.number <= self.until]
            turns.game = turns.told[-1].after
        return turns

    @cached_property
    def story(self) -> Story:
        """The whole log with the game before each event; only chains of causes, which know their viewer, may read it."""
        return Story(self.opening, self.entries)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The turns as the labels of behaviour want them."""
        return chapters_of(self.turns)

    @property
    def over(self) -> bool:
        """Whether the game has come to its end."""
        return self.turns.game.moment.status == "over"


def chapters_of(turns: Turns) -> list[Chapter]:
    """The turns of a told game as the labels want them."""
    return [Chapter(turn.before, tuple(Happened(*item) for item in turn.events), turn.after) for turn in turns.told]
