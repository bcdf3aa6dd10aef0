"""Treaties: what is put to others, what is in force, and what the engine found on it (W1, W129, I8, S4, S10).

``Terms`` say who the parties are, what each owes, and how firmly it is arranged.  An ``Offer`` is terms on the table, a ``Commitment`` is
terms in force, a ``Verdict`` is what was found on one clause in one turn.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.pacts.clauses import Clause
from rules.visibility import PARTIES, PUBLIC, Record
from rules.words import Country, Finding, Money, Name, Turn

Grounds = Literal["gain", "company", "favour", "price", "nothing", "rival", "doubt"]
"""Reasons that a party may give for its answer to an offer."""

Arrangement = Literal["alliance", "confederation", "empire"]
Decision = Literal["all", "two thirds", "majority", "head"]
Remedy = Literal["release", "suspension", "counter-measures"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("alliance", "confederation", "empire")
DECISIONS: tuple[Decision, ...] = ("all", "two thirds", "majority", "head")
INSTITUTION_MAX = 3
NOTICE_MAX = 20
Parties = Annotated[tuple[Country, ...], Field(min_length=2, max_length=32)]
Clauses = Annotated[tuple[Clause, ...], Field(min_length=1, max_length=32)]


class Terms(Record):
    """What an agreement says: who, what each owes, for whom it is formal (I8), and whether it is secret (W67).

    ``quorum``: with how many parties it enters into force; clauses of parties that stay out fall away.  ``institution``: from none (0) to
    standing organs with powers of their own (3): dearer to set up, to break and to leave, and more believed (S10, S15).  ``arrangement``:
    the rung on the ladder of pooled authority, with a ``head`` that commands where there is one (S4).  ``notice``: turns between leaving
    and being free; ``exit_price``: bn USD due to those who stay.  ``decision``: who must agree to change the terms.  ``remedies``: what
    follows a breach: the others are released, the breaker's rights rest, or counter-measures against it are no breach.
    """

    parties: Annotated[Parties, PUBLIC]
    clauses: Annotated[Clauses, PUBLIC]
    formal: Annotated[Annotated[tuple[Country, ...], Field(max_length=32)], PUBLIC] = ()
    secret: Annotated[bool, PUBLIC] = False
    quorum: Annotated[Annotated[int, Field(ge=2, le=32)], PUBLIC] = 2
    institution: Annotated[Annotated[int, Field(ge=0, le=INSTITUTION_MAX)], PUBLIC] = 0
    arrangement: Annotated[Arrangement, PUBLIC] = "alliance"
    head: Annotated[Country | None, PUBLIC] = None
    notice: Annotated[Annotated[int, Field(ge=0, le=NOTICE_MAX)], PUBLIC] = 0
    exit_price: Annotated[Money, PUBLIC] = 0.0
    decision: Annotated[Decision, PUBLIC] = "all"
    remedies: Annotated[Annotated[tuple[Remedy, ...], Field(max_length=3)], PUBLIC] = ()


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
    amends: Annotated[Name | None, PUBLIC] = None  # the commitment whose terms it would replace
    signatures: Annotated[tuple[Signature, ...], PUBLIC] = ()
    rejected: Annotated[tuple[Country, ...], PUBLIC] = ()

    def audience(self) -> frozenset[str]:
        """The parties."""
        return frozenset(self.terms.parties)


class Departure(Record):
    """A party has given notice in turn ``given`` and is bound to the end of turn ``until``."""

    country: Annotated[Country, PUBLIC]
    given: Annotated[Turn, PUBLIC]
    until: Annotated[Turn, PUBLIC]


class Claim(Record):
    """A party has called a clause (its place in the terms): the debtor has until the end of the turn."""

    country: Annotated[Country, PUBLIC]
    clause: Annotated[int, PUBLIC]
    turn: Annotated[Turn, PUBLIC]


class Waiver(Record):
    """A party does not ask for what a clause owes it, in one turn or (None) for good."""

    country: Annotated[Country, PUBLIC]
    clause: Annotated[int, PUBLIC]
    turn: Annotated[Turn | None, PUBLIC] = None


class Commitment(Record):
    """Terms in force, with what the parties have said about them since."""

    id: Annotated[Name, PUBLIC]
    terms: Annotated[Terms, PUBLIC]
    since: Annotated[Turn, PUBLIC]
    leaving: Annotated[tuple[Departure, ...], PUBLIC] = ()
    calls: Annotated[tuple[Claim, ...], PUBLIC] = ()
    waivers: Annotated[tuple[Waiver, ...], PUBLIC] = ()
    leaked: Annotated[bool, PUBLIC] = False  # it was secret and has come to light

    @property
    def departing(self) -> frozenset[str]:
        """The parties that have given notice."""
        return frozenset(departure.country for departure in self.leaving)

    @property
    def hidden(self) -> bool:
        """Whether only the parties know of it."""
        return self.terms.secret and not self.leaked

    def audience(self) -> frozenset[str] | None:
        """The parties of a hidden commitment, everybody for an open one."""
        return frozenset(self.terms.parties) if self.hidden else None


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
