"""``evolve(game, event) -> game``: the only way a game changes.  Pure, total, never fails on an event that ``decide`` gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, assert_never, get_args

from rules import events as ev
from rules.copying import changed
from rules.exact import Array
from rules.past import restored
from rules.society import events as sev
from rules.society.statements import remembered
from rules.state import Game, SealedAct, World
from rules.visibility import Record
from rules.vocabulary import Ballot, Commitment, Draft, Offer, Operation

SUBJECT_FIELDS = ("draft", "operation", "to", "form", "target", "host", "guest", "commitment", "clause")
"""A later sealed act of the same kind that agrees in these with an earlier one replaces it."""


def evolve(game: Game, event: ev.EventKinds) -> Game:
    """The game after one event."""
    return _FOLDS[type(event)](game, event)


def evolve_all(game: Game, events: Iterable[ev.EventKinds]) -> Game:
    """The game after several events."""
    for event in events:
        game = evolve(game, event)
    return game


Listed = TypeVar("Listed", bound=Offer | Commitment | Draft | Operation)


def _with(items: tuple[Listed, ...], name: str, change: Callable[[Listed], Listed]) -> tuple[Listed, ...]:
    """The list with the item of one name changed; the latest are the ones that change, so it is looked for from the end."""
    for place in range(len(items) - 1, -1, -1):
        if items[place].id == name:
            listed = list(items)
            listed[place] = change(items[place])
            return tuple(listed)
    return items


Momentary = (
    ev.Started | ev.StepOpened | ev.Paused | ev.Resumed | ev.Extended | ev.Ended | ev.NewsRead | ev.SeatDone
)


def _moment(game: Game, event: Momentary) -> Game:
    now = game.moment
    match event:
        case ev.Started():
            return changed(game, moment=changed(now, status="running", practice=event.practice))
        case ev.StepOpened():
            opened = changed(
                now, turn=event.turn, phase=event.phase, round=event.round, revision=0, extra_seconds=0, done=()
            )
            first = event.phase != now.phase or event.turn != now.turn
            fresh = event.turn != now.turn
            return changed(
                game, past=game, moment=opened, desk=() if first else game.desk, payments=() if fresh else game.payments,
                statements=remembered(game.statements, event.turn) if fresh else game.statements,
            )
        case ev.Paused():
            return changed(game, moment=changed(now, status="paused", revision=now.revision + 1))
        case ev.Resumed():
            return changed(game, moment=changed(now, status="running", revision=now.revision + 1))
        case ev.Extended():
            longer = now.extra_seconds + event.seconds
            return changed(game, moment=changed(now, extra_seconds=longer, revision=now.revision + 1))
        case ev.Ended():
            return changed(game, moment=changed(now, status="over"))
        case ev.SeatDone():
            return changed(game, moment=changed(now, done=(*now.done, event.country)))
        case ev.NewsRead():
            return game
        case _:
            assert_never(event)


Pacts = (
    ev.OfferMade
    | ev.OfferSigned
    | ev.OfferRejected
    | ev.OfferClosed
    | ev.CommitmentMade
    | ev.CommitmentRenounced
    | ev.ClauseCalled
    | ev.ClauseWaived
    | ev.CommitmentDetected
    | ev.RenewalDue
    | ev.CommitmentEnded
    | ev.Judged
)


def _commitment(game: Game, event: Pacts) -> Game:
    match event:
        case ev.OfferMade():
            return changed(game, offers=(*game.offers, event.offer))
        case ev.OfferSigned():
            return changed(game, offers=_with(game.offers, event.offer, lambda offer: _signed(offer, event)))
        case ev.OfferRejected():
            return changed(game, offers=_with(game.offers, event.offer, lambda offer: _rejected(offer, event.country)))
        case ev.OfferClosed():
            return changed(game, offers=tuple(o for o in game.offers if o.id != event.offer))
        case _:
            return _in_force(game, event)


InForce = (
    ev.CommitmentMade | ev.CommitmentRenounced | ev.ClauseCalled | ev.ClauseWaived | ev.CommitmentDetected | ev.RenewalDue
    | ev.CommitmentEnded | ev.Judged
)  # fmt: skip


def _in_force(game: Game, event: InForce) -> Game:
    match event:
        case ev.CommitmentMade():
            return changed(game, commitments=(*game.commitments, event.commitment))
        case ev.CommitmentRenounced():
            return _noted(game, event.commitment, "leaving", event.departure)
        case ev.ClauseCalled():
            return _noted(game, event.commitment, "calls", event.claim)
        case ev.ClauseWaived():
            return _noted(game, event.commitment, "waivers", event.waiver)
        case ev.CommitmentDetected():
            return changed(game, commitments=_with(game.commitments, event.commitment.id, lambda _: event.commitment))
        case ev.RenewalDue():
            return game
        case ev.CommitmentEnded():
            return changed(game, commitments=tuple(c for c in game.commitments if c.id != event.commitment))
        case ev.Judged():
            return changed(game, verdicts=(*game.verdicts, event.verdict))
        case _:
            assert_never(event)


def _noted(game: Game, name: str, field: str, note: Record) -> Game:
    """The game with one more note (a departure, a claim, a waiver) on a commitment."""

    def noted(commitment: Commitment) -> Commitment:
        return commitment.model_copy(update={field: (*getattr(commitment, field), note)})

    return changed(game, commitments=_with(game.commitments, name, noted))


def _signed(offer: Offer, event: ev.OfferSigned) -> Offer:
    others = tuple(s for s in offer.signatures if s.country != event.signature.country)
    waiting = tuple(c for c in offer.rejected if c != event.signature.country)
    return offer.model_copy(update={"signatures": (*others, event.signature), "rejected": waiting})


def _rejected(offer: Offer, country: str) -> Offer:
    signatures = tuple(s for s in offer.signatures if s.country != country)
    return offer.model_copy(update={"signatures": signatures, "rejected": (*offer.rejected, country)})


Debates = ev.DraftTabled | ev.DraftSponsored | ev.DraftAmended | ev.DraftWithdrawn | ev.StanceDeclared | ev.RollCall


def _draft(game: Game, event: Debates) -> Game:
    if isinstance(event, ev.DraftTabled):
        return changed(game, drafts=(*game.drafts, event.draft))
    if isinstance(event, ev.DraftAmended):
        settled = _with(game.drafts, event.amendment, lambda draft: _carried(draft, event))
        return changed(game, drafts=_with(settled, event.draft, lambda draft: _amended(draft, event)))
    return changed(game, drafts=_with(game.drafts, event.draft, lambda draft: _debated(draft, event)))


def _carried(amendment: Draft, event: ev.DraftAmended) -> Draft:
    return amendment.model_copy(update={"status": "carried", "reason": amendment.reason or event.reason})


def _amended(draft: Draft, event: ev.DraftAmended) -> Draft:
    """The amendment is carried; what was declared on the draft was said of another text."""
    text = {"action": event.action, "target": event.target, "sponsors": event.sponsors}
    return draft.model_copy(update={**text, "amended": True, "declared": ()})


def _debated(draft: Draft, event: ev.DraftSponsored | ev.DraftWithdrawn | ev.StanceDeclared | ev.RollCall) -> Draft:
    match event:
        case ev.DraftSponsored():
            return draft.model_copy(update={"sponsors": (*draft.sponsors, event.country)})
        case ev.DraftWithdrawn():
            return draft.model_copy(update={"status": "withdrawn", "reason": event.reason})
        case ev.StanceDeclared():
            return draft.model_copy(update={"declared": _latest(draft.declared, event.ballot)})
        case ev.RollCall():
            step = draft.amends is not None or draft.action == "adjourn"
            outcome = ("carried" if step else "adopted") if event.adopted else ("rejected" if step else "failed")
            return draft.model_copy(update={"ballots": event.ballots, "status": outcome, "reason": event.reason})
        case _:
            assert_never(event)


def _latest(ballots: tuple[Ballot, ...], ballot: Ballot) -> tuple[Ballot, ...]:
    return (*(b for b in ballots if b.country != ballot.country), ballot)


Campaigns = ev.OperationAnnounced | ev.OperationJoined | ev.OperationLaunched | ev.OperationCancelled | ev.OperationLeft


def _operation(game: Game, event: Campaigns) -> Game:
    if isinstance(event, ev.OperationAnnounced):
        return changed(game, operations=(*game.operations, event.operation))
    name = event.operation.id if isinstance(event, ev.OperationLaunched) else event.operation
    return changed(game, operations=_with(game.operations, name, lambda operation: _campaigned(operation, event)))


def _campaigned(
    operation: Operation, event: ev.OperationJoined | ev.OperationLaunched | ev.OperationCancelled | ev.OperationLeft
) -> Operation:
    match event:
        case ev.OperationJoined():
            others = tuple(c for c in operation.coalition if c.country != event.contribution.country)
            return operation.model_copy(update={"coalition": (*others, event.contribution)})
        case ev.OperationLaunched():
            return event.operation
        case ev.OperationCancelled():
            return operation.model_copy(update={"status": "cancelled"})
        case ev.OperationLeft():
            if event.country == operation.leader:
                return operation.model_copy(update={"held": False})
            stayed = tuple(c for c in operation.coalition if c.country != event.country)
            return operation.model_copy(update={"coalition": stayed})
        case _:
            assert_never(event)


def _told(game: Game, _: sev.Silent) -> Game:
    """Nothing: what these events move is moved by mechanisms."""
    return game


def _spoken(game: Game, event: sev.Stated | sev.StatementTested) -> Game:
    match event:
        case sev.Stated():
            return changed(game, statements=(*game.statements, event.statement))
        case sev.StatementTested():
            settled = {"status": event.outcome}
            statements = tuple(s.model_copy(update=settled) if s.id == event.statement else s for s in game.statements)
            return changed(game, statements=statements)
        case _:
            assert_never(event)


def _sealed(desk: tuple[SealedAct, ...], new: SealedAct) -> tuple[SealedAct, ...]:
    kept = tuple(item for item in desk if not (item.country == new.country and _same_subject(item, new)))
    return (*kept, new)


def _same_subject(one: SealedAct, other: SealedAct) -> bool:
    if one.act.kind != other.act.kind and {one.act.kind, other.act.kind} != {"launch", "cancel"}:
        return False  # the later of these two is what a leader wants
    return _subject(one.act) == _subject(other.act)


def _subject(act: Record) -> dict[str, object]:
    """What an act is about, by the names of its fields."""
    return {name: value for name in _subject_fields(type(act)) if (value := getattr(act, name)) is not None}


@cache
def _subject_fields(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in SUBJECT_FIELDS if name in kind.model_fields)


def _moved(world: World, moves: Iterable[ev.Move]) -> World:
    arrays: dict[str, Array] = {}
    for move in moves:
        array = arrays[move.field] = arrays[move.field] if move.field in arrays else getattr(world, move.field).copy()
        for at, value in zip(move.places, move.values, strict=True):
            array[at] = value
    for array in arrays.values():
        array.setflags(write=False)
    return changed(world, **arrays)


def _with_figure(world: World, name: str, at: tuple[int, ...], value: float) -> World:
    array: Array = getattr(world, name).copy()
    array[at] = value
    array.setflags(write=False)
    return changed(world, **{name: array})


def _intervened(game: Game, event: ev.Interventions) -> Game:
    match event:
        case ev.Undone():
            return restored(game, event)
        case ev.NewsPlanned():
            return changed(game, planned=(*game.planned, event.bulletin))
        case ev.Overridden():
            return changed(game, world=_with_figure(game.world, event.figure, event.at, event.value))
        case ev.SeatHeld():
            others = tuple(country for country in game.moment.stand_ins if country != event.country)
            stand_ins = (*others, event.country) if event.holder == "bot" else others
            return changed(game, moment=changed(game.moment, stand_ins=stand_ins))
        case ev.OrderMissed():
            return game
        case _:
            assert_never(event)


def _laid_down(game: Game, event: ev.ActSealed) -> Game:
    return changed(game, desk=_sealed(game.desk, SealedAct.believed(country=event.country, act=event.act)))


def _paid(game: Game, event: ev.AidSent) -> Game:
    return changed(game, payments=(*game.payments, event.payment))


def _figures(game: Game, event: ev.Moved) -> Game:
    return changed(game, world=_moved(game.world, event.moves))


_FOLDS: Mapping[type, Callable[[Game, Any], Game]] = {
    **dict.fromkeys(get_args(Momentary), _moment),
    **dict.fromkeys(get_args(Pacts), _commitment),
    **dict.fromkeys(get_args(Debates), _draft),
    **dict.fromkeys(get_args(Campaigns), _operation),
    ev.ActSealed: _laid_down,
    ev.AidSent: _paid,
    ev.HelpExposed: lambda game, _: game,
    sev.Stated: _spoken,
    sev.StatementTested: _spoken,
    **dict.fromkeys(get_args(sev.Silent), _told),
    ev.Moved: _figures,
    **dict.fromkeys(get_args(ev.Interventions), _intervened),
}
"""What folds each kind of event into the game."""
