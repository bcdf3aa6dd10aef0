"""Many at once: a storm of orders through several processes, people who join, and a reader that is stuck beside those who play."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from statistics import median
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks.servers.contest import REST_S, next_line, ours, running
from benchmarks.servers.drive import ANSWER, REFUSED, orders, seated, seats_of
from benchmarks.servers.workload import Answers, Workload, summed
from client.sdk import Lobby
from rules.wire import frames as f
from rules.wire.codec import MSGPACK, decode_out, encode

SCENARIO, SEATS = "libya-2003", 7
STORMS, PROCESSES, ORDERS, SOCKETS_A_SEAT = 3, 4, 200, 6
JOINS = (40, 150)
WINDOWS, WINDOW_ORDERS, LOOKS = 5, 40, 400
Socket = aiohttp.ClientWebSocketResponse


@dataclass(frozen=True, slots=True)
class Joins:
    """So many people came at the same moment; seconds until the last of them had the first view."""

    people: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Crowds:
    """The calmest of several storms; joins; what an order took, at the median, with everybody reading and with one who does not."""

    storm: Answers
    joins: tuple[Joins, ...]
    alone_ms: float
    beside_ms: float


async def crowds(storms: int = STORMS, people: Sequence[int] = JOINS, windows: int = WINDOWS) -> Crowds:
    """All of it, each on a server of its own."""
    async with _served(PROCESSES) as (http, address):
        storm = await _calmest(http, address, storms)
    async with _served(1) as (http, address):
        joins = [await _joined(http, address, number) for number in people]
    async with _served(1) as (http, address):
        alone_ms, beside_ms = await _beside_a_stuck_one(http, address, windows)
    return Crowds(storm, tuple(joins), alone_ms, beside_ms)


@asynccontextmanager
async def _served(processes: int) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    contender = ours(processes, SCENARIO)
    with TemporaryDirectory(prefix="unipole-crowds-") as folder:
        async with running([word.format(folder=folder) for word in contender.server], contender) as server:
            address = (await next_line(server, "Listening on")).split()[2].rstrip(".")
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
                await asyncio.sleep(REST_S)
                yield http, address


async def _calmest(http: aiohttp.ClientSession, address: str, storms: int) -> Answers:
    """All sockets of one session speak at once; they came to whichever process the kernel gave them to."""
    places = await seats_of(address, Workload(1, SEATS, 0.0), SCENARIO)
    sockets = [await seated(http, address, session, token, steered=False) for session, token in places * SOCKETS_A_SEAT]
    found = []
    for number in range(storms):
        await asyncio.sleep(REST_S)
        shares = [len(range(place, ORDERS, len(sockets))) for place in range(len(sockets))]
        spoken = (_spoken(socket, f"s{number}-{place}", shares[place]) for place, socket in enumerate(sockets))
        waits = [wait for each in await asyncio.gather(*spoken) for wait in each]
        found.append(summed(waits, max(waits)))
    await asyncio.gather(*(socket.close() for socket in sockets))
    return min(found, key=lambda each: each.p99_ms)


async def _spoken(socket: Socket, name: str, count: int) -> list[float]:
    """Send so many orders without a pause; how long each took.  One that is refused for now is sent again, and its time goes on."""
    began_s, waits = time.monotonic(), list[float]()
    sent = {f"{name}-{number}": data for number, data in enumerate(islice(orders(name), count), start=1)}
    for data in sent.values():
        await socket.send_bytes(data)
    while len(waits) < count:
        data = await socket.receive_bytes()
        if ANSWER in data[:24]:
            waits.append(time.monotonic() - began_s)
        elif REFUSED in data[:24]:
            refused = decode_out(data, MSGPACK)
            assert isinstance(refused, f.Refusal)
            assert refused.id is not None
            await socket.send_bytes(sent[refused.id])
    return waits


async def _joined(http: aiohttp.ClientSession, address: str, people: int) -> Joins:
    """They take seats and open sockets, all at once, in as many sessions as that takes."""
    async with Lobby(address) as lobby:
        sessions = [(await lobby.make(SCENARIO, "live", seed=f"join-{number}")).session for number in range(-(-people // SEATS))]
        countries = [seat.country for seat in (await lobby.state(sessions[0])).seats][:SEATS]
        places = [(session, country) for session in sessions for country in countries][:people]

        async def join(session: str, country: str) -> Socket:
            return await seated(http, address, session, await lobby.claim(session, country))

        began_s = time.monotonic()
        sockets = await asyncio.gather(*(join(*place) for place in places))
        seconds = time.monotonic() - began_s
    await asyncio.gather(*(socket.close() for socket in sockets))
    return Joins(people, seconds)


async def _beside_a_stuck_one(http: aiohttp.ClientSession, address: str, windows: int) -> tuple[float, float]:
    """Milliseconds that orders took alone, and beside a socket that asks for views and reads none; windows of both in turn."""
    places = await seats_of(address, Workload(1, SEATS, 0.0), SCENARIO)
    sockets = [await seated(http, address, *place) for place in places]
    waits: tuple[list[float], list[float]] = [], []
    for number in range(2 * windows):
        stuck = await _stuck(http, address, *places[0]) if number % 2 else None
        for turn in range(WINDOW_ORDERS):
            spoken = (_spoken(socket, f"w{number}-{turn}-{place}", 1) for place, socket in enumerate(sockets[1:]))
            waits[number % 2].extend(wait for each in await asyncio.gather(*spoken) for wait in each)
        if stuck is not None:
            await stuck.close()
    await asyncio.gather(*(socket.close() for socket in sockets))
    return 1e3 * median(waits[0]), 1e3 * median(waits[1])


async def _stuck(http: aiohttp.ClientSession, address: str, session: str, token: str) -> Socket:
    """A socket that has asked for more than its connection holds, and takes none of it."""
    socket = await seated(http, address, session, token)
    look = encode(f.Look(), MSGPACK)
    assert isinstance(look, bytes)
    for _ in range(LOOKS):
        await socket.send_bytes(look)
    return socket
