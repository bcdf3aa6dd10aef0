"""Drafting: whether terms make sense in a game, clause by clause, and what of them is left among fewer parties (W1, W129, I8)."""

from __future__ import annotations

from typing import assert_never

from rules.errors import Code, Refused
from rules.force.economy import CENT, means
from rules.pacts.clauses import (
    Clause,
    Defend,
    GiveAid,
    HostBase,
    JoinCoalition,
    KeepSanctions,
    Neutrality,
    NonAggression,
    NonRecognition,
    Restraint,
    ShareIntelligence,
    VotePledge,
    creditors,
)
from rules.pacts.conditions import Adopted, Honoured, Joined, Launched, Paid, Singles, Voted, singles
from rules.pacts.treaties import Commitment, Terms, Waiver
from rules.state import Sight, find_council, issue_index

PARTIES_MIN = 2


def invalid(field: str, sentence: str) -> Refused:
    """The refusal of an offer."""
    return Refused(Code.OFFER_INVALID, field, sentence)


def check_terms(sight: Sight, country: str, terms: Terms, old: Terms | None = None) -> None:
    """Whether terms make sense in this game; clauses of ``old`` terms that they replace may have begun before.

    Raises:
        Refused: with the field at fault.
    """
    if country not in terms.parties:
        raise invalid("terms.parties", "You must be a party to what you propose.")
    if len(set(terms.parties)) != len(terms.parties):
        raise invalid("terms.parties", "A party is named twice.")
    for party in terms.parties:
        if party not in sight.atlas.countries:
            raise Refused(Code.UNKNOWN_COUNTRY, "terms.parties", f"There is no country {party} in this scenario.")
    if not set(terms.formal) <= set(terms.parties):
        raise invalid("terms.formal", "Only parties can be formally bound.")
    if terms.quorum > len(terms.parties):
        raise invalid("terms.quorum", f"A quorum of {terms.quorum} cannot be met by {len(terms.parties)} parties.")
    _check_arrangement(terms)
    for number, clause in enumerate(terms.clauses):
        begun = old is not None and any(c.since == clause.since for c in old.clauses)
        _check_clause(sight, terms, clause, f"terms.clauses.{number}", begun=begun)
        if clause in terms.clauses[:number]:
            raise invalid(f"terms.clauses.{number}", "This clause stands in the terms already.")


def _check_clause(sight: Sight, terms: Terms, clause: Clause, path: str, *, begun: bool) -> None:
    if clause.debtor not in terms.parties:
        raise invalid(f"{path}.debtor", f"{clause.debtor} owes something but is not a party.")
    if clause.until < max(clause.since, sight.moment.turn) or (clause.since < sight.moment.turn and not begun):
        raise invalid(f"{path}.since", "A clause runs from this turn or later, and ends after it begins.")
    for single in singles(clause.when):
        _check_condition(sight, terms, clause, single, f"{path}.when")
    match clause:
        case Defend() | NonAggression() if clause.ally is not None:
            _check_party(terms, clause.debtor, clause.ally, f"{path}.ally")
        case GiveAid() | ShareIntelligence() if clause.to is not None:
            _check_party(terms, clause.debtor, clause.to, f"{path}.to")
        case HostBase():
            _check_party(terms, clause.debtor, clause.guest, f"{path}.guest")
        case NonRecognition() if clause.of in terms.parties:
            raise invalid(f"{path}.of", "Nobody can promise a party not to recognise it.")
        case _:
            pass
    _check_subject(sight, clause, path)


def _check_subject(sight: Sight, clause: Clause, path: str) -> None:
    """Whether the issue, the amount and the third state that a clause is about make sense."""
    match clause:
        case VotePledge():
            _check_issue(sight, clause.issue, f"{path}.issue")
        case GiveAid():
            _check_amount(sight, clause, f"{path}.amount")
        case JoinCoalition() | KeepSanctions():
            _check_other(sight, clause.debtor, clause.target, f"{path}.target")
        case Defend() if clause.against is not None:
            _check_other(sight, clause.debtor, clause.against, f"{path}.against")
        case Neutrality() | Restraint() if clause.towards is not None:
            _check_other(sight, clause.debtor, clause.towards, f"{path}.towards")
        case NonRecognition():
            _check_other(sight, clause.debtor, clause.of, f"{path}.of")
        case _:
            pass


def _check_amount(sight: Sight, clause: GiveAid, path: str) -> None:
    limit = means(sight, clause.debtor)
    if clause.amount < CENT:
        raise invalid(path, "Aid must be more than nothing.")
    if clause.amount > limit:
        raise invalid(path, f"{clause.debtor} can give at most {limit:.4g} bn USD a turn.")


def _check_issue(sight: Sight, issue: str, path: str) -> None:
    if issue_index(sight, issue) is None:
        raise invalid(path, f"There is no issue {issue} in this scenario.")


def _check_other(sight: Sight, debtor: str, country: str, path: str) -> None:
    _check_known(sight, country, path)
    if country == debtor:
        raise invalid(path, "A clause must be about another country than its debtor.")


