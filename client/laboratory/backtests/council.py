"""Stances of a council's members: what each member's bot would cast on a draft that authorises force, over many games."""

from __future__ import annotations

from collections.abc import Callable

from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.format import BacktestFile
from client.laboratory.council import mean_stance, one_game
from client.laboratory.faults import BadExperiment
from rules.interests.payoff import deference_price
from scenarios.loader import load
from scenarios.opening import opening

TOLD = Callable[[int, int], None]
"""Told how many games are done of how many."""


def predicted(test: BacktestFile, _: Folder, games: int, told: TOLD) -> Cases:
    """One row a member but the sponsor.  ``games`` are played with the names as they are and as many with names exchanged."""
    stood = {country: float(stance) for country, stance in test.facts.get("stance", {}).items()}
    if not stood:
        raise BadExperiment("facts.stance", "is missing.", "Say where each member stood: 2 in favour, 1 undecided, 0 against.")
    plain, shuffled = [], []
    for number in range(games):
        plain.append(one_game(number, shuffle=False))
        shuffled.append(one_game(number, shuffle=True))
        told(number + 1, games)
    game = opening(load(test.scenario or "iraq-2003"), "backtest")
    members = tuple(country for country in stood if country != game.atlas.unipole)
    rows = [game.atlas.countries.index(country) for country in members]
    lead = game.atlas.countries.index(game.atlas.unipole)
    near = [-abs(float(game.atlas.ideal[row, 0] - game.atlas.ideal[lead, 0])) for row in rows]
    price = [float(deference_price(game)[row]) for row in rows]
    means = [mean_stance(plain, country) for country in members]
    exchanged = [mean_stance(shuffled, country) for country in members]
    by_name = [mean_stance(shuffled, country, by_name=True) for country in members]
    wars = [played for played in plain if played.war_turn]
    return Cases(
        members,
        {
            "stance": [stood[country] for country in members],
            "in_favour": [float(stood[country] > 1.0) for country in members],
            "against": [float(stood[country] < 1.0) for country in members],
            "yes": [mean[0] for mean in means],
            "no": [mean[1] for mean in means],
            "yes_less_no": [mean[0] - mean[1] for mean in means],
            "names_exchanged": [mean[0] - mean[1] for mean in exchanged],
            "read_by_name": [mean[0] - mean[1] for mean in by_name],
            "ideal_alone": near,
            "far": [-value for value in near],
            "ideal_less_autonomy": [value - cost for value, cost in zip(near, price, strict=True)],
            "far_and_autonomous": [cost - value for value, cost in zip(near, price, strict=True)],
        },
        (
            f"War was launched by the unipole in {len(wars)} of {games} games, authorised in {len([g for g in wars if g.authorised])}.",
            f"{games} games with the names as they are, {games} with the members' names exchanged.",
        ),
    )
