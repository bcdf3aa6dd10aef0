"""Events as sentences that a student understands: one sentence for every kind, with names instead of codes.

``sentence(sight, event)`` takes the game, or one seat's view, as it was *before* the event, because an event that closes something names it
by its id alone.  What the view does not know is named by its id.
"""

from __future__ import annotations

from typing import assert_never

from rules import events as ev
from rules.bodies.councils import is_text
from rules.state import Sight, find_council, find_draft
from rules.vocabulary import Ballot, Commitment, Draft, Operation, Payment, Verdict
from server.narrate.acts import act_phrase, clause_title, commitment_title, needed, offer_title
from server.narrate.amounts import money, percent
from server.narrate.causes import cause_sentence
from server.narrate.clauses import clause_sentence
from server.narrate.control import control_sentence, news_sentence
from server.narrate.language import noun, say
from server.narrate.names import worded
from server.narrate.phrases import Phrase
from server.narrate.society import Silent, Spoken, silent_sentence, spoken_sentence
from server.narrate.terms import terms_sentence
from server.narrate.words import (
    MANY,
    action_about,
    council_title,
    draft_about,
    draft_title,
    first,
    in_names,
    issue_title,
    key,
    listed,
    name,
    operation_about,
    operation_title,
)

Clockwork = ev.Started | ev.StepOpened | ev.Paused | ev.Resumed | ev.Extended | ev.Ended | ev.NewsRead | ev.SeatDone | ev.ActSealed
InForce = (
    ev.CommitmentMade | ev.CommitmentRenounced | ev.ClauseCalled | ev.ClauseWaived | ev.CommitmentEnded | ev.CommitmentDetected
    | ev.RenewalDue
)
Pacts = InForce | ev.OfferMade | ev.OfferSigned | ev.OfferRejected | ev.OfferClosed | ev.Judged | ev.AidSent
Debates = ev.DraftTabled | ev.DraftSponsored | ev.DraftAmended | ev.DraftWithdrawn | ev.StanceDeclared | ev.RollCall
Campaigns = (
    ev.OperationAnnounced | ev.OperationJoined | ev.OperationLaunched | ev.OperationCancelled | ev.OperationLeft | ev.HelpExposed
)  # fmt: skip


def sentence(sight: Sight, event: ev.EventKinds) -> str:
    """The event as one sentence with a full stop.  ``sight`` is the state before it."""
    return first(_told(sight, event))


def brief(sight: Sight, event: ev.EventKinds) -> str:
    """What happened to an offer, without its terms, which those who hear it know; empty for anything else."""
    if not isinstance(event, ev.OfferSigned | ev.OfferRejected | ev.OfferClosed):
        return ""
    found = next((offer for offer in sight.offers if offer.id == event.offer), None)
    return "" if found is None else first(_answered(sight, event, noun("offer.brief", author=name(sight, found.author))))


def _told(sight: Sight, event: ev.EventKinds) -> str:
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
            started = say("told.started", title=worded(sight.atlas.title))
            return started + say("told.practice") if event.practice else started
        case ev.StepOpened():
            return say("told.step", turn=event.turn, phase=say(f"phase.{event.phase}"), round=event.round)
        case ev.Paused():
            return say("told.paused", reason=event.reason.rstrip(".")) if event.reason else say("told.paused-unexplained")
        case ev.Resumed():
            return say("told.resumed")
        case ev.Extended():
            return say("told.extended", seconds=event.seconds)
        case ev.Ended():
            return say("told.ended")
        case ev.NewsRead():
            return news_sentence(sight, event)
        case ev.SeatDone():
            return say("told.seat-done", who=name(sight, event.country))
        case ev.ActSealed():
            return say("told.sealed", who=name(sight, event.country), act=act_phrase(sight, event.act))
        case _:
            assert_never(event)


def _grounds(event: ev.OfferSigned | ev.OfferRejected) -> str:
    return say("told.grounds", reason=say(f"grounds.{event.because}")) if event.because else ""


def _pact(sight: Sight, event: Pacts) -> str:
    match event:
        case ev.OfferMade():
            return _offered(sight, event)
        case ev.OfferSigned() | ev.OfferRejected() | ev.OfferClosed():
            return _answered(sight, event, offer_title(sight, event.offer))
        case ev.Judged():
            return verdict_sentence(sight, event.verdict)
        case ev.AidSent():
            return _sent(sight, event.payment, "told.aid")
        case _:
            return _in_force(sight, event)


