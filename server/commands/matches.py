"""Playing games in this process or in several, each from one number: what ``unipole run`` does apart from showing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from client.arena import Match, abreast, play, play_many
from client.bots.protocol import Bot
from client.bots.seats import Casting, bots
from client.dealing import dealt, lots
from client.seeds import bot_seed, game_seed
from rules.spec import Setting
from rules.wire.logbook import Head, pack, record_hash, write
from scenarios.loader import Scenario, load
from scenarios.opening import opening
from scenarios.pin import head_of
from server.narrate.outcome import Aim, adoptions, aims, breaches, failures, payoffs, payoffs_at_start, wars


@dataclass(frozen=True, slots=True)
class Fixture:
    """One game to be played: ``number`` counts from 0 within its batch; ``log`` is the file to write, if any.

    The hash of its log, which takes longer than many a game, is found if ``hashed`` or if there is a file.
    """

    scenario: str
    casting: Mapping[str, Casting]
    seed: int
    number: int
    log: Path | None
    hashed: bool = True
    overrides: Mapping[str, Setting] = field(default_factory=dict)  # parameters that differ from the scenario's


@dataclass(frozen=True, slots=True)
class Score:
    """What is kept of a finished game; the tuples have one entry a country, ``aims`` the objectives of each as they stand at the end."""

    number: int
    adopted: int
    failed: int
    wars: int
    breaches: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    aims: tuple[tuple[Aim, ...], ...]
    entries: int
    refused: int
    hash: str


def match(scenario: Scenario, casting: Mapping[str, Casting], seed: int, number: int = 0) -> tuple[Head, Match]:
    """Play one game to its end."""
    secret = game_seed(seed, number)
    return head_of(scenario, secret, {}), play(opening(scenario, secret), _players(casting, seed, number))


def _players(casting: Mapping[str, Casting], seed: int, number: int) -> dict[str, Bot]:
    return bots(casting, lambda country: bot_seed(seed, country, number))


def batch_scores(fixtures: Sequence[Fixture], scenario: Scenario) -> Iterator[Score]:
    """Play some games in lockstep, write their logs if asked to, and sum each up."""
    secrets = [game_seed(fixture.seed, fixture.number) for fixture in fixtures]
    games = (opening(scenario, secret, fixture.overrides) for fixture, secret in zip(fixtures, secrets, strict=True))
    casts = (_players(fixture.casting, fixture.seed, fixture.number) for fixture in fixtures)
    for fixture, secret, played in zip(fixtures, secrets, play_many(games, casts, together=len(fixtures)), strict=True):
        yield _score(fixture, played, _written(fixture, scenario, secret, played))


def _written(fixture: Fixture, scenario: Scenario, secret: str, played: Match) -> str:
    """The hash of the game's log, written to its file if it has one; empty if nobody wants to know."""
    if fixture.log is None and not fixture.hashed:
        return ""
    head = head_of(scenario, secret, fixture.overrides)
    if fixture.log is not None:
        lines = write(head, ((pack(entry), 0) for entry in played.entries))
        fixture.log.write_text("".join(f"{line}\n" for line in lines))
    return record_hash(head, played.entries)


def _score(fixture: Fixture, played: Match, log_hash: str) -> Score:
    game = played.game
    return Score(
        number=fixture.number,
        adopted=adoptions(game),
        failed=failures(game),
        wars=wars(game),
        breaches=len(breaches(game)),
        before=payoffs_at_start(game),
        after=payoffs(game),
        aims=tuple(aims(game, country) for country in game.atlas.countries),
        entries=len(played.entries),
        refused=len(played.declined),
        hash=log_hash,
    )


def scores(fixtures: list[Fixture], scenario: Scenario, jobs: int) -> Iterator[Score]:
    """Play all games, in this process for one job, and give each result as it comes."""
    batches = lots(fixtures, jobs, abreast(len(scenario.data.country)))
    if jobs <= 1 or len(batches) <= 1:
        for batch in batches:
            yield from batch_scores(batch, scenario)
        return
    for found in dealt(batches, _batch_apart, jobs):
        yield from found


def _batch_apart(batch: Sequence[Fixture]) -> list[Score]:
    """The same in another process; a built-in scenario is read there once."""
    return list(batch_scores(batch, load(batch[0].scenario)))
