"""Survival of alliances: whether pacts of defence last another year, by what they are worth to their parties.

The engine has no hazard of its own: a pact lasts while leaving it would be dearer than staying.  Its score for a pact is therefore what
the party that has less of it would lose by leaving: safety that the other's help adds, by the engine's formulas from figures of the
year before, and the price at home of leaving a formal promise, less the autonomy that such a promise costs.  A logistic fit of that one
score on earlier years makes chances of it; the same fit is made of what the baselines know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from client.laboratory.backtests.cases import Cases, Folder, number
from client.laboratory.backtests.fits import Floats, chances, standardised
from client.laboratory.backtests.format import BacktestFile
from client.laboratory.backtests.openings import Profile, opened, profiles, ties
from client.laboratory.faults import BadExperiment
from rules.force.guarantees import stake, trusted
from rules.force.threat import everybody, reaching, threat, unshielded
from rules.society.reputation import credibility, regime_weight
from rules.state import Game

SPELLS = "atop51_dyad_spells_1990_2018.csv"
CENSORED = 2018  # the last year of the data: what ends then may go on
Spell = tuple[str, str, int, int]


def predicted(test: BacktestFile, folder: Folder, _: int, told: Callable[[int, int], None]) -> Cases:
    """One row a pact and year of the later years; the earlier ones are for fitting."""
    first, last, fitted = (int(float(str(test.options[key]))) for key in ("first", "last", "fit_until"))
    spells = _spells(folder)
    rows: list[tuple[str, int, float, Floats]] = []
    for year in range(first, last + 1):
        rows += _year(test, folder, spells, year)
        told(year - first + 1, last - first + 1)
    years = np.array([row[1] for row in rows])
    broke = np.array([row[2] for row in rows])
    known = np.array([row[3] for row in rows])
    early, late = years <= fitted, years > fitted
    if not 0.0 < broke[early].sum() < float(early.sum()) or not late.any():
        raise BadExperiment("options", "the years for fitting have no break, or none are left for the test.", "Move fit_until.")
    age, gap, regime, score = known.T
    columns: dict[str, Sequence[float | None]] = {"broke": broke[late].tolist(), "year": [float(y) for y in years[late]]}
    designs: Mapping[str, Floats] = {
        "mean_hazard": np.zeros((len(rows), 0)),
        "age_only": np.column_stack([age]),
        "age_asymmetry_polyarchy": np.column_stack([age, gap, regime]),
        "engine": np.column_stack([score]),
        "engine_and_age": np.column_stack([score, age]),
    }
    tested = f"{int(late.sum())} pacts and years to {last}, {int(broke[late].sum())} breaks"
    notes = [f"{tested}; fitted on {int(early.sum())} with {int(broke[early].sum())} from {first} to {fitted}."]
    for name, design in designs.items():
        fit, weights = chances(standardised(design, early), broke, early)
        columns[name] = fit[late].tolist()
        if name == "age_asymmetry_polyarchy":
            notes.append(f"Slope on asymmetry {weights[2]:+.3f}, on the less democratic party's regime {weights[3]:+.3f} (standardised).")
        if name == "engine":
            notes.append(f"Slope on what leaving would cost {weights[1]:+.3f} (standardised; the engine expects it below nothing).")
    columns["score"] = (-score[late]).tolist()
    columns["age"] = (-age[late]).tolist()
    units = tuple(f"{row[0]} {row[1]}" for row, kept in zip(rows, late, strict=True) if kept)
    return Cases(units, columns, tuple(notes))


def _spells(folder: Folder) -> list[Spell]:
    """Pacts of defence between two states: who, and from when to when."""
    found = []
    for row in folder.rows(SPELLS):
        start, end = number(row["start"]), number(row["end"])
        if row["defense"] == "1" and start is not None and end is not None:
            found.append((row["iso1"], row["iso2"], int(start), int(end)))
    return found


def _year(test: BacktestFile, folder: Folder, spells: Sequence[Spell], year: int) -> list[tuple[str, int, float, Floats]]:
    """Every pact in force in the year between states of which figures of the year before are known."""
    known = profiles(folder, year - 1)
    running = [s for s in spells if s[2] < year <= s[3] and s[0] in known and s[1] in known]
    unipole = str(test.options["unipole"])
    held = ties(folder, year - 1, unipole, ())
    names = sorted(known)
    game = opened([known[name] for name in names], held, unipole, next(name for name in names if name != unipole))
    place = {name: row for row, name in enumerate(names)}
    gains = worths(game, [(place[one], place[other]) for one, other, _, _ in running])
    return [
        (f"{one}-{other}", year, float(end == year and end < CENSORED), _known(known[one], known[other], year - start, gain))
        for (one, other, start, end), gain in zip(running, gains, strict=True)
    ]


def _known(one: Profile, other: Profile, age: int, gain: float) -> Floats:
    """Age, asymmetry of the two, the less democratic one's regime, and the engine's score."""
    gap = abs(float(np.log(one.milex / other.milex)))
    return np.array([float(np.log1p(age)), gap, min(one.democracy, other.democracy), gain])


def worths(game: Game, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """What the party that has less of a pact would lose by leaving it, for each pair of states; nobody else's help is counted."""
    parameters, at = game.parameters, everybody(game)
    felt, there, stakes = threat(game, at), reaching(game, at), stake(game)
    own = np.repeat(game.world.forces[:, None], len(game.atlas.countries), axis=1)
    alone = unshielded(felt, own, there, parameters)
    believed = credibility(game.world.kept, game.world.broken, parameters)
    audience = parameters.exit_cost * parameters.audience_cost * regime_weight(game.atlas.democracy, parameters)
    leaving = parameters.domestic_value * audience - parameters.formality_price

    def worth(i: int, j: int) -> float:
        trust = trusted(float(believed[i, j]), parameters.formal_trust)
        help_there = parameters.guarantee_effect * trust * there[i, j] * stakes[j]
        help_there[j] = 0.0
        together = unshielded(felt[i], own[i] + help_there, there[i], parameters)
        return float(parameters.security_value * (alone[i] - together).sum() + leaving[i])

    return [min(worth(i, j), worth(j, i)) for i, j in pairs]
