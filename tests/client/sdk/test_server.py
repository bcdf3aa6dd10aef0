"""The SDK against the real server: lobby, seats, bots, and a server that is killed while orders are given."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from client.arena import play
from client.bots.random_legal import RandomLegal
from client.sdk import Backoff, Lobby, LobbyRefused, OrderRefused, Seat, SeatLost, run_bot
from rules.events import SeatDone
from rules.orders import Declare, Done, Propose
from rules.sequence import Recorded
from rules.vocabulary import GiveAid, Terms
from rules.wire import logbook
from rules.wire.codec import JSON, SUBPROTOCOLS, Subprotocol
from scenarios.loader import load
from scenarios.opening import opening
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.settings import Settings
from server.web.app import serve
from tests.patience import PATIENCE_S, until

ROOT = Path(__file__).resolve().parents[3]
SEED = "seven"
QUICK = Backoff(base_s=0.05, cap_s=0.2, patience_s=PATIENCE_S)


@asynccontextmanager
async def lobby_of_a_server() -> AsyncIterator[Lobby]:
    """A server in this process, with its log in memory, and its lobby."""
    log = MemoryLog(lambda: time.time_ns() // 1_000_000)
    async with serve(Settings(), log, MemoryShelf()) as address, Lobby(address.url) as lobby:
        yield lobby


async def entries_of(lobby: Lobby, session: str, control: str) -> tuple[logbook.Head, tuple[Recorded, ...]]:
    """The log of a session, checked line by line."""
    head, entries, _ = logbook.read([line async for line in lobby.log(session, control)])
    return head, entries


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
def test_bots_over_sockets_play_the_game_of_the_arena(subprotocol: Subprotocol) -> None:
    """Every seat held by a bot: the server's log is the arena's, entry for entry."""
    scenario = load("tiny")
    seats = opening(scenario, "seed").atlas.countries
    expected = play(opening(scenario, "seed"), {seat: RandomLegal(SEED) for seat in seats})

    async def one(lobby: Lobby, session: str, country: str) -> int:
        token = await lobby.claim(session, country)
        async with lobby.seat(session, token, subprotocol=subprotocol, backoff=QUICK) as seat:
            played = await run_bot(seat, RandomLegal(SEED))
            assert played.refusals == []
            return len(played.receipts)

    async def run() -> tuple[Recorded, ...]:
        async with lobby_of_a_server() as lobby, asyncio.timeout(PATIENCE_S):
            made = await lobby.make("tiny", "rounds", seed="seed")
            playing = [asyncio.create_task(one(lobby, made.session, seat)) for seat in seats]
            await until_claimed(lobby, made.session)
            assert await lobby.control(made.session, made.control_token, "start") is None
            receipts = await asyncio.gather(*playing)
            assert len(set(receipts)) == 1
            return (await entries_of(lobby, made.session, made.control_token))[1]

    assert asyncio.run(run()) == expected.entries


async def until_claimed(lobby: Lobby, session: str) -> None:
    """Wait until every seat is taken."""
    async with asyncio.timeout(PATIENCE_S):
        while not all(seat.claimed for seat in (await lobby.state(session)).seats):  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(0.01)


def test_the_lobby() -> None:
    """Everything that it offers, and how it says no."""

    async def run() -> None:
        async with lobby_of_a_server() as lobby:
            assert "tiny" in [card.scenario for card in await lobby.scenarios()]
            made = await lobby.make("tiny", parameters={"growth": 0.01}, open_seats=False)
            assert [card.session for card in await lobby.sessions()] == [made.session]
            state = await lobby.state(made.session)
            assert (state.pace, state.status, state.parked) == ("live", "lobby", False)
            country = state.seats[0].country
            with pytest.raises(LobbyRefused) as caught:
                await lobby.claim(made.session, country)
            assert caught.value.status in (401, 403, 409)
            assert caught.value.code
            assert caught.value.sentence
            token = await lobby.claim(made.session, country, made.control_token)
            await lobby.control(made.session, made.control_token, "start")
            await lobby.control(made.session, made.control_token, "pause", reason="Tea.")
            assert (await lobby.state(made.session)).status == "paused"
            await lobby.control(made.session, made.control_token, "resume")
            await lobby.control(made.session, made.control_token, "extend", seconds=60)
            await lobby.control(made.session, made.control_token, "force")
            head, entries = await entries_of(lobby, made.session, made.control_token)
            assert head.parameters["growth"] == 0.01
            assert [entry.order.act.kind for entry in entries] == ["start", "pause", "resume", "extend", "advance"]
            async with lobby.seat(made.session, token, backoff=QUICK) as seat:
                await lobby.revoke(made.session, country, made.control_token)
                with pytest.raises(SeatLost, match="token"):
                    await _until_lost(seat)
            with pytest.raises(LobbyRefused):
                _ = [line async for line in lobby.log(made.session, token)]
        with pytest.raises(RuntimeError):
            await Lobby("http://127.0.0.1:1").scenarios()

    asyncio.run(run())


async def _until_lost(seat: Seat) -> None:
    async with asyncio.timeout(PATIENCE_S):
        async for _ in seat.sights():
            pass


def test_a_live_order_is_told_to_others_and_its_refusal_to_nobody() -> None:
    """Two seats and the public screen at one live session."""

    async def run() -> None:
        async with lobby_of_a_server() as lobby, asyncio.timeout(PATIENCE_S):
            made = await lobby.make("tiny")
            names = [seat.country for seat in (await lobby.state(made.session)).seats][:2]
            tokens = [await lobby.claim(made.session, name) for name in names]
            await lobby.control(made.session, made.control_token, "start")
            await lobby.control(made.session, made.control_token, "force")  # from briefing to negotiation
            async with (
                lobby.seat(made.session, tokens[0], backoff=QUICK) as one,
                lobby.seat(made.session, tokens[1], subprotocol=JSON, backoff=QUICK) as two,
                lobby.seat(made.session, made.public_token, backoff=QUICK) as public,
            ):
                with pytest.raises(OrderRefused, match="draft/unknown"):
                    await one.submit(Declare(draft="none", choice="yes"))
                await one.submit(Done())
                for seat in (one, two, public):
                    async for _, event in seat.events():
                        if event == SeatDone(country=names[0]):
                            break
                with pytest.raises(OrderRefused, match="cannot-act"):
                    await public.submit(Done())
                with pytest.raises(OrderRefused, match="pace"):
                    await one.envelope([Done()])
                assert (await two.view(fresh=True)).moment.done == (names[0],)

    asyncio.run(run())


# ---- a server that is killed ----------------------------------------------------------------------------


@contextmanager
def server_process(data: Path, port: int) -> Iterator[str]:
    """``unipole serve`` in a process of its own, and its address; at the end it is killed."""
    words = [sys.executable, "-m", "server", "serve", "--port", str(port), "--data", str(data)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None, "it was asked for"
            line = next((line for line in process.stdout if "http://" in line), "")
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, f"the server says: {line!r}"
            yield found[0]
        finally:
            process.kill()


class Offers:
    """Offers of one seat, given all at once, and what became of each: True for acknowledged."""

    def __init__(self, seat: Seat, partners: tuple[str, ...]) -> None:
        self.answers: dict[str, bool] = {}
        self._seat = seat
        self._partners = partners
        self._tasks: list[asyncio.Task[None]] = []

    def give(self, count: int) -> None:
        """Give some more."""
        first = len(self._tasks)
        self._tasks += [asyncio.create_task(self._one(number)) for number in range(first, first + count)]

    async def settled(self) -> None:
        """All of them have an answer."""
        await asyncio.wait_for(asyncio.gather(*self._tasks), PATIENCE_S)

    async def _one(self, number: int) -> None:
        me, partner = self._seat.viewer, self._partners[number % len(self._partners)]
        pledge = GiveAid(debtor=me, since=1, until=2, to=partner, amount=float(number))
        name = f"offer-{number}"
        try:
            await self._seat.submit(Propose(terms=Terms(parties=(me, partner), clauses=(pledge,)), until=2), name)
        except OrderRefused:
            self.answers[name] = False
        else:
            self.answers[name] = True


def test_orders_survive_a_killed_server(tmp_path: Path) -> None:
    """Killed twice in the middle of orders: what was acknowledged is in the log once, what was refused is not."""
    me, *partners = opening(load("tiny"), "seed").atlas.countries

    async def negotiating(url: str) -> tuple[str, str, str]:
        async with Lobby(url) as lobby:
            made = await lobby.make("tiny", seed="seed")
            token = await lobby.claim(made.session, me)
            await lobby.control(made.session, made.control_token, "start")
            await lobby.control(made.session, made.control_token, "force")
            return made.session, made.control_token, token

    async def run() -> None:
        async with AsyncExitStack() as stack:
            with server_process(tmp_path, 0) as url:
                session, control, token = await negotiating(url)
                seat = await stack.enter_async_context(Lobby(url).seat(session, token, backoff=QUICK))
                offers = Offers(seat, tuple(partners))
                offers.give(30)
                await until(lambda: len(offers.answers) > 0)
            with server_process(tmp_path, int(url.rpartition(":")[2])):
                offers.give(30)
                await until(lambda: seat.connections > 1)
            with server_process(tmp_path, int(url.rpartition(":")[2])):
                await offers.settled()
                async with Lobby(url) as lobby:
                    _, entries = await entries_of(lobby, session, control)
        logged = [entry.order.id.partition(":")[2] for entry in entries if entry.order.author == me]
        assert len(logged) == len(set(logged)) > 0
        assert set(logged) == {name for name, accepted in offers.answers.items() if accepted}
        assert len(offers.answers) == 60

    asyncio.run(run())
