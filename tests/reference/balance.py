"""The page on balance: how often bots of mixed company reached each objective, from the file that ``scenario check --record`` keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "balance.json"
NOT_PLAYED = frozenset(("un-193",))
"""Scenarios with too many seats or turns to be played often enough."""


@dataclass(frozen=True)
class Result:
    """Shares of games in which each objective of each seat was reached."""

    scenario: str
    games: int
    seed: int
    seats: dict[str, dict[str, float]]

    @property
    def shares(self) -> tuple[float, ...]:
        """All shares."""
        return tuple(share for aims in self.seats.values() for share in aims.values())


def results() -> tuple[Result, ...]:
    """What was recorded, by scenario."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Result(name, one["games"], one["seed"], one["seats"]) for name, one in sorted(found.items()))


def balance_page() -> str:
    """One table over all scenarios, and one for each."""
    parts = [
        "# Balance\n",
        "Written by `python -m tests.reference` from `balance.json`, which `unipole scenario check NAME --games N --record FILE` keeps.\n",
        (
            "In how many of the games each objective was reached. The players are mixed company, drawn anew for each seat and game: payoff "
            "bots of two skills, personas of two skills, and now and then one who picks legal acts by chance. No objective was reached "
            "never, and none always. The number of games says how fine the shares are. Not played often enough to judge, since one game "
            f"takes long: {', '.join(f'`{name}`' for name in sorted(NOT_PLAYED))}.\n"
        ),
        "| scenario | games | objectives | lowest | mean | highest |\n|---|---|---|---|---|---|",
    ]
    for one in results():
        mean = sum(one.shares) / len(one.shares)
        span = f"{_percent(min(one.shares))} | {_percent(mean)} | {_percent(max(one.shares))}"
        parts.append(f"| `{one.scenario}` | {one.games} | {len(one.shares)} | {span} |")
    for one in results():
        parts += [f"\n## {one.scenario}\n", f"{one.games} games, seed {one.seed}.\n", "| seat | objectives |\n|---|---|"]
        for seat, aims in one.seats.items():
            parts.append(f"| {seat} | {', '.join(f'`{name}` {_percent(share)}' for name, share in aims.items())} |")
    return "\n".join(parts) + "\n"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
