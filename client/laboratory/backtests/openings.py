"""Openings made of data at run time: a world of one year, from series that lie outside the program.

The world is written in short, as an experiment's world file is, and so goes through the same schema, the same ties and the same opening as
every scenario.  Where a state lacks a figure that can be guessed without looking at what happened, the guess is the median of the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import cast

from client.laboratory import worlds
from client.laboratory.backtests.cases import Folder
from rules.state import Game
from scenarios.opening import opening

REACH_MIN, REACH_MAX = 1.0, 10.0  # thousand km: small states reach their neighbours, the strongest the world
OFFENCE = 0.5
YEARS_BACK = 10  # a state that did not vote for some years keeps its last ideal point
ARMED = frozenset(("USA", "RUS", "GBR", "FRA", "CHN", "IND", "PAK", "ISR"))  # with nuclear weapons in 2002, as publicly known
NORTHERN = frozenset(("CAN",))  # in the Americas, yet allied with the unipole by the North Atlantic Treaty and not by that of Rio
"""These two lists and a case's own are all that is said of states by name; everything else about them is figures."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A state in figures."""

    country: str
    gdp: float  # bn USD
    milex: float  # bn USD
    population: float  # million
    democracy: float
    latitude: float
    longitude: float
    ideal: float


def profiles(folder: Folder, year: int) -> dict[str, Profile]:
    """Every state of which the year's ideal point, economy and place are known."""
    ideal = folder.series("unga_ideal_points_1990_2019.csv", "iso3", "ideal", year, back=YEARS_BACK)
    economy = folder.series("gdp_pop_1990_2019.csv", "iso3", "pwtrgdp", year)
    people = folder.series("gdp_pop_1990_2019.csv", "iso3", "pwtpop", year)
    arms = folder.series("cinc_nmc_1990_2022.csv", "iso3", "milex", year)
    regime = folder.series("regime_1990_2022.csv", "iso3", "v2x_polyarchy", year)
    places = {row["iso3"]: (float(row["lat"]), float(row["lng"])) for row in folder.rows("capitals_2003.csv")}
    usual_regime = median(regime.values())
    found = {}
    for country in sorted(set(ideal) & set(economy) & set(places)):
        gdp = economy[country] / 1000.0
        spent = arms.get(country, 0.0) / 1_000_000.0
        latitude, longitude = places[country]
        found[country] = Profile(
            country=country,
            gdp=gdp,
            milex=min(max(spent, 0.002 * gdp), 0.3 * gdp),
            population=people.get(country, 1.0),
            democracy=regime.get(country, usual_regime),
            latitude=latitude,
            longitude=longitude,
            ideal=ideal[country],
        )
    return found


def ties(folder: Folder, year: int, unipole: str, aspirants: Sequence[str]) -> list[dict[str, object]]:
    """Pacts of the unipole, its troops, rivalries and hopes of entry, in the year."""
    pacts = [row for row in folder.rows("atop51_us_dyads_1990_2018.csv") if row["year"] == str(year) and row["iso1"] == unipole]
    found: list[dict[str, object]] = [
        {"from": row["iso2"], "to": unipole, "kind": "rio" if _rio(row) else "ally", "value": 1} for row in pacts if row["defense"] == "1"
    ]
    troops = folder.series("us_troops_abroad_1990_2020.csv", "iso3", "troops", year)
    found += [{"from": host, "to": unipole, "kind": "bases", "value": n} for host, n in troops.items() if n > 0.0 and host != unipole]
    rivals = [row for row in folder.rows("tss_rivalries_1990_2020.csv") if float(row["start"]) <= year <= float(row["end"])]
    found += [{"from": row["iso1"], "to": row["iso2"], "kind": "rivalry", "value": 1} for row in rivals]
    found += [{"from": country, "to": unipole, "kind": "aspirant", "value": 1} for country in aspirants]
    return found


def guarantees(held: Sequence[Mapping[str, object]], unipole: str) -> list[dict[str, object]]:
    """The unipole's pacts of defence as treaties by which it owes help: what they are worth follows from what threatens whom."""
    allies = [str(tie["from"]) for tie in held if tie["kind"] in ("ally", "rio") and tie["to"] == unipole]
    return [
        {
            "id": f"with-{ally.lower()}",
            "parties": [unipole, ally],
            "clauses": [{"kind": "defend", "debtor": unipole, "ally": ally}],
            "formality": "formal",
            "visibility": "public",
        }
        for ally in dict.fromkeys(allies)
    ]


def _rio(row: Mapping[str, str]) -> bool:
    """A pact of the Americas: country codes below 200."""
    return int(row["ccode2"]) < 200 and row["iso2"] not in NORTHERN  # noqa: PLR2004  # the Americas end at 199


def opened(
    states: Sequence[Profile],
    held: Sequence[Mapping[str, object]],
    unipole: str,
    target: str,
    treaties: Sequence[Mapping[str, object]] = (),
) -> Game:
    """The opening of a world of these states, with a question of force against one of them before a council of all.

    ``treaties`` of states that are not among them are left out.
    """
    names = [state.country for state in states]
    strongest = max(state.milex for state in states)
    short = {
        "scenario": {"id": "backtest", "turns": 4, "unipole": unipole},
        "country": [_land(state, strongest) for state in states],
        "tie": _once([tie for tie in held if tie["from"] in names and tie["to"] in names]),
        "commitment": [pact for pact in treaties if set(cast(list[str], pact["parties"])) <= set(names)],
        "council": [{"id": "council", "members": names, "permanent": [unipole], "threshold": len(names) // 2 + 1, "veto": True}],
        "issue": [{"id": "force", "target": target, "status_quo": 0.2}],
    }
    return opening(worlds.made("backtest", short, json.dumps(short).encode()), "backtest")


def _once(held: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """One tie of a kind between two states: data name some rivalries from both ends."""
    found: dict[tuple[object, ...], Mapping[str, object]] = {}
    for tie in held:
        ends = sorted((str(tie["from"]), str(tie["to"])))
        found.setdefault((*ends, tie["kind"]), tie)
    return list(found.values())


def _land(state: Profile, strongest: float) -> dict[str, object]:
    reach = REACH_MIN + (REACH_MAX - REACH_MIN) * (state.milex / strongest) ** 0.5
    return {
        "id": state.country,
        "figures": {
            "gdp": state.gdp,
            "population": max(state.population, 0.001),
            "milex": state.milex,
            "reach": reach,
            "offence": OFFENCE,
            "democracy": state.democracy,
            "latitude": state.latitude,
            "longitude": state.longitude,
            "ideal": state.ideal,
            "wmd": 1.0 if state.country in ARMED else 0.0,
        },
    }
