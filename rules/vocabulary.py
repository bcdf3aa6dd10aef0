"""Shared words of orders, events and state: names, stances, levels, and the records that treaties and debates are made of.

All of them are frozen pydantic models, because the same objects stand in the state, in the log and on the wire.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.visibility import OWN, PARTIES, PUBLIC, Record

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.:-]{0,63}$")]
ShortName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.:-]{0,23}$")]
"""Names of councils and issues, short enough that names of drafts and plans can be made of them."""
Choice = Literal["yes", "no", "abstain"]
Stance = Literal["yes", "no", "abstain"]
Level = Literal["statement", "token", "full"]
Side = Literal["attack", "defence"]
Finding = Literal["kept", "breached", "excused", "not called"]
Money = Annotated[float, Field(ge=0.0, le=10_000.0)]
Turn = Annotated[int, Field(ge=1, le=1000)]

CHOICES: tuple[Choice, ...] = ("yes", "no", "abstain")
LEVELS: tuple[Level, ...] = ("statement", "token", "full")


class Voted(Record):
    """A condition on another's public act: ``country`` casts ``choice`` on a draft about ``issue`` (W155)."""

    country: Annotated[Country, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    choice: Annotated[Choice, PUBLIC]


class _Clause(Record):
    debtor: Annotated[Country, PUBLIC]
    since: Annotated[Turn, PUBLIC]
    until: Annotated[Turn, PUBLIC]
    when: Annotated[Voted | None, PUBLIC] = None


class Defend(_Clause):
    """The debtor comes to the help of ``ally`` (None: of every other party) when ``against`` (None: anybody) attacks it (W1, W129)."""

    kind: Annotated[Literal["defend"], PUBLIC] = "defend"
    ally: Annotated[Country | None, PUBLIC] = None
    against: Annotated[Country | None, PUBLIC] = None


class VotePledge(_Clause):
    """The debtor casts ``choice`` on drafts about ``issue`` (W155 when conditional)."""

    kind: Annotated[Literal["vote"], PUBLIC] = "vote"
    issue: Annotated[Name, PUBLIC]
    choice: Annotated[Choice, PUBLIC]


class GiveAid(_Clause):
    """The debtor sends ``amount`` (bn USD a turn) to ``to`` (W89, W134)."""

    kind: Annotated[Literal["aid"], PUBLIC] = "aid"
    to: Annotated[Country, PUBLIC]
    amount: Annotated[Money, PUBLIC]


class JoinCoalition(_Clause):
    """The debtor joins an operation against ``target`` at ``level`` or higher (W131, W156)."""

    kind: Annotated[Literal["join"], PUBLIC] = "join"
    target: Annotated[Country, PUBLIC]
    level: Annotated[Level, PUBLIC]


Clause = Annotated[Defend | VotePledge | GiveAid | JoinCoalition, Field(discriminator="kind")]
Parties = Annotated[tuple[Country, ...], Field(min_length=2, max_length=32)]
Clauses = Annotated[tuple[Clause, ...], Field(min_length=1, max_length=32)]


class Terms(Record):
    """What an agreement says: who, what each owes, for whom it is formal (I8), and whether it is secret (W67).

    ``quorum``: with how many parties it enters into force; clauses of parties that stay out fall away.
    """

    parties: Annotated[Parties, PUBLIC]
    clauses: Annotated[Clauses, PUBLIC]
    formal: Annotated[Annotated[tuple[Country, ...], Field(max_length=32)], PUBLIC] = ()
    secret: Annotated[bool, PUBLIC] = False
    quorum: Annotated[Annotated[int, Field(ge=2, le=32)], PUBLIC] = 2


class Signature(Record):
    """A seat's yes to an offer, valid only if all of ``needs`` are in as well."""

    country: Annotated[Country, PUBLIC]
    needs: Annotated[tuple[Country, ...], PUBLIC] = ()


class Offer(Record):
    """Terms on the table.  Seen by the parties alone, until they are in force and not secret."""

    id: Annotated[Name, PUBLIC]
    author: Annotated[Country, PUBLIC]
    terms: Annotated[Terms, PUBLIC]
    made: Annotated[Turn, PUBLIC]
    until: Annotated[Turn, PUBLIC]
    counters: Annotated[Name | None, PUBLIC] = None
    signatures: Annotated[tuple[Signature, ...], PUBLIC] = ()
    rejected: Annotated[tuple[Country, ...], PUBLIC] = ()

    def audience(self) -> frozenset[str]:
        """The parties."""
        return frozenset(self.terms.parties)


class Commitment(Record):
    """Terms in force.  Who renounces is bound until the end of the turn."""

    id: Annotated[Name, PUBLIC]
    terms: Annotated[Terms, PUBLIC]
    since: Annotated[Turn, PUBLIC]
    leaving: Annotated[tuple[Country, ...], PUBLIC] = ()  # parties that renounced it this turn

    def audience(self) -> frozenset[str] | None:
        """The parties of a secret commitment, everybody for an open one."""
        return frozenset(self.terms.parties) if self.terms.secret else None


class Verdict(Record):
    """What the engine found on one clause in one turn, and why."""

    commitment: Annotated[Name, PUBLIC]
    clause: Annotated[int, PUBLIC]
    debtor: Annotated[Country, PUBLIC]
    turn: Annotated[Turn, PUBLIC]
    finding: Annotated[Finding, PUBLIC]
    reason: Annotated[str, PUBLIC]
    witnesses: Annotated[tuple[Country, ...], PARTIES] = ()

    def audience(self) -> frozenset[str] | None:
        """The witnesses; an empty list means that everybody saw it."""
        return frozenset(self.witnesses) if self.witnesses else None


class Ballot(Record):
    """One member's vote or announced vote."""

    country: Annotated[Country, PUBLIC]
    choice: Annotated[Choice, PUBLIC]


Action = Literal["authorise force", "demand", "condemn"]
Standing = Literal["tabled", "withdrawn", "adopted", "failed"]


class Draft(Record):
    """A draft resolution and what became of it."""

    id: Annotated[Name, PUBLIC]
    council: Annotated[Name, PUBLIC]
    author: Annotated[Country, PUBLIC]
    action: Annotated[Action, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    target: Annotated[Country, PUBLIC]
    pressed: Annotated[bool, PUBLIC]
    turn: Annotated[Turn, PUBLIC]
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


class Payment(Record):
    """Aid sent in the current turn (bn USD)."""

    sender: Annotated[Country, PUBLIC]
    receiver: Annotated[Country, PUBLIC]
    amount: Annotated[Money, PUBLIC]

    def audience(self) -> frozenset[str]:
        """Giver and receiver."""
        return frozenset((self.sender, self.receiver))


class Objective(Record):
    """A predicate over the world that a role wants to hold at the end."""

    id: Annotated[Name, OWN]
    sentence: Annotated[str, OWN]
    predicate: Annotated[str, OWN]
