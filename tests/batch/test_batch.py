"""Many games at once are the same games as one at a time: in one process, in several, and each alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from client.arena import play
from client.bots.seats import cast
from client.seeds import game_seed
from rules.wire.canonical import game_hash
from rules.wire.logbook import read
from scenarios import load, opening
from server.commands import matches
from server.commands.matches import Fixture, scores
from tests.rules.stage import tiny

SCENARIO = load("tiny")
CASTING = cast("DOR=random,COR=payoff:10", [land.id for land in SCENARIO.data.country])


def fixtures(*numbers: int, folder: Path | None = None) -> list[Fixture]:
    """Games of one batch by their numbers."""
    return [Fixture("tiny", CASTING, 7, number, folder / f"{number}.jsonl" if folder else None) for number in numbers]


def hashes(*numbers: int, jobs: int) -> dict[int, str]:
    """The hash of the log of each game."""
    return {result.number: result.hash for result in scores(fixtures(*numbers), SCENARIO, jobs)}


def test_a_batch_gives_the_logs_of_its_games_alone() -> None:
    """Whichever others are played beside, before or after, in how many processes."""
    together = hashes(0, 1, 2, 3, jobs=2)
    assert len(set(together.values())) == 4
    assert hashes(3, 1, 0, 2, jobs=1) == together
    assert {number: hashes(number, jobs=1)[number] for number in together} == together


def test_the_logs_on_disk_are_those_of_the_hashes(tmp_path: Path) -> None:
    """Each file is read back and has the hash that was told."""
    found = list(scores(fixtures(0, 1, folder=tmp_path), SCENARIO, 1))
    assert [read((tmp_path / f"{r.number}.jsonl").read_text().splitlines())[2] for r in found] == [r.hash for r in found]


def test_a_game_that_leaves_traces_for_the_next_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a seed to depend on how many games came before, the comparison would fail."""
    honest, count = hashes(1, jobs=1)[1], iter(range(100))
    monkeypatch.setattr(matches, "game_seed", lambda seed, number: game_seed(seed, number + next(count)))
    together = hashes(0, 1, jobs=1)
    assert together[1] != honest


def test_what_is_kept_between_games_changes_nothing() -> None:
    """Caches of the rules hold figures of an atlas; games of other openings in between do not disturb them."""
    alone = game_hash(play(tiny(), {}).game)
    scenario = load("tiny")
    for value in (0.5, 2.0):
        play(opening(scenario, "between", {"proximity": value}), {})
        play(replace(tiny(), parameters=replace(tiny().parameters, proximity=value)), {})
    assert game_hash(play(tiny(), {}).game) == alone
