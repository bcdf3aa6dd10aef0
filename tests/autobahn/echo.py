"""The server with an echo in the place of the conversation: doors, upgrade, limits, pings and closing are its own."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

from aiohttp import WSMsgType

from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.settings import Limits, Settings
from server.web.app import Address, serve
from server.web.wire import Wire

LONGEST_BYTES = 64 << 20
"""The suite has messages of 16 MiB; ours are refused beyond 64 KiB, which the suite does not know of."""


class Echo:
    """In the place of ``server.web.sockets.Socket``."""

    def __init__(self, wire: Wire, *_world: object) -> None:
        self._wire = wire

    async def serve(self) -> None:
        """Say every message again until the other side ends it."""
        with contextlib.suppress(ConnectionError):
            while (message := await self._wire.receive()).type in (WSMsgType.TEXT, WSMsgType.BINARY):
                self._wire.write((message.data,))
                if self._wire.is_full:
                    await self._wire.drain()


@asynccontextmanager
async def echoing() -> AsyncIterator[Address]:
    """A server on a free port for the time of the block."""
    limits = Limits(frame_in_bytes_max=LONGEST_BYTES)
    log = MemoryLog(lambda: int(time.time() * 1000))
    with patch("server.web.sockets.Socket", Echo):
        async with serve(Settings(limits=limits, port=0), log, MemoryShelf()) as address:
            yield address


__all__ = ["echoing"]

if __name__ == "__main__":

    async def stay() -> None:
        """Serve until interrupted, for a look by hand."""
        async with echoing() as address:
            print(address.socket_url, flush=True)
            await asyncio.Event().wait()

    asyncio.run(stay())
