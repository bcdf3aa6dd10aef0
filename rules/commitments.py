"""Commitments: offers, conditional signatures, and how they enter into force (W1, W129, W155, I8).

An offer is judged as a package.  A signature may need others: at the end of each round the engine takes, for every offer, the largest
set of signatories whose conditions all hold (start from everybody who signed, drop whoever misses somebody it needs, repeat).  Since
conditions only ask for more company, that set is unique.  This is how collective action becomes possible without anybody going first.
"""

from __future__ import annotations

from rules import events as ev
from rules.chance import token
from rules.economy import CENT, means
from rules.errors import Code, Refused
from rules.orders import Propose, Reject, Renounce, Retract, Sign
from rules.state import Game, Sight, issue_index
from rules.turn import is_last_round
from rules.vocabulary import (
    Clause,
    Commitment,
    Defend,
    GiveAid,
    JoinCoalition,
    Offer,
    Signature,
    Terms,
    VotePledge,
)

OFFERS_OPEN_MAX = 16
COMMITMENTS_MAX = 400
PARTIES_MIN = 2


def _invalid(field: str, sentence: str) -> Refused:
    return Refused(Code.OFFER_INVALID, field, sentence)


def check_terms(sight: Sight, country: str, terms: Terms) -> None:
    """Whether terms make sense in this game.

    Raises:
        Refused: with the field at fault.
    """
    if country not in terms.parties:
        raise _invalid("terms.parties", "You must be a party to what you propose.")
    if len(set(terms.parties)) != len(terms.parties):
        raise _invalid("terms.parties", "A party is named twice.")
    for party in terms.parties:
        if party not in sight.atlas.countries:
            raise Refused(Code.UNKNOWN_COUNTRY, "terms.parties", f"There is no country {party} in this scenario.")
    if not set(terms.formal) <= set(terms.parties):
        raise _invalid("terms.formal", "Only parties can be formally bound.")
    if terms.quorum > len(terms.parties):
        raise _invalid("terms.quorum", f"A quorum of {terms.quorum} cannot be met by {len(terms.parties)} parties.")
    for number, clause in enumerate(terms.clauses):
        _check_clause(sight, terms, clause, f"terms.clauses.{number}")
        if clause in terms.clauses[:number]:
            raise _invalid(f"terms.clauses.{number}", "This clause stands in the terms already.")


def _check_clause(sight: Sight, terms: Terms, clause: Clause, path: str) -> None:
    if clause.debtor not in terms.parties:
        raise _invalid(f"{path}.debtor", f"{clause.debtor} owes something but is not a party.")
    if clause.until < clause.since or clause.since < sight.moment.turn:
        raise _invalid(f"{path}.since", "A clause runs from this turn or later, and ends after it begins.")
    if clause.when is not None:
        _check_issue(sight, clause.when.issue, f"{path}.when.issue")
        _check_other(sight, clause.debtor, clause.when.country, f"{path}.when.country")
    match clause:
        case VotePledge():
            _check_issue(sight, clause.issue, f"{path}.issue")
        case GiveAid():
            _check_party(terms, clause.debtor, clause.to, f"{path}.to")
            _check_amount(sight, clause, f"{path}.amount")
        case JoinCoalition():
            _check_other(sight, clause.debtor, clause.target, f"{path}.target")
        case Defend():
            if clause.ally is not None:
                _check_party(terms, clause.debtor, clause.ally, f"{path}.ally")
            if clause.against is not None:
                _check_other(sight, clause.debtor, clause.against, f"{path}.against")


def _check_amount(sight: Sight, clause: GiveAid, path: str) -> None:
    limit = means(sight, clause.debtor)
    if clause.amount < CENT:
        raise _invalid(path, "Aid must be more than nothing.")
    if clause.amount > limit:
        raise _invalid(path, f"{clause.debtor} can give at most {limit:.4g} bn USD a turn.")


def _check_issue(sight: Sight, issue: str, path: str) -> None:
    if issue_index(sight, issue) is None:
        raise _invalid(path, f"There is no issue {issue} in this scenario.")


def _check_other(sight: Sight, debtor: str, country: str, path: str) -> None:
    if country not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, path, f"There is no country {country} in this scenario.")
    if country == debtor:
        raise _invalid(path, "A clause must be about another country than its debtor.")


