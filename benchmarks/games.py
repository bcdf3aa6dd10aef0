"""How fast games are played, and where the time goes.

    python -m benchmarks.games [--seconds 5]

Plays `tiny` and `iraq-2003` with random-legal and with payoff-driven bots, turn about, and prints games a second of CPU, the ratio of the
two, and the share of the time spent in the rules (deciding and applying orders) rather than in the bots.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time

from client.arena import play
from client.bots.payoff_bot import PayoffBot
from client.bots.protocol import Bot
from client.bots.random_legal import RandomLegal
from rules.orders import Act
from rules.state import Game, View
from scenarios.loader import load
from scenarios.opening import opening


@dataclass
class Timed:
    """A bot that notes how long it thinks."""

    bot: Bot
    spent: float = 0.0

    def choose(self, view: View) -> tuple[Act, ...]:
        """What the bot chooses."""
        begun = process_time()
        acts = self.bot.choose(view)
        self.spent += process_time() - begun
        return acts


KINDS: Mapping[str, Callable[[str], Bot]] = {"random": RandomLegal, "payoff": PayoffBot}


def one(game: Game, kind: str, number: int) -> tuple[float, float, int]:
    """CPU seconds of one game, of which the bots', and the number of entries."""
    bots = {c: Timed(KINDS[kind](f"{number}{c}")) for c in game.atlas.countries}
    begun = process_time()
    match = play(game, bots)
    return process_time() - begun, sum(bot.spent for bot in bots.values()), len(match.entries)


def main() -> None:
    """Play for some seconds a scenario and print the table."""
    parser = argparse.ArgumentParser(description="Time games of bots, random against payoff-driven, turn about.")
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds for each scenario")
    options = parser.parse_args()
    print("scenario   bots    games/s  ms a game  in the rules  us an entry  ratio to random")
    for name in ("tiny", "iraq-2003"):
        times: dict[str, list[tuple[float, float, int]]] = {kind: [] for kind in KINDS}
        number, begun = 0, process_time()
        while process_time() - begun < options.seconds:
            for kind in KINDS:
                times[kind].append(one(opening(load(name), str(number)), kind, number))
            number += 1
        base = median(t for t, _, _ in times["random"])
        for kind, rows in times.items():
            whole = median(t for t, _, _ in rows)
            rules = median(1.0 - thought / t for t, thought, _ in rows)
            entry = median((t - thought) / entries for t, thought, entries in rows)
            print(f"{name:10} {kind:7} {1 / whole:7.1f} {whole * 1e3:10.1f} {rules:13.0%} {entry * 1e6:12.0f} {whole / base:16.2f}")


if __name__ == "__main__":
    main()
