"""Worlds of any size are sound, and what is measured is whole games."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.games import GAMES_TIMED, Pace, cost, split, thought_out, turn_with_a_vote
from benchmarks.page import Measured, Peer, page, plot
from benchmarks.worlds import name, world
from client.arena import play
from rules.problems import problems


@pytest.mark.parametrize("states", [2, 7, 8, 9, 64, 193])
def test_worlds_of_any_size_are_sound(states: int) -> None:
    """No broken invariant at the opening, no state twice, all of them in the council."""
    game = world(states, 2, "sound")
    assert problems(game) == []
    assert len(set(game.atlas.countries)) == states
    assert game.atlas.councils[0].members == game.atlas.countries
    assert game.atlas.turns == 2


def test_a_small_world_is_played_to_its_end() -> None:
    """By nobody at all, to begin with."""
    match = play(world(9, 2, "played"), {})
    assert (match.game.moment.status, match.game.moment.turn) == ("over", 2)
    assert [name(k) for k in (0, 8, 208)] == ["AAA", "ABA", "BAA"]


def test_the_parts_of_a_game_add_up(tmp_path: Path) -> None:
    """Rules, views and bots are the whole; costs are more than nothing; and all of it comes on the page."""
    parts = split("random", 1)
    assert parts.rules + parts.views + parts.bots == pytest.approx(parts.whole)
    assert min(parts.rules, parts.views, parts.bots) > 0.0
    assert parts.calls > 1_000.0
    assert GAMES_TIMED > 1
    assert cost(2, 1) > 0.0
    assert turn_with_a_vote(5) > 0.0
    peer = Peer("engine", "game", 2.0, 30.0)
    bots = thought_out("tiny")
    assert 0.0 < bots.longest < bots.whole
    found = Measured((Pace("random", 2, 50.0, 3000.0),), (parts,), ((4, 1.0),), ((3, 2.0),), (4, 0.5), bots, (peer,))
    assert "A game of `tiny` in which payoff bots think in all 4 seats takes" in page(found)
    assert "| engine | game | random | 1 | 2 | 30 |" in page(found)
    assert "| unipole | octet, 12 turns | random bots | 2 | 50 | 3,000 |" in page(found)
    plot(found, tmp_path / "speed.png")
    assert (tmp_path / "speed.png").read_bytes().startswith(b"\x89PNG")
