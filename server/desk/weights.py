"""What goes over HTTP about acts that are weighed before they are sent, and what can be expected of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import FailFast, Field

from server.desk.papers import AnyAct, Paper

ACTS_MAX = 64


class Weigh(Paper):
    """Acts that a seat thinks of sending, in order."""

    acts: Annotated[tuple[AnyAct, ...], Field(max_length=ACTS_MAX), FailFast()]


class Share(Paper):
    """What a party can expect of an offer, by the asker's guess."""

    country: str
    worth: float


class Breach(Paper):
    """What it would cost a party to break its word: approval at home, goodwill of each other party, and how heavily it counts in records.

    ``seen``: by everybody, or by the parties alone; ``worth``: of the asker's own, all of it as payoff, by its guess.
    """

    country: str
    approval: float
    goodwill: float
    record: float
    seen: bool
    worth: float | None


class Weighed(Paper):
    """One act: what it says, what can be expected of it, and why it would be refused, if it would be.

    ``shares``: of an offer, to each party; ``worth``: to the asker; ``chance``: that the operation succeeds, or the draft is adopted;
    ``breaches``: of an offer, for each party that owes something under it, the asker first.
    """

    text: str
    act: AnyAct
    shares: tuple[Share, ...]
    worth: float | None
    chance: float | None
    breaches: tuple[Breach, ...]
    code: str | None
    field: str
    sentence: str


class Weighing(Paper):
    """The acts as they can be sent: a budget that pays for the aid among them is added or completed."""

    acts: tuple[Weighed, ...]
