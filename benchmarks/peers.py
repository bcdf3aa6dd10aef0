"""Games of other engines, for comparison: run by ``python -m benchmarks`` in a throw-away environment that has them.

    python benchmarks/peers.py SECONDS

Plays the standard game of ``diplomacy`` to 1912 and two games of OpenSpiel, all by random legal moves on one core, and prints a line of
JSON for each.  It knows nothing of this project.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from time import process_time
from typing import Any

LAST_YEAR = 1912
OPEN_SPIEL_GAMES = {"negotiation": "negotiation", "goofspiel of 4": "goofspiel(players=4)"}


def diplomacy_game(chance: random.Random) -> int:
    """One standard game by random orders; the number of orders given."""
    game: Any = import_module("diplomacy").Game()
    orders = 0
    while not game.is_game_done and int(game.get_current_phase()[1:5]) <= LAST_YEAR:
        possible = game.get_all_possible_orders()
        for power in game.powers:
            chosen = [chance.choice(possible[place]) for place in game.get_orderable_locations(power) if possible[place]]
            game.set_orders(power, chosen)
            orders += len(chosen)
        game.process()
    return orders


def spiel_game(rules: Any, chance: random.Random) -> int:  # noqa: ANN401  # a class of another environment
    """One playout by random legal moves; the number of decisions."""
    state, decisions = rules.new_initial_state(), 0
    while not state.is_terminal():
        if state.is_chance_node():
            outcomes, weights = zip(*state.chance_outcomes(), strict=True)
            state.apply_action(chance.choices(outcomes, weights)[0])
        elif state.is_simultaneous_node():
            state.apply_actions([chance.choice(state.legal_actions(player)) for player in range(rules.num_players())])
            decisions += rules.num_players()
        else:
            state.apply_action(chance.choice(state.legal_actions()))
            decisions += 1
    return decisions


def timed(engine: str, title: str, play: Callable[[], int], seconds: float) -> None:
    """Play for some seconds of CPU and print the pace."""
    play()
    games = moves = 0
    begun = process_time()
    while (spent := process_time() - begun) < seconds:
        moves += play()
        games += 1
    print(json.dumps({"engine": engine, "game": title, "games_a_second": games / spent, "decisions_a_second": moves / spent}))


def main() -> None:
    """All of them, one after the other."""
    seconds, chance = float(sys.argv[1]), random.Random(1)  # noqa: S311  # moves of a game, no secrets
    timed(f"diplomacy {version('diplomacy')}", f"standard, to {LAST_YEAR}", lambda: diplomacy_game(chance), seconds)
    for title, name in OPEN_SPIEL_GAMES.items():
        rules = import_module("pyspiel").load_game(name)
        timed(f"OpenSpiel {version('open_spiel')}", title, lambda rules=rules: spiel_game(rules, chance), seconds)


if __name__ == "__main__":
    main()
