"""Bots for seats that nobody holds, in live play, and for seats that control gave to a bot: they act as every seat does, by orders.

They leave when a person takes the seat, or when control gives it back.

A bot speaks when a step opens, again when a person makes it an offer, and says that it is done once every person is.  Without any person
the clock alone moves a session on, so that none runs away before its class has come.  Its orders have ids made of the step, so two
processes that play the same seat do no harm: the log takes each id once.  They are for that step alone: should it close meanwhile, the
session has heard the bot out by itself (``server.sessions.courtesy``), and what comes late is refused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from client.bots.payoff_bot import PayoffBot
from rules.orders import Act, Done, Order, Reject, Sign
from rules.state import View
from rules.turn import open_acts
from rules.view import view
from rules.wire.frames import Envelope, OutKinds
from server.desk.bureau import Bureau
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.sessions.courtesy import of_step
from server.sessions.hall import Hall
from server.sessions.history import step_key
from server.sessions.requests import Enclosed, Ordered
from server.sessions.session import Session
from server.sessions.tokens import Tokens

_journal = logging.getLogger(__name__)
LOOK_S = 0.5
SILENT_S = 3.0
BY_BOT = ":bot:"
"""In the ids of their orders."""


@dataclass(slots=True)
class _Step:
    """What the bots of a session did in its open step: who spoke, who wanted nothing, which offers they read, how many orders they gave."""

    key: str
    clock: str
    spoke: set[str] = field(default_factory=set)
    idle: set[str] = field(default_factory=set)
    read: set[tuple[str, str]] = field(default_factory=set)
    orders: int = 0
    since_s: float = field(default_factory=lambda: asyncio.get_running_loop().time())


class Company:
    """The bots of one process."""

    def __init__(self, hall: Hall, tokens: Tokens, bureau: Bureau) -> None:
        self._hall = hall
        self._tokens = tokens
        self._bureau = bureau
        self._steps: WeakKeyDictionary[Session, _Step] = WeakKeyDictionary()

    async def run(self) -> None:
        """Play until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            for session_id, room in self._hall:
                if room.session.plan.bots or room.session.history.game.moment.stand_ins:
                    try:
                        if not room.session.dozes or await self._is_left_alone(room.session):
                            await self.play(room.session)
                    except LogUnavailable:
                        continue  # the session says so by itself
                    except Exception as error:  # noqa: BLE001 - a bot that fails must not stop those of other sessions
                        _journal.error("the bots of %s failed: %s", session_id, place_of(error))

    async def _is_left_alone(self, session: Session) -> bool:
        """Whether the bots of a session are silent in the process that has it, for long."""
        step = self._step(session)
        if asyncio.get_running_loop().time() - step.since_s < SILENT_S:
            return False
        await session.refresh()
        return self._step(session) is step and not any(BY_BOT in entry.order.id for entry in of_step(session.history.entries))

    async def play(self, session: Session) -> None:
        """Do what is to be done in the open step of one session."""
        game = session.history.game
        held = await self._tokens.valid(session.plan.session_id)
        empty = [country for country in game.atlas.countries if session.is_played_by_bot(country, held)]
        waiting = [country for country in empty if country not in game.moment.done]
        session.note_filled(country for country in game.atlas.countries if session.plan.bots and country not in held)
        if not open_acts(game) or not waiting:
            return
        step = self._step(session)
        there = [country for country in game.atlas.countries if country not in session.away]
        people = [country for country in there if country in held and country not in empty]
        people_done = bool(people) and all(country in game.moment.done for country in people)
        views = {country: view(game, country) for country in waiting}
        if session.plan.pace == "rounds":
            await self._enclose(session, step, views)
            return
        silent = [country for country in waiting if country not in step.spoke]
        asked = {country: _unread(views[country], step, empty) for country in waiting if country in step.spoke}
        thinking = [*silent, *(country for country, offers in asked.items() if offers)]
        chosen = await self._chosen(session, [views[country] for country in thinking])
        for country, acts in zip(thinking, chosen, strict=True):
            news = asked.get(country)
            step.spoke.add(country)
            step.read |= {(country, offer.id) for offer in views[country].offers}
            step.idle |= set() if acts else {country}
            for act in acts if news is None else _answers(acts, news):
                self._give(session, step, country, act)
        session.note_idle(step.key, step.idle)
        if people_done:
            for country in waiting:
                self._give(session, step, country, Done())

    async def _enclose(self, session: Session, step: _Step, views: Mapping[str, View]) -> None:
        """In rounds: an envelope for each seat that has not handed one in."""
        silent = [country for country in views if country not in step.spoke]
        opened = session.step
        chosen = await self._chosen(session, [views[country] for country in silent])
        for country, acts in zip(silent, chosen, strict=True):
            step.spoke.add(country)
            session.ask(Enclosed(country, Envelope(step=opened, acts=acts), _unheard))

    def _step(self, session: Session) -> _Step:
        key = step_key(session.step)
        known = self._steps.get(session)
        if known is None or known.key != key:
            known = self._steps[session] = _Step(key, session.step)
        return known

    async def _chosen(self, session: Session, views: Sequence[View]) -> Sequence[tuple[Act, ...]]:
        if not views:
            return ()
        bots = [PayoffBot(seed=f"{session.plan.session_id}:{sight.viewer}") for sight in views]
        return await self._bureau.thought(lambda: PayoffBot.choose_together(bots, views))

    def _give(self, session: Session, step: _Step, country: str, act: Act) -> None:
        middle = step.key.removeprefix("clock:")
        number, step.orders = step.orders, step.orders + 1
        order_id = f"{country}{BY_BOT}{middle}:{'done' if isinstance(act, Done) else number}"
        session.ask(Ordered(Order(id=order_id, author=country, act=act), order_id, _unheard, step.clock))


def _unread(sight: View, step: _Step, bots: Iterable[str]) -> frozenset[str]:
    """Offers of people that a bot has not thought over yet."""
    return frozenset(offer.id for offer in sight.offers if offer.author not in bots and (sight.viewer, offer.id) not in step.read)


def _answers(acts: Iterable[Act], offers: frozenset[str]) -> list[Act]:
    """The answers to these offers, and nothing that was said already."""
    return [act for act in acts if isinstance(act, Sign | Reject) and act.offer in offers]


def _unheard(frame: OutKinds) -> None:
    """A bot takes a refusal as a person would who shrugs: the game has moved on."""
    _journal.debug("a bot was answered: %s", frame.type)
