"""A socket between a simulated client and the server's own socket shell.

Messages arrive late but in order, as over TCP; what gets lost is a connection, with everything under way in
both directions, so neither side knows what the other has seen.  Each side has its end of the wire.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import WSMessage, WSMsgType

from rules.wire.codec import MSGPACK
from tests.simulation.weather import Weather


class Cut(Exception):
    """The connection is gone."""


class _Lane:
    """One direction: messages that arrive at their time, in order."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._moved = asyncio.Event()
        self.closed = False

    def send(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        last_s = self._under_way[-1][0] if self._under_way else 0.0
        self._under_way.append((max(last_s, loop.time() + self._weather.wire_delay_s()), data))
        self._moved.set()

    def close(self, *, lose: bool) -> None:
        self.closed = True
        if lose:
            self._under_way.clear()
        self._moved.set()

    async def receive(self) -> bytes | None:
        """The next message; None once the lane is closed and empty."""
        loop = asyncio.get_running_loop()
        while not self._under_way:
            if self.closed:
                return None
            self._moved.clear()
            await self._moved.wait()
        at_s, _ = self._under_way[0]
        await asyncio.sleep(max(0.0, at_s - loop.time()))
        return self._under_way.popleft()[1] if self._under_way else None


class Wire:
    """One connection."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather
        self.there = _Lane(weather)  # from the client to the server
        self.back = _Lane(weather)

    def cut(self) -> None:
        """The connection is lost with all that is under way."""
        self.there.close(lose=True)
        self.back.close(lose=True)

    def may_be_cut(self) -> None:
        """It may happen with any message."""
        if self._weather.strikes(self._weather.climate.cut):
            self.cut()


@dataclass
class ServerEnd:
    """What the server's socket shell holds."""

    wire: Wire
    code: int | None = None

    @property
    def ws_protocol(self) -> str:
        """Always msgpack."""
        return MSGPACK

    async def receive(self, timeout: float | None = None) -> WSMessage:  # noqa: ASYNC109 - as aiohttp has it
        """The client's next message, or that there will be none."""
        async with asyncio.timeout(timeout):
            data = await self.wire.there.receive()
        if data is None:
            return WSMessage(WSMsgType.CLOSED, None, None)
        return WSMessage(WSMsgType.BINARY, data, None)

    def write(self, messages: Iterable[bytes | str]) -> None:
        """To the client."""
        for data in messages:
            assert isinstance(data, bytes), "text is not spoken here"
            self.wire.may_be_cut()
            if self.wire.back.closed:
                raise ConnectionResetError
            self.wire.back.send(data)

    @property
    def is_full(self) -> bool:
        """Whatever is sent is under way."""
        return False

    async def drain(self) -> None:
        """Nothing waits."""

    async def close(self, *, code: int, message: bytes) -> bool:
        """Both ways; what was sent before still arrives."""
        self.code = self.code or code
        self.wire.there.close(lose=True)
        self.wire.back.close(lose=False)
        return bool(message)


@dataclass
class ClientEnd:
    """What a client holds."""

    wire: Wire

    def send(self, data: bytes) -> None:
        """To the server.  Raises Cut."""
        self.wire.may_be_cut()
        if self.wire.there.closed:
            raise Cut
        self.wire.there.send(data)

    async def receive(self) -> bytes:
        """The server's next message.  Raises Cut."""
        data = await self.wire.back.receive()
        if data is None:
            raise Cut
        return data
