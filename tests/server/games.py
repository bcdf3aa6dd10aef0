"""Finished games for the tests of what tells about them: played once, kept for all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from client.arena import Match
from client.bots.seats import cast
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.logbook import Head, pack, record_hash, write
from scenarios.loader import load
from server.commands.matches import match
from server.debrief.telling import Telling
from server.narrate.turns import Turns

VOTED = 12
"""The seed of a game of the Council case in which a mandate is refused, asked for again, and given, and words are broken."""


@cache
def played(scenario: str, seats: str = "", seed: int = 7) -> tuple[Head, Match]:
    """A game of a built-in scenario, by the seats as typed."""
    case = load(scenario)
    return match(case, cast(seats, [land.id for land in case.data.country]), seed)


@cache
def told(scenario: str, seats: str = "", seed: int = 7) -> Turns:
    """The same, told turn by turn."""
    _, game = played(scenario, seats, seed)
    return Turns(game.opening).add_all(game.entries)


def telling(scenario: str, seats: str = "", seed: int = 7, *, revealed: bool = True, until: int | None = None) -> Telling:
    """The same as a debrief tells it."""
    head, game = played(scenario, seats, seed)
    eyes = UMPIRE_VIEWER if revealed else PUBLIC_VIEWER
    return Telling(game.opening, game.entries, record_hash(head, game.entries), eyes, seed=seed, until=until)


def log_lines(scenario: str, seats: str = "", seed: int = 7) -> list[str]:
    """The lines of its log."""
    head, game = played(scenario, seats, seed)
    return list(write(head, ((pack(entry), 0) for entry in game.entries)))


def log_file(folder: Path, scenario: str, seats: str = "", seed: int = 7) -> Path:
    """Its log as a file."""
    path = folder / f"{scenario}.jsonl"
    path.write_text("".join(f"{line}\n" for line in log_lines(scenario, seats, seed)))
    return path
