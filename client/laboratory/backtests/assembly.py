"""Agreement with the unipole in the Assembly, a year ahead: how close two states' own votes would be on questions drawn along the line.

The engine's voter follows the outcome it prefers, by logit on how much nearer one outcome is to its ideal than the other.  Agreement in a
year is forecast from the ideal points of the year before, with the coefficients of the engine as they are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from client.bots.payoff_bot import PayoffBot
from client.laboratory.backtests.cases import Cases, Folder, number
from client.laboratory.backtests.format import BacktestFile
from rules.exact import logistic
from rules.parameters import default

QUESTIONS = 21  # places along the line at which a question may cut
PULL = 0.1  # how far an adopted text moves its issue in either direction, in the widths of the line


def predicted(test: BacktestFile, folder: Folder, _: int, told: Callable[[int, int], None]) -> Cases:
    """One row for each state and year."""
    unipole = str(test.options["unipole"])
    ideals: dict[int, dict[str, float]] = {}
    for row in folder.rows("unga_ideal_points_1990_2019.csv"):
        point = number(row["ideal"])
        if point is not None:
            ideals.setdefault(int(row["year"]), {})[row["iso3"]] = point
    agreed: dict[int, dict[str, float]] = {}
    for row in folder.rows("unga_agreement_with_us_1990_2020.csv"):
        share = number(row["agree_us"])
        if share is not None and float(row["n"]) >= float(str(test.options.get("votes_min", 10))):
            agreed.setdefault(int(row["year"]), {})[row["iso3"]] = share
    units: list[str] = []
    columns: dict[str, list[float | None]] = {name: [] for name in ("year", "agreement", "forecast", "last_year", "nearness")}
    years = [year for year in sorted(agreed) if year - 1 in ideals and year - 1 in agreed]
    for count, year in enumerate(years):
        before = ideals[year - 1]
        low, high = min(before.values()), max(before.values())
        place = {c: (x - low) / (high - low) for c, x in before.items()}
        for country in sorted(set(agreed[year]) & set(agreed[year - 1]) & set(place) - {unipole}):
            units.append(f"{country} {year}")
            said = (float(year), agreed[year][country], agreement(place[country], place[unipole]), agreed[year - 1][country],
                    -abs(place[country] - place[unipole]))  # fmt: skip
            for name, value in zip(columns, said, strict=True):
                columns[name].append(value)
        told(count + 1, len(years))
    for name in ("agreement", "forecast", "last_year", "nearness"):
        columns[f"{name}_in_year"] = _demeaned(columns[name], columns["year"])
    return Cases(tuple(units), columns, (f"{len(years)} years; agreement counts an abstention as half.",))


def agreement(one: float, other: float) -> float:
    """Expected agreement of two voters over questions along the line, each voting by logit on what the text would bring nearer."""
    cuts = np.linspace(0.0, 1.0, QUESTIONS)
    first, second = _yes(one, cuts), _yes(other, cuts)
    return float(np.mean(first * second + (1.0 - first) * (1.0 - second)))


def _yes(ideal: float, cuts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Chance of a yes to a text that would move the question from below the cut to above it."""
    gain = np.abs(ideal - (cuts - PULL)) - np.abs(ideal - (cuts + PULL))
    return logistic(PayoffBot("").skill * default("policy_value") * default("action_pull") * gain)


def _demeaned(values: list[float | None], years: list[float | None]) -> list[float | None]:
    """Each value less the mean of its year."""
    of_year: dict[float | None, list[float]] = {}
    for value, year in zip(values, years, strict=True):
        of_year.setdefault(year, []).append(float(value or 0.0))
    mean = {year: sum(found) / len(found) for year, found in of_year.items()}
    return [float(value or 0.0) - mean[year] for value, year in zip(values, years, strict=True)]
