"""A tournament from its file to its tables: what is planned, what is still to be played, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from client.tournament.design import Fixture, fixtures, notes
from client.tournament.file import Tournament, scenario_of, seats_of
from client.tournament.games import Played, Task, play_all
from client.tournament.page import write_page
from client.tournament.ratings import Ratings, ratings
from client.tournament.store import Results, in_order
from client.tournament.tables import write_csv

RESULTS, PAGE = "results.jsonl", "tournament.html"


@dataclass(frozen=True, slots=True)
class Plan:
    """All games of a tournament, and what about the design is not exact."""

    fixtures: tuple[Fixture, ...]
    notes: tuple[str, ...]


def plan(tournament: Tournament) -> Plan:
    """Who plays where.

    Raises:
        BadTournament: a scenario cannot be used.
    """
    bots = [bot.id for bot in tournament.bot]
    found: list[Fixture] = []
    said: list[str] = []
    for stage in tournament.scenario:
        seats = seats_of(stage, scenario_of(stage))
        games = stage.games if stage.games is not None else (stage.blocks or 1) * len(bots)
        these = fixtures(bots, seats, stage.scenario, tournament.tournament.seed, games)
        found.extend(these)
        said.extend(notes(these, bots))
    return Plan(tuple(found), tuple(said))


def play(tournament: Tournament, home: Path, folder: Path, jobs: int, told: Callable[[int, int], None]) -> list[Played]:
    """Play what is still to be played and return all games.  ``home``: the folder of the file, where factories and scripts are looked for.

    ``told`` is called with the games done and all games, at the start and after each game.

    Raises:
        BadTournament: the folder holds another tournament, or a bot cannot be made.
    """
    planned = plan(tournament).fixtures
    folder.mkdir(parents=True, exist_ok=True)
    with Results(folder / RESULTS, tournament) as results:
        told(len(results.games), len(planned))
        tasks = [Task(fixture, tournament, home) for fixture in planned if fixture.key not in results.games]
        for game in play_all(tasks, jobs):
            results.add(game)
            told(len(results.games), len(planned))
        return in_order(results.games.values())


def report(tournament: Tournament, folder: Path, games: list[Played], said: tuple[str, ...]) -> Ratings:
    """Rate the bots and write tables and page.

    Raises:
        OSError: they cannot be written.
    """
    rules = tournament.tournament
    found = ratings(games, rules.score, rules.resamples, rules.seed)
    write_csv(folder, games, found)
    write_page(folder / PAGE, tournament, games, found, said)
    return found
