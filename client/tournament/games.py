"""One game of a tournament: entrants in their seats, others by the stage's own words, and what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from client.arena import Match, play
from client.bots.protocol import Bot
from client.bots.seats import bots as built_in
from client.dealing import dealt
from client.seeds import bot_seed, game_seed
from client.tournament.design import Fixture
from client.tournament.entrants import Guarded, seated
from client.tournament.file import Stage, Tournament, casting
from rules.exact import total
from rules.interests.objectives import BadPredicate, holds, parse
from rules.state import Game
from scenarios.loader import Scenario, load
from scenarios.opening import opening

REASON_CHARACTERS = 200


class Outcome(BaseModel):
    """A contested seat after a game.  ``seconds`` is how long its bot thought: the only figure that differs from run to run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seat: str
    bot: str
    gain: float
    met: int
    asked: int
    refused: int = 0
    failures: int = 0
    reason: str = ""
    out_of_time: bool = False
    seconds: Annotated[float, Field(ge=0.0)] = 0.0


class Played(BaseModel):
    """What is kept of a game."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    scenario: str
    number: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A game to be played, with all that another process needs for it."""

    fixture: Fixture
    tournament: Tournament
    folder: Path


def played(task: Task, scenario: Scenario) -> Played:
    """Play a game to its end, whatever the bots do.

    Raises:
        BadTournament: a bot cannot even be made.
    """
    fixture, tournament = task.fixture, task.tournament
    stage = next(s for s in tournament.scenario if s.scenario == fixture.scenario)
    seed = tournament.tournament.seed
    start = opening(scenario, game_seed(seed, fixture.number))
    guarded: dict[str, Guarded] = {}
    try:
        for seat, name in fixture.seats:
            player = seated(tournament.entrant(name), seat, bot_seed(seed, seat, fixture.number), task.folder)
            guarded[seat] = Guarded(player, tournament.tournament.seconds)
        return _summed(fixture, play(start, {**_others(stage, start, seed, fixture), **guarded}), guarded)
    finally:
        for bot in guarded.values():
            bot.player.close()


def _others(stage: Stage, start: Game, seed: int, fixture: Fixture) -> dict[str, Bot]:
    """Players of the seats that are not contested."""
    contested = {seat for seat, _ in fixture.seats}
    words = casting(stage.others, f"scenario {stage.scenario}, others")
    cast = {country: words for country in start.atlas.countries if country not in contested}
    return built_in(cast, lambda country: bot_seed(seed, country, fixture.number))


def _summed(fixture: Fixture, match: Match, guarded: dict[str, Guarded]) -> Played:
    game = match.game
    gains = total(game.world.payoff) - total(game.atlas.opening)
    refused = Counter(declined.order.author for declined in match.declined)
    outcomes = []
    for seat, name in fixture.seats:
        row, bot = game.atlas.countries.index(seat), guarded[seat]
        aims = _met(game, seat)
        outcomes.append(
            Outcome(
                seat=seat,
                bot=name,
                gain=float(gains[row]),
                met=sum(aims),
                asked=len(aims),
                refused=refused[seat],
                failures=bot.failures,
                reason=bot.reason[:REASON_CHARACTERS],
                out_of_time=bot.out_of_time,
                seconds=bot.seconds_used,
            )
        )
    return Played(key=fixture.key, scenario=fixture.scenario, number=fixture.number, outcomes=tuple(outcomes))


def _met(game: Game, country: str) -> list[bool]:
    """Whether each objective of a seat holds at the end; one that cannot be asked of this game is left out."""
    found = []
    for objective in game.atlas.objectives[game.atlas.countries.index(country)]:
        try:
            found.append(holds(parse(objective.predicate), game, country))
        except BadPredicate:
            continue
    return found


def play_all(tasks: Sequence[Task], jobs: int) -> Iterator[Played]:
    """Play games, in this process for one job, and give each as it ends.

    Raises:
        BadTournament: a bot cannot even be made.
    """
    yield from dealt(tasks, _apart, jobs)


_LOADED: dict[str, Scenario] = {}


def _apart(task: Task) -> Played:
    """One game; each process reads a scenario once."""
    name = task.fixture.scenario
    if name not in _LOADED:
        _LOADED[name] = load(name)
    return played(task, _LOADED[name])
