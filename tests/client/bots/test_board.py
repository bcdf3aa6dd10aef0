"""What players found in an earlier step holds later, or is not used."""

from __future__ import annotations

from unittest.mock import patch

from client.arena import play
from client.bots import board
from client.bots.board import Board, lasting
from client.bots.payoff_bot import PayoffBot
from rules.copying import changed
from rules.view import view
from rules.wire.canonical import game_hash
from scenarios.loader import load
from scenarios.opening import opening


def played(seed: str) -> str:
    """The end of a game of payoff bots."""
    game = opening(load("tiny"), seed)
    return game_hash(play(game, {country: PayoffBot(f"{seed}{country}") for country in game.atlas.countries}).game)


def test_players_without_notes_of_earlier_steps_choose_the_same() -> None:
    """Games end alike whether notes are found again or everything is thought out anew."""
    kept = [played(str(seed)) for seed in range(2)]
    with patch.object(board, "_notes", lambda *_: {}):
        assert [played(str(seed)) for seed in range(2)] == kept


def test_notes_end_with_what_they_follow_from() -> None:
    """Notes on drafts are dropped when a draft changes, notes on figures when a figure does; the others stay."""
    game = opening(load("tiny"), "1")
    before, same = Board(view(game, "ARD")), Board(view(game, "ARD"))
    before.find("debated", lambda: 1)
    before.last("felt", lambda: 1)
    assert (same.find("debated", lambda: 2), same.last("felt", lambda: 2)) == (1, 1)
    debated = Board(changed(view(game, "ARD"), operations=[]))  # type: ignore[arg-type]  # any other object will do
    assert (debated.find("debated", lambda: 2), debated.last("felt", lambda: 2)) == (2, 1)
    moved = changed(game, world=changed(game.world, forces=game.world.forces.copy()))
    assert Board(view(moved, "ARD")).last("felt", lambda: 2) == 2
    assert lasting(view(game, "ARD"), "mine") is not lasting(view(game, "ARD"), "yours")
