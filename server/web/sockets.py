"""The WebSocket at ``/ws``: the shell around ``connection`` (what comes in) and ``outbox`` (what goes out).

A task reads and asks, the socket's ``Writer`` sends.  Neither waits for another socket, and the session waits for neither.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import assert_never

from aiohttp import WSMsgType, web

from rules.wire.codec import SUBPROTOCOLS, encode
from rules.wire.frames import Acked, Envelope, Held, Hello, InKinds, Look, OutKinds, Refusal, Submit
from server.log.errors import LogUnavailable
from server.metrics import Metrics
from server.narrate.answers import reworded
from server.narrate.language import language, speaking
from server.reasons import CloseCode, Reason
from server.sessions.gallery import Onlooker
from server.sessions.hall import Room
from server.sessions.requests import asked
from server.sessions.roles import eyes_of
from server.sessions.tokens import Proven
from server.settings import Limits
from server.web.connection import Connection
from server.web.denials import Denied
from server.web.doors import Doors
from server.web.lobby import Lobby
from server.web.outbox import Outbox
from server.web.steering import HandedOver, Steering
from server.web.wire import Line, Wire
from server.web.writing import Writer, closed

_journal = logging.getLogger(__name__)
SILENT = (Acked, Held)
"""Answers without a sentence."""
_DATA = (WSMsgType.TEXT, WSMsgType.BINARY)


class Entrance:
    """The way in for sockets."""

    def __init__(
        self, lobby: Lobby, doors: Doors, limits: Limits, metrics: Metrics | None = None, steering: Steering | None = None
    ) -> None:
        self._lobby = lobby
        self._doors = doors
        self._limits = limits
        self._metrics = metrics or Metrics()
        self._steering = steering or Steering()
        self.closed = False

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """GET /ws."""
        self._doors.check_origin(request)
        if not _offered(request).intersection(SUBPROTOCOLS):
            spoken = " or ".join(SUBPROTOCOLS)
            raise Denied(Reason.BAD_REQUEST, "Sec-WebSocket-Protocol", f"Offer the subprotocol {spoken}.")
        if self.closed:
            raise Denied(Reason.BUSY, "", "The server stops.")
        if await self._steering.handed_over(request):
            return HandedOver()
        with self._doors.unproven(self._doors.address(request)) as proven:
            line = Line(request, self._limits)
            await line.open()
            try:
                socket = Socket(line, self._lobby, self._limits, proven, self._metrics)
                await asyncio.create_task(socket.serve(), name="socket")  # else every message would wake all that the request waits in
            finally:
                line.hang_up()
        return line.response


class Socket:
    """One socket from its hello to its end.  ``proven`` is called once its token was found valid."""

    def __init__(self, wire: Wire, lobby: Lobby, limits: Limits, proven: Callable[[], None], metrics: Metrics | None = None) -> None:
        self._metrics = metrics or Metrics()
        self._wire = wire
        self._lobby = lobby
        self._limits = limits
        self._proven = proven
        self._connection = Connection(wire.ws_protocol or SUBPROTOCOLS[0], limits)
        self._seat: tuple[Room, Onlooker] | None = None
        self._who: Proven | None = None
        self._writer: Writer | None = None
        self._tongue = language()

    async def serve(self) -> None:
        """From the first message to the last word."""
        try:
            await self._read_on()
            await self._say_goodbye()
        finally:
            if self._writer is not None:
                await self._writer.stop()
            if self._seat is not None:
                room, onlooker = self._seat
                room.gallery.part(onlooker)
                if self._who is not None:
                    room.attendance.left(self._who)
                self._metrics.connections.dec()

    async def _read_on(self) -> None:
        """Take messages, one after the other, until either side ends it."""
        loop = asyncio.get_running_loop()
        hello_by_s = loop.time() + self._limits.hello_seconds
        while self._connection.closing is None:
            patience_s = None if self._seat is not None else max(0.0, hello_by_s - loop.time())
            try:
                message = await self._wire.receive(patience_s)
            except TimeoutError:
                self._connection.close(CloseCode.POLICY, "no hello came")
                return
            if message.type not in _DATA:
                return
            self._connection.receive(message.data, loop.time())
            await self._act()
            if self._connection.rest_s > 0:
                await asyncio.sleep(self._connection.rest_s)

    async def _act(self) -> None:
        """Do what the connection asks for."""
        connection = self._connection
        requests, connection.requests = connection.requests, []
        for frame in requests:
            if isinstance(frame, Hello):
                await self._admit(frame)
            elif self._seat is not None:
                self._ask(frame, *self._seat)
        if self._seat is not None:
            room, onlooker = self._seat
            onlooker.touch()
            for said in connection.frames:
                self._post(said, room, onlooker)
            connection.frames = []

    async def _admit(self, hello: Hello) -> None:
        """Let the holder of a valid token in, with everything it missed."""
        try:
            proven = await self._lobby.admit(hello.session, hello.token)
            if proven is None:
                self._connection.turn_away(Reason.TOKEN)
                return
            room = await self._lobby.room(hello.session)
            if room.session.dozes or hello.since > room.session.history.total(eyes_of(proven.viewer)):
                await room.session.refresh()  # another process may have told this client more
        except LogUnavailable:
            self._connection.turn_away(Reason.LOG)
        except Denied as denied:
            self._connection.turn_away(Reason(denied.body.code))
        else:
            self._join(room, hello.since, proven)

    def _join(self, room: Room, since: int, proven: Proven) -> None:
        """Without a wait between: the outbox goes on from the history that the welcome speaks of."""
        eyes = eyes_of(proven.viewer)
        if room.session.is_gone:  # it was put out of memory on the way in
            self._connection.turn_away(Reason.LOG)
            return
        if since > room.session.history.total(eyes):
            self._connection.turn_away(Reason.AHEAD)
            return
        self._proven()
        self._connection.seat(room.gallery.bucket(proven.viewer))
        outbox = Outbox(eyes, since, self._connection.subprotocol, self._limits)
        onlooker = Onlooker(outbox, proven.proof, proven.viewer)
        onlooker.post(room.session.welcome(eyes))
        room.gallery.join(onlooker)
        room.attendance.came(proven)
        self._seat, self._who = (room, onlooker), proven
        self._metrics.connections.inc()
        self._writer = Writer(self._wire, self._connection, room.session, onlooker, self._limits, self._metrics)

    def _ask(self, frame: InKinds, room: Room, onlooker: Onlooker) -> None:
        """Put a seated client's frame before its session."""
        match frame:
            case Submit() | Envelope():
                answer = partial(self._answered, frame, time.monotonic())
                found = asked(frame, onlooker.holder, room.session.plan.pace, answer, room.session.plan.critical)
                if isinstance(found, Refusal):
                    self._post(found, room, onlooker)
                else:
                    room.session.ask(found)
            case Look():
                onlooker.outbox.look()
                onlooker.ring()
            case Hello():
                raise AssertionError("a connection lets one hello through")
            case _:
                assert_never(frame)

    def _answered(self, asked_for: Submit | Envelope, began_s: float, frame: OutKinds) -> None:
        """An order is answered: it is timed since the bytes came, counts for whoever sent it, and is posted."""
        self._metrics.answered(frame.type, time.monotonic() - began_s)
        if self._seat is not None and self._who is not None:
            room, onlooker = self._seat
            room.attendance.answered(self._who, asked_for, frame)
            self._post(frame, room, onlooker)

    def _post(self, said: OutKinds, room: Room, onlooker: Onlooker) -> None:
        """Answer in the language of the socket; whoever asks for none is answered in the words of the rules."""
        if isinstance(said, SILENT):
            onlooker.post(said)
            return
        with speaking(self._tongue):
            onlooker.post(reworded(said, room.session.history.game))

    async def _say_goodbye(self) -> None:
        """Send what is owed, then close with the code of the connection, if it is ours to close."""
        closing = self._connection.closing
        if closing is None:
            return
        if self._writer is not None:
            await self._writer.farewell(closing.code, closing.reason)
            return
        with contextlib.suppress(ConnectionError):
            if self._connection.frames:
                self._wire.write([encode(said, self._connection.subprotocol) for said in self._connection.frames])
        await closed(self._wire, closing.code, closing.reason)


def _offered(request: web.Request) -> frozenset[str]:
    names = ",".join(request.headers.getall("Sec-WebSocket-Protocol", []))
    return frozenset(name.strip() for name in names.split(","))
