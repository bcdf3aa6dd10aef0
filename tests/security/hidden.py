"""What a viewer may not know, stated a second time and independently of the marks, and a way to change all of it.

``scrambled`` returns a game that differs from the given one in everything hidden from the viewer, in content, number and order, and in
nothing else; ``scrambled_stream`` does the same to a stream of events.  Whatever the viewer is told must not differ by a byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

import numpy as np

from rules import events as ev
from rules.exact import Array, frozen
from rules.orders import Budget
from rules.society.events import Influenced, MotiveNoted
from rules.state import Bulletin, Game, SealedAct
from rules.vocabulary import Commitment, Objective, Offer, Payment, Signature, Terms, Verdict, VotePledge

R = TypeVar("R")
ROWS = {
    "World": ("aid", "received", "hostile", "kept", "broken", "payoff", "yielded", "access", "temper"),
    "Atlas": ("salience", "weights", "opening", "prior", "objectives", "secret_briefs"),
}
"""Fields of which a seat sees its own row alone."""
SHARED = ("offers", "commitments", "verdicts", "payments", "desk")
"""Fields of Game of which a viewer sees the records that concern it."""
SEALED = {"Game": ("seed", "planned", "past"), "Atlas": ("news",)}
"""Fields that nobody but control sees."""


def sees(record: object, viewer: str) -> bool:
    """Whether the viewer may know of a record of the state or of an event."""
    match record:
        case Offer() | ev.OfferMade(offer=Offer()):
            offer = record if isinstance(record, Offer) else record.offer
            return viewer in offer.terms.parties
        case Commitment() | ev.CommitmentMade():
            known = record if isinstance(record, Commitment) else record.commitment
            return not known.terms.secret or known.leaked or viewer in known.terms.parties
        case Verdict() | ev.Judged():
            witnesses = record.witnesses if isinstance(record, Verdict) else record.verdict.witnesses
            return not witnesses or viewer in witnesses
        case Payment() | ev.AidSent():
            payment = record if isinstance(record, Payment) else record.payment
            return viewer == payment.sender or (viewer == payment.receiver and payment.form != "insurgents")
        case SealedAct() | ev.ActSealed() | MotiveNoted():
            return record.country == viewer
        case ev.NewsPlanned():
            return False
        case ev.Overridden():
            return record.owner in (None, viewer)
        case Influenced():
            return viewer in (record.country, record.target)
        case (
            ev.OfferSigned() | ev.OfferRejected() | ev.OfferClosed() | ev.CommitmentRenounced() | ev.CommitmentEnded()
            | ev.ClauseCalled() | ev.ClauseWaived() | ev.RenewalDue() | ev.NewsRead()
        ):  # fmt: skip
            return not record.witnesses or viewer in record.witnesses
        case _:
            return True


def others(game: Game, viewer: str) -> tuple[str, ...]:
    """The countries that the viewer is not."""
    return tuple(c for c in game.atlas.countries if c != viewer)


def scrambled(game: Game, viewer: str, rng: Random, *, seed: str | None = None) -> Game:
    """The game with everything changed that the viewer may not know.  ``seed``: the secret seed, if it is to stay."""
    atlas, world = game.atlas, game.world
    me = atlas.countries.index(viewer) if viewer in atlas.countries else None
    atlas = replace(
        atlas,
        salience=_rows(atlas.salience, me, rng),
        weights=_rows(atlas.weights, me, rng),
        opening=_rows(atlas.opening, me, rng),
        prior=_rows(atlas.prior, me, rng),
        objectives=tuple(row if k == me else _objectives(rng) for k, row in enumerate(atlas.objectives)),
        secret_briefs=tuple(text if k == me else f"secret {rng.random()}" for k, text in enumerate(atlas.secret_briefs)),
        news=tuple(Bulletin(turn=rng.randint(1, 3), text=f"news {rng.random()}") for _ in range(rng.randrange(6))),
    )
    world = replace(world, **{name: _rows(getattr(world, name), me, rng) for name in ROWS["World"]})
    return replace(
        game,
        atlas=atlas,
        world=world,
        seed=seed or f"another seed {rng.random()}",
        offers=_mixed(game.offers, viewer, rng, lambda: _offer(game, viewer, rng)),
        commitments=_mixed(game.commitments, viewer, rng, lambda: _commitment(game, viewer, rng)),
        verdicts=tuple(
            _watched(verdict, game, rng) if sees(verdict, viewer) else verdict
            for verdict in _mixed(game.verdicts, viewer, rng, lambda: _verdict(game, viewer, rng))
        ),
        payments=_mixed(game.payments, viewer, rng, lambda: _payment(game, viewer, rng)),
        desk=_mixed(game.desk, viewer, rng, lambda: _sealed(game, viewer, rng)),
        planned=tuple(Bulletin(turn=rng.randint(1, 3), text=f"planned {rng.random()}") for _ in range(rng.randrange(3))),
        past=None if rng.random() < 0.5 else game,
        statements=tuple(s.model_copy(update={"fabricated": rng.random() < 0.5}) for s in game.statements),
    )


def _rows(values: Array, me: int | None, rng: Random) -> Array:
    fresh = np.array([rng.random() for _ in range(values.size)]).reshape(values.shape)
    if me is not None:
        fresh[me] = values[me]
    return frozen(fresh)


def _objectives(rng: Random) -> tuple[Objective, ...]:
    return tuple(
        Objective(id=f"o{rng.randrange(99)}", sentence=f"secret {rng.random()}", predicate="authorised_or_none")
        for _ in range(rng.randrange(4))
    )


def _mixed(records: tuple[R, ...], viewer: str, rng: Random, make: Callable[[], R]) -> tuple[R, ...]:
    """The visible records in their order, the hidden ones dropped or kept, others mixed in."""
    kept = [item for item in records if sees(item, viewer) or rng.random() < 0.3]
    for _ in range(rng.randrange(4)):
        kept.insert(rng.randint(0, len(kept)), make())
    return tuple(kept)


def _outsiders(game: Game, viewer: str, rng: Random) -> tuple[str, ...]:
    return tuple(rng.sample(others(game, viewer), 2))


def _terms(game: Game, viewer: str, rng: Random) -> Terms:
    parties = _outsiders(game, viewer, rng)
    clause = VotePledge(debtor=parties[0], since=1, until=rng.randint(1, 9), issue=game.atlas.issues[0].id, choice="no")
    return Terms(parties=parties, clauses=(clause,), secret=True)


def _name(rng: Random) -> str:
    return f"hidden-{rng.randrange(10**9)}"


def _offer(game: Game, viewer: str, rng: Random) -> Offer:
    terms = _terms(game, viewer, rng)
    author = terms.parties[0]
    return Offer(id=_name(rng), author=author, terms=terms, made=1, until=1, signatures=(Signature(country=author),))


def _commitment(game: Game, viewer: str, rng: Random) -> Commitment:
    return Commitment(id=_name(rng), terms=_terms(game, viewer, rng), since=1)


def _verdict(game: Game, viewer: str, rng: Random) -> Verdict:
    pair = _outsiders(game, viewer, rng)
    return Verdict(commitment=_name(rng), clause=0, debtor=pair[0], turn=1, finding="kept", reason="secret", witnesses=pair)


def _watched(verdict: Verdict, game: Game, rng: Random) -> Verdict:
    """Who else was a witness is not for a witness to know."""
    if not verdict.witnesses:
        return verdict
    more = tuple(c for c in game.atlas.countries if c not in verdict.witnesses and rng.random() < 0.2)
    return verdict.model_copy(update={"witnesses": (*verdict.witnesses, *more)})


def _payment(game: Game, viewer: str, rng: Random) -> Payment:
    sender, receiver = _outsiders(game, viewer, rng)
    return Payment(sender=sender, receiver=receiver, amount=rng.random())


def _sealed(game: Game, viewer: str, rng: Random) -> SealedAct:
    return SealedAct(country=rng.choice(others(game, viewer)), act=Budget(guns=rng.random(), aid=0.0))


# --- events ----------------------------------------------------------------------------------------------------------------------------


def scrambled_stream(game: Game, events: Sequence[ev.EventKinds], viewer: str, rng: Random) -> tuple[ev.EventKinds, ...]:
    """The events with everything changed that the viewer may not know: hidden ones dropped, others mixed in."""
    mixed: list[ev.EventKinds] = []
    for event in events:
        while rng.random() < 0.2:
            mixed.append(_hidden_event(game, viewer, rng))
        if isinstance(event, ev.Moved):
            moved = _removed(game, event, viewer, rng)
            mixed.extend([moved] if moved.changes else [])
        elif sees(event, viewer):
            mixed.append(_rewitnessed(game, event, rng))
        elif rng.random() < 0.3:
            mixed.append(event)
    return tuple(mixed)


def _hidden_event(game: Game, viewer: str, rng: Random) -> ev.EventKinds:
    verdict = _verdict(game, viewer, rng)
    sealed = _sealed(game, viewer, rng)
    made: list[Callable[[], ev.EventKinds]] = [
        lambda: ev.ActSealed(country=sealed.country, act=sealed.act),
        lambda: ev.OfferMade(offer=_offer(game, viewer, rng)),
        lambda: ev.OfferClosed(offer=_name(rng), outcome="lapsed", witnesses=_outsiders(game, viewer, rng)),
        lambda: ev.CommitmentMade(commitment=_commitment(game, viewer, rng)),
        lambda: ev.CommitmentEnded(commitment=_name(rng), reason="secret", witnesses=_outsiders(game, viewer, rng)),
        lambda: ev.Judged(verdict=verdict),
        lambda: ev.NewsRead(text=f"secret {rng.random()}", witnesses=_outsiders(game, viewer, rng)),
        lambda: ev.NewsPlanned(bulletin=Bulletin(turn=2, text=f"secret {rng.random()}"), reason="secret"),
        lambda: ev.Overridden(
            figure="hostile", at=(0, 1), before=rng.random(), proposed=rng.random(), value=rng.random(), reason="secret",
            owner=rng.choice(others(game, viewer)),
        ),
        lambda: ev.AidSent(payment=_payment(game, viewer, rng)),
        lambda: ev.Moved.of("aid", [_hidden_change(game, viewer, rng) for _ in range(rng.randint(1, 3))]),
    ]
    return rng.choice(made)()


def _hidden_change(game: Game, viewer: str, rng: Random) -> ev.Change:
    row = game.atlas.countries.index(rng.choice(others(game, viewer)))
    return ev.Change(field=rng.choice(("received", "aid")), at=(row,), value=rng.random())


def _removed(game: Game, event: ev.Moved, viewer: str, rng: Random) -> ev.Moved:
    countries = game.atlas.countries
    changes: list[ev.Change] = []
    for change in event.changes:
        while rng.random() < 0.1:
            changes.append(_hidden_change(game, viewer, rng))
        if change.field not in ROWS["World"] or countries[change.at[0]] == viewer:
            changes.append(change)
        elif rng.random() < 0.5:
            changes.append(change._replace(value=rng.random()))
    return ev.Moved.of(event.cause, changes)


def _rewitnessed(game: Game, event: ev.EventKinds, rng: Random) -> ev.EventKinds:
    if isinstance(event, ev.Judged):
        return event.model_copy(update={"verdict": _watched(event.verdict, game, rng)})
    witnesses: tuple[str, ...] = getattr(event, "witnesses", ())
    more = tuple(c for c in game.atlas.countries if witnesses and c not in witnesses and rng.random() < 0.3)
    return event.model_copy(update={"witnesses": (*witnesses, *more)}) if more else event
