"""A server on a real port for tests, with a raw client that knows nothing of the SDK."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from rules.wire import frames as f
from rules.wire.codec import JSON, MSGPACK, decode_out, encode
from server.log.memory import MemoryLog
from server.log.protocol import Log
from server.log.shelf import MemoryShelf, Shelf
from server.settings import Settings
from server.web.app import Address, serve
from tests.patience import PATIENCE_S
from tests.server.stage import SEATS

_guests: list[Client] = []
"""Whoever dialled.  Those who came while a site stood are hung up with it, so that no socket outlives its loop."""


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Site:
    """A running server and a way to ask it."""

    address: Address
    http: aiohttp.ClientSession
    tokens: dict[str, str] = field(default_factory=dict)
    session: str = ""

    async def ask(
        self, method: str, path: str, body: object = None, token: str | None = None, **headers: str
    ) -> Answer:
        """One request."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        async with self.http.request(method, path, json=body, headers=headers) as answer:
            readers = {"application/json": answer.json, "application/zip": answer.read}
            said = await readers.get(answer.content_type, answer.text)()
            return Answer(answer.status, said, dict(answer.headers))

    async def open(
        self, pace: f.Pace = "live", *, start: bool = True, seats: tuple[str, ...] = SEATS, **wish: object
    ) -> None:
        """A session, of the small scenario unless another is wished, with seats claimed."""
        made = await self.ask("POST", "/api/sessions", {"scenario": "tiny", "pace": pace, "seed": "site", **wish})
        assert made.status == 201, made.body
        self.session = made.body["session"]
        self.tokens = {"umpire": made.body["control_token"], "public": made.body["public_token"]}
        for seat in seats:
            claimed = await self.ask("POST", self.seat_path(seat), token=self.tokens["umpire"])
            self.tokens[seat] = claimed.body["token"]
        if start:
            assert (await self.control(act="start")).status == 200

    async def appoint(self, post: str) -> None:
        """A token for somebody at a post of the white cell."""
        given = await self.ask("POST", f"{self.seat_path(post)}/devices", token=self.tokens["umpire"])
        assert given.status == 201, given.body
        self.tokens[post] = given.body["token"]

    def seat_path(self, seat: str) -> str:
        """Where a seat is claimed."""
        return f"/api/sessions/{self.session}/seats/{seat}"

    async def control(self, **act: object) -> Answer:
        """An act of control."""
        return await self.ask("POST", f"/api/sessions/{self.session}/control", act, self.tokens["umpire"])

    async def force(self, phase: str) -> None:
        """Close steps until a phase is open."""
        while (await self.ask("GET", f"/api/sessions/{self.session}")).body["phase"] != phase:
            assert (await self.control(act="force")).status == 200

    async def state(self) -> dict[str, Any]:
        """What everybody may know."""
        found: dict[str, Any] = (await self.ask("GET", f"/api/sessions/{self.session}")).body
        return found

    async def play_out(self) -> None:
        """Close steps until the game is over."""
        while (await self.state())["status"] != "over":
            assert (await self.control(act="force")).status == 200

    async def client(self, viewer: str, *, since: int = 0, subprotocol: str = MSGPACK, sees: str = "") -> Client:
        """A seated client that has its welcome."""
        client = await dial(self.address, subprotocol)
        await client.send(f.Hello(session=self.session, token=self.tokens[viewer], since=since))
        welcome = await client.receive()
        assert isinstance(welcome, f.Welcome), welcome
        assert welcome.viewer == (sees or viewer)
        return client


@dataclass
class Client:
    """One raw socket."""

    socket: ClientConnection
    subprotocol: str

    async def send(self, frame: f.InKinds) -> None:
        """Send a frame."""
        await self.socket.send(encode(frame, self.subprotocol))

    async def receive(self) -> f.OutKinds:
        """The next frame."""
        async with asyncio.timeout(PATIENCE_S):
            return decode_out(await self.socket.recv(), self.subprotocol)

    async def until(self, kind: type[f.OutKinds]) -> Any:  # noqa: ANN401 - the frame of that kind
        """The next frame of a kind; others are passed over."""
        while not isinstance(frame := await self.receive(), kind):
            pass
        return frame

    async def code(self) -> int | None:
        """Read to the end; the code with which the server closed."""
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        return self.socket.close_code

    async def close(self) -> None:
        """Hang up."""
        await self.socket.close()


async def dial(
    address: Address,
    subprotocol: str = MSGPACK,
    session: str | None = None,
    **options: Any,  # noqa: ANN401 - of websockets
) -> Client:
    """A socket without a hello, about a session if one is named."""
    socket = await connect(
        address.socket_url if session is None else f"{address.socket_url}?session={session}",
        subprotocols=[Subprotocol(subprotocol)],
        compression=None,
        max_size=2 << 20,
        close_timeout=1.0,
        proxy=None,
        **options,
    )
    _guests.append(client := Client(socket, subprotocol))
    return client


async def _dismiss(since: int) -> None:
    leaving, _guests[since:] = _guests[since:], []
    await asyncio.gather(*(guest.close() for guest in leaving))


@asynccontextmanager
async def site(
    settings: Settings | None = None, log: Log | None = None, shelf: Shelf | None = None
) -> AsyncIterator[Site]:
    """A server on a log in memory, or on the given one."""
    log = log or MemoryLog(lambda: int(time.time() * 1000))
    patience = aiohttp.ClientTimeout(total=PATIENCE_S)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_dismiss, len(_guests))  # after the server has said goodbye to them
        address = await stack.enter_async_context(serve(settings or Settings(), log, shelf or MemoryShelf()))
        yield Site(address, await stack.enter_async_context(aiohttp.ClientSession(address.url, timeout=patience)))


__all__ = ["JSON", "MSGPACK", "Answer", "Client", "Site", "dial", "site"]
