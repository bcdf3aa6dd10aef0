"""Amendments: renewing, enlarging, narrowing or changing what is in force, by the decision rule of its own terms (W135, J7, S10).

An offer that names a commitment puts new terms in its place.  Who must agree is what the terms in force say: all, two thirds, a majority
or the head.  Three things no majority can do: bind anybody to more than it signed, make anybody a party, or change how the whole is
arranged.  Who is put out has no say in it.
"""

from __future__ import annotations

from typing import assert_never

from rules.errors import Code, Refused
from rules.orders import Propose
from rules.pacts.drafting import invalid
from rules.pacts.treaties import Commitment, Offer, Terms
from rules.state import Sight

ARRANGED = ("institution", "arrangement", "head", "notice", "exit_price", "decision", "remedies", "secret")
"""What of terms only all who stay can change."""


def amended(sight: Sight, name: str) -> Commitment | None:
    """The commitment that an offer would change, if it is in force."""
    return next((c for c in sight.commitments if c.id == name), None)


def check_amendment(sight: Sight, country: str, act: Propose) -> Commitment | None:
    """The commitment that a proposal would change, or None if it is about nothing in force.

    Raises:
        Refused: there is no such commitment that the country may change, or nothing would change.
    """
    if act.amends is None:
        return None
    commitment = amended(sight, act.amends)
    if commitment is None or (commitment.hidden and country not in commitment.terms.parties):
        raise Refused(Code.UNKNOWN_COMMITMENT, "amends", f"You know of no commitment {act.amends} in force.")
    if not set(act.terms.parties) & set(commitment.terms.parties) - {country}:
        raise invalid("terms.parties", "None of the others that are bound now would be bound then.")
    if act.terms == commitment.terms:
        raise invalid("terms", "This would change nothing.")
    return commitment


def carried_through(commitment: Commitment, offer: Offer, signers: frozenset[str]) -> Terms | None:
    """The new terms if those who signed are enough to put them in place of the old ones, else None."""
    old, new = commitment.terms, offer.terms
    staying = [c for c in old.parties if c in new.parties]
    joining = [c for c in new.parties if c not in old.parties]
    more = {clause.debtor for clause in new.clauses if clause not in old.clauses} | (set(new.formal) - set(old.formal))
    bound = set(joining) | more
    if any(getattr(old, name) != getattr(new, name) for name in ARRANGED):
        bound |= set(staying)
    return new if bound <= signers and enough(old, staying, signers) else None


def enough(terms: Terms, voters: list[str], signers: frozenset[str]) -> bool:
    """Whether those who signed can decide for all who stay."""
    agreed = len([c for c in voters if c in signers])
    match terms.decision:
        case "head":
            return terms.head in signers if terms.head in voters else agreed == len(voters)
        case "majority":
            return 2 * agreed > len(voters)
        case "two thirds":
            return 3 * agreed >= 2 * len(voters)
        case "all":
            return agreed == len(voters)
        case _:
            assert_never(terms.decision)
