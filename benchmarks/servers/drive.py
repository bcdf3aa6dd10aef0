"""The driver for our server and for the floor: raw sockets, so that it costs little beside what it measures.

    python -m benchmarks.servers.drive ADDRESS SESSIONS SEATS SECONDS EVERY_S [SCENARIO]

Without a scenario the floor is driven: every socket sends an order to a program that writes it to disk and answers, nothing else.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Iterator

import aiohttp

from benchmarks.servers.workload import Workload, report, step, summed, told_workload
from client.sdk import Lobby
from rules.orders import Budget
from rules.wire import frames as f
from rules.wire.codec import MSGPACK, encode
from server.runtime import run

ANSWER, REFUSED = b"acked", b"refus"
AGAIN_S = 0.05
CONNECTING_MAX, MAKING_MAX = 20, 8


async def seats_of(address: str, workload: Workload, scenario: str) -> list[tuple[str, str]]:
    """Session and token of every seat, all sessions in the phase in which orders are sealed, their clocks put off."""
    gate = asyncio.Semaphore(MAKING_MAX)

    async def session(lobby: Lobby, number: int) -> list[tuple[str, str]]:
        async with gate:
            made = await lobby.make(scenario, "live", seed=f"bench-{number}")
            countries = [seat.country for seat in (await lobby.state(made.session)).seats][: workload.seats]
            found = [(made.session, await lobby.claim(made.session, country)) for country in countries]
            await lobby.control(made.session, made.control_token, "start")
            while (await lobby.state(made.session)).phase != "orders":
                await lobby.control(made.session, made.control_token, "force")
            await lobby.control(made.session, made.control_token, "extend", seconds=86_400)
            return found

    async with Lobby(address) as lobby:
        places = await asyncio.gather(*(session(lobby, number) for number in range(workload.sessions)))
    return [place for found in places for place in found]


async def seated(
    http: aiohttp.ClientSession, address: str, session: str, token: str, *, steered: bool = True
) -> aiohttp.ClientWebSocketResponse:
    """A socket that has its first view; ``steered``, it comes to the process at which its session is at home."""
    at = f"{address}/ws?session={session}" if steered else f"{address}/ws"
    socket = await http.ws_connect(at, protocols=[MSGPACK], max_msg_size=0, compress=0)
    await socket.send_bytes(encode(f.Hello(session=session, token=token, since=0), MSGPACK))  # type: ignore[arg-type]  # msgpack is bytes
    while b"\xa4seen" not in (await socket.receive_bytes())[:16]:
        pass
    return socket


def orders(name: str) -> Iterator[bytes]:
    """Sealed budgets without end, each replacing the one before."""
    number = 0
    while True:
        number += 1
        act = Budget(guns=round(number % 200 / 1000, 3), aid=0.0)
        data = encode(f.Submit(id=f"{name}-{number}", act=act), MSGPACK)
        assert isinstance(data, bytes)
        yield data


class Speaker:
    """A socket that is always read, so that it answers pings while it waits for its turn."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, name: str) -> None:
        self._socket = socket
        self._source = orders(name)
        self._answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read(), name=name)

    async def speak(self, workload: Workload, end_s: float, waits: list[float]) -> None:
        """Send orders until the time is over; waits are noted."""
        next_s = time.monotonic() + random.random() * workload.every_s  # noqa: S311 - spreads the load, no more
        while True:
            if workload.every_s:
                await asyncio.sleep(max(0.0, next_s - time.monotonic()))
                next_s += workload.every_s
            if time.monotonic() > end_s:
                return
            data, began_s = next(self._source), time.monotonic()
            await self._socket.send_bytes(data)
            while REFUSED in await self._answers.get():  # for now: the same is sent again, as the protocol says, and its time goes on
                await asyncio.sleep(AGAIN_S)
                await self._socket.send_bytes(data)
            waits.append(time.monotonic() - began_s)

    async def close(self) -> None:
        """Hang up."""
        self._reading.cancel()
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            start = message.data[:24]
            if ANSWER in start or REFUSED in start:
                self._answers.put_nowait(start)


async def main() -> None:
    """Make, connect, speak, report."""
    address, workload = told_workload()
    scenario = sys.argv[6] if len(sys.argv) > 6 else None  # noqa: PLR2004 - the scenario is the sixth
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        count = workload.sessions * workload.seats
        places = [("", "")] * count if scenario is None else await seats_of(address, workload, scenario)
        step("made")
        gate = asyncio.Semaphore(CONNECTING_MAX)

        async def opened(session: str, token: str) -> aiohttp.ClientWebSocketResponse:
            async with gate:
                return await (seated(http, address, session, token) if scenario else http.ws_connect(f"{address}/ws", compress=0))

        async def speaker(number: int, session: str, token: str) -> Speaker:
            return Speaker(await opened(session, token), f"s{number}")

        speakers = await asyncio.gather(*(speaker(number, *place) for number, place in enumerate(places)))
        await asyncio.to_thread(step, "connected")  # meanwhile pings are answered
        waits: list[float] = []
        began_s = time.monotonic()
        end_s = began_s + workload.seconds
        await asyncio.gather(*(each.speak(workload, end_s, waits) for each in speakers))
        report(summed(waits, time.monotonic() - began_s))
        await asyncio.to_thread(sys.stdin.readline)
        await asyncio.gather(*(each.close() for each in speakers))


if __name__ == "__main__":
    run(main)
