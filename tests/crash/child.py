"""A server's process that has one life after the other on one port.

It is forked from a nursery: a process that has read all our code and does nothing, so that a life begins in a tenth of a
second and thousands of deaths fit into an hour. ``fresh`` does without: each life begins with a new interpreter, as after
a real crash, which is what a time to recover has to be measured with.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys

START_SECONDS_MAX = 120.0


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Child:
    """One life after the other; ``end`` when no more are wanted."""

    def __init__(self, redis_url: str, *, hasty: bool = False, fresh: bool = False) -> None:
        self.port = free_port()
        self.pid: int | None = None
        self._fresh = fresh
        self._command = [sys.executable, "-m", "tests.crash.served", "--redis", redis_url, "--port", str(self.port)]
        self._command += ["--hasty"] if hasty else []
        self._nursery: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Begin a life; returns when it serves."""
        if self._nursery is None:
            pipe = asyncio.subprocess.PIPE
            self._nursery = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe, start_new_session=True)
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(b"live\n")
        self.pid = await self._told("pid")
        assert await self._told("port") == self.port

    async def kill(self, wish: signal.Signals = signal.SIGKILL) -> int:
        """End this life; returns its exit code."""
        self.send(wish)
        code = await self._told("code")
        self.pid = None
        if self._fresh:
            await self.end()
        return code

    def send(self, wish: signal.Signals) -> None:
        """A signal to the life that is lived now."""
        assert self.pid is not None
        os.kill(self.pid, wish)

    async def end(self) -> None:
        """No more lives: the nursery and whoever lives in it end at once, also in the middle of a start."""
        if self._nursery is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._nursery.pid, signal.SIGKILL)
            await self._nursery.wait()
        self.pid = self._nursery = None

    async def _told(self, what: str) -> int:
        """The next thing that the nursery says, which has to be this."""
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        async with asyncio.timeout(START_SECONDS_MAX):
            word, number = (await self._nursery.stdout.readline()).split()
        assert word.decode() == what, (word, number)
        return int(number)
