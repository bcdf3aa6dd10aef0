"""``explain``: why an event happened and why a figure moved, recomputed from the game before it.

Nothing is stored for this.  Figures are explained by running the mechanism named in the event's cause again and keeping its terms; other
events by the rule that gave them.  ``fore`` must be the game in which the event was about to happen (fold the log up to it).
"""

from __future__ import annotations

from rules import events as ev
from rules.bodies.councils import bar
from rules.bodies.legitimacy import legitimacy_terms
from rules.effects import Term
from rules.exact import add
from rules.force.operations import leader_cost, sides, success
from rules.mechanisms import MECHANISMS, SEPARATOR
from rules.pacts.commitments import consistent
from rules.pacts.judgement import finding
from rules.state import SPENDING, TERMS, Game, World, find_council, find_draft, find_operation
from rules.visibility import Mark, marks_of
from rules.vocabulary import Commitment


def explain(fore: Game, event: ev.EventKinds, viewer: str = "umpire") -> tuple[Term, ...]:
    """The terms behind an event that ``viewer`` may read; empty if the event speaks for itself."""
    terms = _terms(fore, event)
    return tuple(t for t in terms if viewer == "umpire" or t.audience is None or viewer in t.audience)


def _terms(fore: Game, event: ev.EventKinds) -> tuple[Term, ...]:
    match event:
        case ev.Moved():
            return _moved(fore, event)
        case ev.RollCall():
            return _roll_call(fore, event)
        case ev.OperationLaunched():
            return _launch(fore, event)
        case ev.CommitmentMade():
            return _entry(fore, event.commitment)
        case ev.AidSent():
            fund = fore.world.aid[fore.atlas.countries.index(event.payment.sender)]
            return (Term("share of the economy set aside", float(fund), frozenset((event.payment.sender,))),)
        case ev.Overridden():
            owner = None if event.owner is None else frozenset((event.owner,))
            return (
                Term("as the turn began", event.before, owner),
                Term("as the rules left it", event.proposed, owner),
                Term("as control set it", event.value, owner),
            )
        case _:
            return ()


def _moved(fore: Game, event: ev.Moved) -> tuple[Term, ...]:
    name, _, subject = event.cause.partition(SEPARATOR)
    terms: list[Term] = []
    wanted = {(change.field, change.at): change.value for change in event.changes}
    for effect in MECHANISMS[name](fore, subject):
        if (effect.field, effect.at) in wanted:
            where, audience = figure_name(fore, effect.field, effect.at), figure_owner(fore, effect.field, effect.at)
            terms.extend(Term(f"{where}: {t.name}", t.value, t.audience or audience) for t in effect.terms)
            terms.append(Term(f"{where} becomes", effect.value, audience))
    return tuple(terms)


def figure_owner(game: Game, field: str, at: tuple[int, ...]) -> frozenset[str] | None:
    """Who may read a figure: everybody, or the state in whose row it stands."""
    if marks_of(World)[field] is Mark.PUBLIC:
        return None
    return frozenset((game.atlas.countries[at[0]],))


FIGURE_WORDS = {"hostile": "belief in hostility", "kept": "words seen kept", "broken": "words seen broken"}


def figure_name(game: Game, field: str, at: tuple[int, ...]) -> str:
    """The figure's name for people: "goodwill of FRA towards USA"."""
    countries, issues = game.atlas.countries, game.atlas.issues
    match field:
        case "leaning" | "temper":
            column = TERMS[at[1]] if field == "temper" else game.atlas.issues[at[1]].title
            return f"{field} of {countries[at[0]]} on {column}"
        case "spending":
            return f"share of the economy for {SPENDING[at[1]]} of {countries[at[0]]}"
        case "authority":
            return f"authority of {game.atlas.councils[at[0]].title}"
        case "positions":
            return f"position on {issues[at[0]].title}"
        case "payoff" | "weights" | "opening":
            return f"{field} of {countries[at[0]]} from {TERMS[at[1]]}"
        case "ideal" | "salience":
            return f"{field} of {countries[at[0]]} on {issues[at[1]].title}"
        case _:
            pass
    words = FIGURE_WORDS.get(field, field.replace("_", " "))
    towards = f" towards {countries[at[1]]}" if len(at) > 1 and at[1] < len(countries) else ""
    return f"{words} of {countries[at[0]]}{towards}"


def _roll_call(fore: Game, event: ev.RollCall) -> tuple[Term, ...]:
    draft = find_draft(fore, event.draft)
    council = None if draft is None else find_council(fore, draft.council)
    if draft is None or council is None:
        return ()
    count = bar(council, event.ballots, draft.action)
    return (
        Term("yes", float(len(count.yes))),
        Term("no", float(len(count.no))),
        Term("abstentions", float(len(count.abstain))),
        Term("absent", float(len(count.silent))),
        Term("needed", float(count.needed)),
        Term("vetoes", float(len(count.vetoes))),
    )


def _launch(fore: Game, event: ev.OperationLaunched) -> tuple[Term, ...]:
    operation = find_operation(fore, event.operation.id)
    if operation is None:
        return ()
    attack, against = sides(fore, operation)
    lent = legitimacy_terms(fore, operation)
    return (
        *(Term(f"legitimacy: {t.name}", t.value, t.audience) for t in lent),
        Term("legitimacy, held between 0 and 1", min(max(add(t.value for t in lent), 0.0), 1.0)),
        Term("forces of the attack at the place (bn USD)", attack),
        Term("forces of the defence (bn USD)", against),
        Term("chance of success", success(fore, operation)),
        Term("cost to the leader (share of its economy)", leader_cost(fore, operation, event.operation.legitimacy)),
    )


def _entry(fore: Game, commitment: Commitment) -> tuple[Term, ...]:
    """How an offer came into force: who signed, on which condition, and the quorum."""
    offer = next((o for o in fore.offers if o.id == commitment.id), None)
    audience = commitment.audience()
    if offer is None:
        return (Term("parties that stay", float(len(commitment.terms.parties)), audience),)
    members = consistent(offer)
    signed = tuple(
        Term(
            f"{s.country} signed" + (f", needing {', '.join(s.needs)}" if s.needs else ""),
            1.0 if s.country in members else 0.0,
            offer.audience(),
        )
        for s in offer.signatures
    )
    return (*signed, Term("quorum", float(offer.terms.quorum), offer.audience()))


def reason(fore: Game, event: ev.EventKinds) -> str:
    """The reason an event carries, in words; for a verdict, found again from the acts of the turn."""
    match event:
        case ev.Judged():
            commitment = next((c for c in fore.commitments if c.id == event.verdict.commitment), None)
            if commitment is None:
                return event.verdict.reason
            found = finding(fore, commitment, commitment.terms.clauses[event.verdict.clause])
            return found[1] if found else event.verdict.reason
        case ev.RollCall() | ev.DraftAmended() | ev.DraftWithdrawn() | ev.CommitmentEnded() | ev.OperationCancelled():
            return event.reason
        case ev.OfferClosed():
            return event.outcome
        case ev.Overridden() | ev.Undone() | ev.SeatHeld():
            return event.reason
        case ev.Moved():
            return event.cause
        case _:
            return ""
