"""How fast games are played, and where the time goes.  Everything is measured on the arena, as ``unipole run`` and experiments use it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.worlds import world
from client import arena
from client.arena import START_ID, TOGETHER, play, play_many, seldom_swept
from client.bots.protocol import Bot
from client.bots.seats import bots, cast
from rules.orders import CONTROL, Act, Budget, Order, Start, Table, Vote
from rules.sequence import Played, play_step, take
from rules.state import Game, View
from rules.turn import is_last_round
from rules.view import views
from rules.vocabulary import CHOICES
from scenarios.loader import load
from scenarios.opening import opening

SCENARIO = "octet"
GAMES_TIMED = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """Games and accepted orders a second of CPU on so many cores, each to itself: other work on the machine does not count."""

    kind: str
    cores: int
    games_a_second: float
    orders_a_second: float


@dataclass(frozen=True, slots=True)
class Split:
    """CPU milliseconds of a game of one kind of bot: in the rules, in making views, in the bots, and in all; and calls of functions."""

    kind: str
    rules: float
    views: float
    bots: float
    whole: float
    calls: float


@dataclass(frozen=True, slots=True)
class ThoughtOut:
    """CPU seconds of one game of a scenario in which payoff bots play all seats: the whole, and the longest of its steps."""

    scenario: str
    seats: int
    whole: float
    longest: float


def seated(game: Game, kind: str, seed: str) -> dict[str, Bot]:
    """Bots of one kind on every seat."""
    return bots(cast(f"*={kind}", game.atlas.countries), lambda country: f"{seed}{country}")


def pace(kind: str, seconds: float) -> Pace:
    """How fast ``octet`` is played on all cores by separate processes."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(_paced, [kind] * cores, range(cores), [seconds] * cores))
    return Pace(kind, cores, sum(games for games, _ in parts), sum(orders for _, orders in parts))


def _paced(kind: str, core: int, seconds: float) -> tuple[float, float]:
    """Games and orders a second of one process, after a game to warm up."""
    scenario = load(SCENARIO)
    first = opening(scenario, "warm")
    play(first, seated(first, kind, "warm"))
    games = orders = 0
    begun = process_time()
    while (spent := process_time() - begun) < seconds:
        openings = [opening(scenario, f"{core}:{games + number}") for number in range(TOGETHER)]
        for match in play_many(openings, [seated(game, kind, game.seed) for game in openings], together=TOGETHER):
            games += 1
            orders += len(match.entries)
    return games / spent, orders / spent


def split(kind: str, games: int) -> Split:
    """Where the CPU time of some games in lockstep goes, with the clock read at the doors between the parts."""
    scenario = load(SCENARIO)
    openings = [opening(scenario, f"split:{number}") for number in range(games)]
    spent = {"rules": 0.0, "views": 0.0}

    def step(*given: Any) -> Played:  # noqa: ANN401  # passed on as they are
        with _clocked(spent, "rules"):
            return play_step(*given)

    def seen(*given: Any) -> tuple[View, ...]:  # noqa: ANN401  # passed on as they are
        with _clocked(spent, "views"):
            return views(*given)

    begun = process_time()
    with patch.object(arena, "play_step", step), patch.object(arena, "views", seen):
        for _ in play_many(openings, [seated(game, kind, game.seed) for game in openings], together=games):
            pass
    whole = process_time() - begun
    rules, shown, every = (1e3 * part / games for part in (spent["rules"], spent["views"], whole))
    return Split(kind, rules, shown, every - rules - shown, every, calls(kind, games))


def calls(kind: str, games: int) -> float:
    """How many functions, of Python and of C, are called in a game of several in lockstep: however busy the machine, the same."""
    scenario, count = load(SCENARIO), 0
    openings = [opening(scenario, f"calls:{number}") for number in range(games)]

    def counted(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        for _ in play_many(openings, [seated(game, kind, game.seed) for game in openings], together=games):
            pass
    finally:
        sys.setprofile(before)
    return count / games


@contextmanager
def _clocked(spent: dict[str, float], part: str) -> Iterator[None]:
    begun = process_time()
    yield
    spent[part] += process_time() - begun


def cost(states: int, turns: int, kind: str = "random") -> float:
    """CPU milliseconds of a game of a given size: the median of a few."""
    return median(_milliseconds(world(states, turns, f"cost:{number}"), kind) for number in range(GAMES_TIMED))


def _milliseconds(game: Game, kind: str) -> float:
    players = seated(game, kind, game.seed)
    begun = process_time()
    play(game, players)
    return 1e3 * (process_time() - begun)


def thought_out(name: str) -> ThoughtOut:
    """One game in which bots think in every seat, step by step."""
    game = opening(load(name), "thought out")
    clock = [process_time()]
    play(game, seated(game, "payoff", game.seed), watch=lambda *_: clock.append(process_time()))
    longest = max(after - before for before, after in pairwise(clock))
    return ThoughtOut(name, len(game.atlas.countries), clock[-1] - clock[0], longest)


def turn_with_a_vote(states: int) -> float:
    """CPU seconds of a turn in which one draft is before a body of all states, all of them vote, and all of them set a budget.

    Cycles of objects are looked for as seldom as in the arena and on the server: at Python's own pace one look through all that other games
    have left in the process takes longer than the turn.
    """
    game, _ = take(world(states, 1, "vote"), Order(id=START_ID, author=CONTROL, act=Start()))
    begun = process_time()
    with seldom_swept():
        while game.moment.status == "running":
            acts = {country: _expected(game, number) for number, country in enumerate(game.atlas.countries)}
            game = play_step(game, acts).game
    return process_time() - begun


def _expected(game: Game, number: int) -> tuple[Act, ...]:
    """What the state of that number sends in the present step."""
    issue, draft = game.atlas.issues[0], next(iter(game.drafts), None)
    match game.moment.phase:
        case "negotiation" if number == 0 and draft is None and issue.target is not None:
            return (Table(council=game.atlas.councils[0].id, action="demand", issue=issue.id, target=issue.target, pressed=True),)
        case "assembly" if is_last_round(game) and draft is not None:
            return (Vote(draft=draft.id, choice=CHOICES[number % len(CHOICES)]),)
        case "orders":
            return (Budget(guns=0.05, aid=0.0),)
        case _:
            return ()
