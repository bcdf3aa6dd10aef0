"""Answers to offers: sign, sign on condition, ask for more, or refuse."""

from __future__ import annotations

from client.bots.appraisal import MARGIN, Table, worths
from client.bots.dice import Dice
from client.bots.thought import Thought
from rules.orders import Act, Propose, Reject, Sign
from rules.state import View
from rules.turn import is_last_round
from rules.vocabulary import Clause, Defend, GiveAid, Grounds, Offer, Terms, VotePledge

LITTLE = 1e-3  # payoff: what is worth less is said to be nothing
ASK_MORE_MAX = 2.5  # how many times the aid offered a state may ask for in a counter-offer


def replies(table: Table, dice: Dice) -> Thought[list[Act]]:
    """An answer to every offer that waits for one."""
    me, skill = table.view.viewer, table.outlook.skill
    asked = waiting(table.view)
    if not asked:
        return []
    answers = yield from worths(table, [(offer.terms, (me,)) for offer in asked])
    values = [each[me] for each in answers]
    focal = _focal(table, asked, values)
    signed = [o.id in focal and dice.agrees(value, skill, "sign", o.id) for o, value in zip(asked, values, strict=True)]
    gained = [offer for offer, value, yes in zip(asked, values, signed, strict=True) if yes and value > 0.0]
    joint = [offer for offer in gained if set(offer.terms.parties) != {me, offer.author}]
    pairs = yield from worths(table, [(_with_author(offer, me), (me,)) for offer in joint])
    safe = {offer.id for offer, each in zip(joint, pairs, strict=True) if each[me] > 0.0}
    wanted = {offer.id for offer in joint} - safe
    acts: list[Act] = []
    for offer, value, yes in zip(asked, values, signed, strict=True):
        if yes:
            needs = _needs(table, offer) if offer.id in wanted else (offer.author,)
            acts.append(Sign(offer=offer.id, needs=needs, because=_signing(value, in_company=offer.id in wanted)))
        else:
            counter = _counter(table, offer, value)
            refusal = Reject(offer=offer.id, because=_refusing(value, focal=offer.id in focal))
            acts += [refusal] if counter is None else [refusal, counter]
    return acts


def _signing(value: float, *, in_company: bool) -> Grounds:
    """The reason to give for a signature."""
    if value <= 0.0:
        return "favour"
    return "company" if in_company else "gain"


def _refusing(value: float, *, focal: bool) -> Grounds:
    """The reason to give for a refusal."""
    if not focal:
        return "rival"
    return "price" if value < -LITTLE else "nothing"


def waiting(view: View) -> list[Offer]:
    """The offers that the player has not answered."""
    me = view.viewer
    return [o for o in view.offers if me not in o.rejected and all(s.country != me for s in o.signatures)]


def _focal(table: Table, offers: list[Offer], values: list[float]) -> set[str]:
    """The offers to consider: of several leagues against one state the best, and if they are alike that of the strongest author.

    Declarations to vote alike are alike, whoever is asked to join them.  Everybody can see who is strongest, so those who are asked at once
    by several agree on one without a word (Schelling 1960).
    """
    best: dict[object, tuple[float, float, str]] = {}
    for offer, value in zip(offers, values, strict=True):
        choice = _votes_alike(offer.terms)
        worth = round(value, 6) if choice is None else float(value > 0.0)
        rank = (worth, _force(table, offer.author), offer.id)
        kind = choice or _aimed_at(offer.terms) or offer.id
        best[kind] = max(best.get(kind, rank), rank)
    return {offer for _, _, offer in best.values()}


def _aimed_at(terms: Terms) -> str:
    """The state that terms of defence are aimed at, or nothing."""
    return next((f"{c.against}" for c in terms.clauses if isinstance(c, Defend) and c.against is not None), "")


def _votes_alike(terms: Terms) -> tuple[str, str] | None:
    """The issue and the choice, if all that the terms say is that everybody votes alike."""
    pledges = [c for c in terms.clauses if isinstance(c, VotePledge)]
    said = list(dict.fromkeys((c.issue, c.choice) for c in pledges))
    everybody = len(pledges) == len(terms.clauses) and {c.debtor for c in pledges} == set(terms.parties)
    return said[0] if everybody and len(said) == 1 else None


def _with_author(offer: Offer, me: str) -> Terms:
    """The terms as they would be if nobody but the author joined."""
    pair = tuple(c for c in offer.terms.parties if c in (me, offer.author))
    clauses = tuple(c for c in offer.terms.clauses if c.debtor in pair)
    return offer.terms.model_copy(update={"parties": pair, "clauses": clauses, "quorum": 2})


def _needs(table: Table, offer: Offer) -> tuple[str, ...]:
    """Whom a signature depends on if with the author alone it would not pay: the strongest of the others as well."""
    others = [c for c in offer.terms.parties if c not in (table.view.viewer, offer.author)]
    return (offer.author, max(others, key=lambda c: (_force(table, c), c)))


def _force(table: Table, country: str) -> float:
    return float(table.view.world.forces[table.outlook.rows[country]])


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
