"""``unipole replay``: a log told turn by turn, as its control or one of its seats would have seen it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules import events as ev
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER, tell
from server.commands.logs import open_log, told
from server.commands.misuse import Misuse
from server.narrate.sentences import sentence

QUIET = (ev.Moved, ev.ActSealed, ev.SeatDone)
PLACE_COLUMNS = 7


def replay(path: Path, out: Console, *, viewer: str = UMPIRE_VIEWER, everything: bool = False, scenario: str | None = None) -> None:
    """Tell a log.  ``viewer``: ``umpire`` knows all, ``public`` what everybody saw, a country what its seat saw.

    Raises:
        Misuse: the file cannot be told, or there is no such viewer.
    """
    log = open_log(path, scenario)
    viewers = (UMPIRE_VIEWER, PUBLIC_VIEWER, *log.opening.atlas.countries)
    if viewer not in viewers:
        raise Misuse(f"There is no viewer {viewer!r}. Choose one of: {', '.join(viewers)}.")
    for item in told(log):
        event = tell(item.before, item.event, viewer)
        if isinstance(event, ev.StepOpened):
            _heading(out, event, item.before.moment.turn)
        elif event is not None and (everything or not isinstance(event, QUIET)):
            out.print(placed(item.place, sentence(item.before, event)))
    out.print(f"Hash of the log: {log.chain}", style="dim", soft_wrap=True)


def _heading(out: Console, event: ev.StepOpened, turn_before: int) -> None:
    if event.turn != turn_before:
        out.rule(f"Turn {event.turn}", align="left")
    if event.phase not in ("adjudication", "report"):
        out.print(f"[bold]{event.phase.capitalize()}, round {event.round}[/bold]")


def placed(place: str, text: str) -> Table:
    """A line with its place before it; what runs over stands under the text."""
    line = Table.grid(padding=(0, 2))
    line.add_column(width=PLACE_COLUMNS, justify="right", style="dim")
    line.add_column(overflow="fold")
    line.add_row(place, escape(text))
    return line
