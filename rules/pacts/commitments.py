"""Commitments: offers, conditional signatures, and how they enter into force (W1, W129, W155, I8).

An offer is judged as a package.  A signature may need others: at the end of each round the engine takes, for every offer, the largest
set of signatories whose conditions all hold (start from everybody who signed, drop whoever misses somebody it needs, repeat).  Since
conditions only ask for more company, that set is unique.  This is how collective action becomes possible without anybody going first.
"""

from __future__ import annotations

from rules import events as ev
from rules.chance import token
from rules.errors import Code, Refused
from rules.orders import Propose, Reject, Retract, Sign
from rules.pacts.amendments import carried_through, check_amendment
from rules.pacts.drafting import carried, check_terms, invalid, reduced, witnesses
from rules.state import Game, Sight
from rules.turn import is_last_round
from rules.vocabulary import Commitment, Offer, Signature, Terms

OFFERS_OPEN_MAX = 16
COMMITMENTS_MAX = 400


def propose(game: Game, country: str, act: Propose, order_id: str) -> tuple[ev.EventKinds, ...]:
    """Put terms to other states.  The author counts as signatory."""
    commitment = check_amendment(game, country, act)
    check_terms(game, country, act.terms, commitment.terms if commitment else None)
    if not game.moment.turn <= act.until <= game.atlas.turns:
        raise invalid("until", f"The offer must end in turns {game.moment.turn} to {game.atlas.turns}.")
    if any(clause.until < act.until for clause in act.terms.clauses):
        raise invalid("until", "The offer may not outlast a clause, or it could be accepted too late.")
    if act.counters is not None:
        find_offer(game, country, act.counters, "counters")
    if len([o for o in game.offers if o.author == country]) >= OFFERS_OPEN_MAX:
        raise Refused(Code.TOO_MANY, "terms", f"At most {OFFERS_OPEN_MAX} of your offers can be open at once.")
    offer = Offer.believed(
        id=token(game.seed, "offer", country, order_id),
        author=country,
        terms=act.terms,
        made=game.moment.turn,
        until=act.until,
        counters=act.counters,
        amends=act.amends,
        signatures=(Signature.believed(country=country),),
    )
    return (ev.OfferMade.believed(offer=offer),)


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
        raise invalid("needs", f"{outside[0]} is not another party of this offer.")
    signature = Signature.believed(country=country, needs=act.needs)
    if signature in offer.signatures:
        raise Refused(Code.OFFER_DECIDED, "offer", "You have signed this offer already.")
    return (ev.OfferSigned.believed(offer=offer.id, signature=signature, because=act.because, witnesses=offer.terms.parties),)


def reject(sight: Sight, country: str, act: Reject) -> tuple[ev.EventKinds, ...]:
    """Refuse an offer."""
    offer = find_offer(sight, country, act.offer)
    if country == offer.author:
        raise Refused(Code.NOT_YOURS, "offer", "Retract your own offer instead of rejecting it.")
    if country in offer.rejected:
        raise Refused(Code.OFFER_DECIDED, "offer", "You have rejected this offer already.")
    events: list[ev.EventKinds] = [
        ev.OfferRejected.believed(offer=offer.id, country=country, because=act.because, witnesses=offer.terms.parties)
    ]
    willing = len(offer.terms.parties) - len(offer.rejected) - 1
    if willing < offer.terms.quorum:
        events.append(ev.OfferClosed.believed(offer=offer.id, outcome="rejected", witnesses=offer.terms.parties))
    return tuple(events)


def retract(sight: Sight, country: str, act: Retract) -> tuple[ev.EventKinds, ...]:
    """Take back one's own offer."""
    offer = find_offer(sight, country, act.offer)
    if country != offer.author:
        raise Refused(Code.NOT_YOURS, "offer", f"Only {offer.author} can retract this offer; you can reject it.")
    return (ev.OfferClosed.believed(offer=offer.id, outcome="retracted", witnesses=offer.terms.parties),)


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
    in_force = {c.id: c for c in game.commitments}
    for offer in game.offers:
        over = last and offer.until <= game.moment.turn
        old = in_force.get(offer.amends) if offer.amends is not None else None
        new = _agreed(game, offer, old, final=over)
        if new is not None and (old is not None or len(in_force) < COMMITMENTS_MAX):
            if old is not None:
                events.append(ev.CommitmentEnded.believed(commitment=old.id, reason="replaced by new terms", witnesses=witnesses(old)))
            in_force[new.id] = new
            events.append(ev.CommitmentMade.believed(commitment=new))
            events.extend(_closed(offer, new.terms))
        elif over or (offer.amends is not None and old is None):
            events.append(ev.OfferClosed.believed(offer=offer.id, outcome="lapsed", witnesses=offer.terms.parties))
    return tuple(events)


def _agreed(game: Game, offer: Offer, old: Commitment | None, *, final: bool) -> Commitment | None:
    """What an offer puts in force now, if enough have signed: a new commitment, or one in force under new terms."""
    signers = consistent(offer)
    if offer.amends is None:
        terms = concluded(offer, signers, final=final)
        return None if terms is None else Commitment.believed(id=offer.id, terms=terms, since=game.moment.turn)
    terms = None if old is None else carried_through(old, offer, signers)
    return None if terms is None or old is None else carried(old, terms)


def _closed(offer: Offer, agreed: Terms) -> tuple[ev.OfferClosed, ...]:
    """The end of an offer that was concluded; who stays out of secret terms learns only that it is off the table."""
    told = agreed.parties if agreed.secret else offer.terms.parties
    outside = tuple(c for c in offer.terms.parties if c not in told)
    inside = ev.OfferClosed.believed(offer=offer.id, outcome="in force", witnesses=told)
    return (inside, ev.OfferClosed.believed(offer=offer.id, outcome="closed", witnesses=outside)) if outside else (inside,)


def concluded(offer: Offer, members: frozenset[str], *, final: bool) -> Terms | None:
    """The terms as agreed among ``members``, or None: too few, nobody owes anything, or answers are still awaited."""
    answered = members | frozenset(offer.rejected)
    waiting = not final and not frozenset(offer.terms.parties) <= answered
    if waiting or len(members) < offer.terms.quorum:
        return None
    return reduced(offer.terms, members)
