"""What a table is: a name, what one row stands for, and columns with their meaning; and the codebook, which is made from these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "truth"]
Value = str | int | float | bool | None
MEANINGS: dict[Kind, str] = {"text": "text", "whole": "whole number", "number": "number", "truth": "true or false"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, and in a sentence what that means; a missing value is empty."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Design:
    """A table before it has rows."""

    name: str
    row: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows, each with a value for every column."""

    design: Design
    rows: tuple[tuple[Value, ...], ...]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.design.columns]


def filled(design: Design, rows: Iterable[Sequence[Value]]) -> Table:
    """A table with rows.

    Raises:
        ValueError: a row has another number of values than there are columns.
    """
    found = tuple(tuple(row) for row in rows)
    if any(len(row) != len(design.columns) for row in found):
        raise ValueError(f"a row of {design.name} does not fit its columns")
    return Table(design, found)


def codebook(designs: Iterable[Design]) -> str:
    """All tables and columns as a page."""
    parts = [
        "# Codebook of the records",
        "",
        "`unipole records LOG... --out DIR` writes games as tidy tables: one file a table, one row a thing, a name on every column.",
        "The key of a state is its code of three letters; `place` is the place of an event in the log (`12.3`: entry 12, event 3), by",
        "which tables are joined and `unipole explain` is asked. A missing value is an empty field (CSV) or null (JSON lines, Parquet).",
        "All of it is for whoever may read the log: it holds what was secret, and marks it.",
    ]
    for design in designs:
        parts += ["", f"## {design.name}", "", f"One row for each {design.row}.", "", "| column | holds | meaning |", "|---|---|---|"]
        parts += [f"| `{column.name}` | {MEANINGS[column.kind]} | {column.meaning} |" for column in design.columns]
    return "\n".join(parts) + "\n"
