"""Sockets go to the process of their session, among processes that share a port.

Every process may serve every session, but two that serve the same one decide its orders against each other and both keep its game.  So
each session has a *home* among them, by a hash of its name, and a client may say in the address of the socket which session it is about
to enter (``/ws?session=...``).  A process that gets such a request for a session that is at home elsewhere hands the connection over: the
descriptor and the bytes of the request go through a Unix socket, and the other process takes them as if it had accepted them itself.
Until the handshake is answered a client says nothing more, so no byte can get lost on the way.

All this is a hint.  Who names no session, or another one than he enters, or meets a home that is full, is served where he is; the log's
version decides, as ever.  The supervisor holds both ends of every Unix socket, so what was handed to a process that died waits for its
successor, like connections that the kernel had dealt to it.
"""

from __future__ import annotations

import array
import asyncio
import logging
import socket
import zlib
from collections.abc import Sequence

from aiohttp import web

from server.failures import place_of

HEAD_BYTES_MAX = 32 * 1024
"""Of a request that is handed over; a longer one is answered where it came in."""
TRIES_MAX, TRY_AGAIN_S = 10, 0.005
"""While more connections wait for their home than its Unix socket holds."""
_journal = logging.getLogger(__name__)


class Steering:
    """The way of one process, number ``own`` from 0, to all others; ``ways[own]`` is where it takes from."""

    def __init__(self, own: int = 0, inlet: socket.socket | None = None, ways: Sequence[socket.socket] = ()) -> None:
        self._own = own
        self._inlet = inlet
        self._ways = tuple(ways)
        for way in (*self._ways, *(() if inlet is None else (inlet,))):
            way.settimeout(0)

    def is_home(self, session_id: str) -> bool:
        """Whether sockets of this session are sent here."""
        return len(self._ways) < 2 or self._home(session_id) == self._own  # noqa: PLR2004 - one is nobody to choose from

    async def handed_over(self, request: web.Request) -> bool:
        """Give the connection of a handshake to the home of the session that its address names, unless that is here."""
        session_id, transport = request.query.get("session"), request.transport
        if not session_id or transport is None or self.is_home(session_id):
            return False
        below, head = transport.get_extra_info("socket"), head_of(request)
        if below is None or transport.get_extra_info("sslcontext") is not None or len(head) > HEAD_BYTES_MAX:
            return False
        way = self._ways[self._home(session_id)]
        for _ in range(TRIES_MAX):
            try:
                way.sendmsg([head], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [below.fileno()]))])
            except BlockingIOError:
                await asyncio.sleep(TRY_AGAIN_S)
            except OSError as error:
                _journal.warning("a connection could not be handed over: %s", place_of(error))
                return False
            else:
                transport.abort()  # closes the descriptor here; the connection lives on in the other
                return True
        return False

    async def take_in(self, runner: web.AppRunner) -> None:
        """Take connections that others hand over, until cancelled, as if they had come to this runner."""
        if self._inlet is None or runner.server is None:
            return
        loop, inlet = asyncio.get_running_loop(), self._inlet
        waiting = asyncio.Event()
        loop.add_reader(inlet.fileno(), waiting.set)
        try:
            while True:
                await waiting.wait()
                waiting.clear()
                while (taken := _received(inlet)) is not None:
                    head, connection = taken
                    try:
                        _, protocol = await loop.connect_accepted_socket(runner.server, connection)
                        protocol.data_received(head)
                    except OSError as error:  # the client has left meanwhile
                        connection.close()
                        _journal.info("a connection was gone when it came here: %s", place_of(error))
        finally:
            loop.remove_reader(inlet.fileno())

    def _home(self, session_id: str) -> int:
        return zlib.crc32(session_id.encode()) % len(self._ways)


class HandedOver(web.StreamResponse):
    """What a handler returns when another process answers: nothing is written."""

    async def prepare(self, request: web.BaseRequest) -> None:
        """Nothing to begin."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing to end."""


def head_of(request: web.BaseRequest) -> bytes:
    """A request without a body as it came in."""
    lines = [f"{request.method} {request.raw_path} HTTP/1.1".encode(), *(name + b": " + value for name, value in request.raw_headers)]
    return b"\r\n".join([*lines, b"", b""])


def _received(inlet: socket.socket) -> tuple[bytes, socket.socket] | None:
    """The next connection that waits; None if there is none."""
    while True:
        try:
            head, descriptors, _, _ = socket.recv_fds(inlet, HEAD_BYTES_MAX, 1)
        except BlockingIOError:
            return None
        if not descriptors:
            return None  # the other ends are closed: the supervisor is gone
        connection = socket.socket(fileno=descriptors[0])
        connection.settimeout(0)
        return head, connection