def _check_party(terms: Terms, debtor: str, country: str, path: str) -> None:
    if country not in terms.parties or country == debtor:
        raise _invalid(path, f"{country} must be another party.")


def propose(game: Game, country: str, act: Propose, order_id: str) -> tuple[ev.EventKinds, ...]:
    """Put terms to other states.  The author counts as signatory."""
    check_terms(game, country, act.terms)
    if not game.moment.turn <= act.until <= game.atlas.turns:
        raise _invalid("until", f"The offer must end in turns {game.moment.turn} to {game.atlas.turns}.")
    if any(clause.until < act.until for clause in act.terms.clauses):
        raise _invalid("until", "The offer may not outlast a clause, or it could be accepted too late.")
    if act.counters is not None:
        find_offer(game, country, act.counters, "counters")
    if len([o for o in game.offers if o.author == country]) >= OFFERS_OPEN_MAX:
        raise Refused(Code.TOO_MANY, "terms", f"At most {OFFERS_OPEN_MAX} of your offers can be open at once.")
    offer = Offer(
        id=token(game.seed, "offer", country, order_id),
        author=country,
        terms=act.terms,
        made=game.moment.turn,
        until=act.until,
        counters=act.counters,
        signatures=(Signature(country=country),),
    )
    return (ev.OfferMade(offer=offer),)


def find_offer(sight: Sight, country: str, offer_id: str, field: str = "offer") -> Offer:
    """An open offer of which the country is a party; what it may not see is answered like what is not there.

    Raises:
        Refused: there is none.
    """
    for offer in sight.offers:
        if offer.id == offer_id and country in offer.terms.parties:
            return offer
    raise Refused(Code.UNKNOWN_OFFER, field, f"You have no open offer {offer_id}.")


def sign(sight: Sight, country: str, act: Sign) -> tuple[ev.EventKinds, ...]:
    """Accept an offer, on the condition that all of ``needs`` do."""
    offer = find_offer(sight, country, act.offer)
    if country == offer.author:
        raise Refused(Code.OFFER_DECIDED, "offer", "You made this offer; your signature is under it.")
    outside = [c for c in act.needs if c not in offer.terms.parties or c == country]
    if outside:
        raise _invalid("needs", f"{outside[0]} is not another party of this offer.")
    signature = Signature(country=country, needs=act.needs)
    if signature in offer.signatures:
        raise Refused(Code.OFFER_DECIDED, "offer", "You have signed this offer already.")
    return (ev.OfferSigned(offer=offer.id, signature=signature, witnesses=offer.terms.parties),)


def reject(sight: Sight, country: str, act: Reject) -> tuple[ev.EventKinds, ...]:
    """Refuse an offer."""
    offer = find_offer(sight, country, act.offer)
    if country == offer.author:
        raise Refused(Code.NOT_YOURS, "offer", "Retract your own offer instead of rejecting it.")
    if country in offer.rejected:
        raise Refused(Code.OFFER_DECIDED, "offer", "You have rejected this offer already.")
    events: list[ev.EventKinds] = [
        ev.OfferRejected(offer=offer.id, country=country, witnesses=offer.terms.parties)
    ]
    willing = len(offer.terms.parties) - len(offer.rejected) - 1
    if willing < offer.terms.quorum:
        events.append(ev.OfferClosed(offer=offer.id, outcome="rejected", witnesses=offer.terms.parties))
    return tuple(events)


def retract(sight: Sight, country: str, act: Retract) -> tuple[ev.EventKinds, ...]:
    """Take back one's own offer."""
    offer = find_offer(sight, country, act.offer)
    if country != offer.author:
        raise Refused(Code.NOT_YOURS, "offer", f"Only {offer.author} can retract this offer; you can reject it.")
    return (ev.OfferClosed(offer=offer.id, outcome="retracted", witnesses=offer.terms.parties),)


def renounce(sight: Sight, country: str, act: Renounce) -> tuple[ev.EventKinds, ...]:
    """Give notice of leaving a commitment at the end of the turn."""
    for commitment in sight.commitments:
        if commitment.id == act.commitment and country in commitment.terms.parties:
            if country in commitment.leaving:
                raise Refused(Code.OFFER_DECIDED, "commitment", "You have renounced this commitment already.")
            witnesses = commitment.terms.parties if commitment.terms.secret else ()
            return (ev.CommitmentRenounced(commitment=commitment.id, country=country, witnesses=witnesses),)
    raise Refused(Code.UNKNOWN_COMMITMENT, "commitment", f"You have no commitment {act.commitment} in force.")


