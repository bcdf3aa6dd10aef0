"""The tournament file: who plays, on which scenarios, how often, with how much time.  See docs/reference/tournament-format.md."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from client.bots.seats import BadSeats, Casting, cast
from rules.wire.canonical import digest
from scenarios.faults import BadScenario, parsed
from scenarios.loader import Scenario, load

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
BOTS_MAX, GAMES_MAX = 64, 1_000_000


class BadTournament(ValueError):
    """The file cannot be used: the text says where and why."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entrant(_Table):
    """A bot: built in (``plays``), a Python factory (``factory``), or a program of any language (``script``)."""

    id: Id
    title: str = ""
    plays: str | None = None
    factory: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")] | None = None
    script: Annotated[tuple[str, ...], Field(min_length=1)] | None = None


class Stage(_Table):
    """A scenario, the seats that are contested (all if none are named), and how many blocks or games are played on it."""

    scenario: str
    seats: tuple[str, ...] = ()
    others: str = "payoff"
    blocks: Annotated[int, Field(ge=1)] | None = None
    games: Annotated[int, Field(ge=1, le=GAMES_MAX)] | None = None


class Rules(_Table):
    """What holds for all games.  ``seconds``: time bank of a bot for a whole game."""

    title: str
    seed: Annotated[int, Field(ge=0)] = 7
    seconds: Annotated[float, Field(gt=0.0, le=86_400.0)] = 60.0
    score: Literal["gain", "objectives"] = "gain"
    resamples: Annotated[int, Field(ge=0, le=100_000)] = 400


class Tournament(_Table):
    """A whole file."""

    tournament: Rules
    bot: Annotated[tuple[Entrant, ...], Field(min_length=2, max_length=BOTS_MAX)]
    scenario: Annotated[tuple[Stage, ...], Field(min_length=1)]

    def hash(self) -> str:
        """A hash of everything that decides what is played."""
        return digest(self.model_dump(mode="json"))

    def entrant(self, name: str) -> Entrant:
        """A bot by id.  Raises KeyError if there is none."""
        found = next((bot for bot in self.bot if bot.id == name), None)
        if found is None:
            raise KeyError(name)
        return found


def read(path: Path) -> Tournament:
    """The tournament of a file, checked against the scenarios it names.

    Raises:
        BadTournament: the file cannot be read or used; says where and why.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadTournament(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTournament(f"{path} cannot be read: {error}.") from error
    found, faults = parsed(Tournament, table, str(path))
    if found is None:
        raise BadTournament(str(faults[0]))
    _check(path, found)
    return found


def _check(path: Path, found: Tournament) -> None:
    names = [bot.id for bot in found.bot]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadTournament(f"{path}: two bots are called {twice[0]}.")
    stages = [stage.scenario for stage in found.scenario]
    if len(set(stages)) < len(stages):
        raise BadTournament(f"{path}: a scenario is named twice; give it more blocks instead.")
    for bot in found.bot:
        if len([way for way in (bot.plays, bot.factory, bot.script) if way is not None]) != 1:
            raise BadTournament(f"{path}: bot {bot.id} needs exactly one of plays, factory and script.")
        if bot.plays is not None:
            casting(bot.plays, f"bot {bot.id}")
    for stage in found.scenario:
        if (stage.blocks is None) == (stage.games is None):
            raise BadTournament(f"{path}: scenario {stage.scenario} needs either blocks or games.")
        casting(stage.others, f"scenario {stage.scenario}, others")
        seats_of(stage, scenario_of(stage))


def casting(words: str, where: str) -> Casting:
    """A built-in kind of player, such as ``payoff:60``.

    Raises:
        BadTournament: there is none of that name.
    """
    try:
        return cast(f"*={words}", ["AAA"])["AAA"]
    except BadSeats as error:
        raise BadTournament(f"{where}: {error}") from error


def scenario_of(stage: Stage) -> Scenario:
    """The scenario of a stage.

    Raises:
        BadTournament: it cannot be loaded.
    """
    try:
        return load(stage.scenario)
    except BadScenario as error:
        raise BadTournament(str(error.faults[0] if len(error.faults) == 1 else error)) from error


def seats_of(stage: Stage, scenario: Scenario) -> tuple[str, ...]:
    """The contested seats, in the order of the scenario.

    Raises:
        BadTournament: a seat is unknown, or fewer than two are contested.
    """
    countries = [land.id for land in scenario.data.country]
    unknown = [seat for seat in stage.seats if seat not in countries]
    if unknown:
        raise BadTournament(f"scenario {stage.scenario} has no seat {unknown[0]}; it has {', '.join(countries)}.")
    seats = tuple(country for country in countries if not stage.seats or country in stage.seats)
    if len(seats) < 2:  # noqa: PLR2004 - one seat is no contest
        raise BadTournament(f"scenario {stage.scenario}: at least two seats must be contested.")
    return seats
