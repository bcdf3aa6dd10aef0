"""Ratings: they find strengths and seats that were put in, and the order of games is nothing to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest

from client.tournament.games import Outcome, Played
from client.tournament.ratings import ratings
from client.tournament.tables import by_seat, cross, records

BOTS = ("ace", "ben", "cat", "dud")
STRENGTH = {"ace": 1.2, "ben": 0.4, "cat": -0.4, "dud": -1.2}
EASE = {"ARD": 1.0, "BRV": 0.0, "COR": 0.0, "DOR": -1.0}


def drawn(games: int, seed: int = 1, strength: dict[str, float] = STRENGTH) -> list[Played]:
    """Games by the very model: gains are strength plus ease plus Gumbel noise, seats rotated."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(games):
        line = [(seat, BOTS[(place + number) % 4]) for place, seat in enumerate(EASE)]
        gains = [strength[bot] + EASE[seat] + float(chance.gumbel()) for seat, bot in line]
        outcomes = tuple(Outcome(seat=s, bot=b, gain=g, met=int(g > 0), asked=1) for (s, b), g in zip(line, gains, strict=True))
        found.append(Played(key=f"tiny:{number}", scenario="tiny", number=number, outcomes=outcomes))
    return found


def with_gains(game: Played, gain: Callable[[Outcome], float]) -> Played:
    """The game with other gains."""
    return game.model_copy(update={"outcomes": tuple(o.model_copy(update={"gain": gain(o)}) for o in game.outcomes)})


def strengths(games: Sequence[Played]) -> dict[str, float]:
    """Strength of each bot."""
    return {rating.bot: rating.strength for rating in ratings(games, resamples=0).bots}


def elo(games: Sequence[Played]) -> dict[str, float]:
    """Ratings moved game by game, which is what must not be done."""
    found = dict.fromkeys(BOTS, 0.0)
    for game in games:
        for one in game.outcomes:
            for other in game.outcomes:
                won = 1.0 if one.gain > other.gain else 0.0
                found[one.bot] += 0.05 * (won - 1.0 / (1.0 + float(np.exp(found[other.bot] - found[one.bot]))))
    return found


def drift(rate: Callable[[Sequence[Played]], dict[str, float]]) -> float:
    """How far ratings move when the games are shuffled."""
    games = drawn(60)
    shuffled = games.copy()
    Random(3).shuffle(shuffled)
    first, second = rate(games), rate(shuffled)
    return max(abs(first[bot] - second[bot]) for bot in BOTS)


def test_the_order_of_games_is_nothing() -> None:
    """To 1e-12; intervals too."""
    assert drift(strengths) < 1e-12
    games = drawn(40)
    assert ratings(games, resamples=20) == ratings(games[::-1], resamples=20)


def test_ratings_that_depend_on_order_are_found() -> None:
    """The measure above notices a ladder."""
    assert drift(elo) > 1e-3


def test_strengths_and_seats_that_were_put_in_are_found() -> None:
    """Within their intervals, which get narrower with more games."""
    found = ratings(drawn(800), resamples=60)
    assert [rating.bot for rating in found.bots] == list(BOTS)
    for rating in found.bots:
        assert rating.strength == pytest.approx(STRENGTH[rating.bot], abs=0.25)
        assert rating.low < rating.strength < rating.high
        assert rating.low - 0.1 < STRENGTH[rating.bot] < rating.high + 0.1
        assert rating.edge_low < rating.edge < rating.edge_high
    ease = {seat: value for _, seat, value in found.seats}
    assert ease["ARD"] - ease["BRV"] == pytest.approx(1.0, abs=0.3)
    assert ease["BRV"] - ease["DOR"] == pytest.approx(1.0, abs=0.3)
    few = ratings(drawn(60), resamples=60)
    assert few.bots[0].high - few.bots[0].low > found.bots[0].high - found.bots[0].low


def test_the_seat_term_keeps_luck_of_the_draw_out() -> None:
    """Equals of whom one always had the best seat: rated alike with balanced games about them."""
    games = drawn(400, strength=dict.fromkeys(BOTS, 0.0))
    lucky = [g for g in games if {o.seat: o.bot for o in g.outcomes}["ARD"] == "ace"]
    found = strengths([*games, *(g.model_copy(update={"key": f"{g.key}x", "number": g.number + 1000}) for g in lucky)])
    assert max(found.values()) - min(found.values()) < 0.3


def test_who_always_wins_stays_finite_and_ties_are_even() -> None:
    """The prior holds; a game in which all tie says nothing."""
    sure = [with_gains(game, lambda o: float(o.bot == "ace")) for game in drawn(40)]
    found = strengths(sure)
    assert 1.0 < found["ace"] < 50.0
    assert found["ben"] == pytest.approx(found["dud"], abs=1e-9)
    level = [with_gains(game, lambda o: 0.0) for game in drawn(8)]
    assert max(abs(value) for value in strengths(level).values()) < 1e-9


def test_objectives_can_be_what_counts() -> None:
    """Met of asked instead of gain."""
    games = drawn(200)
    turned = [with_gains(game, lambda o: -o.gain) for game in games]
    assert ratings(turned, "objectives", resamples=0).bots[0].bot == "ace"
    assert ratings(turned, "gain", resamples=0).bots[0].bot == "dud"


def test_tables_add_up() -> None:
    """Each pair's shares make one; each seat's counts make all games."""
    games = drawn(40)
    table = cross(games)
    assert all(share + table[other, one][0] == pytest.approx(1.0) for (one, other), (share, _) in table.items())
    assert table["ace", "dud"][0] > 0.6
    assert all(sum(count for _, count in of.values()) == 40 for of in by_seat(games).values())
    assert [record.seats for record in records(games)] == [40] * 4
