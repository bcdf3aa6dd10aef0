"""``unipole records``: a log as tidy tables with a codebook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from server.commands.logs import lines_of, open_log
from server.commands.misuse import Misuse
from server.records.making import Source, tables
from server.records.writing import Format, NoParquet, written

PARQUET = "Parquet is written by the library pyarrow, which is not installed here: `pip install pyarrow`. CSV and JSON lines need nothing."


def records(path: Path, folder: Path, formats: Sequence[Format], out: Console, *, scenario: str | None = None) -> None:
    """Write the tables of a log into a folder.

    Raises:
        Misuse: the log cannot be opened, or the tables cannot be written.
    """
    log = open_log(path, scenario)
    times = tuple(int(json.loads(line).get("at_ms", 0)) for line in lines_of(path)[1:])
    found = tables(Source(log.opening, log.entries, times, log.chain))
    try:
        files = written(folder, found, formats)
    except NoParquet as error:
        raise Misuse(PARQUET) from error
    except OSError as error:
        raise Misuse(f"--out: {error.filename} cannot be written: {error.strerror}.") from error
    rows = ", ".join(f"{table.design.name} {len(table.rows):,}" for table in found)
    told = "They hold what was secret; codebook.md says what each column means."
    out.print(f"{len(files)} files in {folder.absolute()} (rows: {rows}). {told}", soft_wrap=True)
