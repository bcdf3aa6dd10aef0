"""The line: one task that owns the socket of a conversation and replaces it when it dies."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import (
    ConnectionClosed,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
    WebSocketException,
)
from websockets.typing import Data
from websockets.typing import Subprotocol as SocketSubprotocol

from client.sdk.backoff import Backoff
from client.sdk.conversation import Conversation
from client.sdk.notices import Entered, Notice, Pressed, Severed
from rules.wire.codec import OUT_LIMITS, BadFrame, Subprotocol, decode_out, encode

OPEN_SECONDS: Final = 10.0
PING_SECONDS: Final = 20.0
CLOSE_SECONDS: Final = 2.0
HOPELESS: Final = {
    1002: "the server found our frames malformed",
    1003: "the server wants another kind of message",
    1007: "the server found our bytes malformed",
    1009: "the server found a frame of ours too long",
}
"""Close codes after which the same would happen again."""
_REFUSALS = frozenset((400, 401, 403, 404, 405, 410, 426))
"""HTTP answers to a handshake that will be the same next time."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and how to speak with it."""

    url: str
    subprotocol: Subprotocol
    backoff: Backoff


class Cut(Exception):
    """The conversation is over for good; the text says why."""


class Line:
    """Carries frames between a conversation and a server, and hands on what the conversation notices."""

    def __init__(
        self, address: Address, conversation: Conversation, noted: Callable[[list[Notice]], None]
    ) -> None:
        self._address = address
        self._talk = conversation
        self._noted = noted
        self._wake = asyncio.Event()
        self._pause: asyncio.TimerHandle | None = None
        self.connections = 0
        """How many times the server welcomed us."""

    def wake(self) -> None:
        """The conversation may have something to send."""
        self._wake.set()

    async def hold(self) -> None:
        """Keep connected until cancelled.

        Raises:
            Cut: the server does not want us, or could not be reached for ``patience_s``.
        """
        loop, backoff = asyncio.get_running_loop(), self._address.backoff
        tries, good_s = 0, loop.time()
        while True:
            welcomes, opened_s = self.connections, loop.time()
            reason = await self._one_connection()
            if self.connections > welcomes:
                good_s = loop.time()
                tries = 0 if good_s - opened_s >= backoff.steady_s else tries
            if loop.time() - good_s >= backoff.patience_s:
                raise Cut(f"unreachable for {backoff.patience_s:g} s: {reason}")
            await asyncio.sleep(backoff.wait_s(tries, random.random))
            tries += 1

    async def _one_connection(self) -> str:
        """From one connect to its end; returns why it ended.  Raises Cut if another would be of no use."""
        try:
            async with open_socket(
                self._address.url,
                subprotocols=[SocketSubprotocol(self._address.subprotocol)],
                compression=None,
                open_timeout=OPEN_SECONDS,
                ping_interval=PING_SECONDS,
                ping_timeout=PING_SECONDS,
                close_timeout=CLOSE_SECONDS,
                max_size=OUT_LIMITS.bytes_max,
                proxy=None,
            ) as socket:
                return await self._spoken(socket)
        except InvalidStatus as error:
            if error.response.status_code in _REFUSALS:
                raise Cut(f"the server refuses the connection: {error}") from error
            return str(error)
        except (InvalidURI, NegotiationError) as error:
            raise Cut(str(error)) from error
        except (OSError, WebSocketException) as error:  # OSError has TimeoutError and every refused connect
            return f"{type(error).__name__}: {error}"
        finally:
            self._talk.disconnected()

    async def _spoken(self, socket: ClientConnection) -> str:
        if socket.subprotocol != self._address.subprotocol:
            raise Cut(f"the server does not speak {self._address.subprotocol}")
        self._talk.connected()
        self.wake()
        writer = asyncio.create_task(self._write(socket))
        try:
            async for data in socket:
                severed = self._hear(data)
                if severed is not None:
                    return severed
        except ConnectionClosed:
            pass  # the code below says why
        finally:
            writer.cancel()
            await asyncio.wait([writer])
        if socket.close_code in HOPELESS:
            raise Cut(f"{HOPELESS[socket.close_code]}: {socket.close_reason}")
        return f"closed with {socket.close_code} {socket.close_reason}"

    async def _write(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):  # the reader finds out as well, and acts on it
            while True:
                await self._wake.wait()
                self._wake.clear()
                for frame in self._talk.outgoing():
                    await socket.send(encode(frame, self._address.subprotocol))

    def _hear(self, data: Data) -> str | None:
        """Take one message in; returns why the connection should end, if it should.  Raises Cut."""
        try:
            self._talk.received(decode_out(data, self._address.subprotocol))
        except BadFrame as error:
            raise Cut(f"the server sent what is no frame: {error}") from error
        notices = self._talk.notices()
        self.connections += sum(isinstance(notice, Entered) for notice in notices)
        self._noted(notices)
        self.wake()
        if any(isinstance(notice, Pressed) for notice in notices):
            self._rest()
        severed = next((notice for notice in notices if isinstance(notice, Severed)), None)
        if severed is not None and severed.final:
            raise Cut(severed.reason)
        return severed.reason if severed is not None else None

    def _rest(self) -> None:
        if self._pause is None:
            wait_s = self._address.backoff.base_s * (1.0 + random.random())  # noqa: S311  # jitter, not a secret
            self._pause = asyncio.get_running_loop().call_later(wait_s, self._go_on)

    def _go_on(self) -> None:
        self._pause = None
        self._talk.again()
        self.wake()
