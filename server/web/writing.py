"""What leaves a socket: once a turn of the loop, all that its outbox has, in one piece and without a task.

Whoever has something new rings; however often that happens in one turn, the outbox is emptied once at its end.  Only a connection that
does not take everything has a task of its own, until it has caught up, and so has the last word.  A frame that does not leave within
``write_seconds``, or answers that pile up, mean that the client does not read: it is closed with 1013 and may come back with ``since``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from server.failures import place_of
from server.metrics import Metrics
from server.reasons import CloseCode
from server.sessions.gallery import Onlooker
from server.sessions.session import Session
from server.settings import Limits
from server.tasks import ended
from server.web.connection import Connection
from server.web.wire import CLOSE_SECONDS, Wire

_journal = logging.getLogger(__name__)
GONE = CloseCode.GOING_AWAY, "the client is gone"


class Writer:
    """The way out of one socket that has a seat, from the moment it is made until ``stop``."""

    def __init__(
        self, wire: Wire, connection: Connection, session: Session, onlooker: Onlooker, limits: Limits, metrics: Metrics
    ) -> None:
        self._wire = wire
        self._connection = connection
        self._session = session
        self._onlooker = onlooker
        self._limits = limits
        self._metrics = metrics
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        onlooker.heed = self._look

    async def farewell(self, code: CloseCode, reason: str) -> None:
        """Send what is owed, then close."""
        self._onlooker.leave(code, reason)
        while not self._stopped:
            await self._keeping_up()

    async def stop(self) -> None:
        """Send nothing more."""
        self._stopped = True
        if self._task is not None:
            await ended(self._task)

    def _look(self) -> None:
        """Somebody has rung; a task looks by itself."""
        if self._task is not None or self._stopped:
            return
        try:
            if self._onlooker.leaving is None and self._all_sent():
                return
        except ConnectionError:
            self._onlooker.leave(*GONE)
        except Exception as error:  # noqa: BLE001 - whoever rang has no part in it, and the client is told to come back
            self._onlooker.leave(*self._failed(error))
        self._task = self._keeping_up()

    def _all_sent(self) -> bool:
        """Send what there is, without a wait; whether that was all, and the connection has taken it."""
        messages = self._onlooker.outbox.load(self._session)
        if messages:
            self._wire.write(messages)
            self._onlooker.touch()
        return self._onlooker.outbox.is_empty and not self._wire.is_full

    def _keeping_up(self) -> asyncio.Task[None]:
        """The task that sends what could not be sent at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep_up(), name="writer")
        return self._task

    async def _keep_up(self) -> None:
        """Until everything is sent, or to the end: then close, which wakes the reader."""
        onlooker = self._onlooker
        try:
            while (leaving := onlooker.leaving) is None:
                await self._drained(self._limits.write_seconds)
                if self._all_sent() and self._onlooker.leaving is None:
                    self._task = None
                    return
                await asyncio.sleep(0)
            code, reason = leaving
            if answers := onlooker.outbox.answers():
                self._wire.write(answers)
                await self._drained(CLOSE_SECONDS)
        except TimeoutError:
            code, reason = onlooker.leaving or (CloseCode.TRY_LATER, "the client does not read")
        except ConnectionError:
            code, reason = GONE
        except Exception as error:  # noqa: BLE001 - as above
            code, reason = self._failed(error)
        if code is CloseCode.TRY_LATER:
            self._metrics.drops.inc()
        self._connection.close(code, reason)
        await closed(self._wire, code, reason)
        self._stopped = True

    def _failed(self, error: Exception) -> tuple[CloseCode, str]:
        _journal.error("a socket's writer failed: %s", place_of(error))
        return CloseCode.INTERNAL, "the server failed"

    async def _drained(self, patience_s: float) -> None:
        """Raises TimeoutError if the client does not take what it was sent before."""
        if self._wire.is_full:
            async with asyncio.timeout(patience_s):
                await self._wire.drain()


async def closed(wire: Wire, code: CloseCode, reason: str) -> None:
    """Close, if the other side lets us."""
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await wire.close(code=code, message=reason.encode())