def _offered(sight: Sight, event: ev.OfferMade) -> str:
    offer = event.offer
    others = [country for country in offer.terms.parties if country != offer.author]
    how = say("told.offered-in-answer") if offer.counters else ""
    how += say("told.offered-instead", commitment=commitment_title(sight, offer.amends)) if offer.amends else ""
    said = terms_sentence(sight, offer.terms)
    return say("told.offered", who=name(sight, offer.author), how=how, parties=listed(sight, others), terms=said)


def _in_force(sight: Sight, event: InForce) -> str:
    """What happened to terms that are, or were, in force."""
    match event:
        case ev.CommitmentMade():
            return _agreed(sight, event.commitment, "told.agreed-in-secret" if event.commitment.terms.secret else "told.agreed")
        case ev.CommitmentDetected():
            return _agreed(sight, event.commitment, "told.detected")
        case ev.CommitmentRenounced():
            what, going = commitment_title(sight, event.commitment), event.departure
            message = "told.renounced-at-once" if going.until == going.given else "told.renounced"
            return say(message, who=name(sight, going.country), commitment=what, turn=going.until)
        case ev.ClauseCalled():
            what = clause_title(sight, event.commitment, event.claim.clause)
            return say("told.called", who=name(sight, event.claim.country), clause=what)
        case ev.ClauseWaived():
            what = clause_title(sight, event.commitment, event.waiver.clause)
            return say("told.released" if event.waiver.turn is None else "told.waived", who=name(sight, event.waiver.country), clause=what)
        case ev.CommitmentEnded():
            return say("told.lapsed", commitment=commitment_title(sight, event.commitment), reason=in_names(sight, event.reason))
        case ev.RenewalDue():
            return say("told.renewal-due", commitment=commitment_title(sight, event.commitment))
        case _:
            assert_never(event)


def _agreed(sight: Sight, commitment: Commitment, message: str) -> str:
    said = terms_sentence(sight, commitment.terms.model_copy(update={"secret": False}))
    return say(message, parties=listed(sight, commitment.terms.parties, limit=MANY), terms=said)


def _answered(sight: Sight, event: ev.OfferSigned | ev.OfferRejected | ev.OfferClosed, offer: Phrase) -> str:
    match event:
        case ev.OfferSigned():
            others = needed(sight, event.offer, event.signature.needs)
            needs = say("told.signed-if", needs=listed(sight, others)) if others else ""
            return say("told.signed", who=name(sight, event.signature.country), offer=offer, needs=needs) + _grounds(event)
        case ev.OfferRejected():
            return say("told.rejected", who=name(sight, event.country), offer=offer) + _grounds(event)
        case ev.OfferClosed():
            return _closed(sight, event, offer)


def _closed(sight: Sight, event: ev.OfferClosed, title: Phrase) -> str:
    found = next((offer for offer in sight.offers if offer.id == event.offer), None)
    if event.outcome == "rejected" and found and found.rejected:
        return say("told.closed-rejected-by", offer=title, who=listed(sight, found.rejected))
    return say(f"told.closed-{key(event.outcome)}", offer=title)


def verdict_sentence(sight: Sight, verdict: Verdict) -> str:
    """What was found on a clause, what the clause said, and the reason."""
    found = next((c for c in sight.commitments if c.id == verdict.commitment), None)
    clause = ""
    if found is not None and verdict.clause < len(found.terms.clauses):
        clause = f" ({clause_sentence(sight, found.terms.clauses[verdict.clause], found.terms.parties)})"
    who, why = name(sight, verdict.debtor), in_names(sight, verdict.reason)
    return first(say(f"told.{key(verdict.finding)}", who=who, clause=clause, reason=why))


def _sent(sight: Sight, paid: Payment, message: str) -> str:
    sender, receiver = name(sight, paid.sender), name(sight, paid.receiver)
    return say(message, help=say(f"sent.{paid.form}", who=sender, whom=receiver, amount=money(paid.amount)))


