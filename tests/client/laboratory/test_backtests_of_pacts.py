"""Backtests of pacts: who balances, which alliances break, who carries burdens; on small worlds made for the test."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from client.laboratory.backtests import balancing, burdens, survival
from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.fits import chances, standardised
from client.laboratory.backtests.format import BacktestFile, Measure
from client.laboratory.backtests.measures import scores
from client.laboratory.faults import BadExperiment
from rules import events as ev
from rules.orders import CONTROL, Order, Start
from rules.pacts.clauses import Consult, Defend
from rules.pacts.treaties import Commitment, Terms
from rules.sequence import Recorded, take
from rules.state import Game, index
from scenarios import load, opening

YEARS = range(2000, 2006)
STATES = {
    "USA": (9000.0, 4.0, 3.0), "AAA": (1000.0, 2.5, 1.5), "BBB": (500.0, 2.0, 1.0), "CCC": (50.0, 1.0, 0.5), "DDD": (800.0, 5.0, -2.0),
}  # fmt: skip
PACTS = (
    ("USA", "AAA", 2000, 2018), ("USA", "BBB", 2000, 2018), ("AAA", "BBB", 2000, 2002), ("CCC", "DDD", 2000, 2004),
    ("BBB", "CCC", 2000, 2018),
)  # fmt: skip


def silent(_: int, __: int) -> None:
    """Nobody is told how far it is."""


def case(predictor: str, **more: object) -> BacktestFile:
    """A backtest with as little as the format allows."""
    measure = {"title": "T", "kind": "rmse", "truth": "a", "prediction": "b"}
    return BacktestFile.model_validate({"id": "t", "title": "T", "case": "C", "predictor": predictor, "measure": (measure,), **more})


def write(folder: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    """One file of data."""
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    """Series of five states over six years: economy (bn), share of arms (per cent), place on the line."""
    each = [(state, year, *figures) for state, figures in STATES.items() for year in YEARS]
    write(tmp_path, "unga_ideal_points_1990_2019.csv", [("iso3", "year", "ideal"), *((s, y, x) for s, y, _, _, x in each)])
    economy = [(s, y, g * 1000.0 * (1.0 + 0.02 * (y - 2000)), 10) for s, y, g, _, _ in each]
    write(tmp_path, "gdp_pop_1990_2019.csv", [("iso3", "year", "pwtrgdp", "pwtpop"), *economy])
    write(tmp_path, "cinc_nmc_1990_2022.csv", [("iso3", "year", "milex"), *((s, y, g * a * 10_000.0) for s, y, g, a, _ in each)])
    write(tmp_path, "regime_1990_2022.csv", [("iso3", "year", "v2x_polyarchy"), *((s, y, 0.2 if s == "DDD" else 0.8) for s, y, *_ in each)])
    write(tmp_path, "capitals_2003.csv", [("iso3", "lat", "lng"), *((s, 10 + 3 * k, 20 + 4 * k) for k, s in enumerate(STATES))])
    write(tmp_path, "atop51_us_dyads_1990_2018.csv", [("ccode2", "iso1", "iso2", "year", "defense")])
    write(tmp_path, "us_troops_abroad_1990_2020.csv", [("iso3", "year", "troops")])
    write(tmp_path, "tss_rivalries_1990_2020.csv", [("iso1", "iso2", "start", "end"), ("AAA", "DDD", 1950, 2020)])
    spells = [*((*pact, 1) for pact in PACTS), ("USA", "DDD", 2000, 2003, 0)]
    write(tmp_path, "atop51_dyad_spells_1990_2018.csv", [("iso1", "iso2", "start", "end", "defense"), *spells])
    shares = [(s, y, a + 0.1 * (y - 2000)) for s, y, _, a, _ in each]
    write(tmp_path, "sipri_milex_1990_2020.csv", [("iso3", "year", "milex_pct_gdp"), *shares])
    return Folder(tmp_path, ())


# --- who balances -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny() -> Game:
    """The small case after its start."""
    return take(opening(load("tiny"), "pacts"), Order(id="s", author=CONTROL, act=Start()))[0]


def entry(game: Game, terms: Terms) -> tuple[Recorded, ...]:
    """One step in which terms enter into force."""
    _, first = take(opening(load("tiny"), "pacts"), Order(id="s", author=CONTROL, act=Start()))
    made = ev.CommitmentMade(commitment=Commitment(id="new", terms=terms, since=game.moment.turn))
    return (Recorded(order=first.order, events=(made,)),)


@pytest.mark.parametrize(
    ("terms", "counts"),
    [
        (Terms(parties=("BRV", "COR"), clauses=(Defend(debtor="BRV", ally="COR", against="ARD", since=1, until=3),)), True),
        (Terms(parties=("BRV", "COR"), clauses=(Defend(debtor="BRV", ally="COR", against="DOR", since=1, until=3),)), False),
        (Terms(parties=("BRV", "COR"), clauses=(Consult(debtor="BRV", since=1, until=3),)), False),
        (Terms(parties=("BRV", "DOR"), clauses=(Defend(debtor="BRV", ally="DOR", against="ARD", since=1, until=3),)), False),
        (Terms(parties=("ARD", "COR"), clauses=(Defend(debtor="ARD", ally="COR", since=1, until=3),)), False),
    ],
)
def test_a_pact_against_the_unipole_is_known_by_its_clauses(tiny: Game, terms: Terms, *, counts: bool) -> None:
    """It names the unipole, or whom it guards fears the unipole most; and both are among those asked about."""
    assert balancing.concluded(tiny, entry(tiny, terms), ("BRV", "COR")) is counts
    assert not balancing.concluded(tiny, entry(tiny, terms), ("BRV", "COR"), inherited=("new",))


def test_the_unipole_can_be_moved_among_the_others() -> None:
    """Nearer to everybody, feared by everybody, and nothing else is changed."""
    test = case("counter-pacts", scenario="tiny", options={"near_latitude": 1.0, "near_longitude": 1.0, "near_intent": 0.7, "turns": 2.0})
    far, near = (balancing.opened(test, "s", near=moved) for moved in (False, True))
    row = index(far, "ARD")
    assert far.atlas.turns == near.atlas.turns == 2
    assert all(near.world.hostile[k, row] == (0.0 if k == row else 0.7) for k in range(4))
    assert near.atlas.distance[1, 2] == far.atlas.distance[1, 2]
    assert near.atlas.distance[row, 2] != far.atlas.distance[row, 2]


def test_who_never_signs_signs_nothing() -> None:
    """The null player passes the first half and fails the second by what it is."""
    test = case("counter-pacts", scenario="tiny", options={"among": ("BRV", "COR"), "turns": 1.0})
    told: list[tuple[int, int]] = []
    found = balancing.predicted(test, Folder(None, ()), 2, lambda done, of: told.append((done, of)))
    assert found.columns["never_far"] == [1.0, 1.0]
    assert found.columns["never_near"] == [0.0, 0.0]
    assert told[-1] == (12, 12)
    assert len(found.notes) == 6


def test_shares_are_of_equal_units() -> None:
    """Two of three came out as they should."""
    cases = Cases(("a", "b", "c"), {"truth": [1.0, 1.0, 1.0], "said": [1.0, 0.0, 1.0]})
    measure = Measure.model_validate({"title": "T", "kind": "share", "truth": "truth", "prediction": "said"})
    assert scores(cases, measure, 1)[0].value == pytest.approx(2 / 3)


# --- which break ------------------------------------------------------------------------------------------------------------------------


def test_a_fit_finds_what_is_there() -> None:
    """The base rate without a column, and a slope where there is one; rows that are not fitted on get their chance as well."""
    column = np.array([-1.0, -1.0, 1.0, 1.0, 1.0, -1.0])
    hit = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0])
    on = np.array([True] * 5 + [False])
    plain, _ = chances(standardised(np.zeros((6, 0)), on), hit, on)
    assert plain == pytest.approx([0.6] * 6, abs=1e-3)
    fitted, weights = chances(standardised(column[:, None], on), hit, on)
    assert fitted == pytest.approx([0.5, 0.5, 2 / 3, 2 / 3, 2 / 3, 0.5], abs=1e-2)
    assert weights[1] > 0.0


def test_breaks_are_read_and_forecast(data: Folder) -> None:
    """Fitted on the years to 2003, tested on the two after; a pact that ran to the end of the data did not break."""
    test = case("alliance-survival", options={"unipole": "USA", "first": 2001.0, "fit_until": 2003.0, "last": 2005.0})
    found = survival.predicted(test, data, 0, silent)
    broke = dict(zip(found.units, found.columns["broke"], strict=True))
    assert {unit for unit, value in broke.items() if value} == {"CCC-DDD 2004"}
    assert "AAA-BBB 2004" not in broke
    assert all(0.0 < float(value or 0.0) < 1.0 for name in ("engine", "age_only", "mean_hazard") for value in found.columns[name])
    assert "Slope on asymmetry" in " ".join(found.notes)


def test_years_without_a_break_cannot_be_fitted(data: Folder) -> None:
    """It is said, and not divided by nothing."""
    test = case("alliance-survival", options={"unipole": "USA", "first": 2001.0, "fit_until": 2001.0, "last": 2005.0})
    with pytest.raises(BadExperiment, match="no break"):
        survival.predicted(test, data, 0, silent)


def test_who_is_protected_more_would_lose_more() -> None:
    """The worth of a pact is that of the party that has less of it, so two weak states lose little by parting."""
    game = opening(load("tiny"), "worth")
    strong, weak = survival.worths(game, [(0, 2), (2, 3)])
    assert np.isfinite([strong, weak]).all()
    assert strong == survival.worths(game, [(2, 0)])[0]


# --- who carries burdens ----------------------------------------------------------------------------------------------------------------


def test_burdens_are_forecast_a_year_ahead(data: Folder) -> None:
    """One row a year and one a member and year; members move towards what serves them best."""
    entered = {"entered": {"USA": 1949.0, "AAA": 1949.0, "BBB": 1949.0, "CCC": 2003.0}}
    test = case("alliance-burdens", options={"unipole": "USA", "first": 2002.0, "last": 2004.0, "others": 1.0}, facts=entered)
    found = burdens.predicted(test, data, 0, silent)
    assert [unit for unit in found.units if unit.isdigit()] == ["2002", "2003", "2004"]
    assert "CCC 2003" not in found.units  # it was no member the year before
    assert "CCC 2004" in found.units
    first = found.units.index("2002")
    assert found.columns["rho"][first] == pytest.approx(1.0)
    assert found.columns["largest_pays_most"][first] == 1.0
    assert found.columns["change"][first] is None
    member = found.units.index("AAA 2003")
    assert found.columns["change"][member] == pytest.approx(0.001)
    assert found.columns["engine_change"][member] != 0.0
