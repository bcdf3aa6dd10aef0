"""From what control asks over HTTP to orders of the game, and what lies before control."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import assert_never

from rules import events as ev
from rules.orders import CONTROL, Act, Advance, Extend, Inject, Order, Override, Pause, Reseat, Resume, Start, Undo
from rules.past import LOBBY, steps
from rules.sequence import closing
from rules.standing import Standing
from rules.state import Game, Moment, World
from rules.turn import clock_id, seconds, seconds_after
from rules.umpire.control import DERIVED, LIMITS, UNIT, axes, figure_of, names_on
from server.sessions.history import History, step_key
from server.sessions.roles import order_name
from server.sessions.session import Session
from server.sessions.tokens import Proven
from server.web import forms

VOIDING = (forms.ReplaceAct, forms.KickAct)
"""Acts that may void the tokens of a seat."""


def order_of(wish: forms.Ordering, game: Game, by: Proven | None) -> Order | None:
    """The order that an act of control comes to, with an ``id`` the same one however often it is sent; None if it is done already.

    Who gives it stands in its id, unless it is to be the same order whoever does.
    """
    if isinstance(wish, forms.ForceAct) and wish.step is not None and step_key(wish.step) != step_key(clock_id(game.moment)):
        return None
    if isinstance(wish, forms.StartAct):
        if game.moment.status in ("running", "paused"):
            return None
        branch = game.moment.branch
        name = f"start:{branch}" if branch else "start"
        return Order(id=_named(name, by), author=CONTROL, act=Start(practice=wish.practice))
    name = wish.id or secrets.token_hex(8)
    return Order(id=_named(name, by), author=CONTROL, act=_act(wish, game))


def has_closed(wish: forms.Ordering, order: Order, history: History) -> bool:
    """Whether this act, which names no step, has closed one under this id.  Of an id that was another act's, the session says so itself."""
    if not isinstance(wish, forms.ForceAct) or wish.step is not None or order.id not in history.digests:
        return False
    return any(entry.order.id == order.id and isinstance(entry.order.act, Advance) for entry in history.entries)


def _named(name: str, by: Proven | None) -> str:
    return order_name("", "", name) if by is None else order_name(by.viewer, by.device, name)


def given_to_people(country: str, by: Proven) -> Order:
    """The order that comes before control gives a bot's seat to somebody."""
    act = Reseat(country=country, holder="person", reason="control gave the seat to a person")
    return Order(id=order_name(by.viewer, by.device, secrets.token_hex(8)), author=CONTROL, act=act)


def _act(wish: forms.Ordering, game: Game) -> Act:
    match wish:
        case forms.StartAct() | forms.PauseAct() | forms.ResumeAct() | forms.ExtendAct() | forms.ForceAct():
            return _clock_act(wish, game)
        case forms.UndoAct():
            return _undo(wish, game)
        case forms.OverrideAct():
            return Override(figure=wish.figure, at=wish.at, value=wish.value, reason=wish.reason)
        case forms.InjectAct():
            return Inject(text=wish.text, to=wish.to, turn=wish.turn, reason=wish.reason)
        case forms.BroadcastAct():
            return Inject(text=wish.text, to=wish.to, voice="control", reason=wish.reason)
        case forms.ReplaceAct():
            return Reseat(country=wish.country, holder=wish.by, reason=wish.reason)
        case forms.KickAct():
            return Reseat(country=wish.country, holder="nobody", reason=wish.reason)
        case _:
            assert_never(wish)


def _clock_act(wish: forms.StartAct | forms.PauseAct | forms.ResumeAct | forms.ExtendAct | forms.ForceAct, game: Game) -> Act:
    match wish:
        case forms.StartAct():
            return Start(practice=wish.practice)
        case forms.PauseAct():
            return Pause(reason=wish.reason)
        case forms.ResumeAct():
            return Resume()
        case forms.ExtendAct():
            return Extend(seconds=wish.seconds)
        case forms.ForceAct():
            return closing(game.moment).act
        case _:
            assert_never(wish)


def _undo(wish: forms.UndoAct, game: Game) -> Undo:
    """Without a phase: to the first step of the turn."""
    if wish.turn == LOBBY:
        return Undo(turn=LOBBY, reason=wish.reason)
    if wish.phase is not None:
        return Undo(turn=wish.turn, phase=wish.phase, round=wish.round, reason=wish.reason)
    played = [place for place, _ in steps(game) if place[0] == wish.turn]
    _, phase, number = played[-1] if played else (wish.turn, "briefing", 1)
    return Undo(turn=wish.turn, phase=phase, round=number, reason=wish.reason)


def panel(session: Session, trouble: str | None, figure: str = "", at: tuple[str, ...] = ()) -> forms.Panel:
    """What lies before control, and one figure as it stands."""
    game = session.history.game
    events = (event for entry in session.history.entries for event in entry.events)
    figures = [figure for figure in World.__dataclass_fields__ if figure not in DERIVED]
    return forms.Panel(
        session=session.plan.session_id,
        status=game.moment.status,
        practice=game.moment.practice,
        left_seconds=_left(session),
        branch=game.moment.branch,
        trouble=trouble,
        steps=tuple(forms.StepBack(turn=turn, phase=phase, round=number) for (turn, phase, number), _ in steps(game)),
        planned=tuple(
            forms.PlannedNews(turn=item.turn, text=item.text, to=item.to, voice=item.voice)
            for item in game.planned
            if item.turn > game.moment.turn
        ),
        stand_ins=game.moment.stand_ins,
        set=_settings(game, events),
        settable=tuple(
            forms.Settable(figure=figure, places=tuple(tuple(names_on(game, axis)) for axis in axes(game, figure))) for figure in figures
        ),
        asked=_asked(game, figure, at) if figure in figures else None,
    )


def _asked(game: Game, figure: str, at: tuple[str, ...]) -> forms.FigureNow | None:
    names = [list(names_on(game, axis)) for axis in axes(game, figure)]
    if len(at) != len(names) or any(word not in known for word, known in zip(at, names, strict=True)):
        return None
    place = tuple(known.index(word) for word, known in zip(at, names, strict=True))
    low, high = LIMITS.get(figure, UNIT)
    return forms.FigureNow(figure=figure, at=at, value=figure_of(game, figure, place), low=low, high=high)


def _left(session: Session) -> int:
    game, due_ms = session.history.game, session.due_in_ms()
    if game.moment.status == "over":
        return 0
    here = seconds(game.atlas, game.moment) if due_ms is None else due_ms // 1000
    once_more = seconds_after(game.atlas, Moment()) // game.atlas.turns if game.moment.practice else 0
    return (here if game.moment.turn else 0) + seconds_after(game.atlas, game.moment) + once_more


def _settings(game: Game, events: Iterable[ev.EventKinds]) -> tuple[forms.Setting, ...]:
    """What was set and still stands: what was undone is not there."""
    standing, found = Standing[tuple[forms.Setting, ...]](()), tuple[forms.Setting, ...]()
    for event in events:
        found = standing.after(event, found)
        if isinstance(event, ev.Overridden):
            found = (*found, _setting(game, event))
    return found


def _setting(game: Game, event: ev.Overridden) -> forms.Setting:
    places = zip(axes(game, event.figure), event.at, strict=True)
    return forms.Setting(
        figure=event.figure,
        at=tuple(names_on(game, axis)[number] for axis, number in places),
        before=event.before,
        proposed=event.proposed,
        value=event.value,
        reason=event.reason,
    )
