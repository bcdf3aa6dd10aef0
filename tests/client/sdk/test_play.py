"""Bots at seats: one envelope for each step they can act in, until the end."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field

import pytest

from client.sdk import Played, Seat, SeatLost, connect, run_bot
from rules.orders import Act, Done, Reject
from rules.state import View
from tests.client.sdk.peer import SESSION, TOKEN, Peer
from tests.client.sdk.socket_peer import SocketPeer, listening
from tests.client.sdk.test_seat import QUICK
from tests.patience import PATIENCE_S, until

TURNS = 6


@dataclass
class Counting:
    """A bot that notes what it was asked, and in which thread."""

    turns: list[int] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def choose(self, view: View) -> tuple[Act, ...]:
        """Two acts a step."""
        self.turns.append(view.moment.turn)
        self.threads.add(threading.current_thread().name)
        return (Reject(offer=f"turn-{view.moment.turn}"), Done())


class Broken(Counting):
    """A bot that fails in its third step."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """Fail."""
        if view.moment.turn > 2:
            raise ZeroDivisionError
        return super().choose(view)


async def umpire(server: SocketPeer, faults: str) -> None:
    """Close each step when the envelope is in; at times cut, restart or extend before."""
    for turn in range(TURNS):
        await until(lambda: server.peer.envelope is not None)
        fault = faults[turn % len(faults)]
        if fault == "c":
            server.cut()
        elif fault == "r":
            await server.stop()
            await server.start()
        elif fault == "e":
            server.peer.extend()
            await server.tell()
        await server.close_step()


def game(bot: Counting, faults: str = "-", *, threaded: bool = False) -> tuple[Played, Peer]:
    """Play a session to its end."""

    async def run() -> tuple[Played, Peer]:
        async with listening(Peer("rounds", TURNS)) as server, asyncio.timeout(PATIENCE_S):
            async with connect(server.url, SESSION, TOKEN, backoff=QUICK) as seat:
                referee = asyncio.create_task(umpire(server, faults))
                try:
                    played = await run_bot(seat, bot, threaded=threaded)
                finally:
                    referee.cancel()
            return played, server.peer

    return asyncio.run(run())


@pytest.mark.parametrize("faults", ["-", "c", "r", "e", "-cre"])
def test_a_bot_answers_each_step_once(faults: str) -> None:
    """Whatever happens to connections and deadlines: one choice, one envelope, one receipt a step."""
    bot = Counting()
    played, peer = game(bot, faults)
    assert bot.turns == list(range(1, TURNS + 1))
    assert [act for _, act in peer.log] == [a for t in bot.turns for a in (Reject(offer=f"turn-{t}"), Done())]
    assert len(played.receipts) == TURNS
    assert played.refusals == []


def test_a_bot_may_think_in_a_thread() -> None:
    """A slow bot need not stop the loop."""
    bot = Counting()
    game(bot, threaded=True)
    assert threading.main_thread().name not in bot.threads


@pytest.mark.parametrize("threaded", [False, True])
def test_a_broken_bot_is_heard_of(*, threaded: bool) -> None:
    """Its own exception comes out, not a group of them."""
    with pytest.raises(ZeroDivisionError):
        game(Broken(), threaded=threaded)


def test_a_bot_that_loses_its_seat_stops() -> None:
    """The seat is left while the bot plays."""

    async def run() -> None:
        async with listening(Peer("rounds", TURNS)) as server:
            async with connect(server.url, SESSION, TOKEN, backoff=QUICK) as seat:
                playing = asyncio.create_task(_played(seat))
                await until(lambda: server.peer.envelope is not None)
            with pytest.raises(SeatLost):
                await playing

    asyncio.run(run())


async def _played(seat: Seat) -> Played:
    return await run_bot(seat, Counting())
