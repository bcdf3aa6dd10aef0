"""``unipole records``: logs as tidy tables with a codebook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from server.commands.logs import lines_of, open_log
from server.commands.misuse import Misuse
from server.records.making import Source, tables
from server.records.tables import Table
from server.records.writing import Format, NoParquet, written

PARQUET = "Parquet is written by the library pyarrow, which is not installed here: `pip install pyarrow`. CSV and JSON lines need nothing."


def records(paths: Sequence[Path], folder: Path, formats: Sequence[Format], out: Console, *, scenario: str | None = None) -> None:
    """Write the tables of some logs into a folder, all games into the same tables.

    Raises:
        Misuse: a log cannot be opened, or the tables cannot be written.
    """
    if not paths:
        raise Misuse("Name at least one log, such as one written by `unipole run --log`.")
    try:
        files, rows = written(folder, _played(paths, scenario), formats)
    except NoParquet as error:
        raise Misuse(PARQUET) from error
    except OSError as error:
        raise Misuse(f"--out: {error.filename} cannot be written: {error.strerror}.") from error
    counted = ", ".join(f"{name} {count:,}" for name, count in rows.items())
    games = "" if len(paths) == 1 else f" of {len(paths)} games"
    told = "They hold what was secret; codebook.md says what each column means."
    out.print(f"{len(files)} files{games} in {folder.absolute()} (rows: {counted}). {told}", soft_wrap=True)


def _played(paths: Sequence[Path], scenario: str | None) -> Iterator[list[Table]]:
    """The tables of one log after the other."""
    for path in paths:
        log = open_log(path, scenario)
        times = tuple(int(json.loads(line).get("at_ms", 0)) for line in lines_of(path)[1:])
        yield tables(Source(log.opening, log.entries, times, log.chain))
