"""Several processes on one port, for more sockets than one core can serve.

Every process serves every session: the log's version is the only token, so nothing is dealt out but connections, which processes hand to
each other by session (``server.web.steering``).  The supervisor keeps the private Redis, opens the port and the ways between processes,
starts the processes, starts one again that ends by itself, and on SIGTERM or Ctrl-C asks all of them to drain: appends under way finish,
sockets are closed with 1001, clients come back with ``since``.  If the supervisor itself is killed, its processes see the end of their
standard input and drain as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory

from prometheus_client.multiprocess import mark_process_dead

from server.log.errors import NotDurable
from server.metrics import FOLDER
from server.ports import listening, ways
from server.runtime import redis_of, told_to_stop
from server.settings import Settings
from server.tasks import ended
from server.web.app import Address
from server.worker import READY, SETTINGS

START_SECONDS_MAX = 60.0
REST_S_MIN, REST_S_MAX = 0.1, 5.0
"""Between two starts of a process that ends before it serves: doubled each time."""
GRACE_S = 5.0
"""Over ``stop_seconds``, before a process that does not drain is killed."""

Ways = Sequence[tuple[socket.socket, socket.socket]]
_journal = logging.getLogger(__name__)


class ProcessDidNotStart(Exception):
    """A process ended, or kept silent, before it served; its own words stand above this one's."""


class Process:
    """One place on the port, and the processes that fill it one after the other."""

    def __init__(self, number: int, settings: Settings, port: socket.socket, ways: Ways, figures: str) -> None:
        self.number = number
        self._settings = settings
        self._port = port
        self._ways = ways
        self._figures = figures
        self._child: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process that fills the place now."""
        return self._child.pid if self._child is not None and self._child.returncode is None else None

    async def start(self) -> None:
        """Have a process that serves.

        Raises:
            ProcessDidNotStart: it ended or kept silent.
        """
        descriptors = [self._port.fileno()]
        if self._ways:
            descriptors += [self._ways[self.number - 1][0].fileno(), *(outlet.fileno() for _, outlet in self._ways)]
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "server.worker",
            str(self.number),
            *map(str, descriptors),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=descriptors,
            env={**os.environ, FOLDER: self._figures},
            start_new_session=True,  # Ctrl-C is for the supervisor, which tells the others
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        said = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(START_SECONDS_MAX):
                self._child.stdin.write(SETTINGS.dump_json(self._settings) + b"\n")
                await self._child.stdin.drain()
                said = await self._child.stdout.readline()
        if said.decode(errors="replace").strip() != READY:
            await self.end()
            raise ProcessDidNotStart(f"Process {self.number} did not start.")

    async def keep(self) -> None:
        """Start a process again whenever it ends, until cancelled."""
        rest_s = 0.0
        while True:
            assert self._child is not None
            code = await self._child.wait()
            mark_process_dead(self._child.pid, self._figures)  # type: ignore[no-untyped-call]  # the library leaves it so
            _journal.warning("process %d ended with code %d and is started again", self.number, code)
            await asyncio.sleep(rest_s)
            try:
                await self.start()
                rest_s = 0.0
            except ProcessDidNotStart as error:
                rest_s = min(max(REST_S_MIN, 2 * rest_s), REST_S_MAX)
                _journal.error("%s The next try is in %g s.", error, rest_s)

    async def end(self) -> None:
        """Ask it to drain; kill it if it does not."""
        child = self._child
        if child is None:
            return
        patience_s = self._settings.stop_seconds + GRACE_S
        for wish in (signal.SIGTERM, signal.SIGKILL):
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.send_signal(wish)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(patience_s):
                        await child.wait()
        if child.stdin is not None:
            child.stdin.close()


@asynccontextmanager
async def supervised(settings: Settings) -> AsyncIterator[tuple[Address, Sequence[Process]]]:
    """``settings.processes`` processes on one port for the time of the block.

    Raises:
        ProcessDidNotStart: at least one of them did not.
        NotDurable, NoRedisBinary, RedisDidNotStart, OSError: see ``server.runtime.running``.
    """
    async with AsyncExitStack() as stack:
        ports = stack.enter_context(listening(settings.host, settings.port, settings.processes))
        between = stack.enter_context(ways(settings.processes))
        url = await stack.enter_async_context(redis_of(settings))
        shared = replace(settings, redis_url=url, data_dir=None)
        figures = stack.enter_context(TemporaryDirectory(prefix="unipole-figures-"))
        processes = [Process(number, shared, port, between, figures) for number, port in enumerate(ports, start=1)]
        stack.push_async_callback(_all_ended, processes)
        async with asyncio.TaskGroup() as starting:
            for process in processes:
                starting.create_task(process.start())
        keeping = [asyncio.create_task(process.keep(), name=f"process {process.number}") for process in processes]
        stack.push_async_callback(_all_done, keeping)
        host, port = ports[0].getsockname()[:2]
        yield Address(host, port), processes


async def supervise(settings: Settings, ready: Callable[[Address], None]) -> None:
    """Serve with several processes until SIGTERM or SIGINT; ``ready`` is called once all of them serve."""
    with told_to_stop() as stop:
        try:
            async with supervised(settings) as (address, processes):
                _journal.info("processes %s, supervised by %d", [process.pid for process in processes], os.getpid())
                ready(address)
                await stop.wait()
        except* ProcessDidNotStart as failures:
            raise failures.exceptions[0] from None
        except* NotDurable as failures:
            raise failures.exceptions[0] from None


async def _all_ended(processes: Sequence[Process]) -> None:
    await asyncio.gather(*(process.end() for process in processes))


async def _all_done(keeping: Sequence[asyncio.Task[None]]) -> None:
    for task in keeping:
        await ended(task)
