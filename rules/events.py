"""Events: the closed list of what can happen.  They carry facts (new values), never explanations; those are recomputed on demand.

Each class says in ``audience`` who may know of it; a field marked UMPIRE is blanked before anybody else reads the event.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from rules.moves import Change, Move, Moved, Moving, move
from rules.orders import SeatAct
from rules.pacts.events import (
    ClauseCalled,
    ClauseWaived,
    CommitmentDetected,
    CommitmentEnded,
    CommitmentMade,
    CommitmentRenounced,
    Judged,
    OfferClosed,
    OfferMade,
    OfferRejected,
    OfferSigned,
    RenewalDue,
)
from rules.society.events import Silent, Stated, StatementTested
from rules.state import PhaseName
from rules.umpire.events import Interventions, NewsPlanned, NewsRead, OrderMissed, Overridden, SeatHeld, Undone
from rules.visibility import OWN, PUBLIC, Record
from rules.vocabulary import (
    Action,
    Ballot,
    Contribution,
    Country,
    Draft,
    Name,
    Operation,
    Payment,
)

__all__ = [  # what comes from elsewhere; the other kinds stand here
    "Change",
    "ClauseCalled",
    "ClauseWaived",
    "CommitmentDetected",
    "CommitmentEnded",
    "CommitmentMade",
    "CommitmentRenounced",
    "Interventions",
    "Judged",
    "Move",
    "Moved",
    "Moving",
    "NewsPlanned",
    "NewsRead",
    "OfferClosed",
    "OfferMade",
    "OfferRejected",
    "OfferSigned",
    "OrderMissed",
    "Overridden",
    "RenewalDue",
    "SeatHeld",
    "Undone",
    "move",
]


class Started(Record):
    """The session began."""

    kind: Annotated[Literal["started"], PUBLIC] = "started"
    practice: Annotated[bool, PUBLIC] = False


class StepOpened(Record):
    """A phase (and round of it) began; everybody may act again."""

    kind: Annotated[Literal["step-opened"], PUBLIC] = "step-opened"
    turn: Annotated[int, PUBLIC]
    phase: Annotated[PhaseName, PUBLIC]
    round: Annotated[int, PUBLIC]


class Paused(Record):
    """Control stopped the clock."""

    kind: Annotated[Literal["paused"], PUBLIC] = "paused"
    reason: Annotated[str, PUBLIC]


class Resumed(Record):
    """Control let the clock go on."""

    kind: Annotated[Literal["resumed"], PUBLIC] = "resumed"


class Extended(Record):
    """Control gave more time."""

    kind: Annotated[Literal["extended"], PUBLIC] = "extended"
    seconds: Annotated[int, PUBLIC]


class Ended(Record):
    """The last turn is over."""

    kind: Annotated[Literal["ended"], PUBLIC] = "ended"


class SeatDone(Record):
    """A seat has nothing to add in this step."""

    kind: Annotated[Literal["seat-done"], PUBLIC] = "seat-done"
    country: Annotated[Country, PUBLIC]


class ActSealed(Record):
    """A seat laid down an act that waits for the step to close."""

    kind: Annotated[Literal["act-sealed"], PUBLIC] = "act-sealed"
    country: Annotated[Country, OWN]
    act: Annotated[SeatAct, Field(discriminator="kind"), OWN]

    def audience(self) -> frozenset[str]:
        """The author."""
        return frozenset((self.country,))


class DraftTabled(Record):
    """A draft resolution is before a council."""

    kind: Annotated[Literal["draft-tabled"], PUBLIC] = "draft-tabled"
    draft: Annotated[Draft, PUBLIC]


class DraftSponsored(Record):
    """A member put its name to a draft."""

    kind: Annotated[Literal["draft-sponsored"], PUBLIC] = "draft-sponsored"
    draft: Annotated[Name, PUBLIC]
    country: Annotated[Country, PUBLIC]


class DraftAmended(Record):
    """An amendment went into the draft that it amends: accepted by the draft's author, or carried by a vote."""

    kind: Annotated[Literal["draft-amended"], PUBLIC] = "draft-amended"
    draft: Annotated[Name, PUBLIC]
    amendment: Annotated[Name, PUBLIC]
    action: Annotated[Action, PUBLIC]
    target: Annotated[Country, PUBLIC]
    sponsors: Annotated[tuple[Country, ...], PUBLIC]
    reason: Annotated[str, PUBLIC]


