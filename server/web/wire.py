"""A WebSocket below the protocol: aiohttp does the handshake, reads, answers pings and closes; frames of data go out from here.

What there is for a client is handed to its connection in one piece and at once: as long as the client reads, nothing waits and nothing is
scheduled for a single frame.  A connection that is *full* has not taken what it was given; only then is there something to wait for.
Frames are not compressed and, being a server's, not masked: a frame is a head of two to ten bytes and the message (RFC 6455, 5.2).
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable
from typing import Protocol

from aiohttp import WSMessage, web

from rules.wire.codec import SUBPROTOCOLS
from server.settings import Limits

FULL_BYTES = 64 * 1024
"""What a connection may hold back before its client counts as slow; asyncio's own mark."""
CLOSE_SECONDS = 3.0
_SHORT, _MIDDLE = 126, 1 << 16
_TEXT, _BINARY = 0x81, 0x82  # the only frame of its message, of text or of bytes
_HEADS = {kind: [bytes((kind, size)) for size in range(_SHORT)] for kind in (_TEXT, _BINARY)}


class Wire(Protocol):
    """What a socket is served on: ``Line``, or one that a simulation makes."""

    @property
    def ws_protocol(self) -> str | None:
        """The subprotocol that was agreed."""

    async def receive(self, timeout: float | None = None) -> WSMessage:  # noqa: ASYNC109 - as aiohttp has it
        """The next message.  Raises TimeoutError."""

    def write(self, messages: Iterable[bytes | str]) -> None:
        """Send messages, binary or text.  Raises ConnectionError."""

    @property
    def is_full(self) -> bool:
        """Whether what was sent before has not left."""

    async def drain(self) -> None:
        """Wait until the connection takes more.  Raises ConnectionError."""

    async def close(self, *, code: int, message: bytes) -> bool:
        """Close, with a last word."""


class Line:
    """A ``Wire`` to a client that asked for it over HTTP."""

    def __init__(self, request: web.Request, limits: Limits) -> None:
        self._request = request
        self._transport: asyncio.Transport | None = None
        self.response = web.WebSocketResponse(
            protocols=SUBPROTOCOLS,
            compress=False,
            heartbeat=limits.ping_seconds,
            max_msg_size=limits.frame_in_bytes_max,
            timeout=CLOSE_SECONDS,
        )
        self.receive = self.response.receive

    async def open(self) -> None:
        """Answer the handshake."""
        await self.response.prepare(self._request)
        self._transport = self._request.transport

    @property
    def ws_protocol(self) -> str | None:
        """The subprotocol that was agreed."""
        return self.response.ws_protocol

    def write(self, messages: Iterable[bytes | str]) -> None:
        """Send messages, binary or text.  Raises ConnectionError."""
        transport = self._transport
        if transport is None or transport.is_closing() or self.response.closed:
            raise ConnectionResetError
        transport.write(b"".join(map(framed, messages)))

    @property
    def is_full(self) -> bool:
        """Whether what was sent before has not left."""
        return self._transport is not None and self._transport.get_write_buffer_size() > FULL_BYTES

    async def drain(self) -> None:
        """Wait until the connection takes more.  Raises ConnectionError."""
        await self._request.writer.drain()

    async def close(self, *, code: int, message: bytes) -> bool:
        """Close, with a last word."""
        return await self.response.close(code=code, message=message)

    def hang_up(self) -> None:
        """End the connection below, whether or not the other side has read our last word."""
        if self._transport is not None:
            self._transport.abort()


def framed(message: bytes | str) -> bytes:
    """A message as the one frame that carries it from a server."""
    kind, data = (_TEXT, message.encode()) if isinstance(message, str) else (_BINARY, message)
    size = len(data)
    if size < _SHORT:
        return _HEADS[kind][size] + data
    if size < _MIDDLE:
        return struct.pack("!BBH", kind, 126, size) + data
    return struct.pack("!BBQ", kind, 127, size) + data
