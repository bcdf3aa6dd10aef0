"""Seeds: from the one number that a person types to the secret seeds of a game and of its bots.

The arena, the demo and every batch use these two functions, so the same number gives the same game wherever it is played.  Game 0 of a
batch is the single game of that number: a batch of one equals the first of many.
"""

from __future__ import annotations

from rules.chance import Key, derive


def game_seed(seed: int, number: int = 0) -> str:
    """The secret seed of game ``number`` (from 0) of a batch."""
    return derive(str(seed), "game", *_which(number))


def bot_seed(seed: int, country: str, number: int = 0) -> str:
    """The seed of the bot that plays ``country`` in game ``number`` (from 0) of a batch."""
    return derive(str(seed), "bot", country, *_which(number))


def _which(number: int) -> tuple[Key, ...]:
    return (number,) if number else ()
