"""Balance: whether every objective of a scenario can be reached and can be missed, by many games of mixed company.

An objective that nobody ever reaches teaches despair, one that everybody reaches teaches nothing.  Both are found by playing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from client.bots.mixed import company
from rules.exact import add
from scenarios.loader import Scenario
from server.commands.matches import Fixture, Score, scores
from server.commands.progress import bar

SEED = 20
WORDS = {"impossible": "nobody ever reached it", "trivial": "everybody always reached it"}


@dataclass(frozen=True, slots=True)
class Reached:
    """How often one objective of a seat was reached, and between which values the asked-for figure ended."""

    seat: str
    objective: str
    predicate: str
    games: int
    met: int
    lowest: float
    highest: float

    @property
    def share(self) -> float:
        """Share of games in which it was reached."""
        return self.met / self.games

    @property
    def verdict(self) -> str:
        """Impossible, trivial, or nothing to remark."""
        return "impossible" if not self.met else "trivial" if self.met == self.games else ""


@dataclass(frozen=True, slots=True)
class Balance:
    """What the games of a scenario came to."""

    scenario: str
    games: int
    reached: tuple[Reached, ...]

    @property
    def failing(self) -> tuple[Reached, ...]:
        """The objectives that were reached never or always."""
        return tuple(one for one in self.reached if one.verdict)


def summed(scenario: Scenario, found: Sequence[Score]) -> Balance:
    """The share of games in which each objective was reached."""
    rows = []
    for row, land in enumerate(scenario.data.country):
        for number, aim in enumerate(found[0].aims[row]):
            ends = [score.aims[row][number] for score in found]
            values = [end.value for end in ends]
            met = len([end for end in ends if end.met])
            rows.append(Reached(land.id, aim.objective.id, aim.objective.predicate, len(ends), met, min(values), max(values)))
    return Balance(scenario.data.scenario.id, len(found), tuple(rows))


def played(name: str, scenario: Scenario, games: int, jobs: int, out: Console) -> Balance:
    """Play the games, with a bar that says how far they are."""
    countries = [land.id for land in scenario.data.country]
    fixtures = [Fixture(name, company(SEED, number, countries), SEED, number, None, hashed=False) for number in range(games)]
    with bar(out) as progress:
        found = list(progress.track(scores(fixtures, scenario, jobs), total=games, description=f"playing {name}"))
    return summed(scenario, sorted(found, key=lambda score: score.number))


def show(balance: Balance, out: Console) -> None:
    """The seats that fail and why, and the whole in a sentence."""
    if balance.failing:
        table = Table(title=f"Objectives that {balance.games} games of mixed company cannot tell apart", title_justify="left")
        for heading in ("seat", "objective", "why", "asked", "found at the end"):
            table.add_column(heading, overflow="fold")
        for one in balance.failing:
            table.add_row(one.seat, one.objective, f"{one.verdict}: {WORDS[one.verdict]}", escape(one.predicate), _span(one))
        out.print(table)
    shares = [one.share for one in balance.reached]
    out.print(
        f"{balance.games} games: {len(shares)} objectives, reached in {100.0 * min(shares):.0f} to {100.0 * max(shares):.0f} per cent of "
        f"them, {100.0 * add(shares) / len(shares):.0f} on average; {len(balance.failing)} never or always.",
        soft_wrap=True,
    )


def _span(one: Reached) -> str:
    return f"{one.lowest:.4g}" if one.lowest == one.highest else f"{one.lowest:.4g} to {one.highest:.4g}"


def record(balance: Balance, path: Path) -> None:
    """Keep the result in a file of results, in the place of an older one of the same scenario.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: it is no such file.
    """
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    seats: dict[str, dict[str, float]] = {}
    for one in balance.reached:
        seats.setdefault(one.seat, {})[one.objective] = round(one.share, 4)
    kept[balance.scenario] = {"games": balance.games, "seed": SEED, "seats": seats}
    path.write_text(_written(kept), encoding="utf-8")


def _written(kept: dict[str, dict[str, object]]) -> str:
    """JSON with one line a seat, so that changes can be read."""
    parts = (f"{json.dumps(name)}: {_one(kept[name])}" for name in sorted(kept))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _one(result: dict[str, object]) -> str:
    seats = result["seats"]
    each = seats.items() if isinstance(seats, dict) else ()
    lines: Iterable[str] = (f"    {json.dumps(seat)}: {json.dumps(aims)}" for seat, aims in each)
    head = ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in result.items() if key != "seats")
    return "{" + head + ', "seats": {\n' + ",\n".join(lines) + "\n  }}"