def _debate(sight: Sight, event: Debates) -> str:
    match event:
        case ev.DraftTabled():
            author, draft = name(sight, event.draft.author), draft_about(sight, event.draft)
            press = say("told.pressed", who=author, draft=draft) if event.draft.pressed else ""
            return say("told.tabled", who=author, draft=draft, council=council_title(sight, event.draft.council), press=press)
        case ev.DraftSponsored():
            return say("told.sponsored", who=name(sight, event.country), draft=draft_title(sight, event.draft))
        case ev.DraftAmended():
            about, why = action_about(sight, event.action, event.target), in_names(sight, event.reason)
            return say("told.amended", draft=draft_title(sight, event.draft), reason=why, about=about)
        case ev.DraftWithdrawn():
            return say("told.withdrawn", draft=draft_title(sight, event.draft), reason=in_names(sight, event.reason))
        case ev.StanceDeclared():
            who, draft = name(sight, event.ballot.country), draft_title(sight, event.draft)
            return say(f"told.declared-{event.ballot.choice}", who=who, draft=draft)
        case ev.RollCall():
            return _rolled(sight, event)
        case _:
            assert_never(event)


def _rolled(sight: Sight, event: ev.RollCall) -> str:
    draft = find_draft(sight, event.draft)
    own = draft is None or is_text(draft)
    result = ("adopted" if own else "carried") if event.adopted else "failed" if own else "voted-down"
    why = in_names(sight, event.reason.removeprefix("adopted: "))
    return say(f"told.{result}", draft=draft_title(sight, event.draft), reason=why, roll=roll(sight, event.ballots, _members(sight, draft)))


def _members(sight: Sight, draft: Draft | None) -> tuple[str, ...]:
    council = None if draft is None else find_council(sight, draft.council)
    return () if council is None else council.members


def roll(sight: Sight, ballots: tuple[Ballot, ...], members: tuple[str, ...] = ()) -> str:
    """The roll call by name: ``Yes: ... No: ... Abstained: ... Did not vote: ...``."""
    parts = []
    for choice in ("yes", "no", "abstain"):
        voters = [b.country for b in ballots if b.choice == choice]
        if voters:
            parts.append(say(f"roll.{choice}", voters=listed(sight, voters)))
    absent = [country for country in members if country not in {b.country for b in ballots}] if ballots else []
    if absent:
        parts.append(say("roll.absent", voters=listed(sight, absent)))
    explained = [first(say("roll.explained", who=name(sight, b.country), reason=say(f"reason.{b.because}"))) for b in ballots if b.because]
    return " ".join([*parts, *explained]) or say("roll.nobody")


def _campaign(sight: Sight, event: Campaigns) -> str:
    match event:
        case ev.OperationAnnounced():
            what = event.operation
            leader, target, issue = name(sight, what.leader), name(sight, what.target), issue_title(sight, what.issue)
            return say("told.announced", leader=leader, target=target, issue=issue)
        case ev.OperationJoined():
            return _joined(sight, event)
        case ev.OperationLaunched():
            return _launched(sight, event.operation, authorised=event.authorised)
        case ev.OperationLeft():
            return say("told.left", who=name(sight, event.country), operation=operation_title(sight, event.operation))
        case ev.HelpExposed():
            return _sent(sight, event.payment, "told.exposed")
        case ev.OperationCancelled():
            return say("told.cancelled", operation=operation_title(sight, event.operation), reason=in_names(sight, event.reason))
        case _:
            assert_never(event)


def _joined(sight: Sight, event: ev.OperationJoined) -> str:
    part = event.contribution
    why = [say(f"told.joined-{word}") for word, holds in (("owed", part.owed), ("paid", part.paid)) if holds]
    because = f", {say('when.and').join(why)}" if why else ""
    who, title, level = name(sight, part.country), operation_title(sight, event.operation), say(f"level.{part.level}")
    return say(f"told.joined-{part.side}", who=who, operation=title, level=level, because=because)


def _launched(sight: Sight, operation: Operation, *, authorised: bool) -> str:
    partners = [c.country for c in operation.coalition if c.side == "attack"]
    return say(
        "told.launched",
        operation=operation_about(sight, operation),
        company=say("told.launched-with", partners=listed(sight, partners)) if partners else say("told.launched-alone"),
        mandate=say("mandate.given" if authorised else "mandate.none"),
        legitimacy=percent(operation.legitimacy),
        result=say("told.succeeded" if operation.success else "told.failed-in-war"),
    )
