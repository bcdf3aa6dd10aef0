"""Tables as files: CSV for a spreadsheet, JSON lines for a program, Parquet for a data frame."""

from __future__ import annotations

import csv
import importlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from server.records.tables import Table, Value, codebook

Format = Literal["csv", "jsonl", "parquet"]
CODEBOOK = "codebook.md"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula, if a text began with it."""


class NoParquet(Exception):
    """The library that writes Parquet is not installed."""


def written(folder: Path, tables: Iterable[Table], formats: Iterable[Format]) -> list[Path]:
    """Write every table in every format, and the codebook beside them.

    Raises:
        NoParquet: Parquet is wanted and cannot be written here.
        OSError: a file cannot be written.
    """
    writers: list[tuple[Format, Callable[[Path, Table], None]]] = [(kind, _writer(kind)) for kind in formats]
    folder.mkdir(parents=True, exist_ok=True)
    found, kept = [], tuple(tables)
    for table in kept:
        for kind, write in writers:
            path = folder / f"{table.design.name}.{kind}"
            write(path, table)
            found.append(path)
    (folder / CODEBOOK).write_text(codebook(table.design for table in kept), encoding="utf-8")
    return [*found, folder / CODEBOOK]


def contents(tables: Iterable[Table], formats: Iterable[Format]) -> dict[str, bytes]:
    """The same files by name, without a folder that stays.  Raises as ``written``."""
    with TemporaryDirectory(prefix="unipole-") as folder:
        return {path.name: path.read_bytes() for path in written(Path(folder), tables, formats)}


def _writer(kind: Format) -> Callable[[Path, Table], None]:
    match kind:
        case "csv":
            return _csv
        case "jsonl":
            return _json_lines
        case "parquet":
            return _parquet()


def _csv(path: Path, table: Table) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(table.names)
        out.writerows([_cell(value) for value in row] for row in table.rows)


def _cell(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


def _json_lines(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in table.rows:
            file.write(json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) + "\n")


def _parquet() -> Callable[[Path, Table], None]:
    try:
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise NoParquet from error
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(), "truth": arrow.bool_()}

    def write(path: Path, table: Table) -> None:
        schema = arrow.schema([(column.name, kinds[column.kind]) for column in table.design.columns])
        columns = [[row[k] for row in table.rows] for k in range(len(table.names))]
        parquet.write_table(arrow.table(columns, schema=schema), path)

    return write
