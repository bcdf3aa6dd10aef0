"""A wire with faults: a relay between a client and a server's Unix socket that loses what it is told to lose.

Faults are chosen for each piece of traffic, requests and replies apart: pass it on, swallow it in silence
(the client waits until its patience ends), or swallow it and cut the connection. A swallowed reply means
that the command *has run*. Or the wire is parted as a whole: all traffic is held back, in both ways, and
arrives late.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from server.log.line import unix_url

Way = Literal["request", "reply"]


class Fault(Enum):
    """What happens to one piece of traffic."""

    NONE = "none"
    SILENCE = "silence"
    CUT = "cut"


@dataclass(slots=True)
class Wire:
    """A relay. ``fault`` says what happens to each piece; ``faults`` counts what did; make it with ``faulty_wire``."""

    target: str
    fault: Callable[[Way], Fault] = lambda _way: Fault.NONE
    delay_s: float = 0.0
    faults: dict[tuple[Way, Fault], int] = field(default_factory=dict)
    url: str = ""
    _clients: dict[asyncio.Task[None], list[asyncio.StreamWriter]] = field(default_factory=dict)
    """Who is served, and the ends to close when they go."""
    _whole: asyncio.Event = field(default_factory=asyncio.Event)

    def part(self) -> None:
        """Hold back everything from now on."""
        self._whole.clear()

    def heal(self, *, cut: bool = False) -> None:
        """Let it through again, or cut the connections that there are, with all that was held back."""
        if cut:
            for client in tuple(self._clients):
                client.cancel()
        self._whole.set()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A client has come."""
        ends = [writer]
        client = asyncio.create_task(self._relay(reader, ends))
        self._clients[client] = ends
        client.add_done_callback(self._gone)

    async def end(self) -> None:
        """Cut all connections and wait until they are gone."""
        while self._clients:
            served = dict(self._clients)
            self.heal(cut=True)
            await asyncio.gather(*served, return_exceptions=True)
            for end in (end for ends in served.values() for end in ends):
                with contextlib.suppress(OSError):
                    await end.wait_closed()

    def _gone(self, client: asyncio.Task[None]) -> None:
        """However it went, also before it began: its ends are closed."""
        for end in self._clients.pop(client):
            end.close()

    async def _relay(self, reader: asyncio.StreamReader, ends: list[asyncio.StreamWriter]) -> None:
        """Serve one client until either side goes."""
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_unix_connection(self.target)
            ends.append(far_writer)
            pumps = (
                asyncio.create_task(self._pump(reader, far_writer, "request")),
                asyncio.create_task(self._pump(far_reader, ends[0], "reply")),
            )
            try:
                await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for pump in pumps:
                    pump.cancel()
                await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(1 << 16):
                await self._whole.wait()
                fault = self.fault(way)
                self.faults[way, fault] = self.faults.get((way, fault), 0) + 1
                if fault is Fault.CUT:
                    return
                if way == "reply":
                    await asyncio.sleep(self.delay_s)
                if fault is Fault.NONE:
                    writer.write(piece)
                    await writer.drain()


@asynccontextmanager
async def faulty_wire(server_url: str, folder: Path, fault: Callable[[Way], Fault] = lambda _way: Fault.NONE) -> AsyncIterator[Wire]:
    """A wire to the server at ``server_url``, listening in ``folder``."""
    path = folder / "wire.sock"
    wire = Wire(unquote(urlsplit(server_url).path), fault, url=unix_url(path))
    wire.heal()
    relay = await asyncio.start_unix_server(wire.accept, path)
    try:
        yield wire
    finally:
        relay.close()
        await wire.end()
        path.unlink(missing_ok=True)
