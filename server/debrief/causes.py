"""Why: for each event that the page names, what the rules say about it, recomputed, and for the weightiest its chain of causes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from rules import events as ev
from rules.evolve import evolve
from rules.explanation.causes import Chains
from rules.explanation.explain import explain, reason
from rules.explanation.story import Page
from rules.orders import CLOCK
from rules.view import tell
from server.debrief.telling import Telling
from server.debrief.words import say
from server.narrate.amounts import decimal
from server.narrate.chains import Row, rows
from server.narrate.language import say as narrated
from server.narrate.sentences import sentence as said
from server.narrate.words import first, in_names

TRACED = (ev.RollCall, ev.CommitmentMade, ev.CommitmentDetected, ev.DraftWithdrawn, ev.OperationAnnounced)
TRACED_MAX = 60
"""Events whose chain is followed, as far as that takes milliseconds; that of a war takes seconds, and its terms say the most of it."""
SEATS_MAX = 60
"""Seats of a game whose chains are followed: in a greater one each asks thousands of orders whether it hung on them."""
ROWS_MAX = 40
_PLACE, _ENTRY = re.compile(r"^(\d+\.\d+)\b"), re.compile(r" \(entry \d+\)")


@dataclass(frozen=True, slots=True)
class Why:
    """One event: the sentence, then lines that say why, each with its depth; ``more`` lines were left out."""

    place: str
    sentence: str
    rows: tuple[Row, ...]
    more: int


def whys(telling: Telling, besides: Iterable[str] = ()) -> Iterator[Why]:
    """The reasons of every event that is told, and of those ``besides``, as far as the eyes of the telling may know them."""
    chains = Chains(telling.story, telling.viewer) if _small(telling) else None
    told = {line.place: line.sentence for turn in telling.turns.told for line in turn.lines}
    numbers = telling.turns.numbers
    traced = 0
    for page in _pages(telling):
        place = numbers.get(page.place, "")
        if place not in told and place not in besides:
            continue
        if chains is not None and traced < TRACED_MAX and isinstance(page.event, TRACED):
            traced += 1
            found = list(_chain(chains, page.place))
        else:
            found = list(_plain(telling, page))
        shown = tell(page.fore, page.event, telling.viewer)
        sentence = told.get(place) or (said(page.fore, shown) if shown else "")
        lines = tuple(Row(row.depth, _renumbered(row.text, telling), row.is_event) for row in found[:ROWS_MAX])
        yield Why(place, sentence, lines, max(len(found) - ROWS_MAX, 0))


def _small(telling: Telling) -> bool:
    return len(telling.opening.atlas.countries) <= SEATS_MAX


def _pages(telling: Telling) -> Iterator[Page]:
    """Every event with the game before it; of a great game without the index by which chains are followed."""
    if _small(telling):
        yield from telling.story.pages
        return
    fore, numbers = telling.opening, count()
    for entry, recorded in enumerate(telling.entries, start=1):
        for number, event in enumerate(recorded.events, start=1):
            yield Page(next(numbers), f"{entry}.{number}", recorded.order, fore, event)
            fore = evolve(fore, event)


def _renumbered(text: str, telling: Telling) -> str:
    """A line of a chain with the places by which the page tells events: entries of the log would count secret orders."""
    if telling.revealed:
        return text
    return _ENTRY.sub("", _PLACE.sub(lambda found: telling.turns.numbers.get(found[1], ""), text))


def _chain(chains: Chains, place: str) -> Iterator[Row]:
    cause = chains.chain(place, 1)
    if cause is not None:
        yield from (Row(row.depth - 1, row.text, row.is_event) for row in rows(chains, cause, digits=4) if row.depth)


def _plain(telling: Telling, page: Page) -> Iterator[Row]:
    """Terms and the order that brought it, without what they hang on."""
    names = telling.opening
    if why := reason(page.fore, page.event):
        yield Row(0, first(in_names(names, why)), is_event=False)
    for term in explain(page.fore, page.event, telling.viewer):
        yield Row(0, f"{first(in_names(names, term.name))}: {decimal(term.value, '.4g')}", is_event=False)
    if page.order.author == CLOCK:
        now = page.fore.moment
        yield Row(0, say("why.clock", phase=narrated(f"phase.{now.phase}"), round=now.round, turn=now.turn), is_event=False)
    else:
        who = in_names(names, page.order.author)
        yield Row(0, say("why.order", who=first(who)), is_event=False)
