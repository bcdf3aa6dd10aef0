"""``python -m server.debrief.shipped``: bots' games that ship with the program, so that a class can be set beside them without playing any.

A file a scenario: the figures of games from its opening, and the hashes of rules and scenario that they were played by.
Where only the rules have changed since, they are still shown, and the page says so; of other scenarios or parameters they say nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rules.chance import derive
from rules.wire.logbook import Head
from scenarios import names
from scenarios.opening import opening
from scenarios.pin import head_of
from server.debrief.outcomes import played_on, starts
from server.sessions.recovery import scenario_named

FOLDER = Path(__file__).parent / "games"
GAMES = 200
SEED, PURPOSE = "bots' games", "compare"
DIGITS = 6


class Shipped(BaseModel):
    """The figures of games, by name, in the order of the games; None where a game had no such figure.  ``start`` is the hash of theirs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    rules_hash: str
    start: str
    figures: dict[str, list[float | None]]

    @property
    def rows(self) -> list[dict[str, float]]:
        """The same game by game."""
        games = max((len(column) for column in self.figures.values()), default=0)
        return [{name: column[k] for name, column in self.figures.items() if column[k] is not None} for k in range(games)]  # type: ignore[misc]  # None is left out


def shipped(head: Head, folder: Path = FOLDER) -> Shipped | None:
    """The games that were played of a start; None if there are none."""
    try:
        found = Shipped.model_validate_json((folder / f"{head.scenario}.json").read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None
    return found if found.start == _start(head) else None


def play(name: str, games: int, jobs: int, folder: Path = FOLDER) -> Path:
    """Play the games of a scenario by these rules, and write its file."""
    scenario = scenario_named(name)
    head = head_of(scenario, SEED, {})
    outcomes = sorted(played_on(starts(opening(scenario, SEED), games, derive(SEED, name), PURPOSE), jobs), key=lambda pair: pair[0])
    columns = dict.fromkeys(figure for _, outcome in outcomes for figure in outcome.figures)
    figures = {figure: [_short(outcome.figures.get(figure)) for _, outcome in outcomes] for figure in columns}
    kept = Shipped(rules_hash=head.rules_hash, start=_start(head), figures=figures)
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(kept.model_dump(), separators=(",", ":")) + "\n", encoding="utf-8")
    return path


def _start(head: Head) -> str:
    """The hash of what a game begins with: the scenario and every parameter."""
    return hashlib.sha256(json.dumps([head.scenario_hash, sorted(head.parameters.items())]).encode()).hexdigest()


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def main() -> None:
    """Play what is missing or of other rules, and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=names(), help="which; all that ship with the program if none is named")
    parser.add_argument("--games", type=int, default=GAMES)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    for name in options.scenarios:
        head = head_of(scenario_named(name), SEED, {})
        kept = shipped(head)
        if kept is not None and kept.rules_hash == head.rules_hash and len(kept.rows) >= options.games:
            print(f"{name}: as they are")
        else:
            print(f"{name}: {play(name, options.games, options.jobs)}", flush=True)


if __name__ == "__main__":
    main()
