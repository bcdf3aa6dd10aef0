"""Answers to offers: sign, sign on condition, ask for more, or refuse."""

from __future__ import annotations

from client.bots.appraisal import MARGIN, Table, worth_of
from client.bots.dice import Dice
from rules.orders import Act, Propose, Reject, Sign
from rules.turn import is_last_round
from rules.vocabulary import Clause, GiveAid, Offer, Terms

ASK_MORE_MAX = 2.5  # how many times the aid offered a state may ask for in a counter-offer


def replies(table: Table, dice: Dice) -> list[Act]:
    """An answer to every offer that waits for one."""
    view, acts = table.view, []
    for offer in view.offers:
        answered = any(s.country == view.viewer for s in offer.signatures) or view.viewer in offer.rejected
        if not answered:
            acts.extend(_reply(table, offer, dice))
    return acts


def _reply(table: Table, offer: Offer, dice: Dice) -> list[Act]:
    me = table.view.viewer
    value = worth_of(table, offer.terms, me)
    if dice.agrees(value, table.outlook.skill, "sign", offer.id):
        return [Sign(offer=offer.id, needs=_needs(table, offer, value))]
    counter = _counter(table, offer, value)
    if counter is not None:
        return [Reject(offer=offer.id), counter]
    return [Reject(offer=offer.id)]


def _needs(table: Table, offer: Offer, value: float) -> tuple[str, ...]:
    """Whom a signature of a joint declaration depends on: the author, and everybody if with the author alone it would not pay."""
    me, parties = table.view.viewer, offer.terms.parties
    if set(parties) == {me, offer.author} or value <= 0.0:
        return (offer.author,)
    pair = tuple(c for c in parties if c in (me, offer.author))
    clauses = tuple(c for c in offer.terms.clauses if c.debtor in pair)
    alone = offer.terms.model_copy(update={"parties": pair, "clauses": clauses, "quorum": 2})
    if worth_of(table, alone, me) > 0.0:
        return (offer.author,)
    strongest = max((c for c in parties if c not in pair), key=lambda c: (_force(table, c), c))
    return (offer.author, strongest)


def _force(table: Table, country: str) -> float:
    return float(table.view.world.forces[table.view.atlas.countries.index(country)])


def _counter(table: Table, offer: Offer, value: float) -> Propose | None:
    """The same terms for more aid, if it is aid that falls short and negotiation goes on."""
    view, me = table.view, table.view.viewer
    if is_last_round(view) or offer.counters is not None or value >= 0.0:
        return None
    economy = float(view.world.economy[view.me])
    missing = (MARGIN - value) / (view.parameters.cred_prior * view.parameters.aid_value) * economy
    clauses: list[Clause] = []
    asked = False
    for clause in offer.terms.clauses:
        if isinstance(clause, GiveAid) and clause.to == me and not asked:
            amount = round(clause.amount + missing, 3)
            if amount > ASK_MORE_MAX * clause.amount:
                return None
            clauses.append(clause.model_copy(update={"amount": amount}))
            asked = True
        else:
            clauses.append(clause)
    if not asked:
        return None
    terms: Terms = offer.terms.model_copy(update={"clauses": tuple(clauses)})
    return Propose(terms=terms, until=view.moment.turn, counters=offer.id)