class DraftWithdrawn(Record):
    """The author took the draft off the table."""

    kind: Annotated[Literal["draft-withdrawn"], PUBLIC] = "draft-withdrawn"
    draft: Annotated[Name, PUBLIC]
    reason: Annotated[str, PUBLIC]


class StanceDeclared(Record):
    """A member said in public how it will vote."""

    kind: Annotated[Literal["stance-declared"], PUBLIC] = "stance-declared"
    draft: Annotated[Name, PUBLIC]
    ballot: Annotated[Ballot, PUBLIC]


class RollCall(Record):
    """The vote on a draft, with every ballot and the reason of the outcome."""

    kind: Annotated[Literal["roll-call"], PUBLIC] = "roll-call"
    draft: Annotated[Name, PUBLIC]
    ballots: Annotated[tuple[Ballot, ...], PUBLIC]
    adopted: Annotated[bool, PUBLIC]
    reason: Annotated[str, PUBLIC]


class AidSent(Record):
    """Aid was paid."""

    kind: Annotated[Literal["aid-sent"], PUBLIC] = "aid-sent"
    payment: Annotated[Payment, PUBLIC]

    def audience(self) -> frozenset[str]:
        """Giver and receiver."""
        return self.payment.audience()


class OperationAnnounced(Record):
    """An operation is being prepared in the open."""

    kind: Annotated[Literal["operation-announced"], PUBLIC] = "operation-announced"
    operation: Annotated[Operation, PUBLIC]


class OperationJoined(Record):
    """A state joined one side of an operation."""

    kind: Annotated[Literal["operation-joined"], PUBLIC] = "operation-joined"
    operation: Annotated[Name, PUBLIC]
    contribution: Annotated[Contribution, PUBLIC]


class OperationLaunched(Record):
    """An operation was carried out, with its legitimacy and result."""

    kind: Annotated[Literal["operation-launched"], PUBLIC] = "operation-launched"
    operation: Annotated[Operation, PUBLIC]
    authorised: Annotated[bool, PUBLIC]


class OperationCancelled(Record):
    """An announced operation was given up."""

    kind: Annotated[Literal["operation-cancelled"], PUBLIC] = "operation-cancelled"
    operation: Annotated[Name, PUBLIC]
    reason: Annotated[str, PUBLIC]


class OperationLeft(Record):
    """A state left a country that an operation holds; if the leader leaves, nobody holds it any more."""

    kind: Annotated[Literal["operation-left"], PUBLIC] = "operation-left"
    operation: Annotated[Name, PUBLIC]
    country: Annotated[Country, PUBLIC]


class HelpExposed(Record):
    """It came to light who gave arms, helped a weapons programme or supported insurgents."""

    kind: Annotated[Literal["help-exposed"], PUBLIC] = "help-exposed"
    payment: Annotated[Payment, PUBLIC]


EventKinds = (
    Started
    | StepOpened
    | Paused
    | Resumed
    | Extended
    | Ended
    | NewsRead
    | SeatDone
    | ActSealed
    | OfferMade
    | OfferSigned
    | OfferRejected
    | OfferClosed
    | CommitmentMade
    | CommitmentRenounced
    | ClauseCalled
    | ClauseWaived
    | CommitmentDetected
    | RenewalDue
    | CommitmentEnded
    | Judged
    | DraftTabled
    | DraftSponsored
    | DraftAmended
    | DraftWithdrawn
    | StanceDeclared
    | RollCall
    | AidSent
    | OperationAnnounced
    | OperationJoined
    | OperationLaunched
    | OperationCancelled
    | OperationLeft
    | HelpExposed
    | Stated
    | StatementTested
    | Silent
    | Moved
    | Interventions
)
Event = Annotated[EventKinds, Field(discriminator="kind")]
EVENT: TypeAdapter[EventKinds] = TypeAdapter(Event)
