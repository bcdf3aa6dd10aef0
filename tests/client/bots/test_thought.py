"""Thinking in company changes nothing, and asks less of arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self, cast

import pytest

from client.arena import play, play_many
from client.bots import board, forecast
from client.bots.board import Board
from client.bots.payoff_bot import PayoffBot
from client.bots.thought import Thought, alone, together
from rules.state import Council, Game
from rules.view import view
from rules.wire.canonical import game_hash
from scenarios.loader import load
from scenarios.opening import opening


@dataclass(frozen=True)
class Double:
    """A question with a count of how often somebody answered."""

    number: int
    calls: ClassVar[list[int]] = []

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """Twice each number."""
        cls.calls.append(len(questions))
        return [2 * question.number for question in questions]


def doubling(number: int, times: int) -> Thought[int]:
    """Double a number some times, one question after another."""
    for _ in range(times):
        number = cast(int, (yield Double(number)))
    return number


def test_questions_that_wait_together_are_answered_together() -> None:
    """Three thoughts of different length end in their own conclusions after as many calls as the longest asks."""
    Double.calls.clear()
    assert together([doubling(1, 3), doubling(5, 1), doubling(7, 0)]) == [8, 10, 7]
    assert Double.calls == [2, 1, 1]
    assert alone(doubling(2, 2)) == 8


def games() -> list[Game]:
    """A few openings."""
    return [opening(load("tiny"), str(number)) for number in range(3)]


def cast_of(game: Game) -> dict[str, PayoffBot]:
    """Payoff bots with seeds of their own."""
    return {country: PayoffBot(f"{game.seed}{country}") for country in game.atlas.countries}


def test_bots_choose_the_same_alone_and_in_company() -> None:
    """The end of each game is the same to the last bit, played alone or in lockstep with others."""
    apart = [game_hash(play(game, cast_of(game)).game) for game in games()]
    lockstep = [game_hash(match.game) for match in play_many(games(), [cast_of(game) for game in games()])]
    assert apart == lockstep


def test_votes_are_forecast_the_same_in_lots_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecast of a great council is made for few at a time, so that it fits into memory; nothing follows from that."""
    whole = [game_hash(play(game, cast_of(game)).game) for game in games()]
    sizes: list[int] = []
    honest = forecast._one_council

    def counted(cases: Sequence[forecast.Case], council: Council) -> list[forecast.Forecast]:
        sizes.append(len(cases))
        return honest(cases, council)

    monkeypatch.setattr(forecast, "_one_council", counted)
    monkeypatch.setattr(forecast, "PAIRS_MAX", 2 * len(games()[0].atlas.countries) ** 2)
    assert [game_hash(play(game, cast_of(game)).game) for game in games()] == whole
    assert set(sizes) == {1, 2}


def test_a_planted_leak_between_boards_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If players of different games shared what they found out, the games would end otherwise (no note of an earlier game helps)."""
    monkeypatch.setattr(board, "_notes", lambda *_: {})
    honest = PayoffBot.think
    mixed = Board(view(games()[0], "public"))
    monkeypatch.setattr(PayoffBot, "think", lambda bot, view, _board: honest(bot, view, mixed))
    apart = [game_hash(play(game, cast_of(game)).game) for game in games()]
    monkeypatch.undo()
    assert apart != [game_hash(play(game, cast_of(game)).game) for game in games()]
