"""Connections that are handed from process to process: two servers in one test, with the real sockets between them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from rules.orders import Budget
from rules.wire import frames as f
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.ports import ways
from server.settings import Settings
from server.web import steering as steering_module
from server.web.app import serve
from server.web.steering import HEAD_BYTES_MAX, Steering
from tests.server.site import Client, Site, dial

pytestmark = pytest.mark.skipif(not hasattr(socket, "SOCK_SEQPACKET"), reason="connections are handed over on Linux alone")


@dataclass
class Pair:
    """Two servers on one log; ``home`` is that of the session, ``away`` the other."""

    home: Site
    away: Site
    taken: list[int]

    async def seat(self, *, named: bool, address_of: Site | None = None) -> Client:
        """A seated client of the second server, or of another."""
        client = await dial((address_of or self.away).address, session=self.home.session if named else None)
        await client.send(f.Hello(session=self.home.session, token=self.home.tokens["ARD"], since=0))
        assert isinstance(await client.receive(), f.Welcome)
        return client


@asynccontextmanager
async def pair(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pair]:
    """Two servers and an open session."""
    log, shelf, taken = MemoryLog(lambda: int(time.time() * 1000)), MemoryShelf(), list[int]()
    received = steering_module._received

    def noted(inlet: socket.socket) -> tuple[bytes, socket.socket] | None:
        found = received(inlet)
        if found is not None:
            taken.append(inlet.fileno())
        return found

    monkeypatch.setattr(steering_module, "_received", noted)
    with ways(2) as between:
        steerings = [Steering(number, inlet, [way for _, way in between]) for number, (inlet, _) in enumerate(between)]
        async with (
            serve(Settings(), log, shelf, steering=steerings[0]) as first,
            serve(Settings(), log, shelf, steering=steerings[1]) as second,
            aiohttp.ClientSession(first.url) as to_first,
            aiohttp.ClientSession(second.url) as to_second,
        ):
            sites = [Site(first, to_first), Site(second, to_second)]
            await sites[0].open()
            home = 0 if steerings[0].is_home(sites[0].session) else 1
            sites[1].session, sites[1].tokens = sites[0].session, sites[0].tokens
            yield Pair(sites[home], sites[1 - home], taken)


async def _ordered(client: Client) -> None:
    await client.until(f.Seen)
    await client.send(f.Submit(id="one", act=Budget(guns=0.2, aid=0.0)))
    assert (await client.until(f.Acked)).id == "one"


def test_a_socket_that_names_its_session_is_served_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes in elsewhere, and from the handshake on all is as if it had come in there."""

    async def scene() -> None:
        async with pair(monkeypatch) as two:
            await two.away.force("orders")
            client = await two.seat(named=True)
            assert len(two.taken) == 1
            await _ordered(client)
            await client.close()
            at_home = await two.seat(named=True, address_of=two.home)
            assert len(two.taken) == 1
            await at_home.close()

    asyncio.run(scene())


def test_a_socket_that_names_none_is_served_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The session wakes up there, knows what was done elsewhere while nobody was there, and hears of what is done from then on."""

    async def scene() -> None:
        async with pair(monkeypatch) as two:
            assert (await two.away.ask("GET", f"/api/sessions/{two.home.session}")).status == 200  # so it is in memory there
            await two.home.force("orders")
            client = await two.seat(named=False)
            assert ":orders:" in (await client.until(f.Seen)).step
            await two.home.control(act="extend", seconds=60)
            await client.until(f.Told)
            assert not two.taken
            await client.close()

    asyncio.run(scene())


def test_devices_are_told_of_a_sheet_that_was_kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their sockets are at home, and the sheet came through another process."""

    async def scene() -> None:
        async with pair(monkeypatch) as two:
            client = await two.seat(named=True)
            wish = {"number": 0, "notes": "hold the pass"}
            kept = await two.away.ask("PUT", f"/api/sessions/{two.away.session}/sheet", wish, two.away.tokens["ARD"])
            assert kept.status == 200
            nudge = await client.until(f.Nudge)
            assert (nudge.about, nudge.number) == ("sheet", 1)
            await client.close()

    asyncio.run(scene())


def test_what_cannot_be_handed_over_is_served_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long request, or a home to which more connections are under way than it can be handed."""

    async def scene() -> None:
        async with pair(monkeypatch) as two:
            await two.away.force("orders")
            monkeypatch.setattr(steering_module, "HEAD_BYTES_MAX", 50)
            await _ordered(first := await two.seat(named=True))
            monkeypatch.setattr(steering_module, "HEAD_BYTES_MAX", HEAD_BYTES_MAX)
            monkeypatch.setattr(steering_module, "TRIES_MAX", 0)
            await (second := await two.seat(named=True)).until(f.Seen)
            assert not two.taken
            await first.close()
            await second.close()

    asyncio.run(scene())


def test_a_process_alone_is_home_to_all() -> None:
    """And of several, one each."""
    assert Steering().is_home("brisk-otter-17")
    with ways(3) as between:
        outlets = [way for _, way in between]
        homes = [[name for name in map(str, range(60)) if Steering(own, None, outlets).is_home(name)] for own in range(3)]
    assert sorted(name for names in homes for name in names) == sorted(map(str, range(60)))
    assert all(homes)
