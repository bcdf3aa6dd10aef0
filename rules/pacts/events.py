"""What can happen to offers and commitments; part of the closed list in ``events``."""

from __future__ import annotations

from typing import Annotated, Literal

from rules.pacts.treaties import Claim, Commitment, Departure, Grounds, Offer, Signature, Verdict, Waiver
from rules.visibility import PUBLIC, UMPIRE, Record
from rules.words import Country, Name

Witnesses = Annotated[tuple[Country, ...], UMPIRE]


class Witnessed(Record):
    """An event that only ``witnesses`` may know of; no witnesses means everybody."""

    witnesses: Witnesses = ()

    def audience(self) -> frozenset[str] | None:
        """The witnesses, or everybody."""
        return frozenset(self.witnesses) if self.witnesses else None


class OfferMade(Record):
    """Terms were put to other states."""

    kind: Annotated[Literal["offer-made"], PUBLIC] = "offer-made"
    offer: Annotated[Offer, PUBLIC]

    def audience(self) -> frozenset[str]:
        """The parties."""
        return self.offer.audience()


class OfferSigned(Witnessed):
    """A party put its signature, with its condition, under an offer."""

    kind: Annotated[Literal["offer-signed"], PUBLIC] = "offer-signed"
    offer: Annotated[Name, PUBLIC]
    signature: Annotated[Signature, PUBLIC]
    because: Annotated[Grounds | None, PUBLIC] = None


class OfferRejected(Witnessed):
    """A party refused an offer."""

    kind: Annotated[Literal["offer-rejected"], PUBLIC] = "offer-rejected"
    offer: Annotated[Name, PUBLIC]
    country: Annotated[Country, PUBLIC]
    because: Annotated[Grounds | None, PUBLIC] = None


class OfferClosed(Witnessed):
    """An offer left the table; offers never go without a reason."""

    kind: Annotated[Literal["offer-closed"], PUBLIC] = "offer-closed"
    offer: Annotated[Name, PUBLIC]
    outcome: Annotated[Literal["in force", "closed", "retracted", "rejected", "lapsed"], PUBLIC]


class CommitmentMade(Record):
    """Terms entered into force."""

    kind: Annotated[Literal["commitment-made"], PUBLIC] = "commitment-made"
    commitment: Annotated[Commitment, PUBLIC]

    def audience(self) -> frozenset[str] | None:
        """The parties of a secret commitment, else everybody."""
        return self.commitment.audience()


class CommitmentRenounced(Witnessed):
    """A party gave notice: it is bound until the end of a turn."""

    kind: Annotated[Literal["commitment-renounced"], PUBLIC] = "commitment-renounced"
    commitment: Annotated[Name, PUBLIC]
    departure: Annotated[Departure, PUBLIC]


class ClauseCalled(Witnessed):
    """A party called a clause: the debtor has until the end of the turn."""

    kind: Annotated[Literal["clause-called"], PUBLIC] = "clause-called"
    commitment: Annotated[Name, PUBLIC]
    claim: Annotated[Claim, PUBLIC]


class ClauseWaived(Witnessed):
    """A party does not ask for what a clause owes it, this turn or for good."""

    kind: Annotated[Literal["clause-waived"], PUBLIC] = "clause-waived"
    commitment: Annotated[Name, PUBLIC]
    waiver: Annotated[Waiver, PUBLIC]


class CommitmentEnded(Witnessed):
    """A commitment is no longer in force."""

    kind: Annotated[Literal["commitment-ended"], PUBLIC] = "commitment-ended"
    commitment: Annotated[Name, PUBLIC]
    reason: Annotated[str, PUBLIC]


class CommitmentDetected(Record):
    """A secret commitment came to light: from now on everybody knows its terms."""

    kind: Annotated[Literal["commitment-detected"], PUBLIC] = "commitment-detected"
    commitment: Annotated[Commitment, PUBLIC]


class RenewalDue(Witnessed):
    """A commitment runs out at the end of the coming turn, unless it is renewed."""

    kind: Annotated[Literal["renewal-due"], PUBLIC] = "renewal-due"
    commitment: Annotated[Name, PUBLIC]


class Judged(Record):
    """The engine found on a clause."""

    kind: Annotated[Literal["judged"], PUBLIC] = "judged"
    verdict: Annotated[Verdict, PUBLIC]

    def audience(self) -> frozenset[str] | None:
        """The witnesses of the verdict."""
        return self.verdict.audience()