def consistent(offer: Offer) -> frozenset[str]:
    """The largest set of signatories whose conditions all hold; empty if the author is not in it."""
    needs = {s.country: frozenset(s.needs) for s in offer.signatures}
    members = frozenset(needs)
    while True:
        kept = frozenset(c for c in members if needs[c] <= members)
        if kept == members:
            return members if offer.author in members else frozenset()
        members = kept


def settle(game: Game) -> tuple[ev.EventKinds, ...]:
    """Close a round of negotiation: what is agreed enters into force, what is over lapses."""
    events: list[ev.EventKinds] = []
    last = is_last_round(game)
    for offer in game.offers:
        over = last and offer.until <= game.moment.turn
        agreed = concluded(offer, consistent(offer), final=over)
        if agreed is not None and len(game.commitments) < COMMITMENTS_MAX:
            events.append(
                ev.CommitmentMade(commitment=Commitment(id=offer.id, terms=agreed, since=game.moment.turn))
            )
            events.extend(_closed(offer, agreed))
        elif over:
            events.append(ev.OfferClosed(offer=offer.id, outcome="lapsed", witnesses=offer.terms.parties))
    return tuple(events)


def _closed(offer: Offer, agreed: Terms) -> tuple[ev.OfferClosed, ...]:
    """The end of an offer that was concluded; who stays out of secret terms learns only that it is off the table."""
    told = agreed.parties if agreed.secret else offer.terms.parties
    outside = tuple(c for c in offer.terms.parties if c not in told)
    inside = ev.OfferClosed(offer=offer.id, outcome="in force", witnesses=told)
    return (inside, ev.OfferClosed(offer=offer.id, outcome="closed", witnesses=outside)) if outside else (inside,)


def concluded(offer: Offer, members: frozenset[str], *, final: bool) -> Terms | None:
    """The terms as agreed among ``members``, or None: too few, nobody owes anything, or answers are still awaited."""
    answered = members | frozenset(offer.rejected)
    waiting = not final and not frozenset(offer.terms.parties) <= answered
    if waiting or len(members) < offer.terms.quorum:
        return None
    return reduced(offer.terms, members)


def reduced(terms: Terms, members: frozenset[str]) -> Terms | None:
    """The terms among some of the parties; None if nothing is owed among them."""
    clauses = tuple(clause for clause in terms.clauses if _among(clause, members))
    parties = tuple(party for party in terms.parties if party in members)
    if not clauses or len(parties) < PARTIES_MIN:
        return None
    formal = tuple(party for party in terms.formal if party in members)
    quorum = min(terms.quorum, len(parties))
    return terms.model_copy(update={"parties": parties, "clauses": clauses, "formal": formal, "quorum": quorum})


def _among(clause: Clause, members: frozenset[str]) -> bool:
    if clause.debtor not in members:
        return False
    match clause:
        case GiveAid():
            return clause.to in members
        case Defend():
            return clause.ally is None or clause.ally in members
        case VotePledge() | JoinCoalition():
            return True


def expire(game: Game) -> tuple[ev.EventKinds, ...]:
    """Close the turn for commitments: who gave notice leaves, and what has run out ends."""
    events: list[ev.EventKinds] = []
    for commitment in game.commitments:
        over = all(clause.until <= game.moment.turn for clause in commitment.terms.clauses)
        if not over and not commitment.leaving:
            continue
        witnesses = commitment.terms.parties if commitment.terms.secret else ()
        reason = "ran out" if over else f"renounced by {', '.join(commitment.leaving)}"
        events.append(ev.CommitmentEnded(commitment=commitment.id, reason=reason, witnesses=witnesses))
        staying = frozenset(commitment.terms.parties) - frozenset(commitment.leaving)
        rest = None if over else reduced(commitment.terms, staying)
        if rest is not None:
            events.append(
                ev.CommitmentMade(commitment=commitment.model_copy(update={"terms": rest, "leaving": ()}))
            )
    return tuple(events)
