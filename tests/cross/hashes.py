"""``python -m tests.cross.hashes``: plays some games and prints the hash of each log, one a line, for another process to compare."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from client.arena import play
from client.bots.payoff_bot import PayoffBot
from client.bots.protocol import Bot
from client.bots.random_legal import RandomLegal
from rules.wire.logbook import FORMAT, Head, record_hash
from scenarios import load, opening
from scenarios.pin import pins

GAMES = (("tiny", "payoff", 3), ("tiny", "random", 3), ("iraq-2003", "random", 2), ("iraq-2003", "payoff", 1))
"""Scenario, kind of bot, and how many turns are played."""


def hashes() -> Iterator[str]:
    """A line for each game: what was played, and the hash of its log."""
    for name, kind, turns in GAMES:
        scenario = load(name)
        pinned = pins(scenario)
        head = Head(
            format=FORMAT,
            scenario=name,
            scenario_hash=pinned.scenario_hash,
            rules_hash=pinned.rules_hash,
            parameters=pinned.parameters,
            seed="cross",
        )
        game = opening(scenario, head.seed)
        game = replace(game, atlas=replace(game.atlas, turns=turns))
        bots: dict[str, Bot] = {
            country: PayoffBot(f"cross {country}") if kind == "payoff" else RandomLegal(f"cross {country}")
            for country in game.atlas.countries
        }
        match = play(game, bots)
        yield f"{name} {kind} {len(match.entries)} {record_hash(head, match.entries)}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(hashes()) + "\n")
