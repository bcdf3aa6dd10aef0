"""The arena: whole sessions in this process, without sockets, on the same rules and in the same order as on the server.

Many games can be played in lockstep: all views that wait for bots of one kind are handed over in one call, so that a bot may think about
them together (``client.bots.protocol.Panel``).  The log of a game is the same whether it is played alone or among others.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TypeGuard

from client.bots.protocol import Bot, Panel
from rules.orders import CONTROL, Act, Order, Start
from rules.sequence import Declined, Recorded, awaited, play_step, take
from rules.state import Game, View
from rules.view import views

START_ID = "control:start"
TOGETHER = 16
"""Games that step together unless the caller says otherwise: enough for arrays to pay, few enough for the memory of a small machine."""
SEATS_TOGETHER = 512
"""Seats of all games that step together: what each of them sees of all others is held at once, most of a gigabyte for 193 states."""

SWEEP_EVERY = (50_000, 20, 10)
"""How many objects are made before Python looks for cycles among them, while games are played.

A game is made of frozen records that hold each other in one direction, thousands of them a step: looking them through at Python's own pace
takes a fifth of the time of a game and finds almost nothing."""

Cast = Mapping[str, Bot]
"""Who plays which country of a game.  Seats without a bot hold."""

Watch = Callable[[int, Game, tuple[Recorded, ...]], None]
"""Called after each step with the game's number (from 0), the game and the step's entries."""


@dataclass(frozen=True, slots=True)
class Match:
    """A finished session: where it began and ended, its entries, and what was refused on the way (both empty if not kept)."""

    opening: Game
    game: Game
    entries: tuple[Recorded, ...]
    declined: tuple[Declined, ...]


@dataclass(slots=True)
class _Running:
    """A session on its way."""

    number: int
    opening: Game
    bots: Cast
    game: Game
    entries: list[Recorded] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)

    def match(self) -> Match:
        return Match(self.opening, self.game, tuple(self.entries), tuple(self.declined))


def play(opening: Game, bots: Cast, watch: Callable[[Game, tuple[Recorded, ...]], None] | None = None) -> Match:
    """Play one game to its end.  ``watch`` is called after each step with the game and the step's entries."""

    def told(_: int, game: Game, entries: tuple[Recorded, ...]) -> None:
        if watch is not None:
            watch(game, entries)

    return next(play_many((opening,), (bots,), watch=told))


def abreast(seats: int) -> int:
    """How many games of so many seats a process may play in lockstep."""
    return max(1, min(TOGETHER, SEATS_TOGETHER // seats))


def play_many(
    openings: Iterable[Game], casts: Iterable[Cast], *, together: int = TOGETHER, keep: bool = True, watch: Watch | None = None
) -> Iterator[Match]:
    """Play many games to their ends and give them in their order; a game that is under way is played on from where it stands.

    Openings and casts are taken as games begin, ``together`` at a time, and a match is forgotten once it is handed over, so any number of
    games needs the memory of a few.  With ``keep=False`` matches come without entries and refusals: what is wanted of them ``watch`` keeps.
    """
    waiting = enumerate(zip(openings, casts, strict=True))
    while batch := [_begun(k, *pair, watch, keep=keep) for k, pair in islice(waiting, together)]:
        with seldom_swept():
            _play_out(batch, watch, keep=keep)
        yield from (session.match() for session in batch)


def _play_out(going: list[_Running], watch: Watch | None, *, keep: bool) -> None:
    """Play some games in lockstep until the last has ended."""
    while going := [session for session in going if session.game.moment.status == "running"]:
        for session, envelopes in zip(going, _envelopes(going), strict=True):
            _step(session, envelopes, watch, keep=keep)


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Cycles of objects are looked for less often meanwhile; a caller who has a pace of its own above ours keeps it."""
    before = gc.get_threshold()
    if 0 < before[0] < SWEEP_EVERY[0]:
        gc.set_threshold(*SWEEP_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begun(number: int, opening: Game, bots: Cast, watch: Watch | None, *, keep: bool) -> _Running:
    if opening.moment.status != "lobby":  # a game that others began
        return _Running(number, opening, bots, opening)
    game, first = take(opening, Order(id=START_ID, author=CONTROL, act=Start()))
    if watch is not None:
        watch(number, game, (first,))
    return _Running(number, opening, bots, game, [first] if keep else [])


def _step(session: _Running, envelopes: Mapping[str, Sequence[Act]], watch: Watch | None, *, keep: bool) -> None:
    step = play_step(session.game, envelopes)
    session.game = step.game
    if keep:
        session.entries.extend(step.recorded)
        session.declined.extend(step.declined)
    if watch is not None:
        watch(session.number, step.game, step.recorded)


def _envelopes(going: Sequence[_Running]) -> list[dict[str, tuple[Act, ...]]]:
    """What the bots of each session send in the current step."""
    found: list[dict[str, tuple[Act, ...]]] = [{} for _ in going]
    panels: dict[type[Panel], list[tuple[int, str, Panel, View]]] = {}
    for place, session in enumerate(going):
        seats = [seat for seat in awaited(session.game) if seat in session.bots]
        for seat, sight in zip(seats, views(session.game, seats), strict=True):
            bot = session.bots[seat]
            found[place][seat] = ()  # keeps the order of the seats, whoever thinks first
            if _is_panel(bot):
                panels.setdefault(type(bot), []).append((place, seat, bot, sight))
            else:
                found[place][seat] = bot.choose(sight)
    for panel, asked in panels.items():
        chosen = panel.choose_together([item[2] for item in asked], [item[3] for item in asked])
        for (place, seat, _, _), acts in zip(asked, chosen, strict=True):
            found[place][seat] = acts
    return found


def _is_panel(bot: Bot) -> TypeGuard[Panel]:
    """Whether this bot is asked together with others of its class."""
    return _thinks_together(type(bot))


@cache
def _thinks_together(kind: type[Bot]) -> bool:
    """Found once a class: the check is slow."""
    return issubclass(kind, Panel)
