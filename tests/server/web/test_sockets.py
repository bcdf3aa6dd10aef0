"""Real sockets: hello, orders, gaps, several devices, slow readers, and every close code."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from rules import orders as o
from rules.wire import frames as f
from rules.wire.codec import SUBPROTOCOLS
from rules.wire.views import unpack_view
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.reasons import CloseCode, Reason
from server.sessions.hall import Room
from server.settings import Limits, Settings
from server.web.lobby import Lobby
from server.web.outbox import Outbox, Source
from tests.patience import PATIENCE_S
from tests.server.site import JSON, MSGPACK, Client, dial, site
from tests.server.stage import SEATS, TABLED


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
def test_welcome_events_view_in_this_order(subprotocol: str) -> None:
    """A whole view first, later ones without what never changes; Look brings a whole one."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            client = await here.client("ARD", subprotocol=subprotocol)
            told = await client.receive()
            assert isinstance(told, f.Told)
            assert told.first == 1
            seen = await client.receive()
            assert isinstance(seen, f.Seen)
            assert seen.total == len(told.events)
            view = unpack_view(seen.view)
            assert (view.viewer, view.moment.phase) == ("ARD", "briefing")
            await here.control(act="force")
            later = await client.until(f.Seen)
            assert "atlas" not in later.view
            assert unpack_view(later.view, view).moment.phase == "negotiation"
            await client.send(f.Look())
            assert "atlas" in (await client.until(f.Seen)).view

    asyncio.run(scene())


def test_an_order_is_acknowledged_before_it_is_told() -> None:
    """To its author; the others are told as well, with their own numbers."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            author, other = await here.client("ARD"), await here.client("BRV", subprotocol=JSON)
            for client in (author, other):
                await client.until(f.Seen)
            await author.send(f.Submit(id="a", act=TABLED))
            assert await author.receive() == f.Acked(id="a")
            assert isinstance(await author.receive(), f.Told)
            told = await other.until(f.Told)
            assert [event.kind for event in told.events] == ["draft-tabled"]
            await author.send(f.Submit(id="b", act=TABLED))
            refusal = await author.until(f.Refusal)
            assert (refusal.id, refusal.code) == ("b", "draft/invalid")

    asyncio.run(scene())


@pytest.mark.parametrize("known", [0, 1, 3])
def test_coming_back_brings_the_exact_gap(known: int) -> None:
    """From any number on, and nothing at all when there is no gap."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            first = await here.client("ARD")
            told = await first.until(f.Told)
            total = len(told.events)
            await first.close()
            again = await here.client("ARD", since=known)
            frame = await again.until(f.Told)
            assert frame.first == known + 1
            assert frame.events == told.events[known:]
            same = await here.client("ARD", since=total)
            assert isinstance(await same.receive(), f.Seen)

    asyncio.run(scene())


def test_a_client_that_knows_more_than_there_is_starts_again() -> None:
    """It is told so, and closed with 1008."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            client = await dial(here.address)
            await client.send(f.Hello(session=here.session, token=here.tokens["ARD"], since=10_000))
            refusal = await client.receive()
            assert isinstance(refusal, f.Refusal)
            assert refusal.code == Reason.AHEAD
            assert await client.code() == CloseCode.POLICY

    asyncio.run(scene())


def test_whoever_enters_a_session_that_is_being_put_away_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing would ever be told in it."""
    room = Lobby.room

    async def gone(lobby: Lobby, session_id: str) -> Room:
        found = await room(lobby, session_id)
        found.session.is_gone = True
        return found

    async def scene() -> None:
        async with site() as here:
            await here.open()
            monkeypatch.setattr(Lobby, "room", gone)
            client = await dial(here.address)
            await client.send(f.Hello(session=here.session, token=here.tokens["ARD"], since=0))
            refusal = await client.receive()
            assert isinstance(refusal, f.Refusal)
            assert refusal.code == Reason.LOG
            assert await client.code() == CloseCode.TRY_LATER

    asyncio.run(scene())


def test_two_servers_on_one_log_tell_the_same() -> None:
    """An order through one is told through the other; a client may change over, even before the other has read on."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as one, site(log=log, shelf=shelf) as two:
            await one.open()
            await one.force("negotiation")
            two.session, two.tokens = one.session, one.tokens
            here, there = await one.client("ARD"), await two.client("BRV")
            await there.until(f.Seen)
            await here.send(f.Submit(id="a", act=TABLED))
            await here.until(f.Acked)
            told = await there.until(f.Told)
            assert [event.kind for event in told.events] == ["draft-tabled"]
            seen = await here.until(f.Told)
            moved = await two.client("ARD", since=seen.first)
            assert isinstance(await moved.receive(), f.Seen)

    asyncio.run(scene())


def test_a_whole_session_in_rounds_with_two_devices_on_a_seat() -> None:
    """Receipts reach both devices; the session ends; the log can be fetched and reads."""

    async def play(client: Client, *, speaks: bool) -> int:
        receipts, static = 0, None
        while True:
            frame = await client.receive()
            if isinstance(frame, f.Receipt):
                receipts += 1
            if isinstance(frame, f.Seen):
                static = unpack_view(frame.view, static)
                if static.moment.status == "over":
                    return receipts
                if speaks and static.moment.phase in ("negotiation", "assembly", "orders"):
                    await client.send(f.Envelope(step=frame.step, acts=()))

    async def scene() -> None:
        async with site() as here:
            await here.open("rounds", start=False)
            clients = [(await here.client(seat), True) for seat in SEATS]
            clients.append((await here.client("ARD"), False))
            playing = [asyncio.create_task(play(client, speaks=speaks)) for client, speaks in clients]
            assert (await here.control(act="start")).status == 200
            assert await asyncio.gather(*playing) == [12] * 5

    asyncio.run(scene())


def test_a_seat_has_so_many_sockets_and_the_newest_win() -> None:
    """The oldest is closed with 1008, the others stay."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            clients = [await here.client("ARD") for _ in range(Limits().sockets_per_token_max + 1)]
            assert await clients[0].code() == CloseCode.POLICY
            await clients[1].send(f.Look())
            assert await clients[1].until(f.Seen)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("text", CloseCode.UNSUPPORTED),
        (b"\xc1", CloseCode.BAD_TEXT),
        (b"\x81\xa4type" + b"\xdb\x00\x00\x20\x00" + b"x" * 8192, CloseCode.BAD_TEXT),
        (b"\x00" * 70_000, CloseCode.TOO_BIG),
        (b"\x80", CloseCode.POLICY),
    ],
)
def test_what_is_no_hello_is_closed_with_its_code(message: bytes | str, code: CloseCode) -> None:
    """Every way in which a first message can be wrong."""

    async def scene() -> None:
        async with site() as here:
            client = await dial(here.address)
            await client.socket.send(message)
            assert await client.code() == code

    asyncio.run(scene())


