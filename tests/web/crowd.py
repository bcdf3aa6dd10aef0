"""People who play by the library, beside those with browsers: each holds a seat, alone or with others, and acts when it is asked to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from client.sdk import Lobby, OrderRefused, Seat
from rules.legal import legal_of_kind
from rules.orders import Act, Budget, NoteMotive, Propose, Sign, Vote
from rules.state import View
from rules.vocabulary import GiveAid, Terms
from tests.patience import PATIENCE_S

T = TypeVar("T")
SECRET_BN = 0.01357
"""An amount that stands in one secret agreement and nowhere else."""


@dataclass
class Player:
    """One of the crowd, with the orders that the server took."""

    seat: Seat
    taken: list[str] = field(default_factory=list)

    async def act(self) -> None:
        """Do one thing that the open step asks for, and remember its number."""
        view = await self.seat.view(fresh=True)
        for act in _acts(view):
            with suppress(OrderRefused):  # a partner at the same seat was quicker with the same text
                self.taken.append(await self.seat.submit(act))


def _acts(view: View) -> Sequence[Act]:
    """A note in the first round of talks, a text from the unipole; a ballot on what lies on the table; a budget."""
    match view.moment.phase, view.moment.round:
        case "negotiation", 1:
            drafts = legal_of_kind(view, "table") if view.viewer == view.atlas.unipole else ()
            return [NoteMotive(motive="habit"), *drafts[:1]]
        case "assembly", 2:
            ballots = (act for act in legal_of_kind(view, "vote") if isinstance(act, Vote))
            return [act for act in ballots if act.choice == "abstain" and act.because is None][:1]
        case "orders", 1:
            return [Budget(guns=float(view.world.guns[view.me]))]
        case _:
            return ()


class Crowd:
    """Players on one server, in a thread of their own."""

    def __init__(self, url: str, session: str) -> None:
        self._url, self._session = url, session
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="crowd")
        self._stack = AsyncExitStack()
        self.players: list[Player] = []

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave all seats."""
        self._done(self._stack.aclose)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def sit(self, tokens: Sequence[str]) -> None:
        """Take these seats, one player a token."""

        async def all_() -> None:
            lobby = await self._stack.enter_async_context(Lobby(self._url))
            for token in tokens:
                self.players.append(Player(await self._stack.enter_async_context(lobby.seat(self._session, token))))

        self._done(all_)

    def act(self) -> None:
        """Let everybody act at once."""

        async def all_() -> None:
            await asyncio.gather(*(player.act() for player in self.players))

        self._done(all_)

    def deal_in_secret(self) -> None:
        """The first two agree on a payment that nobody else may know of."""

        async def both() -> None:
            payer, paid = self.players[:2]
            view = await payer.seat.view(fresh=True)
            turn, to = view.moment.turn, (await paid.seat.view(fresh=True)).viewer
            clause = GiveAid(debtor=view.viewer, since=turn, until=turn, to=to, amount=SECRET_BN)
            terms = Terms(parties=(view.viewer, to), clauses=(clause,), secret=True)
            payer.taken.append(await payer.seat.submit(Propose(terms=terms, until=turn)))
            (offer,) = [one for one in (await paid.seat.view(fresh=True)).offers if one.terms == terms]
            paid.taken.append(await paid.seat.submit(Sign(offer=offer.id)))

        self._done(both)

    def _done(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work(), self._loop)
        return future.result(PATIENCE_S)
