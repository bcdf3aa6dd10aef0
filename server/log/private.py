"""A Redis of our own: nothing to install, nothing to configure, started and stopped with the program.

It listens on a Unix socket in the data folder (no port, so nobody else reaches it), writes each append to
disk before it answers, and starts again by itself when it dies; clients notice a pause of about a tenth of
a second. Several programs may use one data folder:

    keeper   holds keeper.lock; starts the server, starts it again, stops it at its own end
    guest    finds the lock taken; uses the socket, and becomes keeper when the lock comes free
    orphan   a server whose keeper was killed: on Linux the kernel ends it with its keeper (tether.py);
             elsewhere it goes on, holding redis.lock, until the next keeper finds it and adopts it

Whoever waits here waits without holding up the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Literal

from redis.exceptions import BusyLoadingError, RedisError

from server.log import tether
from server.log.binary import find_binary
from server.log.errors import RedisDidNotStart
from server.log.line import LineLimits, RedisLine, unix_url
from server.log.place import Place
from server.tasks import ended

SETTINGS: Final = {
    "port": "0",
    "daemonize": "no",
    "protected-mode": "yes",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "aof-load-truncated": "yes",
    "maxmemory-policy": "noeviction",
    "save": "",
    "loglevel": "warning",
}
"""How the private server runs; docs/reference says why."""

START_TIMEOUT_S: Final = 20.0
STOP_TIMEOUT_S: Final = 20.0
WATCH_S: Final = 0.02
"""How often the keeper looks whether its server lives, and a guest whether there is a keeper."""
REST_S_MAX: Final = 5.0
"""The longest rest between two starts of a server that dies before it answers."""

_journal = logging.getLogger(__name__)


class PrivateRedis:
    """The server of one data folder, as this process sees it. Make it with ``private_redis``."""

    def __init__(self, data_dir: Path, binary: Path) -> None:
        self._place = Place(data_dir.expanduser().resolve())
        self._binary = binary
        self._keeper: int | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._answered = False
        self.starts = 0

    @property
    def unix_socket_path(self) -> Path:
        """Where the server listens."""
        return self._place.socket

    @property
    def url(self) -> str:
        """The address to open a line to."""
        return unix_url(self._place.socket)

    @property
    def is_keeper(self) -> bool:
        """Whether this process looks after the server."""
        return self._keeper is not None

    @property
    def child_pid(self) -> int | None:
        """The server's process, if this process started the one that runs now."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    async def start(self) -> None:
        """Have a server that answers: started, adopted, or somebody else's.

        Raises:
            RedisDidNotStart: with the server's last words.
        """
        self._place.prepare()
        try:
            await self._come_up()
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._keep_watch(), name="private redis")

    async def stop(self) -> None:
        """Stop looking after the server; the keeper ends it too, in good order, with SIGTERM."""
        if self._watch is not None:
            await ended(self._watch)
            self._watch = None
        if self._keeper is None:
            return
        await self._end_server()
        os.close(self._keeper)
        self._keeper = None

    async def restart(self) -> None:
        """End the server in good order and wait for the next one; whoever keeps it starts it, and clients heal.

        Raises:
            RedisDidNotStart: no other server answers in time.
        """
        pid = self.child_pid or await self._server_pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
        loop = asyncio.get_running_loop()
        end = loop.time() + START_TIMEOUT_S
        while await self._server_pid() in (None, pid):
            if loop.time() > end:
                raise RedisDidNotStart(f"{self._binary} did not come back. {self._last_words()}")
            await asyncio.sleep(WATCH_S)

    async def _come_up(self) -> None:
        """Tend until the server answers. Reading a long log back in may take as long as it takes."""
        loop = asyncio.get_running_loop()
        end = loop.time() + START_TIMEOUT_S
        while True:
            if self._child is not None and self._child.poll() is not None:
                raise RedisDidNotStart(f"{self._binary} ended at once. {self._last_words()}")
            self._tend()
            answer = await self._ask()
            if answer == "ready":
                return
            if answer == "silent" and loop.time() > end:
                raise RedisDidNotStart(f"{self._binary} did not answer in time. {self._last_words()}")
            await asyncio.sleep(WATCH_S / 2)

    def _tend(self) -> None:
        """Become keeper if nobody is; as keeper, start a server if there is none."""
        if self._keeper is None:
            self._keeper = self._place.lock_keeper()
        if self._keeper is None or self.child_pid is not None:
            return
        lock = self._place.lock_server()
        if lock is None:
            return  # an orphan, or one that is still ending
        try:
            self._spawn(lock)
        finally:
            os.close(lock)  # the server has its own copy now

    def _spawn(self, lock: int) -> None:
        settings = SETTINGS | {
            "dir": str(self._place.folder),
            "unixsocket": str(self._place.socket),
            "logfile": str(self._place.server_log),
        }
        command = [str(self._binary)]
        for name, value in settings.items():
            command += [f"--{name}", value]
        self._place.prepare()  # the socket's folder goes when a keeper stops
        self._answered = False
        self._child = subprocess.Popen(  # noqa: S603 - the program is the one the operator chose
            tether.tied(command),
            cwd=self._place.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us: the server outlives our last append
            pass_fds=(lock,),
        )
        self.starts += 1

    async def _keep_watch(self) -> None:
        """Tend for ever. A server that dies before it has answered is given longer and longer rests."""
        rest_s = 0.0
        while True:
            if self.child_pid is None:
                rest_s = 0.0 if self._answered else min(max(rest_s, WATCH_S) * 2, REST_S_MAX)
                await asyncio.sleep(rest_s)
                self._tend_and_tell()
            elif not self._answered:
                await self._ask()
            await asyncio.sleep(WATCH_S)

    def _tend_and_tell(self) -> None:
        before = self.starts
        try:
            self._tend()
        except (OSError, RedisDidNotStart) as error:
            self._answered = False  # so that the next try is given a rest
            _journal.warning("the private Redis cannot be started: %s", error)
        if self.starts > before:
            _journal.warning("the private Redis is started again; see %s", self._place.server_log)

    async def _end_server(self) -> None:
        """SIGTERM by process id; SIGKILL if it does not listen. Done when redis.lock is free."""
        pid = self.child_pid or await self._server_pid()
        for wish in (signal.SIGTERM, signal.SIGKILL):
            if pid is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, wish)
            if await self._gone_within(STOP_TIMEOUT_S if pid is not None else 0.0):
                self._place.clear_socket()
                return
        _journal.error("the private Redis in %s does not end", self._place.folder)

    async def _gone_within(self, timeout_s: float) -> bool:
        for _ in range(round(timeout_s / WATCH_S)):
            if self._is_gone():
                return True
            await asyncio.sleep(WATCH_S)
        return self._is_gone()

    def _is_gone(self) -> bool:
        if self.child_pid is not None:
            return False
        lock = self._place.lock_server()
        if lock is not None:
            os.close(lock)
        return lock is not None

    async def _ask(self) -> Literal["ready", "loading", "silent"]:
        line = RedisLine(self.url, LineLimits(retries_max=0))
        try:
            await line.client.ping()
        except BusyLoadingError:
            return "loading"
        except RedisError:
            return "silent"
        finally:
            await line.aclose()
        self._answered = True
        return "ready"

    async def _server_pid(self) -> int | None:
        """The process behind the socket, if it answers."""
        line = RedisLine(self.url, LineLimits(retries_max=0))
        try:
            return int((await line.client.info("server"))["process_id"])
        except RedisError:
            return None
        finally:
            await line.aclose()

    def _last_words(self) -> str:
        try:
            lines = self._place.server_log.read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return f"Its last words in {self._place.server_log}: {lines[-1]}" if lines else ""


@asynccontextmanager
async def private_redis(data_dir: Path, binary: Path | None = None) -> AsyncIterator[PrivateRedis]:
    """A private server on this data folder for the time of the block.

    Raises:
        NoRedisBinary: there is no program to run.
        RedisDidNotStart: it did not come up.
    """
    server = PrivateRedis(data_dir, find_binary(binary))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
