"""What comes of acts of control; part of the closed list in ``events``."""

from __future__ import annotations

from typing import Annotated, Literal

from rules.pacts.events import Witnessed
from rules.state import Bulletin, PhaseName
from rules.umpire.orders import Holder, Instead, Voice
from rules.visibility import PUBLIC, Record
from rules.words import Country


class NewsRead(Witnessed):
    """A bulletin at the briefing, or a text that control brings in between; with witnesses, for these seats alone."""

    kind: Annotated[Literal["news"], PUBLIC] = "news"
    text: Annotated[str, PUBLIC]
    voice: Annotated[Voice, PUBLIC] = "news"


class NewsPlanned(Record):
    """Control has news ready for the opening of a turn."""

    kind: Annotated[Literal["news-planned"], PUBLIC] = "news-planned"
    bulletin: Annotated[Bulletin, PUBLIC]
    reason: Annotated[str, PUBLIC]

    def audience(self) -> frozenset[str]:
        """Control alone."""
        return frozenset()


class Undone(Record):
    """The game was put back to the opening of a step (turn 0: to the lobby) and goes on from there in a new branch."""

    kind: Annotated[Literal["undone"], PUBLIC] = "undone"
    turn: Annotated[int, PUBLIC]
    phase: Annotated[PhaseName, PUBLIC]
    round: Annotated[int, PUBLIC]
    branch: Annotated[int, PUBLIC]
    reason: Annotated[str, PUBLIC]


class Overridden(Record):
    """Control set ``world.<figure>[<at>]``: what it was as the turn began, what the rules made of it, and what it is now."""

    kind: Annotated[Literal["overridden"], PUBLIC] = "overridden"
    figure: Annotated[str, PUBLIC]
    at: Annotated[tuple[int, ...], PUBLIC]
    before: Annotated[float, PUBLIC]
    proposed: Annotated[float, PUBLIC]
    value: Annotated[float, PUBLIC]
    reason: Annotated[str, PUBLIC]
    owner: Annotated[Country | None, PUBLIC] = None

    def audience(self) -> frozenset[str] | None:
        """Those who may see the figure."""
        return None if self.owner is None else frozenset((self.owner,))


class SeatHeld(Record):
    """From now on a person, a bot or nobody plays a seat."""

    kind: Annotated[Literal["seat-held"], PUBLIC] = "seat-held"
    country: Annotated[Country, PUBLIC]
    holder: Annotated[Holder, PUBLIC]
    reason: Annotated[str, PUBLIC]


class OrderMissed(Record):
    """A seat gave no order in a step of orders: nothing, or a bot's orders, took their place."""

    kind: Annotated[Literal["order-missed"], PUBLIC] = "order-missed"
    country: Annotated[Country, PUBLIC]
    instead: Annotated[Instead, PUBLIC]


Interventions = NewsPlanned | Undone | Overridden | SeatHeld | OrderMissed
