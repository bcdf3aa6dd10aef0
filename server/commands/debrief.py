"""``unipole debrief``: the page for the talk after a game, made from its log."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console

from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from server.commands.logs import LogFile, open_log
from server.commands.misuse import Misuse
from server.commands.progress import bar
from server.debrief.comparison import kept, prepared
from server.debrief.forks import stored
from server.debrief.page import write_debrief
from server.debrief.pdf import NoBrowser, Unprinted, printed
from server.debrief.shipped import shipped
from server.debrief.telling import Telling


def debrief(
    path: Path,
    out: Console,
    *,
    page: Path | None = None,
    viewer: str = PUBLIC_VIEWER,
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
    if viewer not in (PUBLIC_VIEWER, UMPIRE_VIEWER, *(seats := log.opening.atlas.countries)):
        raise Misuse(f"--seat: there is no seat {viewer!r} in this log. Choose one of: {', '.join(seats)}.")
    others, aged = _others(log, compare, jobs, out)
    start = perf_counter() if compare else start
    forks = tuple(stored(path))
    telling = Telling(log.opening, log.entries, log.chain, viewer, until=turn, file=path.name, others=tuple(others), aged=aged, forks=forks)
    played = len(telling.turns.told)
    if not played:
        raise Misuse(f"{path} is the log of a game that has not begun: there is nothing to tell.")
    if turn is not None and turn > played:
        raise Misuse(f"--turn: the log ends in turn {played}.")
    target = page or path.with_suffix(".html")
    _write(target, telling)
    kinds = {UMPIRE_VIEWER: "with all that was secret", PUBLIC_VIEWER: "without what was secret; --reveal opens it"}
    kind = kinds.get(viewer, f"as {viewer} knew it")
    out.print(f"Debrief of {played} turns, {kind}: {target.absolute()} ({perf_counter() - start:.1f} s).", soft_wrap=True)


def _write(target: Path, telling: Telling) -> None:
    """As a page, or as PDF if the name says so.  Raises Misuse."""
    try:
        if target.suffix.lower() != ".pdf":
            write_debrief(target, telling)
            return
        with TemporaryDirectory(prefix="unipole-") as folder:
            write_debrief(page := Path(folder) / "debrief.html", telling)
            printed(page, target)
    except (NoBrowser, Unprinted) as error:
        raise Misuse(f"--out: {error} The page itself can be printed from any browser.") from error
    except OSError as error:
        raise Misuse(f"--out: {target} cannot be written: {error.strerror}.") from error


def _others(log: LogFile, games: int, jobs: int | None, out: Console) -> tuple[Sequence[Mapping[str, float]], bool]:
    """Games of the same start: so many, played now where they are missing, or those that are kept or ship; and whether their rules are old.

    Raises:
        Misuse: they cannot be kept.
    """
    known, ready = kept(log.head), shipped(log.head)
    if not games and not known and ready is not None:
        return ready.rows, ready.rules_hash != log.head.rules_hash
    if games <= len(known):
        return (known[:games] if games else known), False
    with bar(out) as progress:
        task = progress.add_task("playing", total=games - len(known))
        try:
            workers = jobs or os.cpu_count() or 1
            return prepared(log.head, log.opening, games, workers, lambda done: progress.update(task, completed=done)), False
        except OSError as error:
            raise Misuse(f"--compare: the games cannot be kept: {error}.") from error
