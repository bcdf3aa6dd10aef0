"""``unipole strategies``: what each state did towards the unipole, turn by turn, with the evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules.labels.behaviour import Definitions
from rules.labels.chapters import chapters
from server.commands.logs import open_log
from server.debrief.strategies import Course, courses

NOTHING = "–"


def strategies(
    path: Path,
    out: Console,
    *,
    balancing: Literal["broad", "narrow"] = "broad",
    bandwagoning: Literal["fear", "profit"] = "fear",
    evidence: bool = False,
    as_json: bool = False,
    scenario: str | None = None,
) -> None:
    """Print the table of labels; with ``evidence`` also what each rests on.

    Raises:
        Misuse: the file cannot be opened.
    """
    log = open_log(path, scenario)
    by = Definitions(balancing=balancing, bandwagoning="fear or profit" if bandwagoning == "profit" else "fear")
    found = courses(chapters(log.opening, log.entries), by)
    if as_json:
        out.out(json.dumps([asdict(course) for course in found], indent=1))
        return
    out.print(_table(found))
    if evidence:
        _evidence(found, out)


def _table(found: Sequence[Course]) -> Table:
    table = Table(title="What each state did towards the unipole", title_justify="left", show_lines=True)
    table.add_column("state")
    for cell in found[0].cells if found else ():
        table.add_column(f"turn {cell.turn}", overflow="fold")
    for course in found:
        table.add_row(course.name, *("\n".join(label for label, _ in cell.labels) or NOTHING for cell in course.cells))
    return table


def _evidence(found: Sequence[Course], out: Console) -> None:
    for course in found:
        for cell in course.cells:
            if cell.labels:
                fear = f", fears {cell.fears} most" if cell.fears else ""
                out.print(f"\n[bold]{escape(course.name)}[/bold], turn {cell.turn}{escape(fear)}")
            for label, proofs in cell.labels:
                out.print(f"  {label}")
                for proof in proofs:
                    out.print(f"    {proof.place or 'before':>8}  {escape(proof.words)}", soft_wrap=True)
