"""Claims: calling a clause, not asking for it, and withholding what it asks for (W129)."""

from __future__ import annotations

from rules import events as ev
from rules.afoot import prepared, tabled
from rules.errors import Code, Refused
from rules.force.guarantees import protected
from rules.orders import Call, Waive, Withhold
from rules.pacts.circumstances import sits
from rules.pacts.clauses import Clause, Consult, Defend, GiveAid, JoinCoalition, ShareIntelligence, SpendAtLeast, VotePledge, creditors
from rules.pacts.departures import bound
from rules.pacts.drafting import invalid, witnesses
from rules.pacts.excuses import waived
from rules.pacts.treaties import Claim, Commitment, Waiver
from rules.state import Sight


def _running(sight: Sight, commitment: Commitment, number: int) -> Clause:
    """A clause that binds now, by its place in the terms.

    Raises:
        Refused: there is none, or it does not run now.
    """
    if number >= len(commitment.terms.clauses):
        raise invalid("clause", f"These terms have {len(commitment.terms.clauses)} clauses, counted from 0.")
    clause = commitment.terms.clauses[number]
    if not clause.since <= sight.moment.turn <= clause.until:
        raise invalid("clause", f"This clause runs from turn {clause.since} to {clause.until}.")
    return clause


def _owed(sight: Sight, country: str, name: str, number: int) -> tuple[Commitment, Clause]:
    """A running clause that is owed to the country, or that it may call as the head of the arrangement.

    Raises:
        Refused: no such commitment or clause, or it is owed to others.
    """
    commitment = bound(sight, country, name)
    clause = _running(sight, commitment, number)
    in_command = country == commitment.terms.head and country != clause.debtor
    if country not in creditors(commitment.terms.parties, clause) and not in_command:
        raise Refused(Code.NOT_YOURS, "clause", "This clause is not owed to you.")
    return commitment, clause


def call(sight: Sight, country: str, act: Call) -> tuple[ev.EventKinds, ...]:
    """Call a clause: what it asks for is due by the end of the turn."""
    commitment, clause = _owed(sight, country, act.commitment, act.clause)
    now = sight.moment.turn
    if any(claim.clause == act.clause and claim.turn == now for claim in commitment.calls):
        raise Refused(Code.OFFER_DECIDED, "clause", "This clause has been called this turn already.")
    reason = _premature(sight, commitment, clause)
    if reason:
        raise invalid("clause", reason)
    claim = Claim.believed(country=country, clause=act.clause, turn=now)
    return (ev.ClauseCalled.believed(commitment=commitment.id, claim=claim, witnesses=witnesses(commitment)),)


def _premature(sight: Sight, commitment: Commitment, clause: Clause) -> str:
    """Why a clause cannot be called now; empty if it can."""
    coming = prepared(sight)
    match clause:
        case GiveAid() | SpendAtLeast():
            return "This is due every turn without being called."
        case Defend():
            threatened = [o for o in coming if o.target in protected(commitment, clause) and clause.against in (None, o.leader)]
            return "" if threatened else "Nobody prepares an attack that this clause is about."
        case JoinCoalition():
            return "" if any(o.target == clause.target for o in coming) else f"Nobody prepares an operation against {clause.target}."
        case VotePledge():
            drafts = [d for d in tabled(sight) if d.issue == clause.issue]
            return "" if any(sits(sight, d, clause.debtor) for d in drafts) else f"No draft on {clause.issue} is on the table."
        case _:
            return ""


def waive(sight: Sight, country: str, act: Waive) -> tuple[ev.EventKinds, ...]:
    """Do not ask for what a clause owes, this turn or for good."""
    commitment = bound(sight, country, act.commitment)
    clause = _running(sight, commitment, act.clause)
    if country not in creditors(commitment.terms.parties, clause):
        raise Refused(Code.NOT_YOURS, "clause", "This clause is not owed to you.")
    turn = None if act.release else sight.moment.turn
    waiver = Waiver.believed(country=country, clause=act.clause, turn=turn)
    said = {(w.country, w.clause) for w in commitment.waivers if w.turn in (None, turn)}
    if (country, act.clause) in said or waived(sight, commitment, clause):
        raise Refused(Code.OFFER_DECIDED, "clause", "You have waived this already.")
    return (ev.ClauseWaived.believed(commitment=commitment.id, waiver=waiver, witnesses=witnesses(commitment)),)


def check_withhold(sight: Sight, country: str, act: Withhold) -> None:
    """Whether there is something to withhold.

    Raises:
        Refused: no such clause, another owes it, or it asks for nothing that could be withheld.
    """
    commitment = bound(sight, country, act.commitment)
    clause = _running(sight, commitment, act.clause)
    if clause.debtor != country:
        raise Refused(Code.NOT_YOURS, "clause", f"{clause.debtor} owes this, not you.")
    if not isinstance(clause, Consult | ShareIntelligence):
        raise invalid("clause", "Only talks and intelligence can be withheld; the rest is a matter of what you do.")
