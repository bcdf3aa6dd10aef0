"""Ratings: Plackett-Luce over all games at once, with a term for the seat, so that neither order nor luck of the draw counts.

In each game the contested seats are ranked by score.  The chance of a ranking is a product of choices, first among all, then among the
rest: ``exp(s_i) / sum_j exp(s_j)`` with ``s = strength of the bot + ease of the seat`` (Plackett 1975; Luce 1959).  Those who tie are each
chosen from all that are not above them (Breslow).  A weak normal prior keeps strengths finite where somebody always wins.  Intervals
come from drawing whole games again with replacement, since the seats of one game are not independent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from client.tournament.games import Outcome, Played
from client.tournament.store import in_order

Vector = NDArray[np.float64]
Score = Literal["gain", "objectives"]
PRIOR_DEVIATION = 5.0  # of strengths and seat terms, in log odds
STEPS_MAX = 100
CLOSE = 1e-9  # a step as small as this is the last: Newton's steps square their error
HALVINGS_MAX = 30
INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Rating:
    """A bot's strength in log odds (the mean of all is 0) with its interval, and its mean gain over that usual in its seats."""

    bot: str
    strength: float
    low: float
    high: float
    edge: float
    edge_low: float
    edge_high: float


@dataclass(frozen=True, slots=True)
class Ratings:
    """All bots, the strongest first, and the ease of every seat by scenario."""

    bots: tuple[Rating, ...]
    seats: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """The games of one scenario as arrays, seats sorted by score: [game, rank] -> bot, seat, and the first rank that ties with it."""

    bots: NDArray[np.intp]
    seats: NDArray[np.intp]
    first: NDArray[np.intp]
    edges: Vector  # [game, rank] gain
    numbers: NDArray[np.intp]  # of the games in the whole list


def score_of(score: Score) -> Callable[[Outcome], float]:
    """What seats are ranked by."""
    if score == "gain":
        return lambda outcome: outcome.gain
    return lambda outcome: outcome.met / outcome.asked if outcome.asked else 0.0


def ratings(games: Sequence[Played], score: Score = "gain", resamples: int = 400, seed: int = 7) -> Ratings:
    """The ratings of all bots; the same to the last bit in whatever order the games are given."""
    games = in_order(games)
    bots = sorted({outcome.bot for game in games for outcome in game.outcomes})
    seats = sorted({(game.scenario, outcome.seat) for game in games for outcome in game.outcomes})
    fields = _fields(games, bots, seats, score_of(score))
    ones = np.ones(len(games))
    found = _fit(fields, len(bots), len(seats), ones, np.zeros(len(bots) + len(seats)))
    edges = _edges(fields, len(bots), len(seats), ones)
    draws = np.random.default_rng(seed)
    again, edges_again = [found], [edges]
    for _ in range(resamples):
        weights = np.bincount(draws.integers(len(games), size=len(games)), minlength=len(games)).astype(np.float64)
        again.append(_fit(fields, len(bots), len(seats), weights, found))
        edges_again.append(_edges(fields, len(bots), len(seats), weights))
    strengths = np.array([_centred(x[: len(bots)]) for x in again])
    low, high = np.percentile(strengths, INTERVAL, axis=0)
    edge_low, edge_high = np.percentile(np.array(edges_again), INTERVAL, axis=0)
    table = [
        Rating(bot, *(float(v[k]) for v in (strengths[0], low, high, edges, edge_low, edge_high))) for k, bot in enumerate(bots)
    ]
    ease = [(*seat, float(found[len(bots) + k])) for k, seat in enumerate(seats)]
    return Ratings(tuple(sorted(table, key=lambda r: (-r.strength, r.bot))), tuple(ease))


def _centred(values: Vector) -> Vector:
    shifted: Vector = values - values.mean()
    return shifted


