"""What control did, in sentences: the game put back, a figure set, seats given to others, news made ready."""

from __future__ import annotations

from typing import assert_never

from rules.events import Change, Interventions, NewsPlanned, NewsRead, Overridden, SeatHeld, Undone
from rules.past import LOBBY
from rules.state import Sight
from server.narrate.causes import figure
from server.narrate.words import listed, subject

HELD = {"person": "is played by people again", "bot": "is played by a bot from now on", "nobody": "is free"}


def control_sentence(sight: Sight, event: Interventions) -> str:
    """An act of control as one sentence with a full stop; ``sight`` is the state before it."""
    match event:
        case Undone():
            where = "to the lobby" if event.turn == LOBBY else f"to the opening of turn {event.turn}, {event.phase}, round {event.round}"
            return f"Control put the game back {where}: {_why(event.reason)}."
        case Overridden():
            what = figure(sight, Change.believed(field=event.figure, at=event.at, value=event.value))
            rules = f"the rules had made it {event.proposed:.3g}, as the turn began it was {event.before:.3g}"
            return f"Control set {what} to {event.value:.3g} ({rules}): {_why(event.reason)}."
        case SeatHeld():
            return f"{subject(sight, event.country)} {HELD[event.holder]}: {_why(event.reason)}."
        case NewsPlanned():
            to = listed(sight, event.bulletin.to) if event.bulletin.to else "everybody"
            return f"Control has news ready for turn {event.bulletin.turn}, for {to}: {event.bulletin.text}"
        case _:
            assert_never(event)


def news_sentence(sight: Sight, event: NewsRead) -> str:
    """A text that was read; control's own voice is named."""
    text = event.text if event.text[-1:] in ".!?" else f"{event.text}."
    if event.voice == "control":
        return f"Control says: {text}"
    if event.witnesses:  # empty for those who are told: who else reads it is not for them to know
        return f"News for {listed(sight, event.witnesses)}: {text}"
    return text


def _why(reason: str) -> str:
    return reason.rstrip(".")
