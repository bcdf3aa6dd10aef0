"""Tables of a tournament: per bot, bot against bot, per seat; and the same as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from client.tournament.games import Outcome, Played
from client.tournament.ratings import Ratings
from client.tournament.store import in_order

Cross = dict[tuple[str, str], tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Record:
    """What a bot did over all its seats."""

    bot: str
    seats: int
    gain: float
    met: int
    asked: int
    refused: int
    failures: int
    reason: str
    out_of_time: int
    seconds: float


def records(games: Iterable[Played]) -> list[Record]:
    """One record a bot, by name."""
    found: dict[str, list[Outcome]] = {}
    for game in in_order(games):
        for outcome in game.outcomes:
            found.setdefault(outcome.bot, []).append(outcome)
    return [_record(bot, found[bot]) for bot in sorted(found)]


def _record(bot: str, outcomes: Sequence[Outcome]) -> Record:
    return Record(
        bot=bot,
        seats=len(outcomes),
        gain=sum(o.gain for o in outcomes) / len(outcomes),
        met=sum(o.met for o in outcomes),
        asked=sum(o.asked for o in outcomes),
        refused=sum(o.refused for o in outcomes),
        failures=sum(o.failures for o in outcomes),
        reason=next((o.reason for o in outcomes if o.reason), ""),
        out_of_time=len([o for o in outcomes if o.out_of_time]),
        seconds=sum(o.seconds for o in outcomes) / len(outcomes),
    )


def by_seat(games: Iterable[Played]) -> dict[tuple[str, str], dict[str, tuple[float, int]]]:
    """(scenario, seat) -> bot -> mean gain and number of games."""
    found: dict[tuple[str, str], dict[str, list[float]]] = {}
    for game in in_order(games):
        for outcome in game.outcomes:
            found.setdefault((game.scenario, outcome.seat), {}).setdefault(outcome.bot, []).append(outcome.gain)
    return {seat: {bot: (sum(gains) / len(gains), len(gains)) for bot, gains in of.items()} for seat, of in found.items()}


def cross(games: Sequence[Played]) -> Cross:
    """(one, other) -> in which share of their meetings one did better for its seat than the other for its, and how many meetings."""
    usual = {seat: sum(g * n for g, n in of.values()) / sum(n for _, n in of.values()) for seat, of in by_seat(games).items()}
    won: dict[tuple[str, str], list[float]] = {}
    for game in in_order(games):
        over = [(o.bot, o.gain - usual[game.scenario, o.seat]) for o in game.outcomes]
        for (one, first), (other, second) in combinations(over, 2):
            if one != other:
                result = 0.5 if first == second else 1.0 if first > second else 0.0
                won.setdefault((one, other), []).append(result)
                won.setdefault((other, one), []).append(1.0 - result)
    return {pair: (sum(results) / len(results), len(results)) for pair, results in won.items()}


def write_csv(folder: Path, games: Sequence[Played], found: Ratings) -> None:
    """``games.csv``, ``ratings.csv``, ``seats.csv`` and ``cross.csv``.

    Raises:
        OSError: they cannot be written.
    """
    columns = list(Outcome.model_fields)
    rows = [[game.key, game.scenario, game.number, *(getattr(o, c) for c in columns)] for game in in_order(games) for o in game.outcomes]
    _write(folder / "games.csv", ["game", "scenario", "number", *columns], rows)
    heads = ["bot", "strength", "low", "high", "edge", "edge_low", "edge_high"]
    _write(folder / "ratings.csv", heads, [[getattr(r, head) for head in heads] for r in found.bots])
    _write(folder / "seats.csv", ["scenario", "seat", "ease"], found.seats)
    table = cross(games)
    _write(folder / "cross.csv", ["bot", "against", "better", "meetings"], [[*pair, *table[pair]] for pair in sorted(table)])


def _write(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)
