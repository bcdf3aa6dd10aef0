"""Desks and stories of sessions on demand, made once a viewer, language and version however many devices ask.

What takes a while (a menu among 26 states takes some tens of milliseconds) is thought over in one thread beside the loop, so that orders
and clocks never wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

from client.bots.board import Board
from client.bots.payoff_bot import PayoffBot
from rules.orders import Act, SeatAct
from rules.state import Game, View
from rules.view import view
from server.desk.laying import lay_out
from server.desk.ledger import inherited, ledger
from server.desk.papers import Desk, DeskNow, Ledger, Story, Why
from server.desk.preview import Preview, preview
from server.desk.story import Teller
from server.desk.weighing import weigh
from server.desk.weights import Weighing
from server.desk.whys import why
from server.narrate.language import Language, language
from server.sessions.session import Session
from server.sessions.steps import Envelopes
from server.sessions.substitutes import given_by_bots

T = TypeVar("T")


@dataclass(slots=True)
class _Drawer:
    """What was made for one session."""

    tellers: dict[tuple[str, Language], Teller] = field(default_factory=dict)
    desks: dict[tuple[str, Language], tuple[int, asyncio.Future[Desk]]] = field(default_factory=dict)
    board: tuple[int, Board] | None = None  # what desks of one version found out in public

    def board_of(self, version: int, shown: View) -> Board:
        """The board that all desks of a version share."""
        if self.board is None or self.board[0] != version:
            self.board = version, Board(shown)
        return self.board[1]


class Bureau:
    """The desks of one process."""

    def __init__(self) -> None:
        self._drawers: WeakKeyDictionary[Session, _Drawer] = WeakKeyDictionary()
        self._thinker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def desk(self, session: Session, viewer: str) -> DeskNow:
        """The desk of a viewer now."""
        drawer = self._drawers.setdefault(session, _Drawer())
        version, history = session.history.version, session.history
        reader = viewer, language()
        kept = drawer.desks.get(reader)
        if kept is None or kept[0] != version or kept[1].cancelled():
            shown = view(history.game, viewer)
            board, old, given = drawer.board_of(version, shown), inherited(history.opening), given_by_bots(history.entries, viewer)
            kept = version, asyncio.ensure_future(self.thought(lambda: lay_out(shown, board, old, given)))
            drawer.desks[reader] = kept
        total, due_ms = history.total(viewer), session.due_in_ms()
        return DeskNow(total=total, due_in_ms=due_ms, desk=await asyncio.shield(kept[1]))

    def story(self, session: Session, viewer: str, since: int) -> Story:
        """What a viewer was told after event ``since``."""
        drawer = self._drawers.setdefault(session, _Drawer())
        reader = viewer, language()
        if reader not in drawer.tellers:
            drawer.tellers[reader] = Teller(session.history.opening, viewer)
        teller = drawer.tellers[reader]
        teller.read_on(session.history.entries)
        return teller.story(since)

    async def why(self, session: Session, viewer: str, number: int) -> Why | None:
        """Why something that a viewer was told happened."""
        opening, entries = session.history.opening, tuple(session.history.entries)
        return await self.thought(lambda: why(opening, entries, viewer, number))

    async def ledger(self, session: Session, viewer: str) -> Ledger:
        """The promises that a viewer knows of."""
        game = session.history.game
        return await self.thought(lambda: ledger(game, viewer))

    async def weigh(self, session: Session, viewer: str, acts: tuple[SeatAct, ...]) -> Weighing:
        """Acts weighed before they are sent."""
        game = session.history.game
        shown = view(game, viewer)
        return await self.thought(lambda: weigh(game, shown, acts))

    async def preview(self, session: Session, envelopes: Envelopes, times: int) -> Preview:
        """What may come of the open step with the acts that are in."""
        game, step = session.history.game, session.step
        return await self.thought(lambda: preview(game, step, envelopes, times))

    async def stand_in(self, session_id: str, game: Game, seats: Sequence[str]) -> dict[str, tuple[Act, ...]]:
        """What a bot would do in each of some seats."""
        bots = [PayoffBot(seed=f"{session_id}:{country}") for country in seats]
        shown = [view(game, country) for country in seats]
        return dict(zip(seats, await self.thought(lambda: PayoffBot.choose_together(bots, shown)), strict=True))

    async def thought(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, thought over beside the loop, in the language of whoever asked."""
        return await asyncio.get_running_loop().run_in_executor(self._thinker, copy_context().run, work)

    def close(self) -> None:
        """Take no more work."""
        self._thinker.shutdown(wait=False, cancel_futures=True)

