"""What a table is: a name, what one row stands for, and columns with their meaning; and the codebook, which is made from these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "truth"]
Value = str | int | float | bool | None
MEANINGS: dict[Kind, str] = {"text": "text", "whole": "whole number", "number": "number", "truth": "true or false"}
HOW_TO_READ = """\
# Codebook of the records

Games as tidy tables, as `unipole records LOG... --out DIR` and a server write them: one file a table, one row a thing, a name on
every column. Begin with `games`, `participation` and `states`.

- **Seats and persons.** A seat is a state of the game and has the code of that state, three letters (`state`, `debtor`, `parties`);
  its name stands in `participation`. Who sat there, alone or with others, stands in `people` under pseudonyms, if a server wrote it.
- **Joining.** `game` tells games apart. `place` is the place of an event in the log (`12.3`: entry 12, event 3): `ballots`, `verdicts`
  and `commitments` (`made`) name theirs in `events`; its entry is that of the order in `orders` that brought it, if a seat's did.
  `commitment` joins `verdicts` with `commitments`. `unipole explain LOG 12.3` says why an event came about.
- **Figures.** Shares run from 0 to 1 where the debrief writes 0 to 100. Sums are in billions of dollars a year. The decimal sign is
  a point. Payoffs have no unit.
- **Missing values** are empty fields (CSV) or null (JSON lines, Parquet). True and false are `true` and `false` in CSV, where a text
  that a spreadsheet would take for a formula has an apostrophe before it. Files are UTF-8, CSV with the mark by which Excel knows it.
- **Secrets.** The tables are for whoever may read the log: they hold what was secret, and mark it in `secret`."""


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
    parts = [HOW_TO_READ]
    for design in designs:
        parts += ["", f"## {design.name}", "", f"One row for each {design.row}.", "", "| column | holds | meaning |", "|---|---|---|"]
        parts += [f"| `{column.name}` | {MEANINGS[column.kind]} | {column.meaning} |" for column in design.columns]
    return "\n".join(parts) + "\n"
