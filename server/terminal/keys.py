"""Where a person's lines come from: the keyboard or a pipe, or a list in a test."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextvars import copy_context
from threading import Thread
from typing import Protocol, TypeVar

T = TypeVar("T")
CHUNK_BYTES = 4096
LINE_BYTES_MAX = 10_000


class Keys(Protocol):
    """Lines that somebody types."""

    def line(self) -> str | None:
        """The next line without its end; None when there will be no more.  Waits."""
        ...


class Keyboard:
    """Standard input, read without the locks of ``sys.stdin``, so that the program can end while somebody thinks."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
        self._rest = b""

    def line(self) -> str | None:
        """The next line; None at the end of input."""
        while b"\n" not in self._rest and len(self._rest) < LINE_BYTES_MAX:
            chunk = os.read(self._descriptor, CHUNK_BYTES)
            if not chunk:
                break
            self._rest += chunk
        if not self._rest:
            return None
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")


class Script:
    """Lines that were written down before."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = deque(lines)

    def line(self) -> str | None:
        """The next one."""
        return self._lines.popleft() if self._lines else None


async def apart(work: Callable[[], T]) -> T:
    """Run ``work`` in a thread that does not keep the program alive, and give what it returns or raises."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(give: Callable[[], None]) -> None:
        if not outcome.done():
            give()

    def body() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits
            failure = error
            _call(loop, lambda: settle(lambda: outcome.set_exception(failure)))
        else:
            _call(loop, lambda: settle(lambda: outcome.set_result(result)))

    Thread(target=copy_context().run, args=(body,), name="person", daemon=True).start()
    return await outcome


def _call(loop: asyncio.AbstractEventLoop, give: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(give)
