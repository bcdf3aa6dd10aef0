"""One number gives all seeds, and each use its own."""

from __future__ import annotations

from client.seeds import bot_seed, game_seed


def test_the_first_game_of_a_batch_is_the_single_game() -> None:
    """Number 0 adds nothing, so a batch of one is the first of many."""
    assert game_seed(7) == game_seed(7, 0)
    assert bot_seed(7, "FRA") == bot_seed(7, "FRA", 0)


def test_every_use_has_its_own_seed() -> None:
    """Games, countries and numbers never share one; neither do game and bots."""
    found = [game_seed(seed, number) for seed in range(5) for number in range(5)]
    found += [bot_seed(seed, country, number) for seed in range(5) for number in range(5) for country in ("FRA", "USA")]
    assert len(set(found)) == len(found)


def test_seeds_are_the_same_everywhere() -> None:
    """A log names its game by them, so they must never change."""
    assert game_seed(7) == "8a6eab8332f34ffa57e1154fb780735c"
    assert bot_seed(7, "FRA", 2) == "4d94ca84bfa99d4a8aa74dc07464eba2"
