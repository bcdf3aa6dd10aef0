"""Events as sentences that a student understands: one sentence for every kind, with names instead of codes.

``sentence(sight, event)`` takes the game, or one seat's view, as it was *before* the event, because an event that closes something names it
by its id alone.  What the view does not know is named by its id.
"""

from __future__ import annotations

from typing import assert_never

from rules import events as ev
from rules.councils import is_text
from rules.state import Sight, find_draft
from rules.treaties import Waiver
from rules.vocabulary import Ballot, Commitment, Operation, Payment, Verdict
from server.narrate.acts import act_phrase, clause_title, commitment_title, offer_about, offer_title
from server.narrate.causes import cause_sentence
from server.narrate.clauses import clause_sentence
from server.narrate.control import control_sentence, news_sentence
from server.narrate.society import Silent, Spoken, silent_sentence, spoken_sentence
from server.narrate.terms import terms_sentence
from server.narrate.words import (
    ACTIONS,
    HELP,
    LEVELS,
    MANY,
    REASONS,
    council_title,
    draft_about,
    draft_title,
    first,
    in_names,
    issue_title,
    listed,
    money,
    name,
    operation_about,
    operation_title,
    percent,
    subject,
)

Clockwork = ev.Started | ev.StepOpened | ev.Paused | ev.Resumed | ev.Extended | ev.Ended | ev.NewsRead | ev.SeatDone | ev.ActSealed
Pacts = (
    ev.OfferMade | ev.OfferSigned | ev.OfferRejected | ev.OfferClosed | ev.CommitmentMade | ev.CommitmentRenounced | ev.ClauseCalled
    | ev.ClauseWaived | ev.CommitmentDetected | ev.RenewalDue | ev.CommitmentEnded | ev.Judged | ev.AidSent
)
Debates = ev.DraftTabled | ev.DraftSponsored | ev.DraftAmended | ev.DraftWithdrawn | ev.StanceDeclared | ev.RollCall
Campaigns = (
    ev.OperationAnnounced | ev.OperationJoined | ev.OperationLaunched | ev.OperationCancelled | ev.OperationLeft | ev.HelpExposed
)


def sentence(sight: Sight, event: ev.EventKinds) -> str:
    """The event as one sentence with a full stop.  ``sight`` is the state before it."""
    if isinstance(event, ev.Moved):
        return cause_sentence(sight, event)
    if isinstance(event, Pacts):
        return _pact(sight, event)
    if isinstance(event, Debates):
        return _debate(sight, event)
    if isinstance(event, Campaigns):
        return _campaign(sight, event)
    if isinstance(event, Spoken):
        return spoken_sentence(sight, event)
    if isinstance(event, Silent):
        return silent_sentence(sight, event)
    if isinstance(event, ev.Interventions):
        return control_sentence(sight, event)
    return _clockwork(sight, event)


def _clockwork(sight: Sight, event: Clockwork) -> str:
    match event:
        case ev.Started():
            practice = " A practice turn, which does not count." if event.practice else ""
            return f"The session began: {sight.atlas.title}.{practice}"
        case ev.StepOpened():
            return f"Turn {event.turn}: {event.phase}, round {event.round}."
        case ev.Paused():
            return f"The clock was stopped: {event.reason.rstrip('.')}."
        case ev.Resumed():
            return "The clock goes on."
        case ev.Extended():
            return f"There are {event.seconds} seconds more."
        case ev.Ended():
            return "The last turn is over."
        case ev.NewsRead():
            return news_sentence(sight, event)
        case ev.SeatDone():
            return f"{subject(sight, event.country)} has nothing to add in this round."
        case ev.ActSealed():
            return f"{subject(sight, event.country)} decided, under seal, to {act_phrase(sight, event.act)}."
        case _:
            assert_never(event)


