"""Why something that a viewer was told happened: the causes behind one line of its story, as far as the viewer may know them.

Everything is recomputed from the log when somebody asks.  Places in the log are left out: they would count the secret orders of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules import events as ev
from rules.effects import Term
from rules.explanation.causes import Chains
from rules.explanation.explain import explain, reason
from rules.explanation.story import Page, Story
from rules.orders import CONTROL
from rules.sequence import Recorded
from rules.state import Game
from rules.view import tell
from server.desk.papers import Why, WhyLine
from server.narrate.amounts import decimal
from server.narrate.chains import rows
from server.narrate.language import say
from server.narrate.words import first, in_names

LINES_MAX = 40
FOLLOWED = (ev.RollCall, ev.CommitmentMade, ev.CommitmentDetected, ev.DraftWithdrawn, ev.OperationAnnounced, ev.Judged, ev.OfferClosed)
"""Events that are followed to what they hang on; that of a war takes seconds, and its terms say the most of it."""
_PLACE, _ENTRY = re.compile(r"^\d+\.\d+\s+"), re.compile(r" \((?:entry|запись) \d+\)")


def why(opening: Game, entries: Sequence[Recorded], viewer: str, number: int) -> Why | None:
    """The causes of the event that the viewer was told as number ``number``; None if there is none."""
    story = Story(opening, entries)
    told = (page for page in story.pages if tell(page.fore, page.event, viewer) is not None)
    page = next((page for place, page in enumerate(told, start=1) if place == number), None)
    if page is None:
        return None
    lines = [*_reason(page), *_chain(Chains(story, viewer), page)]
    return Why(number=number, lines=tuple(lines[:LINES_MAX]), more=max(len(lines) - LINES_MAX, 0))


def _reason(page: Page) -> Iterator[WhyLine]:
    said = "" if isinstance(page.event, ev.Moved) else reason(page.fore, page.event)
    if said:
        yield WhyLine(depth=0, text=first(in_names(page.fore, said)))


def _chain(chains: Chains, page: Page) -> Iterator[WhyLine]:
    if not isinstance(page.event, (*FOLLOWED, ev.Moved)):
        yield from (_of_term(page.fore, term) for term in explain(page.fore, page.event, chains.viewer))
        return
    cause = chains.chain(page.place, 1, shallow=isinstance(page.event, ev.Moved))
    if cause is None:
        return
    # That a step closed, or that control closed it, says nothing of why what happened then happened so.
    cause = replace(cause, causes=tuple(c for c in cause.causes if c.kind != "clock" and not c.name.startswith(CONTROL)))
    for row in rows(chains, cause, digits=4):
        if row.depth:
            text = row.text.removesuffix(say("chain.beyond"))
            yield WhyLine(depth=row.depth - 1, text=first(_ENTRY.sub("", _PLACE.sub("", text))))


def _of_term(game: Game, term: Term) -> WhyLine:
    return WhyLine(depth=0, text=f"{first(in_names(game, term.name))}: {decimal(term.value, '.4g')}")
