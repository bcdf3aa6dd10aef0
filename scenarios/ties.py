"""What ties mean at the start: who depends on whom, who likes whom, and who believes whom hostile (W22, W29,
W35, W98, W110, W134, W142).

Scenarios state ties as facts; every weight is a parameter.  All results have shape [state, state], i towards
j, with nothing on the diagonal.  Two-way kinds bind both ends alike; the others run from the state that
depends.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

import numpy as np

from rules.exact import Array, clip, frozen
from rules.parameters import Parameters
from scenarios import pacts
from scenarios.schema import ScenarioFile, Tie, TieKind

FRIENDLY: tuple[TieKind, ...] = ("ally", "rio", "league", "aspirant", "bases")
ALLIED: tuple[TieKind, ...] = ("ally", "rio", "league")
UNFRIENDLY: tuple[TieKind, ...] = ("rivalry", "war")
EARTH_RADIUS = 6.371  # thousand km
DISTANCE_DIGITS = 3  # thousand km to the kilometre: the C library's last bits of sin, cos and asin do not reach this far


def _table(data: ScenarioFile, kind: TieKind) -> Array:
    """Values of one kind of tie, [from, to]."""
    rows = {land.id: row for row, land in enumerate(data.country)}
    table = np.zeros((len(rows), len(rows)))
    for tie in _of(data.tie, kind):
        table[rows[tie.holder], rows[tie.partner]] += tie.value
    return table


def _of(ties: Iterable[Tie], kind: TieKind) -> list[Tie]:
    return [tie for tie in ties if tie.kind == kind]


def _both_ways(data: ScenarioFile, kind: TieKind) -> Array:
    table = _table(data, kind)
    return np.maximum(table, table.T)


def _any(data: ScenarioFile, kinds: Iterable[TieKind]) -> Array:
    """1 where any tie of the kinds exists in either direction, else 0."""
    found = np.zeros((len(data.country), len(data.country)))
    for kind in kinds:
        found = np.maximum(found, np.where(_both_ways(data, kind) > 0.0, 1.0, 0.0))
    return found


def _without_self(table: Array) -> Array:
    np.fill_diagonal(table, 0.0)
    return frozen(table)


def dependence(data: ScenarioFile, forces: Array, weights: Parameters) -> Array:
    """How much i's welfare hangs on j, 0..1: trade, aid, hopes of entry, and a stronger ally's protection."""
    trade = weights.tie_trade * (_table(data, "trade") + _table(data, "commerce"))
    received = weights.tie_aid * _table(data, "aid")
    hopes = weights.tie_aspirant * _table(data, "aspirant")
    stronger = np.where(forces[None, :] > forces[:, None], 1.0, 0.0)
    sheltered = weights.tie_ally * (_both_ways(data, "ally") * stronger)
    return _without_self(clip(((trade + received) + hopes) + sheltered, 0.0, 1.0))


def goodwill(data: ScenarioFile, weights: Parameters) -> Array:
    """Goodwill of i towards j, -1..1: pacts, leagues, hopes of entry and bases, less rivalry and war."""
    kind_words = weights.friend_goodwill * _any(data, FRIENDLY)
    grudges = weights.rival_goodwill * _any(data, UNFRIENDLY)
    return _without_self(clip(kind_words - grudges, -1.0, 1.0))


def hostile(data: ScenarioFile, weights: Parameters) -> Array:
    """i's belief that j is aggressive, 0..1: a floor without any record, less for allies, more for rivals and old enemies."""
    rivals = weights.hostile_rivalry * _both_ways(data, "rivalry")
    wars = weights.hostile_war * _both_ways(data, "war")
    floor = weights.hostile_base * (1.0 - weights.hostile_ally * np.maximum(_any(data, ALLIED), _sworn(data)))
    return _without_self(clip((floor + rivals) + wars, 0.0, 1.0))


def _sworn(data: ScenarioFile) -> Array:
    """1 between the parties of a treaty of the opening by which one of them owes defence to the other, else 0."""
    rows = {land.id: row for row, land in enumerate(data.country)}
    table = np.zeros((len(rows), len(rows)))
    for pact in data.commitment:
        for duty in pacts.duties(pact) if pact.visibility == "public" else ():
            if duty.kind != "defend":
                continue
            debtors = pact.parties if duty.debtor == pacts.EACH else (duty.debtor,)
            for one in debtors:
                for other in pact.parties if duty.ally is None else (duty.ally,):
                    table[rows[one], rows[other]] = table[rows[other], rows[one]] = 1.0
    return table


def distance(latitude: Array, longitude: Array) -> Array:
    """Great-circle distances between capitals, thousand km to the kilometre."""
    places = [(radians(north), radians(east)) for north, east in zip(latitude.tolist(), longitude.tolist(), strict=True)]
    table = np.zeros((len(places), len(places)))
    for i, one in enumerate(places):
        for j in range(i + 1, len(places)):
            table[i, j] = table[j, i] = _great_circle(one, places[j])
    return _without_self(table)


def _great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula."""
    north, east = sin((other[0] - one[0]) / 2.0), sin((other[1] - one[1]) / 2.0)
    square = north * north + cos(one[0]) * cos(other[0]) * (east * east)
    return round(2.0 * EARTH_RADIUS * asin(sqrt(min(square, 1.0))), DISTANCE_DIGITS)
