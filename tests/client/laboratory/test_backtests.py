"""Backtests: measures against values worked out by hand, refusals, and a case played from facts made for the test."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from client.laboratory.backtests import openings
from client.laboratory.backtests.assembly import agreement
from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.format import BacktestFile, Measure, built_in, load
from client.laboratory.backtests.measures import MEASURES, scores
from client.laboratory.backtests.running import compare, page, table, write
from client.laboratory.faults import BadExperiment

TRUTH = [float(k % 2) for k in range(40)]
CASES = Cases(
    tuple(f"s{k}" for k in range(40)),
    {
        "truth": TRUTH,
        "perfect": [0.9 if value else 0.1 for value in TRUTH],
        "constant": [0.5] * 40,
        "holes": [None, *TRUTH[1:]],
        "group": [float(k < 20) for k in range(40)],
    },
)


def measure(kind: str, **more: object) -> Measure:
    """A measure of the perfect prediction beside the constant one."""
    data = {"title": "T", "kind": kind, "truth": "truth", "prediction": "perfect", "baselines": ("constant",), **more}
    return Measure.model_validate(data)


@pytest.mark.parametrize(
    ("kind", "perfect", "constant"),
    [
        ("tau", 1.0, 0.0),
        ("auc", 1.0, 0.5),
        ("brier", 0.01, 0.25),
        ("rmse", 0.1, 0.5),
        ("correlation", 1.0, 0.0),
        ("log loss", 0.105, 0.693),
    ],
)
def test_measures(kind: str, perfect: float, constant: float) -> None:
    """A perfect order and one chance for all, worked out by hand."""
    found = scores(CASES, measure(kind), 1)
    assert [score.column for score in found] == ["perfect", "constant"]
    assert [score.value for score in found] == [pytest.approx(perfect, abs=1e-3), pytest.approx(constant, abs=1e-3)]
    assert set(MEASURES) >= {kind}


def test_dealt_predictions_lose_their_fit() -> None:
    """The planted fault: with units shuffled the order is gone; the range of chance lies far from the score."""
    chance = scores(CASES, measure("auc"), 1)[0].chance
    assert chance is not None
    mean, low, high = chance
    assert 0.45 < mean < 0.55
    assert low < mean < high < 0.9


def test_calibrated_chances_come_from_other_units() -> None:
    """A score without any bearing on the outcome gets the base rate back, not a fit to itself."""
    found = scores(CASES, measure("brier", calibrated=True), 1)
    assert found[0].value < 0.05
    assert found[1].value == pytest.approx(0.25, abs=0.02)


def test_groups_are_measured_apart_and_rows_with_holes_left_out() -> None:
    """The mean of two groups; 39 rows where a column has a hole."""
    assert scores(CASES, measure("auc", by="group"), 1)[0].value == 1.0
    assert scores(CASES, measure("auc", baselines=("holes",)), 1)[0].cases == 39


def test_what_is_missing_is_said() -> None:
    """No such column, no folder, no file, no such case."""
    with pytest.raises(BadExperiment, match="no column 'nothing'"):
        scores(CASES, measure("auc", baselines=("nothing",)), 1)
    with pytest.raises(BadExperiment, match=r"needs a\.csv"):
        Folder(None, ("a.csv",))
    with pytest.raises(BadExperiment, match=r"no a\.csv"):
        Folder(Path("/"), ("a.csv",))
    with pytest.raises(BadExperiment, match="Did you mean 'council-iraq-2003'"):
        load("council-iraq-2004")


@pytest.mark.parametrize("name", built_in())
def test_every_case_of_the_program_can_be_read(name: str) -> None:
    """Its file is named for its id, and each measure has a baseline beside it."""
    test = load(name)
    assert test.id == name
    assert all(measure.baselines for measure in test.measure)


def test_the_latest_figure_of_some_years_back_is_taken(tmp_path: Path) -> None:
    """A state without a figure of the year keeps its last one, if it is not too old."""
    with (tmp_path / "s.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("iso3", "year", "x"), ("AAA", 1995, 1), ("AAA", 2001, 2), ("BBB", 2002, 3), ("CCC", 2002, "")])
    folder = Folder(tmp_path, ("s.csv",))
    assert folder.series("s.csv", "iso3", "x", 2002) == {"BBB": 3.0}
    assert folder.series("s.csv", "iso3", "x", 2002, back=5) == {"AAA": 2.0, "BBB": 3.0}


def test_neighbours_on_the_line_agree_more() -> None:
    """Agreement with oneself is the highest, and falls with distance."""
    assert agreement(0.5, 0.5) > agreement(0.5, 0.7) > agreement(0.1, 0.9)


def write_world(folder: Path, names: Mapping[str, str] = MappingProxyType({})) -> None:
    """Series of five invented states: two near the leader, of whom one has its troops, and two far from it; ``names``: under others."""
    states = {"USA": (3.0, 1), "IRQ": (-2.0, 0), "NEA": (2.5, 1), "NEB": (2.0, 1), "FAR": (-1.8, 0), "FAS": (-1.5, 0)}
    sheets: dict[str, list[tuple[object, ...]]] = {
        "unga_ideal_points_1990_2019.csv": [("iso3", "year", "ideal"), *((s, 2002, x) for s, (x, _) in states.items())],
        "gdp_pop_1990_2019.csv": [("iso3", "year", "pwtrgdp", "pwtpop"), *((s, 2002, 9e6 if s == "USA" else 2e5, 10) for s in states)],
        "cinc_nmc_1990_2022.csv": [("iso3", "year", "milex"), *((s, 2002, 3e8 if s == "USA" else 5e6) for s in states)],
        "regime_1990_2022.csv": [("iso3", "year", "v2x_polyarchy"), *((s, 2002, 0.2 + 0.5 * j) for s, (_, j) in states.items())],
        "capitals_2003.csv": [("iso3", "lat", "lng"), *((s, 10 + k, 20 + k) for k, s in enumerate(states))],
        "atop51_us_dyads_1990_2018.csv": [("ccode2", "iso1", "iso2", "year", "defense"), (300, "USA", "NEA", 2002, 1)],
        "us_troops_abroad_1990_2020.csv": [("iso3", "year", "troops"), ("NEB", 2002, 900)],
        "tss_rivalries_1990_2020.csv": [("iso1", "iso2", "start", "end"), ("FAR", "NEA", 1990, 2010)],
        "iraq_2003_coalition.csv": [("iso3", "wh49", "troops_any"), *((s, j, j) for s, (_, j) in states.items())],
    }
    for name, lines in sheets.items():
        with (folder / name).open("w", newline="") as file:
            renamed = [[names.get(str(cell), cell) for cell in line] for line in lines]
            csv.writer(file).writerows([renamed[0], *sorted(renamed[1:], key=str)] if names else renamed)


def test_names_have_no_say_in_who_joins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same states under each other's names, and in another order, are predicted alike, once facts given by name are renamed too."""
    names = {"NEA": "FAS", "FAS": "NEB", "NEB": "FAR", "FAR": "NEA"}
    armed = {"plain": ("USA", "FAS"), "renamed": ("USA", names["FAS"])}
    found: list[dict[str, tuple[float | None, float | None]]] = []
    for folder, other in ((tmp_path / "plain", {}), (tmp_path / "renamed", names)):
        folder.mkdir()
        write_world(folder, other)
        monkeypatch.setattr(openings, "ARMED", frozenset(armed[folder.name]))
        cases = compare(load("coalition-iraq-2003"), folder, 2, 1, lambda _done, _of: None).cases
        found.append(dict(zip(cases.units, zip(cases.columns["support"], cases.columns["troops"], strict=True), strict=True)))
    plain, renamed = found
    assert len(set(plain.values())) == len(names)
    for country, other_name in names.items():
        assert renamed[other_name] == pytest.approx(plain[country], rel=1e-9)


def test_a_coalition_is_predicted_from_data_at_run_time(tmp_path: Path) -> None:
    """States near the leader, with its pact or troops, support it more than those far from it; page and table are written."""
    write_world(tmp_path)
    test: BacktestFile = load("coalition-iraq-2003")
    told: list[tuple[int, int]] = []
    found = compare(test, tmp_path, 2, 1, lambda done, of: told.append((done, of)))
    assert told[-1] == (4, 4)
    support = dict(zip(found.cases.units, found.cases.columns["support"], strict=True))
    assert min(support[c] or 0.0 for c in ("NEA", "NEB")) > max(support[c] or 0.0 for c in ("FAR", "FAS"))
    assert "On the list: order" in page(found)
    assert table(found.cases).splitlines()[0].startswith("unit,joined")
    assert write(found, tmp_path).is_file()
