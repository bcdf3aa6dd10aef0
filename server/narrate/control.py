"""What control did, in sentences: the game put back, a figure set, seats given to others, news made ready."""

from __future__ import annotations

from typing import assert_never

from rules.events import Interventions, NewsPlanned, NewsRead, OrderMissed, Overridden, SeatHeld, Undone
from rules.past import LOBBY
from rules.state import Sight
from server.narrate.causes import amount_of, figure
from server.narrate.language import noun, say
from server.narrate.names import worded
from server.narrate.words import listed, name


def control_sentence(sight: Sight, event: Interventions) -> str:
    """An act of control as one sentence with a full stop; ``sight`` is the state before it."""
    match event:
        case Undone():
            place = say("control.place", turn=event.turn, phase=say(f"phase.{event.phase}"), round=event.round)
            where = say("control.lobby") if event.turn == LOBBY else place
            return say("control.undone", where=where, reason=_why(event.reason))
        case Overridden():
            what = figure(sight, event.figure, event.at)
            value, proposed, before = (amount_of(event.figure, each) for each in (event.value, event.proposed, event.before))
            return say("control.set", figure=what, value=value, proposed=proposed, before=before, reason=_why(event.reason))
        case SeatHeld():
            return say(f"control.held-by-{event.holder}", who=name(sight, event.country), reason=_why(event.reason))
        case OrderMissed():
            return say(f"control.missed-{event.instead}", who=name(sight, event.country))
        case NewsPlanned():
            to = listed(sight, event.bulletin.to) if event.bulletin.to else noun("control.everybody")
            return say("control.planned", turn=event.bulletin.turn, to=to, text=worded(event.bulletin.text))
        case _:
            assert_never(event)


def news_sentence(sight: Sight, event: NewsRead) -> str:
    """A text that was read; control's own voice is named."""
    known = worded(event.text)
    text = known if known[-1:] in ".!?" else f"{known}."
    if event.voice == "control":
        return say("control.says", text=text)
    if event.witnesses:  # empty for those who are told: who else reads it is not for them to know
        return say("control.news-for", to=listed(sight, event.witnesses), text=text)
    return text


def _why(reason: str) -> str:
    return reason.rstrip(".")