def _pact(sight: Sight, event: Pacts) -> str:
    match event:
        case ev.OfferMade():
            others = [c for c in event.offer.terms.parties if c != event.offer.author]
            again = " in answer to another offer" if event.offer.counters else ""
            again += f" to put new terms in the place of {commitment_title(sight, event.offer.amends)}" if event.offer.amends else ""
            said = terms_sentence(sight, event.offer.terms)
            return f"{subject(sight, event.offer.author)} made an offer{again} to {listed(sight, others)}: {said}."
        case ev.OfferSigned():
            needs = f", provided that {listed(sight, event.signature.needs)} signs too" if event.signature.needs else ""
            return f"{subject(sight, event.signature.country)} signed {offer_title(sight, event.offer)}{needs}."
        case ev.OfferRejected():
            return f"{subject(sight, event.country)} rejected {offer_title(sight, event.offer)}."
        case ev.OfferClosed():
            return _closed(sight, event)
        case ev.CommitmentMade() | ev.CommitmentRenounced() | ev.ClauseCalled() | ev.ClauseWaived() | ev.CommitmentEnded():
            return _in_force(sight, event)
        case ev.CommitmentDetected() | ev.RenewalDue():
            return _watched(sight, event)
        case ev.Judged():
            return verdict_sentence(sight, event.verdict)
        case ev.AidSent():
            return f"{subject(sight, event.payment.sender)} {_given(sight, event.payment)}."
        case _:
            assert_never(event)


def _in_force(
    sight: Sight, event: ev.CommitmentMade | ev.CommitmentRenounced | ev.ClauseCalled | ev.ClauseWaived | ev.CommitmentEnded
) -> str:
    """What happened to terms that are, or were, in force."""
    match event:
        case ev.CommitmentMade():
            return _agreed(sight, event.commitment)
        case ev.CommitmentRenounced():
            what = commitment_title(sight, event.commitment)
            going = event.departure
            until = "the turn ends" if going.until == going.given else f"the end of turn {going.until}"
            return f"{subject(sight, going.country)} gave notice to {what} and is bound until {until}."
        case ev.ClauseCalled():
            what = clause_title(sight, event.commitment, event.claim.clause)
            return f"{subject(sight, event.claim.country)} called in {what}: it is due by the end of the turn."
        case ev.ClauseWaived():
            what, until = clause_title(sight, event.commitment, event.waiver.clause), _how_long(event.waiver)
            return f"{subject(sight, event.waiver.country)} does not ask, {until}, for {what}."
        case ev.CommitmentEnded():
            return f"{first(commitment_title(sight, event.commitment))} ended: {in_names(sight, event.reason)}."
        case _:
            assert_never(event)


def _watched(sight: Sight, event: ev.CommitmentDetected | ev.RenewalDue) -> str:
    """A secret that came to light, or a term that runs out."""
    if isinstance(event, ev.RenewalDue):
        return f"{first(commitment_title(sight, event.commitment))} runs out at the end of the coming turn unless it is renewed."
    terms = event.commitment.terms
    said = terms_sentence(sight, terms.model_copy(update={"secret": False}))
    return f"It came to light what {listed(sight, terms.parties, limit=MANY)} had agreed in secret: {said}."


def _how_long(waiver: Waiver) -> str:
    return "for good" if waiver.turn is None else "this turn"


def _closed(sight: Sight, event: ev.OfferClosed) -> str:
    found = next((offer for offer in sight.offers if offer.id == event.offer), None)
    title = first(offer_about(sight, found) if found else f"offer {event.offer}")
    match event.outcome:
        case "in force":
            return f"{title} was accepted."
        case "retracted":
            return f"{title} was taken back."
        case "rejected":
            against = f" by {listed(sight, found.rejected)}" if found and found.rejected else ""
            return f"{title} is off the table: rejected{against}."
        case "closed":
            return f"{title} is off the table."
        case "lapsed":
            return f"{title} lapsed: too few signed in time."
        case _:
            assert_never(event.outcome)


def _agreed(sight: Sight, commitment: Commitment) -> str:
    how = "agreed in secret" if commitment.terms.secret else "agreed"
    said = terms_sentence(sight, commitment.terms.model_copy(update={"secret": False}))
    return f"{first(listed(sight, commitment.terms.parties, limit=MANY))} {how}: {said}."


def verdict_sentence(sight: Sight, verdict: Verdict) -> str:
    """What was found on a clause, what the clause said, and the reason."""
    found = next((c for c in sight.commitments if c.id == verdict.commitment), None)
    known = found is not None and verdict.clause < len(found.terms.clauses)
    said = f" ({clause_sentence(sight, found.terms.clauses[verdict.clause], found.terms.parties)})" if found and known else ""
    who, why = subject(sight, verdict.debtor), in_names(sight, verdict.reason)
    match verdict.finding:
        case "kept":
            return f"{who} kept its word{said}: {why}."
        case "breached":
            return f"{who} broke its word{said}: {why}."
        case "excused":
            return f"{who} is excused{said}: {why}."
        case "not called":
            return f"{who} was not called upon{said}: {why}."
        case _:
            assert_never(verdict.finding)


