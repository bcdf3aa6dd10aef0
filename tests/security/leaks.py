"""Leaks planted on purpose: each puts one hidden thing into what a viewer is told, and the test must find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rules import events as ev
from rules import view as doors
from rules.errors import Code, Refused
from rules.orders import Propose, Renounce
from rules.pacts import commitments, departures
from rules.state import Atlas, Game, SealedAct, View, World
from rules.visibility import PUBLIC, marks_of
from rules.vocabulary import Commitment, Offer, Payment, Verdict
from tests.security.hidden import ROWS, SEALED, SHARED

Plant = Callable[[pytest.MonkeyPatch], None]


def _marked(cls: type, name: str) -> Plant:
    return lambda patch: patch.setitem(marks_of(cls), name, PUBLIC)


def _heard(cls: type) -> Plant:
    return lambda patch: patch.setattr(cls, "audience", lambda _self: None)


def _viewed(change: Callable[[Game, View], View]) -> Plant:
    honest = doors.view
    return lambda patch: patch.setattr(doors, "view", lambda game, viewer: change(game, honest(game, viewer)))


def _inside(name: str, fault: Callable[..., object], module: object = doors) -> Plant:
    return lambda patch: patch.setattr(module, name, fault)


def _with_seed(game: Game, view: View) -> View:
    return replace(view, atlas=replace(view.atlas, title=f"{view.atlas.title} {game.seed[-3:]}"))


def _with_count(game: Game, view: View) -> View:
    return replace(view, moment=replace(view.moment, extra_seconds=view.moment.extra_seconds + len(game.offers)))


def _with_length_of_news(game: Game, view: View) -> View:
    return replace(view, atlas=replace(view.atlas, news=game.atlas.news[:1]))


def _with_order(game: Game, view: View) -> View:
    return replace(view, commitments=view.commitments[::-1] if len(game.commitments) % 2 else view.commitments, drafts=view.drafts)


def _with_ballots(game: Game, view: View) -> View:
    early = [s.country for s in game.desk if s.act.kind == "vote"]
    return replace(view, moment=replace(view.moment, done=(*view.moment.done, *early)))


def _with_mean(game: Game, view: View) -> View:
    return replace(view, atlas=replace(view.atlas, turns=view.atlas.turns + int(1000 * game.world.hostile[:, 0].max())))


def _with_names(game: Game, view: View) -> View:
    known = ",".join(sorted(item.id for item in game.offers))
    return replace(view, atlas=replace(view.atlas, span=f"{view.atlas.span}{known}"))


def _told_empty(game: Game, event: ev.EventKinds, viewer: str) -> ev.EventKinds | None:
    told = HONEST_TELL(game, event, viewer)
    return ev.Moved(cause="something", moves=()) if told is None and isinstance(event, ev.Moved) else told


def _told_of_silence(game: Game, event: ev.EventKinds, viewer: str) -> ev.EventKinds | None:
    told = HONEST_TELL(game, event, viewer)
    return ev.NewsRead(text="") if told is None and isinstance(event, ev.OfferMade) else told


HONEST_TELL, HONEST_PROPOSE, HONEST_RENOUNCE, HONEST_FIND = doors.tell, commitments.propose, departures.renounce, commitments.find_offer


def _numbered(game: Game, country: str, act: Propose, order_id: str) -> tuple[ev.EventKinds, ...]:
    made = HONEST_PROPOSE(game, country, act, order_id)[0]
    assert isinstance(made, ev.OfferMade)
    return (ev.OfferMade(offer=made.offer.model_copy(update={"id": f"offer-{len(game.offers)}"})),)


def _crowded(game: Game, country: str, act: Propose, order_id: str) -> tuple[ev.EventKinds, ...]:
    if len(game.offers) > 2:
        raise Refused(Code.TOO_MANY, "terms", "There are many offers already.")
    return HONEST_PROPOSE(game, country, act, order_id)


def _telling(game: Game, country: str, offer_id: str, field: str = "offer") -> Offer:
    if any(item.id == offer_id and country not in item.terms.parties for item in game.offers):
        raise Refused(Code.NOT_YOURS, field, "You are not a party of this offer.")
    return HONEST_FIND(game, country, offer_id, field)


def _admitting(game: Game, country: str, act: Renounce) -> tuple[ev.EventKinds, ...]:
    if any(item.id == act.commitment and country not in item.terms.parties and item.terms.secret for item in game.commitments):
        raise Refused(Code.UNKNOWN_COMMITMENT, "commitment", "This one is secret.")
    return HONEST_RENOUNCE(game, country, act)


def _next_row(game: Game, viewer: str) -> int | None:
    return None if viewer == doors.PUBLIC_VIEWER else (game.atlas.countries.index(viewer) + 1) % len(game.atlas.countries)


STATE = {"World": World, "Atlas": Atlas, "Game": Game}
LEAKS: dict[str, Plant] = {
    **{f"every row of {owner}.{name}": _marked(STATE[owner], name) for owner, names in ROWS.items() for name in names},
    **{f"every record of Game.{name}": _marked(Game, name) for name in SHARED},
    **{f"{owner}.{name}": _marked(STATE[owner], name) for owner, names in SEALED.items() for name in names if owner != "Game"},
    **{f"{cls.__name__} to everybody": _heard(cls) for cls in (Offer, Commitment, Verdict, Payment, SealedAct)},
    **{
        f"the event {cls.__name__} to everybody": _heard(cls)
        for cls in (
            ev.ActSealed,
            ev.NewsPlanned,
            ev.Overridden,
            ev.OfferMade,
            ev.OfferSigned,
            ev.OfferRejected,
            ev.OfferClosed,
            ev.CommitmentMade,
            ev.CommitmentEnded,
            ev.Judged,
            ev.AidSent,
        )
    },
    "somebody else's row": _inside("_row", _next_row),
    "the first row to the public": _inside("_row", lambda game, viewer: 0 if viewer == "public" else game.atlas.countries.index(viewer)),
    "all changes of figures": _inside("_move_shown", lambda move, row: move),
    "an empty change of figures": _inside("tell", _told_empty),
    "a silence in place of an offer": _inside("tell", _told_of_silence),
    "who else is a witness": _inside("_blanked", lambda record: record),
    "the seed": _viewed(_with_seed),
    "how many offers there are": _viewed(_with_count),
    "the first news of the future": _viewed(_with_length_of_news),
    "an order that follows the hidden": _viewed(_with_order),
    "who has voted": _viewed(_with_ballots),
    "the greatest of the others' beliefs": _viewed(_with_mean),
    "names of offers": _viewed(_with_names),
    "offers numbered through": _inside("propose", _numbered, commitments),
    "a limit counted over the hidden": _inside("propose", _crowded, commitments),
    "a refusal that knows of an offer": _inside("find_offer", _telling, commitments),
    "a refusal that knows of a commitment": _inside("renounce", _admitting, departures),
}
