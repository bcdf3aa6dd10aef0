"""The events list as a workbook: read from whatever columns a director has, and written back with our findings beside them.

The program knows some columns by their headings, in English or Russian, wherever they stand; all others are the director's own.  What is
written is the very workbook that was read, with columns and sheets added, so no cell, formula, comment or sheet of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from server.records.tables import Table, Value

BYTES_MAX, ROWS_MAX, HEADER_ROWS = 20_000_000, 5_000, 10
RISKY = ("=", "+", "-", "@")
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("number", "no", "no.", "nr", "#", "inject no", "inject number", "serial", "номер", "№"),
    "trigger": ("trigger", "when", "триггер", "когда"),
    "scenario time": ("scenario time", "exercise time", "startex", "время сценария"),
    "real time": ("real time", "time", "local time", "реальное время", "время"),
    "from": ("from", "sender", "от", "от кого"),
    "to": ("to", "recipient", "recipients", "addressee", "кому"),
    "channel": ("channel", "means", "method", "канал"),
    "text": ("text", "inject", "event", "description", "message", "текст", "событие"),
    "expected action": ("expected action", "expected response", "ожидаемое действие"),
    "objective": ("objective", "objectives", "цель", "цели"),
    "controller": ("controller", "responsible", "ответственный"),
    "status": ("status", "статус"),
    "contingency": ("contingency", "if not", "запасной вариант"),
}
"""What the program reads, with the headings by which it is known."""
NEEDED = ("number", "text")


class BadBook(Exception):
    """A workbook that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """An event of the list: the row of its sheet, and what stands in the columns that are known, as text."""

    at: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def number(self) -> str:
        """By which the director calls it."""
        return self["number"]


class Book:
    """A workbook with an events list on its first sheet."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises:
            BadBook: it is no workbook, too long, or has no columns for number and text.
        """
        self._whole, values = _opened(path, formulas=True), _opened(path, formulas=False)
        self._sheet, sheet = self._whole.worksheets[0], values.worksheets[0]
        if sheet.max_row > ROWS_MAX:
            raise BadBook(f"{path} has {sheet.max_row} rows; a list has at most {ROWS_MAX}.")
        self._head, self._places = _headings(sheet, path)
        self.rows = tuple(_rows(sheet, self._head, self._places))
        numbers = [row.number for row in self.rows]
        for row in self.rows:
            if numbers.count(row.number) > 1:
                raise BadBook(f"{path}: number {row.number} stands in more than one row.")
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}", row.number):
                raise BadBook(f"{path}, row {row.at}: a number is up to 20 letters, digits, dots, hyphens, not {row.number!r}.")

    def add_columns(self, headings: Sequence[str], found: dict[int, Sequence[Value]]) -> None:
        """Columns at the right of the list: ``found`` by row.  Columns of that name that we wrote before are written anew."""
        have = {str(cell.value): cell.column for cell in self._sheet[self._head] if cell.value is not None}
        for heading in headings:
            if heading not in have:
                have[heading] = max(have.values(), default=0) + 1
                self._sheet.cell(self._head, have[heading], heading).font = Font(bold=True)
        for at, values in found.items():
            for heading, value in zip(headings, values, strict=True):
                self._sheet.cell(at, have[heading]).value = _plain(value)

    def add_sheet(self, table: Table, title: str) -> None:
        """A table as a sheet of its own, in the place of an older one."""
        if title in self._whole.sheetnames:
            del self._whole[title]
        sheet = self._whole.create_sheet(title)
        sheet.append(table.names)
        for row in table.rows:
            sheet.append([_plain(value) for value in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.names, start=1):
            longest = max((len(str(row[number - 1])) for row in table.rows), default=0)
            sheet.column_dimensions[get_column_letter(number)].width = min(60, max(len(column), longest) + 2)

    def mark(self, banner: str) -> None:
        """The marking of an exercise, at head and foot of every printed page."""
        for sheet in self._whole.worksheets:
            for place in (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter):
                place.center.text = banner.replace("&", "&&")

    def save(self, path: Path) -> None:
        """Write it.  Raises OSError."""
        self._whole.save(path)


def _opened(path: Path, *, formulas: bool) -> Any:  # noqa: ANN401 - openpyxl ships no types
    try:
        if path.stat().st_size > BYTES_MAX:
            raise BadBook(f"{path} has more than {BYTES_MAX // 1_000_000} MB.")
        return openpyxl.load_workbook(path, data_only=not formulas, rich_text=formulas)
    except FileNotFoundError:
        raise BadBook(f"There is no file {path}.") from None
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise BadBook(f"{path} is no workbook (.xlsx) that can be read: {error}.") from error


def _headings(sheet: Any, path: Path) -> tuple[int, dict[str, int]]:  # noqa: ANN401 - as above
    """The row of headings, and the column of each that is known."""
    for number, cells in enumerate(sheet.iter_rows(max_row=HEADER_ROWS, values_only=True), start=1):
        said = {" ".join(str(value).split()).lower(): place for place, value in reversed(list(enumerate(cells))) if value is not None}
        found = {name: said[heading] for name, headings in COLUMNS.items() for heading in reversed(headings) if heading in said}
        if all(name in found for name in NEEDED):
            return number, found
    wanted = " and ".join(f"{name} ({', '.join(COLUMNS[name][:4])})" for name in NEEDED)
    raise BadBook(f"{path}: none of the first {HEADER_ROWS} rows has headings for {wanted}.")


def _rows(sheet: Any, head: int, places: dict[str, int]) -> Iterable[Row]:  # noqa: ANN401 - as above
    for at, cells in enumerate(sheet.iter_rows(min_row=head + 1, values_only=True), start=head + 1):
        found = {name: _text(cells[place]) for name, place in places.items() if place < len(cells)}
        if found.get("number") or found.get("text"):
            yield Row(at, found)


def _text(value: object) -> str:
    """A cell as it reads: 3.0 is 3, a date is a date."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else str(value).strip()


def _plain(value: Value) -> Value:
    """A text that a spreadsheet would run is held back."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
