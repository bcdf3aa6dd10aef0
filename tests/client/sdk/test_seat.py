"""A seat over real sockets: nothing is lost, doubled or invented when connections die."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from client.sdk import Backoff, OrderRefused, Seat, SeatLost, connect
from rules.events import EventKinds, NewsRead, Started
from rules.orders import Act, Declare, Done, Propose, Reject, Withdraw
from rules.vocabulary import Defend, Terms
from rules.wire.codec import JSON, MSGPACK, SUBPROTOCOLS, BadFrame, Subprotocol
from tests.client.sdk.peer import SEAT, SESSION, TOKEN, Peer
from tests.client.sdk.socket_peer import SocketPeer, listening
from tests.patience import PATIENCE_S, until

QUICK = Backoff(base_s=0.01, cap_s=0.05, patience_s=20.0)
Play = Callable[[SocketPeer, Seat], Awaitable[None]]


def at_a_seat(play: Play, peer: Peer | None = None, subprotocol: Subprotocol = MSGPACK) -> SocketPeer:
    """Run ``play`` with a listening peer and a seat at it; returns the peer."""

    async def run() -> SocketPeer:
        async with listening(peer) as server:
            async with connect(
                server.url, SESSION, TOKEN, subprotocol=subprotocol, backoff=QUICK
            ) as seat, asyncio.timeout(PATIENCE_S):
                await play(server, seat)
            return server

    return asyncio.run(run())


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
def test_an_order_is_acknowledged_told_and_seen(subprotocol: Subprotocol) -> None:
    """The plain case, in both spellings."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        assert (seat.viewer, seat.welcome.pace, seat.connections) == (SEAT, "live", 1)
        assert (await seat.view()).moment.turn == 1
        name = await seat.submit(Reject(offer="x"))
        assert [order for order, _ in server.peer.log] == [name]
        told = [event async for _, event in _first(seat, 2)]
        assert told == [Started(), NewsRead(text=name)]
        assert seat.known == 2

    at_a_seat(play, subprotocol=subprotocol)


async def _first(seat: Seat, count: int) -> AsyncIterator[tuple[int, EventKinds]]:
    async for number, event in seat.events():
        yield number, event
        count -= 1
        if not count:
            return


def test_a_refused_order_raises_with_code_field_and_sentence() -> None:
    """The server's no is an exception that a program can act on."""

    async def play(_: SocketPeer, seat: Seat) -> None:
        with pytest.raises(OrderRefused) as caught:
            await seat.submit(Withdraw(draft="x"))
        assert (caught.value.code, caught.value.field) == ("draft/unknown", "act.draft")
        assert caught.value.sentence == "No draft."

    assert at_a_seat(play).peer.log == []


def test_an_id_means_one_act() -> None:
    """The same id with the same act is settled, with another it is refused."""

    async def play(_: SocketPeer, seat: Seat) -> None:
        assert await seat.submit(Done(), "mine") == "mine"
        assert await seat.submit(Done(), "mine") == "mine"
        with pytest.raises(OrderRefused, match="id-reused"):
            await seat.submit(Reject(offer="x"), "mine")

    assert len(at_a_seat(play).peer.log) == 1


def test_orders_survive_cut_connections() -> None:
    """Each answer may get lost after its order was taken: it is sent again and counted once."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        for number in range(10):
            server.swallow = number % 2
            await seat.submit(Reject(offer=f"o{number}"))
        assert seat.connections == 6

    acts = [act for _, act in at_a_seat(play).peer.log]
    assert acts == [Reject(offer=f"o{number}") for number in range(10)]


def test_a_killed_server_is_found_again() -> None:
    """Orders given and events that happen meanwhile arrive once the server is back."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        await seat.view()
        await server.stop()
        waiting = [asyncio.create_task(seat.submit(Reject(offer=f"o{k}"))) for k in range(30)]
        await asyncio.sleep(0.05)
        server.peer.happen("meanwhile")
        await server.start()
        names = await asyncio.gather(*waiting)
        assert sorted(names) == sorted(name for name, _ in server.peer.log)
        await until(lambda: seat.known == len(server.peer.events))
        numbers = [number async for number, _ in _first(seat, seat.known)]
        assert numbers == list(range(1, len(server.peer.events) + 1))

    at_a_seat(play)


def test_many_readers_each_at_their_own_place() -> None:
    """Every reader gets every event, wherever it starts; the readers end with the seat."""

    async def run() -> None:
        async with listening() as server:
            async with connect(server.url, SESSION, TOKEN, backoff=QUICK) as seat:
                readers = [asyncio.create_task(_all(seat, after)) for after in (None, 0, 2)]
                for number in range(5):
                    server.peer.happen(str(number))
                    await server.tell()
                    if number == 2:  # in the middle
                        server.cut()
                await until(lambda: seat.known == 6)
            assert [len(await reader) for reader in readers] == [6, 6, 4]

    asyncio.run(run())


async def _all(seat: Seat, after: int | None) -> list[int]:
    return [number async for number, _ in seat.events(after)]


def test_since_leaves_out_what_is_known() -> None:
    """A program that kept its events comes back for the rest alone."""

    async def run() -> None:
        async with listening() as server:
            for text in "abc":
                server.peer.happen(text)
            async with connect(server.url, SESSION, TOKEN, since=2, backoff=QUICK) as seat:
                assert [number async for number, _ in _first(seat, 2)] == [3, 4]

    asyncio.run(run())


