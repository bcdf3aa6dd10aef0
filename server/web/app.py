"""The whole server on one port: HTTP, WebSocket, sessions, watch.

Stopping is orderly: no new connections, appends under way finish, sockets are closed with 1001, then the
tasks end.  Being killed is no different from stopping, as far as the game goes.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from server.debrief.press import Press
from server.desk.bureau import Bureau
from server.desk.company import Company
from server.log.measured import MeasuredLog
from server.log.protocol import Log
from server.log.shelf import Shelf
from server.log.snapshots import Snapshots
from server.metrics import Metrics
from server.sessions.absence import look_after
from server.sessions.attendance import keep_all
from server.sessions.clock import LogClock
from server.sessions.hall import Hall
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Tokens
from server.sessions.watch import Watch
from server.settings import Settings
from server.tasks import ended
from server.web.debriefs import Debriefs
from server.web.doors import Doors
from server.web.figures import figures
from server.web.http import Interface
from server.web.lobby import Lobby
from server.web.pages import BUILT, Pages
from server.web.parlour import Parlour
from server.web.records import Purge, Records
from server.web.seat_http import SeatInterface
from server.web.seats import Seats
from server.web.sockets import Entrance
from server.web.steering import Steering

SOCKET_PATH = "/ws"
ALONE = Steering()


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """For HTTP."""
        return f"http://{self._shown}:{self.port}"

    @property
    def socket_url(self) -> str:
        """For WebSocket."""
        return f"ws://{self._shown}:{self.port}{SOCKET_PATH}"

    @property
    def _shown(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


@asynccontextmanager
async def serve(
    settings: Settings, log: Log, shelf: Shelf, pages: Path = BUILT, *,
    port: socket.socket | None = None, steering: Steering = ALONE, purge: Purge | None = None, snapshots: Snapshots | None = None
) -> AsyncIterator[Address]:
    """Serve on this log for the time of the block; ``pages`` is the folder of the built page.

    ``port`` is a listening socket to take connections from, if it is not for this process to open one; ``steering`` leads to the other
    processes that share it; ``purge`` removes people from a session of the log, where that can be done;
    ``snapshots`` are where what came of long logs is kept.

    Raises:
        LogUnavailable: the log gives no answer.
        OSError: the port cannot be had.
    """
    log, bureau = MeasuredLog(log, metrics := Metrics()), Bureau()
    tokens, doors = Tokens(shelf, clock := LogClock(log), settings.limits), Doors(settings, metrics)
    world = Surroundings(log, shelf, clock, settings, metrics, bureau.stand_in, tokens.valid, steering.is_home, snapshots)
    watch, lobby = Watch(hall := Hall(world), world, tokens), Lobby(hall, world, tokens, bureau)
    entrance = Entrance(lobby, doors, settings.limits, metrics, steering)
    app = web.Application(middlewares=[doors.guard()], client_max_size=settings.limits.body_bytes_max)
    seats = SeatInterface(Seats(lobby, hall, tokens, log, shelf), parlour := Parlour(lobby, hall, world, tokens))
    debriefs, records = Debriefs(lobby, world, press := Press()), Records(lobby, hall, press, world, tokens, purge)
    routes = Interface(lobby, seats, log, partial(figures, metrics, doors, settings.metrics_token), debriefs, records).routes()
    app.add_routes([*routes, web.get(SOCKET_PATH, entrance.enter), *Pages(pages).routes()])
    try:
        await watch.begin()
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, settings.host, settings.port) if port is None else web.SockSite(runner, port)
            await site.start()
            host, number = runner.addresses[0][:2]
            doors.open_on(settings.host, number)
            attending = look_after(hall, shelf, tokens, clock)
            beside = _begun(watch.run(), Company(hall, tokens, bureau).run(), parlour.run(), steering.take_in(runner), attending)
            try:
                yield Address(host, number)
            finally:
                entrance.closed = True
                await site.stop()
                await ended(*beside)
                await keep_all(hall, shelf, tokens)
                await hall.close()
                bureau.close()
                await press.close()
        finally:
            await runner.cleanup()
    finally:
        await hall.close()
        await log.close()


def _begun(*works: Coroutine[Any, Any, None]) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(work, name="beside") for work in works]
