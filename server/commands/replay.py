"""``unipole replay``: a log told turn by turn, as its control or one of its seats would have seen it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules import events as ev
from rules.state import Game
from rules.turn import rounds
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER, tell
from server.commands.logs import open_log, told
from server.commands.misuse import Misuse
from server.narrate.language import say
from server.narrate.sentences import sentence
from server.narrate.words import first

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
            _heading(out, event, item.before)
        elif event is not None and (everything or not isinstance(event, QUIET)):
            out.print(placed(item.place, sentence(item.before, event)))
    out.print(say("log.hash", chain=log.chain), style="dim", soft_wrap=True)


def _heading(out: Console, event: ev.StepOpened, before: Game) -> None:
    if event.turn != before.moment.turn:
        out.rule(say("seat.turn", turn=event.turn, turns=before.atlas.turns), align="left")
    if event.phase not in ("adjudication", "report"):
        of = rounds(before.atlas, event.phase)
        numbered = say("seat.round", round=event.round, rounds=of) if of > 1 else ""
        out.print(f"[bold]{first(say(f'phase.{event.phase}'))}{numbered}[/bold]")


def placed(place: str, text: str) -> Table:
    """A line with its place before it; what runs over stands under the text."""
    line = Table.grid(padding=(0, 2))
    line.add_column(width=PLACE_COLUMNS, justify="right", style="dim")
    line.add_column(overflow="fold")
    line.add_row(place, escape(text))
    return line
