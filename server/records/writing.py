"""Tables as files: CSV for a spreadsheet, JSON lines for a program, Parquet for a data frame."""

from __future__ import annotations

import csv
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from server.records.tables import Design, Table, Value, codebook

Format = Literal["csv", "jsonl", "parquet"]
Adder = Callable[[Table], None]
Opener = Callable[[Path, Design], AbstractContextManager[Adder]]
CODEBOOK = "codebook.md"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula, if a text began with it."""


class NoParquet(Exception):
    """The library that writes Parquet is not installed."""


def written(folder: Path, games: Iterable[Iterable[Table]], formats: Sequence[Format]) -> tuple[list[Path], dict[str, int]]:
    """Write the tables of one game after the other, each table in every format, and the codebook beside them.

    One game is in memory at a time.  Returns the files, and how many rows each table has.

    Raises:
        NoParquet: Parquet is wanted and cannot be written here.
        OSError: a file cannot be written.
    """
    openers: list[tuple[Format, Opener]] = [(kind, _opener(kind)) for kind in formats]
    folder.mkdir(parents=True, exist_ok=True)
    adders: dict[Path, Adder] = {}
    designs: dict[str, Design] = {}
    rows: Counter[str] = Counter()
    with ExitStack() as stack:
        for tables in games:
            for table in tables:
                designs[table.design.name] = table.design
                rows[table.design.name] += len(table.rows)
                for kind, opener in openers:
                    path = folder / f"{table.design.name}.{kind}"
                    if path not in adders:
                        adders[path] = stack.enter_context(opener(path, table.design))
                    adders[path](table)
    (folder / CODEBOOK).write_text(codebook(designs.values()), encoding="utf-8")
    return [*adders, folder / CODEBOOK], dict(rows)


def contents(tables: Iterable[Table], formats: Sequence[Format]) -> dict[str, bytes]:
    """The same files by name, without a folder that stays.  Raises as ``written``."""
    with TemporaryDirectory(prefix="unipole-") as folder:
        return {path.name: path.read_bytes() for path in written(Path(folder), [tables], formats)[0]}


def _opener(kind: Format) -> Opener:
    match kind:
        case "csv":
            return _csv
        case "jsonl":
            return _json_lines
        case "parquet":
            return _parquet()


@contextmanager
def _csv(path: Path, design: Design) -> Iterator[Adder]:
    with path.open("w", newline="", encoding="utf-8-sig") as file:  # with its mark, or Excel takes Cyrillic for Latin letters
        out = csv.writer(file)
        out.writerow([column.name for column in design.columns])
        yield lambda table: out.writerows([_cell(value) for value in row] for row in table.rows)


def _cell(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


@contextmanager
def _json_lines(path: Path, _: Design) -> Iterator[Adder]:
    with path.open("w", encoding="utf-8") as file:

        def add(table: Table) -> None:
            file.writelines(json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) + "\n" for row in table.rows)

        yield add


def _parquet() -> Opener:
    try:
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise NoParquet from error
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(), "truth": arrow.bool_()}

    @contextmanager
    def opened(path: Path, design: Design) -> Iterator[Adder]:
        schema = arrow.schema([(column.name, kinds[column.kind]) for column in design.columns])
        with parquet.ParquetWriter(path, schema) as file:
            yield lambda table: file.write_table(arrow.table([[row[k] for row in table.rows] for k in range(len(schema))], schema=schema))

    return opened
