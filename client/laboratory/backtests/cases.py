"""Cases: one row for each unit, columns of numbers, some of them missing."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from client.laboratory.faults import BadExperiment


@dataclass(frozen=True, slots=True)
class Cases:
    """Units with their columns; a column has a number for each unit, or None."""

    units: tuple[str, ...]
    columns: Mapping[str, Sequence[float | None]]
    notes: tuple[str, ...] = ()

    def complete(self, names: Sequence[str]) -> list[int]:
        """The rows in which all of these columns have a number.

        Raises:
            BadExperiment: there is no such column.
        """
        for name in names:
            if name not in self.columns:
                raise BadExperiment("measure", f"there is no column {name!r}.", f"There are: {', '.join(sorted(self.columns))}.")
        return [row for row in range(len(self.units)) if all(self.columns[name][row] is not None for name in names)]

    def column(self, name: str, rows: Sequence[int]) -> list[float]:
        """Numbers of a column in rows that are known to have them."""
        return [float(value) for row in rows if (value := self.columns[name][row]) is not None]


class Folder:
    """The folder of the data: CSV files, read as they are asked for."""

    def __init__(self, path: Path | None, needs: Sequence[str]) -> None:
        """Check that everything needed is there.

        Raises:
            BadExperiment: a file is missing.
        """
        for name in needs:
            if path is None:
                raise BadExperiment("--data", f"this case needs {', '.join(needs)}.", "Name the folder that has them.")
            if not (path / name).is_file():
                raise BadExperiment("--data", f"there is no {name} in {path}.", "See docs/reference/backtests.md.")
        self._path = path

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a file by the names of its columns."""
        assert self._path is not None, "files that are read stand under needs"
        with (self._path / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def series(self, name: str, unit: str, value: str, year: int, *, back: int = 0) -> dict[str, float]:
        """unit -> value of one year, or of the latest of ``back`` years before it; units without a number are left out."""
        found: dict[str, tuple[int, float]] = {}
        for row in self.rows(name):
            when = int(row["year"])
            if year - back <= when <= year and number(row.get(value)) is not None and when >= found.get(row[unit], (0, 0.0))[0]:
                found[row[unit]] = (when, float(row[value]))
        return {name: figure for name, (_, figure) in found.items()}


def number(text: str | None) -> float | None:
    """A cell as a number, or None."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
