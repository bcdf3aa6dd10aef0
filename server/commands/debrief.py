"""``unipole debrief``: the page for the talk after a game, made from its log."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from rich.console import Console

from server.commands.logs import open_log
from server.commands.misuse import Misuse
from server.debrief.page import write_debrief
from server.debrief.telling import Telling


def debrief(
    path: Path, out: Console, *, page: Path | None = None, reveal: bool = False, turn: int | None = None, scenario: str | None = None
) -> None:
    """Write the page beside the log, or where it is wanted, and say what is on it.

    Raises:
        Misuse: the log cannot be opened, is not that far, or the page cannot be written.
    """
    start = perf_counter()
    log = open_log(path, scenario)
    telling = Telling(log.opening, log.entries, log.chain, revealed=reveal, until=turn, file=path.name)
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
