"""Bots for seats that nobody holds, in live play, and for seats that control gave to a bot: they act as every seat does, by orders.

They leave when a person takes the seat, or when control gives it back.

A bot speaks when a step opens, again when a person makes it an offer, and says that it is done once every person is.  Without any person
the clock alone moves a session on, so that none runs away before its class has come.  Its orders have ids made of the step, so two
processes that play the same seat do no harm: the log takes each id once.  They are for that step alone: should it close meanwhile, the
session has heard the bot out by itself (``server.sessions.substitutes``), and what comes late is refused.  What the log could not take is
given again, under the same id.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from weakref import WeakKeyDictionary

from client.bots.payoff_bot import PayoffBot
from rules.orders import Act, Done, Order, Reject, Sign
from rules.state import View
from rules.turn import open_acts
from rules.view import view
from rules.wire.frames import Envelope, OutKinds, Refusal
from server.desk.bureau import Bureau
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.reasons import Reason
from server.sessions.hall import Hall
from server.sessions.history import step_key
from server.sessions.requests import Enclosed, Ordered
from server.sessions.session import Session
from server.sessions.substitutes import bots_order, spoken
from server.sessions.tokens import Tokens

_journal = logging.getLogger(__name__)
LOOK_S = 0.5
SILENT_S = 3.0
LOST = (Reason.LOG, Reason.BUSY)
"""Answers after which the same is to be asked again."""


@dataclass(slots=True)
class _Step:
    """What the bots of a session did in its open step: how many orders who spoke gave, which offers they thought over, what got lost."""

    name: str
    spoke: Counter[str]
    read: set[tuple[str, str]] = field(default_factory=set)
    lost: list[Order] = field(default_factory=list)
    since_s: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    def orders(self, country: str, acts: Iterable[Act]) -> list[Order]:
        """The orders of a seat that speaks, numbered on."""
        orders = [bots_order(country, self.name, number, act) for number, act in enumerate(acts, self.spoke[country])]
        self.spoke[country] += len(orders)
        return orders


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
        return self._step(session) is step and not spoken(session.history.entries)

    async def play(self, session: Session) -> None:
        """Do what is to be done in the open step of one session."""
        game = session.history.game
        held = await self._tokens.valid(session.plan.session_id)
        empty = [country for country in game.atlas.countries if session.is_played_by_bot(country, held)]
        waiting = [country for country in empty if country not in game.moment.done]
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
        lost, step.lost = step.lost, []
        self._ask(session, step, [order for order in lost if order.author in waiting])
        silent = [country for country in waiting if country not in step.spoke]
        asked = {country: _unread(views[country], step, empty) for country in waiting if country in step.spoke}
        thinking = [*silent, *(country for country, offers in asked.items() if offers)]
        chosen = await self._chosen(session, [views[country] for country in thinking])
        for country, acts in zip(thinking, chosen, strict=True):
            news = asked.get(country)
            step.read |= {(country, offer.id) for offer in views[country].offers}
            orders = step.orders(country, acts if news is None else _answers(acts, news))
            session.note_spoken(step.name, country, orders)
            self._ask(session, step, orders)
        if people_done:
            self._ask(session, step, [bots_order(country, step.name, "done", Done()) for country in waiting])

    async def _enclose(self, session: Session, step: _Step, views: Mapping[str, View]) -> None:
        """In rounds: an envelope for each seat that has not handed one in."""
        silent = [country for country in views if country not in step.spoke]
        chosen = await self._chosen(session, [views[country] for country in silent])
        for country, acts in zip(silent, chosen, strict=True):
            session.note_spoken(step.name, country, step.orders(country, acts))
            session.ask(Enclosed(country, Envelope(step=step.name, acts=acts), partial(_reheard, step, country)))

    def _step(self, session: Session) -> _Step:
        known = self._steps.get(session)
        if known is None or step_key(known.name) != step_key(session.step):
            known = self._steps[session] = _Step(session.step, Counter(spoken(session.history.entries)))
        return known

    async def _chosen(self, session: Session, views: Sequence[View]) -> Sequence[tuple[Act, ...]]:
        if not views:
            return ()
        bots = [PayoffBot(seed=f"{session.plan.session_id}:{sight.viewer}") for sight in views]
        return await self._bureau.thought(lambda: PayoffBot.choose_together(bots, views))

    def _ask(self, session: Session, step: _Step, orders: Iterable[Order]) -> None:
        for order in orders:
            session.ask(Ordered(order, order.id, partial(_heard, step, order), step.name))


def _unread(sight: View, step: _Step, bots: Iterable[str]) -> frozenset[str]:
    """Offers of people that a bot has not thought over yet."""
    return frozenset(offer.id for offer in sight.offers if offer.author not in bots and (sight.viewer, offer.id) not in step.read)


def _answers(acts: Iterable[Act], offers: frozenset[str]) -> list[Act]:
    """The answers to these offers, and nothing that was said already."""
    return [act for act in acts if isinstance(act, Sign | Reject) and act.offer in offers]


def _heard(step: _Step, order: Order, frame: OutKinds) -> None:
    """A bot takes a refusal as a person would who shrugs: the game has moved on.  What may be lost it says again."""
    _journal.debug("a bot was answered: %s", frame.type)
    if isinstance(frame, Refusal) and frame.code in LOST:
        step.lost.append(order)


def _reheard(step: _Step, country: str, frame: OutKinds) -> None:
    """An envelope that may be lost is handed in anew."""
    _journal.debug("a bot was answered: %s", frame.type)
    if isinstance(frame, Refusal) and frame.code in LOST:
        del step.spoke[country]
