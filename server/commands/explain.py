"""``unipole explain``: the terms behind one event of a log, recomputed from the game as it was before it."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules.explain import explain as terms_of
from rules.explain import reason
from server.commands.logs import Told, open_log, told
from server.commands.misuse import Misuse
from server.commands.replay import placed
from server.narrate.sentences import sentence
from server.narrate.words import in_names

PLACE = re.compile(r"(\d+)\.(\d+)")


def explain(path: Path, place: str | None, out: Console, scenario: str | None = None) -> None:
    """Print the terms behind the event at ``place`` (``12.3``: entry 12, event 3), or list all places.

    Raises:
        Misuse: the file cannot be opened, or there is no such place.
    """
    events = list(told(open_log(path, scenario)))
    if place is None:
        for item in events:
            out.print(placed(item.place, sentence(item.before, item.event)))
        return
    if not PLACE.fullmatch(place):
        raise Misuse(f"{place!r} names no event: write the entry and the event, such as 12.3.")
    found = next((item for item in events if item.place == place), None)
    if found is None:
        raise Misuse(f"There is no event {place} in {path}: {_range(events, int(place.partition('.')[0]))}")
    _print(found, out)


def _range(events: list[Told], entry: int) -> str:
    last = events[-1].entry if events else 0
    numbers = [item.number for item in events if item.entry == entry]
    if numbers:
        return f"entry {entry} has the events {entry}.1 to {entry}.{numbers[-1]}."
    return f"its entries are 1 to {last}. Without a place, all are listed."


def _print(item: Told, out: Console) -> None:
    game = item.before
    out.print(escape(sentence(game, item.event)))
    why = reason(game, item.event)
    if why:
        out.print(f"Reason in the rules: {escape(in_names(game, why))}.")
    terms = terms_of(game, item.event)
    if not terms:
        out.print("No figure stands behind this event: it is what its author ordered, or the clock.")
        return
    table = Table()
    table.add_column("term", overflow="fold")
    table.add_column("value", justify="right")
    table.add_column("known to")
    for term in terms:
        known = "all" if term.audience is None else ", ".join(sorted(term.audience))
        table.add_row(escape(in_names(game, term.name)), f"{term.value:.6g}", known)
    out.print(table)