def test_a_bad_frame_of_a_seated_client_is_refused_with_its_field() -> None:
    """The socket stays open."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            client = await here.client("ARD", subprotocol=JSON)
            await client.socket.send('{"type": "submit", "id": "1", "act": {"kind": "budget", "guns": 7, "aid": 0}}')
            refusal = await client.until(f.Refusal)
            assert refusal.field == "act.guns"
            await client.send(f.Look())
            assert await client.until(f.Seen)

    asyncio.run(scene())


def test_a_socket_without_a_hello_is_closed() -> None:
    """After the time for it."""

    async def scene() -> None:
        async with site(Settings(limits=Limits(hello_seconds=0.2))) as here:
            client = await dial(here.address)
            assert await client.code() == CloseCode.POLICY

    asyncio.run(scene())


@pytest.mark.parametrize("reads", [True, False])
def test_a_client_that_does_not_read_is_given_up_and_delays_nobody(reads: bool) -> None:
    """Its buffers fill and one view does not leave in time; a seat beside it gets all that it asks for."""

    async def scene() -> None:
        limits = Limits(write_seconds=PATIENCE_S if reads else 0.5, live_rate=Limits().rounds_rate)
        async with site(Settings(limits=limits)) as here:
            await here.open(scenario="iraq-2003", start=False, seats=("FRA", "RUS"))
            slow, quick = await here.client("FRA", subprotocol=JSON), await here.client("RUS")
            await quick.until(f.Seen)
            if not reads:
                slow.socket.transport.pause_reading()
            reading = asyncio.create_task(slow.code())
            for _ in range(250):  # of 37 KB: more than the buffers of both kernels hold
                await slow.send(f.Look())
                await quick.send(f.Look())
                assert await quick.until(f.Seen)
            await asyncio.sleep(1.0)
            slow.socket.transport.resume_reading()
            if reads:
                assert not reading.done()
                await slow.close()
            assert await reading != 1000 or reads

    asyncio.run(scene())


def test_answers_that_are_not_read_overflow_with_1013() -> None:
    """A flood of orders whose refusals nobody reads."""

    async def scene() -> None:
        limits = Limits(live_rate=Limits().rounds_rate, outbox_frames_max=4, write_seconds=30.0)
        limits = replace(limits, live_rate=replace(limits.live_rate, per_second=1e6, burst=10**6))
        async with site(Settings(limits=limits)) as here:
            await here.open()
            client = await here.client("ARD", subprotocol=MSGPACK)
            frames = [f.Submit(id=str(n), act=o.Vote(draft="none", choice="yes")) for n in range(500)]
            for frame in frames:
                await client.send(frame)
            assert await client.code() == CloseCode.TRY_LATER

    asyncio.run(scene())


class Muted(MemoryShelf):
    """A shelf that can be made to give no answer, or a wrong one."""

    mute: type[Exception] | None = None

    async def all(self, game_id: str) -> dict[str, str]:
        """Answer, or not."""
        if self.mute is not None:
            raise self.mute
        return await super().all(game_id)


def test_a_hello_that_cannot_be_checked_is_turned_away_for_now() -> None:
    """1013: the same hello is welcome when the store answers again."""

    async def scene() -> None:
        shelf = Muted()
        async with site(shelf=shelf) as here:
            await here.open()
            shelf.mute = LogUnavailable
            client = await dial(here.address)
            await client.send(f.Hello(session=here.session, token=here.tokens["ARD"]))
            refusal = await client.receive()
            assert isinstance(refusal, f.Refusal)
            assert refusal.code == Reason.LOG
            assert await client.code() == CloseCode.TRY_LATER
            shelf.mute = None
            assert (await here.client("ARD")).socket.close_code is None

    asyncio.run(scene())


def test_a_fault_in_one_writer_closes_that_socket_with_1011(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next life of it is as good as new, and nobody else notices."""
    real = Outbox.load

    def failing(outbox: Outbox, source: Source) -> list[bytes | str]:
        if outbox.viewer == "ARD":
            raise ZeroDivisionError
        return real(outbox, source)

    async def scene() -> None:
        async with site() as here:
            await here.open()
            well = await here.client("BRV")
            with monkeypatch.context() as patch:
                patch.setattr(Outbox, "load", failing)
                client = await dial(here.address)
                await client.send(f.Hello(session=here.session, token=here.tokens["ARD"]))
                assert await client.code() == CloseCode.INTERNAL
                await well.send(f.Look())
                await well.until(f.Seen)
            again = await here.client("ARD")
            await again.until(f.Seen)

    asyncio.run(scene())
