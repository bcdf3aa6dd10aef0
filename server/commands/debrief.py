"""``unipole debrief``: the page for the talk after a game, made from its log."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from server.commands.logs import LogFile, open_log
from server.commands.misuse import Misuse
from server.debrief.comparison import kept, prepared
from server.debrief.forks import stored
from server.debrief.page import write_debrief
from server.debrief.telling import Telling

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def debrief(
    path: Path,
    out: Console,
    *,
    page: Path | None = None,
    reveal: bool = False,
    turn: int | None = None,
    compare: int = 0,
    jobs: int | None = None,
    scenario: str | None = None,
) -> None:
    """Write the page beside the log, or where it is wanted, and say what is on it.

    Raises:
        Misuse: the log cannot be opened, is not that far, or the page cannot be written.
    """
    start = perf_counter()
    log = open_log(path, scenario)
    others = tuple(_others(log, compare, jobs, out))
    start = perf_counter() if compare else start
    forks = tuple(stored(path))
    telling = Telling(log.opening, log.entries, log.chain, reveal, until=turn, file=path.name, others=others, forks=forks)
    played = len(telling.turns.told)
    if not played:
        raise Misuse(f"{path} is the log of a game that has not begun: there is nothing to tell.")
    if turn is not None and turn > played:
        raise Misuse(f"--turn: the log ends in turn {played}.")
    target = page or path.with_suffix(".html")
    try:
        write_debrief(target, telling)
    except OSError as error:
        raise Misuse(f"--out: {target} cannot be written: {error.strerror}.") from error
    kind = "with all that was secret" if reveal else "without what was secret; --reveal opens it"
    out.print(f"Debrief of {played} turns, {kind}: {target.absolute()} ({perf_counter() - start:.1f} s).", soft_wrap=True)


def _others(log: LogFile, games: int, jobs: int | None, out: Console) -> Sequence[Mapping[str, float]]:
    """Games of the same start: those that are kept, or so many, played now where they are missing.

    Raises:
        Misuse: they cannot be kept.
    """
    known = kept(log.head)
    if games <= len(known):
        return known[:games] if games else known
    with Progress(*COLUMNS, console=out, transient=True) as progress:
        task = progress.add_task("playing", total=games - len(known))
        try:
            return prepared(log.head, log.opening, games, jobs or os.cpu_count() or 1, lambda done: progress.update(task, completed=done))
        except OSError as error:
            raise Misuse(f"--compare: the games cannot be kept: {error}.") from error