def _fields(
    games: Sequence[Played], bots: Sequence[str], seats: Sequence[tuple[str, str]], score: Callable[[Outcome], float]
) -> list[_Field]:
    """The games by scenario and number of seats, ranked."""
    found = []
    for kind in sorted({(game.scenario, len(game.outcomes)) for game in games}):
        chosen = [(n, game) for n, game in enumerate(games) if (game.scenario, len(game.outcomes)) == kind]
        ranked = [sorted(game.outcomes, key=lambda o: (-score(o), o.seat)) for _, game in chosen]
        found.append(
            _Field(
                bots=np.array([[bots.index(o.bot) for o in line] for line in ranked], dtype=np.intp),
                seats=np.array([[seats.index((kind[0], o.seat)) for o in line] for line in ranked], dtype=np.intp),
                first=np.array([_first([score(o) for o in line]) for line in ranked], dtype=np.intp),
                edges=np.array([[o.gain for o in line] for line in ranked]),
                numbers=np.array([n for n, _ in chosen], dtype=np.intp),
            )
        )
    return found


def _first(scores: Sequence[float]) -> list[int]:
    """For each rank the first one with the same score."""
    return [scores.index(value) for value in scores]


def _fit(fields: Sequence[_Field], bots: int, seats: int, weights: Vector, start: Vector) -> Vector:
    """The most likely strengths and seat terms, by Newton's method on a concave function, steps halved until they climb."""
    x = start.copy()
    height, slope, bend = _likelihood(fields, bots, seats, weights, x)
    for _ in range(STEPS_MAX):
        step = np.linalg.solve(bend, slope)
        if float(np.abs(step).max()) < CLOSE:
            return x + step
        for _ in range(HALVINGS_MAX):
            tried = _likelihood(fields, bots, seats, weights, x + step)
            if tried[0] >= height:
                break
            step = step / 2.0
        x = x + step
        height, slope, bend = _likelihood(fields, bots, seats, weights, x)
    return x


def _likelihood(fields: Sequence[_Field], bots: int, seats: int, weights: Vector, x: Vector) -> tuple[float, Vector, Vector]:
    """Log-likelihood with prior, its slope, and its negated second derivative."""
    many = bots + seats
    precision = 1.0 / PRIOR_DEVIATION**2
    height, slope, bend = -0.5 * precision * float(x @ x), -precision * x, precision * np.eye(many)
    for field in fields:
        w = weights[field.numbers]
        columns = np.stack([field.bots, bots + field.seats], axis=-1)  # [game, rank, 2]
        s = x[columns].sum(axis=-1)
        ranks = np.arange(s.shape[1])
        below = ranks[None, None, :] >= field.first[:, :, None]  # [game, choice, rank]: who was there to be chosen
        masked = np.where(below, s[:, None, :], -np.inf)
        top = masked.max(axis=2, keepdims=True)
        odds = np.exp(masked - top)
        sums = odds.sum(axis=2, keepdims=True)
        chances = odds / sums
        height += float(w @ (s - (np.log(sums) + top)[:, :, 0]).sum(axis=1))
        pull = w[:, None] * (1.0 - chances.sum(axis=1))
        curve = -np.einsum("g,gci,gcj->gij", w, chances, chances)
        curve[:, ranks, ranks] += w[:, None] * chances.sum(axis=1)
        for one in range(2):
            slope = slope + np.bincount(columns[:, :, one].ravel(), weights=pull.ravel(), minlength=many)
            for two in range(2):
                places = columns[:, :, None, one] * many + columns[:, None, :, two]
                bend = bend + np.bincount(places.ravel(), weights=curve.ravel(), minlength=many * many).reshape(many, many)
    return height, slope, bend


def _edges(fields: Sequence[_Field], bots: int, seats: int, weights: Vector) -> Vector:
    """Mean gain of each bot over the mean gain in the seats that it played."""
    gains, games = np.zeros(seats), np.zeros(seats)
    for field in fields:
        w = np.broadcast_to(weights[field.numbers][:, None], field.seats.shape)
        gains += np.bincount(field.seats.ravel(), weights=(w * field.edges).ravel(), minlength=seats)
        games += np.bincount(field.seats.ravel(), weights=w.ravel(), minlength=seats)
    usual = gains / np.maximum(games, 1e-300)
    over, played = np.zeros(bots), np.zeros(bots)
    for field in fields:
        w = np.broadcast_to(weights[field.numbers][:, None], field.seats.shape)
        over += np.bincount(field.bots.ravel(), weights=(w * (field.edges - usual[field.seats])).ravel(), minlength=bots)
        played += np.bincount(field.bots.ravel(), weights=w.ravel(), minlength=bots)
    mean: Vector = over / np.maximum(played, 1e-300)
    return mean
