"""``unipole explain``: the whole chain of causes behind one event of a log, recomputed from the log."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from rules import events as ev
from rules.explanation.causes import Cause, Chains
from rules.explanation.explain import reason
from rules.explanation.story import Story
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from server.commands.logs import open_log
from server.commands.misuse import Misuse
from server.commands.replay import placed
from server.narrate.chains import data, rows, said
from server.narrate.language import say
from server.narrate.words import in_names

PLACE = re.compile(r"(\d+)\.(\d+)")
FIGURES_MAX = 24  # an event that moved more is told without its causes, unless one country is asked for
DEPTH = 4


def explain(
    path: Path,
    place: str | None,
    out: Console,
    *,
    viewer: str = UMPIRE_VIEWER,
    depth: int | None = DEPTH,
    about: str | None = None,
    as_json: bool = False,
    scenario: str | None = None,
) -> None:
    """Print the chain of the event at ``place`` (``12.3``: entry 12, event 3), or list all places.

    Raises:
        Misuse: the file cannot be opened, or there is no such place, viewer or country.
    """
    log = open_log(path, scenario)
    countries = log.opening.atlas.countries
    if viewer not in (UMPIRE_VIEWER, PUBLIC_VIEWER, *countries):
        raise Misuse(f"There is no viewer {viewer!r}. Choose one of: {', '.join((UMPIRE_VIEWER, PUBLIC_VIEWER, *countries))}.")
    if about is not None and about not in countries:
        raise Misuse(f"There is no country {about!r} in this log. Choose one of: {', '.join(countries)}.")
    chains = Chains(Story(log.opening, log.entries), viewer)
    if place is None:
        for page in chains.story.pages:
            if said(chains, page.place):
                out.print(placed(page.place, said(chains, page.place)))
        return
    if not PLACE.fullmatch(place):
        raise Misuse(f"{place!r} names no event: write the entry and the event, such as 12.3.")
    found = _found(chains, place, depth, about)
    if found is None:
        raise Misuse(f"There is no event {place} in {path}{_known_to(viewer)}: {_range(chains, int(place.partition('.')[0]))}")
    if as_json:
        out.out(json.dumps(data(chains, found), indent=1))
    else:
        _print(chains, place, found, out)


def _found(chains: Chains, place: str, depth: int | None, about: str | None) -> Cause | None:
    """The chain; of an event that moved very many figures no more than the figures."""
    page = chains.story.page(place)
    many = page is not None and isinstance(page.event, ev.Moved) and len(page.event.changes) > FIGURES_MAX
    return chains.chain(place, 1 if many and about is None else depth, about, shallow=many and about is None)


def _known_to(viewer: str) -> str:
    return "" if viewer == UMPIRE_VIEWER else f" that {viewer} knows of"


def _range(chains: Chains, entry: int) -> str:
    known = [page.place for page in chains.story.pages if said(chains, page.place)]
    inside = [place for place in known if place.partition(".")[0] == str(entry)]
    if inside:
        return f"entry {entry} has the events {inside[0]} to {inside[-1]}."
    last = known[-1].partition(".")[0] if known else "0"
    return f"its entries are 1 to {last}. Without a place, all are listed."


def _print(chains: Chains, place: str, found: Cause, out: Console) -> None:
    page = chains.story.page(place)
    for row in rows(chains, found):
        text = f"[bold]{escape(row.text)}[/bold]" if row.depth == 0 else escape(row.text)
        out.print(Padding(text, (0, 0, 0, 2 * row.depth), expand=False))
        why = reason(page.fore, page.event) if page and row.depth == 0 and not isinstance(page.event, ev.Moved) else ""
        if why and page:
            out.print("  " + escape(say("chain.reason", reason=in_names(page.fore, why))))
    if page and isinstance(page.event, ev.Moved) and not any(c.causes for c in found.causes if c.kind == "change"):
        out.print(say("chain.many"))
