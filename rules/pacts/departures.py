"""Leaving and ending: notice, the end of the turn, and what stays in force among the rest (S6, I8).

Who gives notice is bound until it has run, or to the end of the turn where the terms ask for none.  Where the terms release the others from
a breaker, they may leave at once and without a price.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules import events as ev
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.orders import Renounce
from rules.pacts.drafting import carried, reduced, witnesses
from rules.pacts.excuses import breakers
from rules.pacts.treaties import Commitment, Departure
from rules.state import Game, Sight, index


def bound(sight: Sight, country: str, name: str) -> Commitment:
    """A commitment in force of which the country is a party.

    Raises:
        Refused: there is none that the country may know of as its own.
    """
    for commitment in sight.commitments:
        if commitment.id == name and country in commitment.terms.parties:
            return commitment
    raise Refused(Code.UNKNOWN_COMMITMENT, "commitment", f"You have no commitment {name} in force.")


def released(sight: Sight, country: str, commitment: Commitment) -> bool:
    """Whether another's breach lets the country go at once and without a price."""
    return "release" in commitment.terms.remedies and bool(breakers(sight, commitment) - {country})


def renounce(sight: Sight, country: str, act: Renounce) -> tuple[ev.EventKinds, ...]:
    """Give notice of leaving a commitment."""
    commitment = bound(sight, country, act.commitment)
    if country in commitment.departing:
        raise Refused(Code.OFFER_DECIDED, "commitment", "You have renounced this commitment already.")
    now = sight.moment.turn
    notice = 0 if released(sight, country, commitment) else commitment.terms.notice
    departure = Departure.believed(country=country, given=now, until=now + notice)
    return (ev.CommitmentRenounced.believed(commitment=commitment.id, departure=departure, witnesses=witnesses(commitment)),)


def expire(game: Game) -> tuple[ev.EventKinds, ...]:
    """Close the turn for commitments: whose notice has run leaves, and what has run out ends."""
    events: list[ev.EventKinds] = []
    now = game.moment.turn
    for commitment in game.commitments:
        over = all(clause.until <= now for clause in commitment.terms.clauses)
        gone = tuple(d.country for d in commitment.leaving if d.until <= now)
        if not over and not gone:
            if now < game.atlas.turns and all(clause.until <= now + 1 for clause in commitment.terms.clauses):
                events.append(ev.RenewalDue.believed(commitment=commitment.id, witnesses=witnesses(commitment)))
            continue
        reason = "ran out" if over else f"renounced by {', '.join(gone)}"
        events.append(ev.CommitmentEnded.believed(commitment=commitment.id, reason=reason, witnesses=witnesses(commitment)))
        rest = None if over else reduced(commitment.terms, frozenset(commitment.terms.parties) - frozenset(gone))
        if rest is not None:
            events.append(ev.CommitmentMade.believed(commitment=carried(commitment, rest)))
    return tuple(events)


def exit_prices(game: Game, _: str) -> Sequence[Effect]:
    """What those who leave this turn owe to those who stay, by the terms, in equal parts; not after another's breach that releases."""
    net: dict[str, float] = {}
    for commitment in game.commitments:
        gone = {d.country for d in commitment.leaving if d.until <= game.moment.turn}
        staying = [c for c in commitment.terms.parties if c not in gone]
        for country in [d.country for d in commitment.leaving if d.country in gone]:
            price = 0.0 if released(game, country, commitment) or not staying else commitment.terms.exit_price
            net[country] = net.get(country, 0.0) - price
            for other in staying:
                net[other] = net.get(other, 0.0) + price / len(staying)
    effects = []
    for country, amount in net.items():
        row = index(game, country)
        before = float(game.world.received[row])
        terms = (Term("before", before), Term("prices of leaving", amount))
        effects.append(Effect("received", (row,), before + amount, terms))
    return effects
