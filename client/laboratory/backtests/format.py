"""The format of a backtest file, and reading one.

A backtest names a *predictor*, which gives one row for each unit (a state, a state in a year), with what the engine says, what baselines
say and what happened; and the measures by which they are compared.  Facts that a case needs and that anybody may know stand in the file
with their sources; series that have licences of their own stay outside the program and are read from the folder given as ``--data``.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from client.laboratory.faults import BadExperiment
from client.laboratory.reading import FILE_BYTES_MAX
from client.laboratory.schema import Label, Word
from scenarios.entries import Entry, Text
from scenarios.faults import nearest, parsed

Predictor = Literal["council-stances", "coalition", "assembly-agreement", "counter-pacts", "alliance-survival", "alliance-burdens"]
MeasureKind = Literal["tau", "auc", "brier", "log loss", "rmse", "correlation", "share"]
Level = bool | float | str


class Measure(Entry):
    """``[[measure]]``: how a prediction is compared with what happened."""

    title: Text = Field(description="what it says, for people")
    kind: MeasureKind = Field(description="tau, auc, brier, log loss, rmse, correlation, or the share of units in which the two are equal")
    truth: Word = Field(description="the column of what happened")
    prediction: Word = Field(description="the engine's column")
    baselines: Annotated[tuple[Word, ...], Field(max_length=8)] = Field(default=(), description="columns of naive predictions, set beside")
    by: Word | None = Field(default=None, description="a column: the measure is taken within each of its values and averaged")
    calibrated: bool = Field(default=False, description="whether scores become chances by a fit on other units (20 times 5-fold)")


class BacktestFile(Entry):
    """A whole backtest."""

    id: Label = Field(description="its name")
    title: Text = Field(description="a title for people")
    case: Text = Field(description="what happened, in a few sentences")
    cites: Annotated[tuple[str, ...], Field(max_length=64)] = Field(default=(), description="ids of propositions")
    note: str = Field(default="", description="what a reader should know: what falls short, what was frozen")
    scenario: str = Field(default="", description="a scenario that the bots play, if any")
    predictor: Predictor = Field(description="what makes the predictions")
    needs: Annotated[tuple[str, ...], Field(max_length=16)] = Field(default=(), description="files of the data folder")
    options: dict[Word, Level | tuple[Level, ...]] = Field(default={}, description="settings of the predictor: years, names")
    facts: dict[Word, dict[Word, Level]] = Field(default={}, description="columns typed in: unit and value")
    sources: Annotated[tuple[Text, ...], Field(max_length=32)] = Field(default=(), description="where the facts come from")
    measure: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=16)] = Field(description="the comparisons")


def built_in() -> dict[str, Path]:
    """The backtests that come with the program, by id."""
    folder = Path(str(files("scenarios").joinpath("backtests")))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(name: str) -> BacktestFile:
    """A backtest by id or by the path of its file.

    Raises:
        BadExperiment: it does not exist or cannot be used.
    """
    known = built_in()
    path = known.get(name, Path(name))
    if not path.is_file():
        raise BadExperiment(name, "there is no such backtest.", f"{nearest(name, known)} Or give the path of a file.")
    if path.stat().st_size > FILE_BYTES_MAX:
        raise BadExperiment(name, "the file is too large.", f"Keep it below {FILE_BYTES_MAX:,} bytes.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadExperiment(path.name, f"is not TOML: {error}.", "Correct the line.") from error
    data, wrong = parsed(BacktestFile, table, path.name)
    if data is None:
        raise BadExperiment(f"{wrong[0].file}: {wrong[0].key}", wrong[0].wrong, wrong[0].remedy)
    return data
