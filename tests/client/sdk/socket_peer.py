"""The stand-in server behind a real socket on the loopback, with faults to order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from rules.wire import frames as f
from rules.wire.codec import SUBPROTOCOLS, decode, encode
from tests.client.sdk.peer import Peer


class SocketPeer:
    """A peer that listens.  ``swallow`` counts answers to keep back before the socket is cut."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.swallow = 0
        self.greetings = 0
        self.garbage: bytes | str | None = None
        self.close_code: int | None = None
        self._told: dict[ServerConnection, int] = {}
        self._server: Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"ws://127.0.0.1:{self._port}/ws"

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        self._server = await serve(
            self._serve,
            "127.0.0.1",
            self._port,
            subprotocols=[Subprotocol(name) for name in SUBPROTOCOLS],
            compression=None,
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and cut every socket, as a killed process does."""
        assert self._server is not None, "stopping follows starting"
        self.cut()
        self._server.close(close_connections=True)
        await self._server.wait_closed()

    def cut(self) -> None:
        """Cut every socket without a word."""
        for socket in list(self._told):
            socket.transport.abort()

    async def tell(self) -> None:
        """Write what is new to every socket."""
        for socket, told in list(self._told.items()):
            if told < len(self.peer.events):
                self._told[socket] = len(self.peer.events)
                await self._write(socket, [*self.peer.news(told), self.peer.seen()])

    async def close_step(self) -> None:
        """Close the step, hand out the receipt, tell."""
        receipt = self.peer.close_step()
        for socket in list(self._told):
            await self._write(socket, [receipt] if receipt is not None else [])
        await self.tell()

    async def _serve(self, socket: ServerConnection) -> None:
        try:
            hello = decode(await socket.recv(), socket.subprotocol or "")
            assert isinstance(hello, f.Hello), "the first frame of a client"
            self.greetings += 1
            if self.close_code is not None:
                await socket.close(self.close_code, "to order")
                return
            await self._write(socket, self.peer.greeted(hello))
            self._told[socket] = len(self.peer.events)
            if self.garbage is not None:
                await socket.send(self.garbage)
            async for data in socket:
                await self._answer(socket, decode(data, socket.subprotocol or ""))
        except ConnectionClosed:
            pass  # the client left, or a fault was to order
        finally:
            self._told.pop(socket, None)

    async def _answer(self, socket: ServerConnection, frame: f.InKinds) -> None:
        answers = self.peer.asked(frame)
        if self.swallow:
            self.swallow -= 1
            socket.transport.abort()
            return
        await self._write(socket, answers)
        await self.tell()

    async def _write(self, socket: ServerConnection, frames: list[f.OutKinds]) -> None:
        with suppress(ConnectionClosed):  # cut to order; the client comes back
            for frame in frames:
                await socket.send(encode(frame, socket.subprotocol or ""))


@asynccontextmanager
async def listening(peer: Peer | None = None) -> AsyncIterator[SocketPeer]:
    """A peer that listens for the length of the block."""
    server = SocketPeer(peer or Peer())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