def _given(sight: Sight, paid: Payment) -> str:
    said = HELP[paid.form].format(whom=name(sight, paid.receiver), amount=money(paid.amount))
    verb, rest = said.split(" ", 1)
    return f"{PAST[verb]} {rest}" + (" of aid" if paid.form == "money" else "")


PAST = {"send": "sent", "help": "helped", "support": "supported"}


def _debate(sight: Sight, event: Debates) -> str:
    match event:
        case ev.DraftTabled():
            where, about = council_title(sight, event.draft.council), draft_about(sight, event.draft)
            press = " and presses for it" if event.draft.pressed else ""
            return f"{subject(sight, event.draft.author)} put {about} before {where}{press}."
        case ev.DraftSponsored():
            return f"{subject(sight, event.country)} put its name to {draft_title(sight, event.draft)}."
        case ev.DraftAmended():
            text = f"{ACTIONS[event.action]} {name(sight, event.target)}"
            return f"{first(draft_title(sight, event.draft))} was amended ({in_names(sight, event.reason)}); it is now {text}."
        case ev.DraftWithdrawn():
            return f"{first(draft_title(sight, event.draft))} was taken off the table: {in_names(sight, event.reason)}."
        case ev.StanceDeclared():
            return f"{subject(sight, event.ballot.country)} declared: {event.ballot.choice} to {draft_title(sight, event.draft)}."
        case ev.RollCall():
            draft = find_draft(sight, event.draft)
            own = draft is None or is_text(draft)
            result = ("was adopted" if own else "was carried") if event.adopted else "failed" if own else "was rejected"
            why = in_names(sight, event.reason.removeprefix("adopted: "))
            return f"{first(draft_title(sight, event.draft))} {result} ({why}). {roll(sight, event.ballots)}"
        case _:
            assert_never(event)


def roll(sight: Sight, ballots: tuple[Ballot, ...]) -> str:
    """The roll call by name: ``Yes: ... No: ... Abstained: ...``."""
    parts = []
    for choice, word in (("yes", "Yes"), ("no", "No"), ("abstain", "Abstained")):
        voters = [b.country for b in ballots if b.choice == choice]
        if voters:
            parts.append(f"{word}: {listed(sight, voters)}.")
    explained = [f"{subject(sight, b.country)} explained {REASONS[b.because]}." for b in ballots if b.because]
    return " ".join([*parts, *explained]) or "Nobody voted."


def _campaign(sight: Sight, event: Campaigns) -> str:
    match event:
        case ev.OperationAnnounced():
            what = event.operation
            about = issue_title(sight, what.issue)
            return f"{subject(sight, what.leader)} announced that it prepares an operation against {name(sight, what.target)} ({about})."
        case ev.OperationJoined():
            part = event.contribution
            side = "joined" if part.side == "attack" else "stood against"
            why = [word for word, holds in (("as it owed by treaty", part.owed), ("for aid", part.paid)) if holds]
            because = f", {' and '.join(why)}" if why else ""
            return f"{subject(sight, part.country)} {side} {operation_title(sight, event.operation)} {LEVELS[part.level]}{because}."
        case ev.OperationLaunched():
            return _launched(sight, event.operation, authorised=event.authorised)
        case ev.OperationLeft():
            return f"{subject(sight, event.country)} left what {operation_title(sight, event.operation)} holds."
        case ev.HelpExposed():
            return f"It came to light that {name(sight, event.payment.sender)} {_given(sight, event.payment)}."
        case ev.OperationCancelled():
            return f"{first(operation_title(sight, event.operation))} was given up: {in_names(sight, event.reason)}."
        case _:
            assert_never(event)


def _launched(sight: Sight, operation: Operation, *, authorised: bool) -> str:
    mandate = "with the authority of a council" if authorised else "without the authority of a council"
    result = "It succeeded" if operation.success else "It failed"
    partners = [c.country for c in operation.coalition if c.side == "attack"]
    company = f"with {listed(sight, partners)}" if partners else "alone"
    said = f"{first(operation_about(sight, operation))} was carried out {company}, {mandate}"
    return f"{said}, at a legitimacy of {percent(operation.legitimacy)}. {result}."
