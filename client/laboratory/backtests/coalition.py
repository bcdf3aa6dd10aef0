"""Who joins a coalition of the willing: each state's own appraisal of joining, from its own seat, as things stood before the war."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from client.bots.joining import join_values
from client.bots.outlook import Outlook
from client.bots.payoff_bot import PayoffBot
from client.laboratory.backtests.cases import Cases, Folder, number
from client.laboratory.backtests.format import BacktestFile
from client.laboratory.backtests.openings import Profile, guarantees, opened, profiles, ties
from rules.exact import logit_choice
from rules.orders import CONTROL, Order, Start
from rules.sequence import take
from rules.state import Game
from rules.view import view
from rules.vocabulary import Operation

Pair = tuple[float, float]


def predicted(test: BacktestFile, folder: Folder, _: int, told: Callable[[int, int], None]) -> Cases:
    """One row a state but leader and target: chance of joining at all and of sending troops, by the bots' own choice rule."""
    year, leader, target = int(float(str(test.options["year"]))), str(test.options["leader"]), str(test.options["target"])
    aspirants = test.options.get("aspirants", ())
    known = profiles(folder, year)
    held = ties(folder, year, leader, aspirants if isinstance(aspirants, tuple) else ())  # type: ignore[arg-type]  # names, as the file says
    listed = _history(folder)
    others = [country for country in known if country not in (leader, target) and country in listed]
    game = opened(list(known.values()), held, leader, target, guarantees(held, leader))
    chance: dict[str, Pair] = {}
    for country in others:
        chance[country] = appraisal(game, country, leader, target)
        told(len(chance), len(others))
    return _cases(known, known[leader].ideal, others, chance, listed)


def _cases(
    known: dict[str, Profile], lead: float, others: Sequence[str], chance: dict[str, Pair], listed: dict[str, Pair]
) -> Cases:
    near = [-abs(known[country].ideal - lead) for country in others]
    joined, sent = ([listed[country][k] for country in others] for k in (0, 1))
    return Cases(
        tuple(others),
        {
            "joined": joined,
            "sent_troops": sent,
            "support": [chance[country][0] for country in others],
            "troops": [chance[country][1] for country in others],
            "ideal_alone": near,
            "nothing": [0.0 for _ in others],
        },
        (f"{len(others)} states with figures; {len(listed)} in the list.",),
    )


def appraisal(game: Game, country: str, leader: str, target: str) -> tuple[float, float]:
    """(worth of the best way to join against staying out, as a log-odds; the same for troops), from the country's own seat."""
    begun = take(game, Order(id="start", author=CONTROL, act=Start()))[0]
    skill = PayoffBot("").skill
    outlook = Outlook(view(begun, country), skill)
    operation = Operation(id="imagined", leader=leader, target=target, issue="force", turn=1)
    values = join_values(outlook, operation, outlook.me)
    chances = logit_choice(np.array(values), skill)
    return _odds(float(1.0 - chances[0])), _odds(float(chances[2] + chances[3]))


def _odds(chance: float) -> float:
    kept = min(max(chance, 1e-9), 1.0 - 1e-9)
    return float(np.log(kept / (1.0 - kept)))


def _history(folder: Folder) -> dict[str, tuple[float, float]]:
    """state -> (on the list of the willing, sent troops)."""
    found = {}
    for row in folder.rows("iraq_2003_coalition.csv"):
        listed, sent = number(row["wh49"]), number(row["troops_any"])
        if listed is not None and sent is not None:
            found[row["iso3"]] = (listed, sent)
    return found