@pytest.mark.parametrize("fault", ["none", "cut", "extend", "restart"])
def test_an_envelope_gets_its_receipt_after_the_step(fault: str) -> None:
    """Also if the connection is cut, the deadline moves or the server restarts meanwhile."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        step = (await seat.sight()).step
        receipt = asyncio.create_task(seat.envelope([Done(), Reject(offer="x")]))
        await until(lambda: server.peer.envelope is not None)
        if fault == "cut":
            server.cut()
        elif fault == "restart":
            await server.stop()
        elif fault == "extend":
            server.peer.extend()
            await server.tell()
            await until(lambda: server.peer.envelope is not None and server.peer.envelope.step != step)
        await server.close_step()
        if fault == "restart":
            await server.start()
        assert len((await receipt).accepted) == 2
        assert (await receipt).step.startswith(step.rpartition(":")[0])

    log = at_a_seat(play, Peer("rounds")).peer.log
    assert [act for _, act in log] == [Done(), Reject(offer="x")]


def test_an_envelope_for_another_step_is_refused() -> None:
    """A whole envelope can be refused."""

    async def play(_: SocketPeer, seat: Seat) -> None:
        with pytest.raises(OrderRefused, match="step/not-open"):
            await seat.envelope([], "clock:0:99:orders:1:0")

    at_a_seat(play, Peer("rounds"))


def test_not_now_is_tried_again() -> None:
    """A busy server is asked again, with the same ids, until it answers."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        server.peer.busy = 3
        await seat.submit(Done())
        server.peer.busy = 2
        receipt = asyncio.create_task(seat.envelope([Done()]))
        await until(lambda: server.peer.envelope is not None)
        await server.close_step()
        await receipt
        assert seat.connections == 1

    assert len(at_a_seat(play).peer.log) == 2


def test_a_fresh_view_is_a_new_one() -> None:
    """``fresh`` asks; otherwise the last one will do."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        view = await seat.view()
        assert await seat.view() is view
        assert await seat.view(fresh=True) is not view
        server.swallow = 1
        assert (await seat.view(fresh=True)).viewer == SEAT
        assert seat.connections == 2

    at_a_seat(play)


def test_what_cannot_be_sent_is_not_waited_for() -> None:
    """Acts too long together, and ids that are none, are the caller's fault at once."""

    async def play(_: SocketPeer, seat: Seat) -> None:
        clause = Defend(debtor="USA", since=1, until=9)
        act: Act = Propose(terms=Terms(parties=("USA", "GBR"), clauses=(clause,) * 32), until=3)
        with pytest.raises(BadFrame):
            await seat.envelope([act] * 64)
        with pytest.raises(ValueError, match="pattern"):
            await seat.submit(Done(), "no id")
        await seat.submit(Declare(draft="d", choice="yes"))

    at_a_seat(play)


def lost(reason: str, token: str = TOKEN, **faults: object) -> None:
    """A seat that is never had, or lost after the welcome, for the reason that it gives, at one try."""

    async def hold(server: SocketPeer) -> None:
        async with connect(server.url, SESSION, token, subprotocol=JSON, backoff=QUICK) as seat:
            await _until_lost(seat)

    async def run() -> None:
        async with listening() as server:
            for name, value in faults.items():
                setattr(server, name, value)
            with pytest.raises(SeatLost, match=reason):
                await hold(server)
            assert server.greetings == 1

    asyncio.run(run())


async def _until_lost(seat: Seat) -> None:
    async with asyncio.timeout(PATIENCE_S):
        async for _ in seat.sights():
            pass


def test_what_ends_a_seat_for_good() -> None:
    """A refused token, close codes that would come again, and a server that speaks nonsense: no second try."""
    lost("token/refused", token="x" * 43)
    lost("too long", close_code=1009)
    lost("malformed", close_code=1007)
    lost("no frame", garbage="nonsense")
    lost("no frame", garbage=b"binary")


def test_who_waits_is_told_of_the_end() -> None:
    """Orders, envelopes and views in waiting raise when the seat is left or lost."""

    async def run() -> None:
        async with listening() as server:
            async with connect(server.url, SESSION, TOKEN, backoff=QUICK) as seat:
                await seat.view()
                await server.stop()
                waiting = [
                    asyncio.create_task(seat.submit(Done())),
                    asyncio.create_task(seat.envelope([Done()])),
                    asyncio.create_task(_until_lost(seat)),
                ]
                await asyncio.sleep(0.02)
            for task in waiting:
                with pytest.raises(SeatLost, match="left"):
                    await task
            for ask in (seat.submit(Done()), seat.envelope([]), seat.view(fresh=True)):
                with pytest.raises(SeatLost):
                    await ask
            await server.start()

    asyncio.run(run())


def test_patience_ends() -> None:
    """Nobody there for too long: the seat is lost, with the last reason."""

    async def run() -> None:
        async with listening() as server:
            url = server.url
        with pytest.raises(SeatLost, match="unreachable"):
            async with connect(url, SESSION, TOKEN, backoff=Backoff(0.01, 0.02, 0.1)):
                pass

    asyncio.run(run())


def test_a_server_of_another_protocol_is_not_asked_twice() -> None:
    """No common subprotocol is final, and so is an address that is none."""

    async def run() -> None:
        async with listening() as server:
            with pytest.raises(SeatLost):
                async with connect(
                    server.url, SESSION, TOKEN, subprotocol="unipole.v0", backoff=QUICK  # type: ignore[arg-type]  # wrong on purpose
                ):
                    pass
        with pytest.raises(SeatLost):
            async with connect("nonsense", SESSION, TOKEN, backoff=QUICK):
                pass

    asyncio.run(run())


def test_a_cancelled_wait_leaves_the_order_alone() -> None:
    """The order goes on; the same id asked again gets its answer."""

    async def play(server: SocketPeer, seat: Seat) -> None:
        await server.stop()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(seat.submit(Done(), "mine"), 0.02)
        await server.start()
        await seat.submit(Done(), "mine")
        assert [name for name, _ in server.peer.log] == ["mine"]

    at_a_seat(play)
