"""Playing games in this process or in several, each from one number: what ``unipole run`` does apart from showing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from client.arena import Match, play
from client.bots.seats import Casting, bots
from client.seeds import bot_seed, game_seed
from rules.logbook import Head, pack, record_hash, write
from scenarios.loader import Scenario, load
from scenarios.opening import opening
from server.narrate.outcome import adoptions, aims, breaches, failures, payoffs, payoffs_at_start, wars
from server.sessions.recovery import head_of


@dataclass(frozen=True, slots=True)
class Fixture:
    """One game to be played: ``number`` counts from 0 within its batch; ``log`` is the file to write, if any."""

    scenario: str
    casting: Mapping[str, Casting]
    seed: int
    number: int
    log: Path | None


@dataclass(frozen=True, slots=True)
class Score:
    """What is kept of a finished game; the tuples have one number a country, ``aims`` the (met, all) objectives of each."""

    number: int
    adopted: int
    failed: int
    wars: int
    breaches: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    aims: tuple[tuple[int, int], ...]
    entries: int
    refused: int
    hash: str


def match(scenario: Scenario, casting: Mapping[str, Casting], seed: int, number: int = 0) -> tuple[Head, Match]:
    """Play one game to its end."""
    secret = game_seed(seed, number)
    game = opening(scenario, secret)
    players = bots(casting, lambda country: bot_seed(seed, country, number))
    return head_of(scenario, secret, {}), play(game, players)


def score(fixture: Fixture, scenario: Scenario) -> Score:
    """Play one game, write its log if asked to, and sum it up."""
    head, played = match(scenario, fixture.casting, fixture.seed, fixture.number)
    if fixture.log is not None:
        lines = write(head, ((pack(entry), 0) for entry in played.entries))
        fixture.log.write_text("".join(f"{line}\n" for line in lines))
    game = played.game
    asked = [aims(game, country) for country in game.atlas.countries]
    return Score(
        number=fixture.number,
        adopted=adoptions(game),
        failed=failures(game),
        wars=wars(game),
        breaches=len(breaches(game)),
        before=payoffs_at_start(game),
        after=payoffs(game),
        aims=tuple((len([aim for aim in of_seat if aim.met]), len(of_seat)) for of_seat in asked),
        entries=len(played.entries),
        refused=len(played.declined),
        hash=record_hash(head, played.entries),
    )


def scores(fixtures: list[Fixture], scenario: Scenario, jobs: int) -> Iterator[Score]:
    """Play all games, in this process for one job, and give each result as it comes."""
    if jobs <= 1 or len(fixtures) <= 1:
        for fixture in fixtures:
            yield score(fixture, scenario)
        return
    # Fresh processes: a fork would copy the thread that draws the progress bar, in whatever state it is.
    with ProcessPoolExecutor(min(jobs, len(fixtures)), mp_context=get_context("spawn")) as pool:
        pending = [pool.submit(_score_apart, fixture) for fixture in fixtures]
        try:
            for done in as_completed(pending):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_LOADED: dict[str, Scenario] = {}


def _score_apart(fixture: Fixture) -> Score:
    """The same in another process, which reads the scenario once."""
    if fixture.scenario not in _LOADED:
        _LOADED[fixture.scenario] = load(fixture.scenario)
    return score(fixture, _LOADED[fixture.scenario])
