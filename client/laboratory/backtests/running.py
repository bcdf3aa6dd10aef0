"""Running a backtest: the predictor's cases, every measure with its baselines, and the page that shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from client.laboratory.backtests import assembly, balancing, burdens, coalition, council, survival
from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.format import BacktestFile, Measure, Predictor
from client.laboratory.backtests.measures import Score, scores
from client.laboratory.playing import engine_hash
from client.paper.site import templates

FOLDER = "backtests"
PREDICTORS: dict[Predictor, Callable[[BacktestFile, Folder, int, Callable[[int, int], None]], Cases]] = {
    "council-stances": council.predicted,
    "coalition": coalition.predicted,
    "assembly-agreement": assembly.predicted,
    "counter-pacts": balancing.predicted,
    "alliance-survival": survival.predicted,
    "alliance-burdens": burdens.predicted,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A backtest with what it gave."""

    test: BacktestFile
    cases: Cases
    scores: tuple[tuple[Measure, tuple[Score, ...]], ...]
    engine: str


def compare(test: BacktestFile, data: Path | None, games: int, seed: int, told: Callable[[int, int], None]) -> Compared:
    """Make the predictions and measure them.

    Raises:
        BadExperiment: a file of data is missing, or a measure names no column.
    """
    cases = PREDICTORS[test.predictor](test, Folder(data, test.needs), games, told)
    found = tuple((measure, tuple(scores(cases, measure, seed))) for measure in test.measure)
    return Compared(test, cases, found, engine_hash())


def page(found: Compared) -> str:
    """The page of a backtest."""
    pages = templates("client.laboratory.report")
    return pages.get_template("backtest.html.jinja").render(found=found, test=found.test)


def table(cases: Cases) -> str:
    """Every unit with every column, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["unit", *cases.columns])
    for row, unit in enumerate(cases.units):
        writer.writerow([unit, *(column[row] for column in cases.columns.values())])
    return text.getvalue()


def write(found: Compared, store: Path) -> Path:
    """Write the page and the table; the path of the page.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{found.test.id}.csv").write_text(table(found.cases), encoding="utf-8")
    path = folder / f"{found.test.id}.html"
    path.write_text(page(found), encoding="utf-8")
    return path
