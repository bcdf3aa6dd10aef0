"""The record: a table of figures beside the documents, to which each portion adds itself, from however many programs at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from tests.endurance.tally import Row, Tally

RECORD = Path(__file__).parents[2] / "docs" / "reference" / "endurance.tsv"
HEAD = "campaign commit first last points acked lost doubled broken worst_s seconds".split()


def read(path: Path = RECORD) -> list[Row]:
    """All rows, in the order in which they were begun."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_row(line.split("\t")) for line in lines[1:]]


def add(row: Row, path: Path = RECORD) -> None:
    """Write a row down, joined to the one that it goes on from."""
    with path.open("a+", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        rows = read(path)
        for place, earlier in enumerate(rows):
            if joined := earlier.joined(row):
                rows[place] = joined
                break
        else:
            rows.append(row)
        path.write_text(text(rows), encoding="utf-8")


def next_portion(rows: Iterable[Row], campaign: str) -> int:
    """The first portion that nobody has run, so that an interrupted campaign goes on."""
    return max((row.last + 1 for row in rows if row.campaign == campaign), default=0)


def text(rows: Iterable[Row]) -> str:
    """The table as it is kept."""
    return "".join("\t".join(cells) + "\n" for cells in (HEAD, *map(_cells, rows)))


def _cells(row: Row) -> list[str]:
    *counts, worst_s = astuple(row.tally)
    places = (row.campaign, row.commit, row.first, row.last, *counts)
    return [*map(str, places), f"{worst_s:.2f}", f"{row.seconds:.1f}"]


def _row(cells: list[str]) -> Row:
    campaign, commit, *counts = cells[:9]
    first, last, points, acked, lost, doubled, broken = map(int, counts)
    return Row(campaign, commit, first, last, Tally(points, acked, lost, doubled, broken, float(cells[9])), float(cells[10]))
