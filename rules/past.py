"""The way back: what a game was before each of the steps that led to it.

A game holds the game from which its open step was opened, and that one its own; states share nearly all of their pieces, so this costs
little.  Undoing goes back along that chain, so what was undone is off it.  Whoever takes a game up in its middle may leave the chain to be
made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.copying import changed
from rules.lately import Later
from rules.state import Game, PhaseName
from rules.umpire.events import Undone

Place = tuple[int, PhaseName, int]
"""(turn, phase, round) of a step."""
LOBBY = 0
"""The turn by which the lobby is called."""


def place_of(game: Game) -> Place:
    """The open step."""
    return game.moment.turn, game.moment.phase, game.moment.round


def fore(game: Game) -> Game | None:
    """The game from which the open step was opened; None in the lobby."""
    return game.past.value if isinstance(game.past, Later) else game.past


def steps(game: Game) -> Iterator[tuple[Place, Game]]:
    """The steps that were opened so far, the open one first, each with the game from which it was opened."""
    while (earlier := fore(game)) is not None:
        yield place_of(game), earlier
        game = earlier


def before(game: Game, turn: int, phase: PhaseName, number: int) -> Game | None:
    """The game from which a step was opened; None if it was not.  Turn 0 is the lobby, from which the first step was opened."""
    last: Game | None = None
    for place, last in steps(game):
        if place == (turn, phase, number):
            return last
    return last if turn == LOBBY else None


def as_the_turn_began(game: Game) -> Game:
    """The game from which the first step of this turn was opened."""
    first = game
    for (turn, _, _), earlier in steps(game):
        if turn == game.moment.turn:
            first = earlier
    return first


def restored(game: Game, event: Undone) -> Game:
    """The game as it was before a step, in a new branch.  What control has planned, and who plays which seat, is not undone."""
    earlier = before(game, event.turn, event.phase, event.round)
    if earlier is None:  # only an event that no game gave
        return game
    now, lobby = game.moment, event.turn == LOBBY
    status = "lobby" if lobby else "running" if now.status == "over" else now.status
    moment = changed(earlier.moment, status=status, branch=event.branch, practice=now.practice and not lobby, stand_ins=now.stand_ins)
    return changed(earlier, moment=moment, planned=game.planned)
