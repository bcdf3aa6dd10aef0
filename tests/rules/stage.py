"""Games at a certain moment, and short ways to ask the engine something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TypedDict

import pytest

from client.arena import START_ID
from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve_all
from rules.exact import frozen
from rules.orders import CONTROL, Act, Order, Start
from rules.sequence import play_step, take
from rules.state import Game
from rules.view import view
from scenarios import load, opening
from tests.scripted import Lines, Script


class Span(TypedDict):
    """From when to when a clause runs."""

    since: int
    until: int


SPAN: Span = {"since": 1, "until": 3}
"""The whole of the small case."""
START = Order(id=START_ID, author=CONTROL, act=Start())


@cache
def tiny() -> Game:
    """The small case in the lobby: Arden (unipole), Brava (its ally), Corin, Dorn."""
    return opening(load("tiny"), "stage")


def at(step: str, lines: Lines | None = None, terms: Mapping[str, Mapping[str, object]] | None = None, start: Game | None = None) -> Game:
    """The game when ``step`` ("2 orders 1") has just opened; earlier steps were played by the script."""
    first = start or tiny()
    bots = Script(lines or {}, terms or {}).bots(first)
    game, _ = take(first, START)
    while f"{game.moment.turn} {game.moment.phase} {game.moment.round}" != step:
        assert game.moment.status == "running", f"the session never came to {step}"
        game = play_step(game, {seat: bot.choose(view(game, seat)) for seat, bot in bots.items()}).game
    return game


def given(game: Game, author: str, act: Act) -> Game:
    """The game after one more order."""
    return evolve_all(game, decide(game, Order(id=f"{author}:given", author=author, act=act)))


def refusal(game: Game, author: str, act: Act) -> tuple[str, str]:
    """Code and field with which an order is refused."""
    with pytest.raises(Refused) as caught:
        decide(game, Order(id="refused", author=author, act=act))
    assert caught.value.sentence.endswith(".")
    return caught.value.code.value, caught.value.field


def with_figures(game: Game, **figures: object) -> Game:
    """The game with some arrays of the world replaced."""
    return replace(game, world=replace(game.world, **{name: frozen(values) for name, values in figures.items()}))
