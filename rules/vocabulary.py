"""Shared vocabulary of orders, events and state: the records that treaties, debates and operations are made of.

All of them are frozen pydantic models, because the same objects stand in the state, in the log and on the wire.
"""

from __future__ import annotations

from typing import Annotated, Literal

from rules.pacts.clauses import (
    Clause,
    Consult,
    Defend,
    GiveAid,
    HostBase,
    JoinCoalition,
    KeepSanctions,
    Neutrality,
    NonAggression,
    NonRecognition,
    RemainInFramework,
    RenounceProgramme,
    Restraint,
    ShareIntelligence,
    SpendAtLeast,
    VotePledge,
)
from rules.pacts.conditions import Voted
from rules.pacts.treaties import Commitment, Grounds, Offer, Signature, Terms, Verdict
from rules.visibility import OWN, PUBLIC, Record
from rules.words import CHOICES, LEVELS, Choice, Country, Finding, Level, Money, Name, ShortName, Side, Stance, Turn

__all__ = [
    "CHOICES",
    "LEVELS",
    "Action",
    "Ballot",
    "Because",
    "Choice",
    "Clause",
    "Commitment",
    "Consult",
    "Contribution",
    "Country",
    "Defend",
    "Draft",
    "Finding",
    "GiveAid",
    "Grounds",
    "HostBase",
    "JoinCoalition",
    "KeepSanctions",
    "Level",
    "Money",
    "Name",
    "Neutrality",
    "NonAggression",
    "NonRecognition",
    "Objective",
    "Offer",
    "Operation",
    "Payment",
    "RemainInFramework",
    "RenounceProgramme",
    "Restraint",
    "ShareIntelligence",
    "ShortName",
    "Side",
    "Signature",
    "SpendAtLeast",
    "Stance",
    "Standing",
    "Terms",
    "Turn",
    "Verdict",
    "VotePledge",
    "Voted",
]  # fmt: skip

Because = Literal["law", "sovereignty", "civilians", "alliance", "talks", "interests", "voters"]
"""Reasons that a member may give for its vote."""


class Ballot(Record):
    """One member's vote or announced vote, with its explanation if it gave one."""

    country: Annotated[Country, PUBLIC]
    choice: Annotated[Choice, PUBLIC]
    because: Annotated[Because | None, PUBLIC] = None


Action = Literal["authorise force", "sanction", "demand", "condemn", "recognise", "establish", "appoint", "adjourn"]
Standing = Literal["tabled", "withdrawn", "adopted", "failed", "carried", "rejected"]


class Draft(Record):
    """A draft resolution and what became of it.

    An amendment is a draft that ``amends`` another: it would put its action and target in the place of the other's.  Amendments and motions
    to adjourn are ``carried`` or ``rejected``; texts are ``adopted`` or ``failed``.
    """

    id: Annotated[Name, PUBLIC]
    council: Annotated[Name, PUBLIC]
    author: Annotated[Country, PUBLIC]
    action: Annotated[Action, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    target: Annotated[Country, PUBLIC]
    pressed: Annotated[bool, PUBLIC]
    turn: Annotated[Turn, PUBLIC]
    amends: Annotated[Name | None, PUBLIC] = None
    amended: Annotated[bool, PUBLIC] = False  # its text is no longer what was tabled
    sponsors: Annotated[tuple[Country, ...], PUBLIC] = ()
    declared: Annotated[tuple[Ballot, ...], PUBLIC] = ()
    ballots: Annotated[tuple[Ballot, ...], PUBLIC] = ()
    status: Annotated[Standing, PUBLIC] = "tabled"
    reason: Annotated[str, PUBLIC] = ""


class Contribution(Record):
    """What one state brings to an operation; ``owed`` by commitment, ``paid`` by aid (I9, W125)."""

    country: Annotated[Country, PUBLIC]
    side: Annotated[Side, PUBLIC]
    level: Annotated[Level, PUBLIC]
    owed: Annotated[bool, PUBLIC] = False
    paid: Annotated[bool, PUBLIC] = False


class Operation(Record):
    """A military operation from its announcement on, with its coalition of the willing (W131)."""

    id: Annotated[Name, PUBLIC]
    leader: Annotated[Country, PUBLIC]
    target: Annotated[Country, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    turn: Annotated[Turn, PUBLIC]
    status: Annotated[Literal["announced", "launched", "cancelled"], PUBLIC] = "announced"
    coalition: Annotated[tuple[Contribution, ...], PUBLIC] = ()
    legitimacy: Annotated[float, PUBLIC] = 0.0
    success: Annotated[bool, PUBLIC] = False
    held: Annotated[bool, PUBLIC] = False  # the leader holds what it won


Form = Literal["money", "arms", "programme", "insurgents"]
FORMS: tuple[Form, ...] = ("money", "arms", "programme", "insurgents")


class Payment(Record):
    """Aid sent in the current turn (bn USD): money, arms, help with a weapons programme, or help for insurgents in a country."""

    sender: Annotated[Country, PUBLIC]
    receiver: Annotated[Country, PUBLIC]
    amount: Annotated[Money, PUBLIC]
    form: Annotated[Form, PUBLIC] = "money"

    def audience(self) -> frozenset[str]:
        """Giver and receiver; of help for insurgents the giver alone."""
        return frozenset((self.sender,) if self.form == "insurgents" else (self.sender, self.receiver))


class Objective(Record):
    """A predicate over the world that a role wants to hold at the end."""

    id: Annotated[Name, OWN]
    sentence: Annotated[str, OWN]
    predicate: Annotated[str, OWN]
