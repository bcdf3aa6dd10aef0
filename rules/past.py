"""The way back: what a game was before each of the steps that led to it.

A game holds the game from which its open step was opened, and that one its own; states share nearly all of their pieces, so this costs
little.  Undoing goes back along that chain, so what was undone is off it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.copying import changed
from rules.state import Game, PhaseName
from rules.umpire.events import Undone

Place = tuple[int, PhaseName, int]
"""(turn, phase, round) of a step."""
LOBBY = 0
"""The turn by which the lobby is called."""


def place_of(game: Game) -> Place:
    """The open step."""
    return game.moment.turn, game.moment.phase, game.moment.round


def steps(game: Game) -> Iterator[tuple[Place, Game]]:
    """The steps that were opened so far, the open one first, each with the game from which it was opened."""
    while game.past is not None:
        yield place_of(game), game.past
        game = game.past


def before(game: Game, turn: int, phase: PhaseName, number: int) -> Game | None:
    """The game from which a step was opened; None if it was not.  Turn 0 is the lobby, from which the first step was opened."""
    last: Game | None = None
    for place, fore in steps(game):
        last = fore
        if place == (turn, phase, number):
            return fore
    return last if turn == LOBBY else None


def as_the_turn_began(game: Game) -> Game:
    """The game from which the first step of this turn was opened."""
    fore = game
    for (turn, _, _), earlier in steps(game):
        if turn == game.moment.turn:
            fore = earlier
    return fore


def restored(game: Game, event: Undone) -> Game:
    """The game as it was before a step, in a new branch.  What control has planned, and who plays which seat, is not undone."""
    fore = before(game, event.turn, event.phase, event.round)
    if fore is None:  # only an event that no game gave
        return game
    now, lobby = game.moment, event.turn == LOBBY
    status = "lobby" if lobby else "running" if now.status == "over" else now.status
    moment = changed(fore.moment, status=status, branch=event.branch, practice=now.practice and not lobby, stand_ins=now.stand_ins)
    return changed(fore, moment=moment, planned=game.planned)
