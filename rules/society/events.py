"""Events of words, influence, domestic politics and forums (members of the closed list of ``rules.events``)."""

from __future__ import annotations

from typing import Annotated, Literal

from rules.society.speech import Means, Outcome, Place, Reason, Statement
from rules.visibility import OWN, PUBLIC, Record
from rules.vocabulary import Country, Name


class Stated(Record):
    """A government said something in public."""

    kind: Annotated[Literal["stated"], PUBLIC] = "stated"
    statement: Annotated[Statement, PUBLIC]


class FabricationExposed(Record):
    """A threat that a government had spoken of turned out to be made up."""

    kind: Annotated[Literal["fabrication-exposed"], PUBLIC] = "fabrication-exposed"
    statement: Annotated[Name, PUBLIC]
    speaker: Annotated[Country, PUBLIC]
    about: Annotated[Country, PUBLIC]


class StatementTested(Record):
    """A threat or a pledge of restraint was put to the test."""

    kind: Annotated[Literal["statement-tested"], PUBLIC] = "statement-tested"
    statement: Annotated[Name, PUBLIC]
    outcome: Annotated[Outcome, PUBLIC]
    reason: Annotated[str, PUBLIC]


class Influenced(Record):
    """A government worked on the politics of another; the two know of it."""

    kind: Annotated[Literal["influenced"], PUBLIC] = "influenced"
    country: Annotated[Country, PUBLIC]
    by: Annotated[Means, PUBLIC]
    target: Annotated[Country, PUBLIC]
    issue: Annotated[Name | None, PUBLIC] = None
    effort: Annotated[Place, PUBLIC]

    def audience(self) -> frozenset[str]:
        """Who did it and to whom."""
        return frozenset((self.country, self.target))


class LeaderChanged(Record):
    """A country has a new leader, with views of its own."""

    kind: Annotated[Literal["leader-changed"], PUBLIC] = "leader-changed"
    country: Annotated[Country, PUBLIC]
    reason: Annotated[str, PUBLIC]


class DialogueHeld(Record):
    """Talks on an issue took place, with those who came."""

    kind: Annotated[Literal["dialogue-held"], PUBLIC] = "dialogue-held"
    host: Annotated[Country, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    participants: Annotated[tuple[Country, ...], PUBLIC]


class MotiveNoted(Record):
    """A government noted in private why it acts."""

    kind: Annotated[Literal["motive-noted"], PUBLIC] = "motive-noted"
    country: Annotated[Country, OWN]
    motive: Annotated[Reason, OWN]
    act: Annotated[Name | None, OWN] = None
    about: Annotated[Country | None, OWN] = None

    def audience(self) -> frozenset[str]:
        """Its author."""
        return frozenset((self.country,))


Silent = FabricationExposed | Influenced | LeaderChanged | DialogueHeld | MotiveNoted
"""Events that are told and move nothing by themselves."""