def _check_party(terms: Terms, debtor: str, country: str, path: str) -> None:
    if country not in terms.parties or country == debtor:
        raise invalid(path, f"{country} must be another party.")


def _check_arrangement(terms: Terms) -> None:
    """Whether there is a head where one is needed, and it is a party."""
    if terms.head is not None and terms.head not in terms.parties:
        raise invalid("terms.head", f"{terms.head} cannot be the head of what it is no party of.")
    if terms.head is None and (terms.arrangement == "empire" or terms.decision == "head"):
        raise invalid("terms.head", "An empire, and a decision by the head, need a head.")
    if len(set(terms.remedies)) != len(terms.remedies):
        raise invalid("terms.remedies", "A remedy is named twice.")


def _check_condition(sight: Sight, terms: Terms, clause: Clause, when: Singles, path: str) -> None:
    match when:
        case Voted():
            _check_issue(sight, when.issue, f"{path}.issue")
            _check_other(sight, clause.debtor, when.country, f"{path}.country")
        case Adopted():
            _check_issue(sight, when.issue, f"{path}.issue")
            if when.council is not None and find_council(sight, when.council) is None:
                raise invalid(f"{path}.council", f"There is no council {when.council} in this scenario.")
        case Launched():
            if when.leader is None and when.target is None:
                raise invalid(f"{path}.leader", "Say who attacks, or who is attacked.")
            for country in (when.leader, when.target):
                _check_known(sight, country or terms.parties[0], path)
        case Joined():
            _check_other(sight, clause.debtor, when.country, f"{path}.country")
            _check_known(sight, when.target, f"{path}.target")
        case Paid():
            for country, place in ((when.country, "country"), (when.to, "to")):
                if country not in terms.parties or when.country == when.to:
                    raise invalid(f"{path}.{place}", "Payments are known to giver and receiver alone: both must be parties.")
        case Honoured():
            _check_other(sight, clause.debtor, when.country, f"{path}.country")
            _check_named(sight, terms, when, f"{path}.commitment")
        case _:
            assert_never(when)


def _check_known(sight: Sight, country: str, path: str) -> None:
    if country not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, path, f"There is no country {country} in this scenario.")


def _check_named(sight: Sight, terms: Terms, when: Honoured, path: str) -> None:
    """A commitment that a condition names must be known to all parties, and bind the country in question."""
    if when.commitment is None:
        if when.country not in terms.parties:
            raise invalid(path, f"{when.country} is not a party of these terms; name the commitment that binds it.")
        return
    named = next((c for c in sight.commitments if c.id == when.commitment), None)
    audience = frozenset() if named is None else named.audience()
    if named is None or (audience is not None and not set(terms.parties) <= audience):
        raise Refused(Code.UNKNOWN_COMMITMENT, path, f"There is no commitment {when.commitment} that all parties know of.")
    if when.country not in named.terms.parties:
        raise invalid(path, f"{when.country} is not bound by {when.commitment}.")


def among(clause: Clause, members: frozenset[str]) -> bool:
    """Whether a clause still means something when only ``members`` are parties: its debtor and whom it names are in."""
    return clause.debtor in members and bool(creditors(tuple(sorted(members)), clause))


def reduced(terms: Terms, members: frozenset[str]) -> Terms | None:
    """The terms among some of the parties; None if nothing is owed among them."""
    clauses = tuple(clause for clause in terms.clauses if among(clause, members))
    parties = tuple(party for party in terms.parties if party in members)
    if not clauses or len(parties) < PARTIES_MIN:
        return None
    formal = tuple(party for party in terms.formal if party in members)
    head = terms.head if terms.head in members else None
    loosened = {} if head == terms.head else {"arrangement": "alliance", "decision": "all"}  # nobody is left to command
    quorum = min(terms.quorum, len(parties))
    changes = {"parties": parties, "clauses": clauses, "formal": formal, "quorum": quorum, "head": head, **loosened}
    return terms.model_copy(update=changes)


def witnesses(commitment: Commitment) -> tuple[str, ...]:
    """Who is told of what happens under a commitment; nobody named means everybody."""
    return commitment.terms.parties if commitment.hidden else ()


def carried(commitment: Commitment, terms: Terms) -> Commitment:
    """The same commitment under other terms: notices of those who stay, and waivers of clauses that stay, go with it."""
    places = {clause: number for number, clause in enumerate(terms.clauses)}
    waivers = tuple(
        Waiver(country=w.country, clause=places[old], turn=w.turn)
        for w in commitment.waivers
        if w.country in terms.parties and (old := _clause(commitment, w.clause)) in places
    )
    leaving = tuple(d for d in commitment.leaving if d.country in terms.parties)
    return commitment.model_copy(update={"terms": terms, "leaving": leaving, "calls": (), "waivers": waivers})


def _clause(commitment: Commitment, number: int) -> Clause:
    return commitment.terms.clauses[number]
