"""Waiting for a log to move.

A bell is a hint and nothing more: it says how far the log is, and whoever hears it reads the log. Bells from another process get lost, so a
waiter also looks at the log by itself, every ``poll_s``. The bell is hung up *before* the version is read;
otherwise an append between the two would be slept through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Bells:
    """The bells of one process: tasks that wait for games to move."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[asyncio.Future[int], None]] = {}

    def ring(self, game_id: str, version: int = 0) -> None:
        """Wake whoever waits for this game, which is said to be at ``version``."""
        for bell in self._waiting.pop(game_id, ()):
            if not bell.done():
                bell.set_result(version)

    def ring_all(self) -> None:
        """Wake everybody: bells may have been missed."""
        for game_id in tuple(self._waiting):
            self.ring(game_id)

    async def wait(
        self,
        game_id: str,
        above: int,
        read_version: Callable[[str], Awaitable[int]],
        *,
        timeout_s: float,
        poll_s: float,
    ) -> int:
        """The version as soon as it is over ``above``, or what it is after ``timeout_s`` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while True:
            bell: asyncio.Future[int] = loop.create_future()
            self._waiting.setdefault(game_id, {})[bell] = None
            try:
                version = await read_version(game_id)
                left_s = end - loop.time()
                if version > above or left_s <= 0:
                    return version
                await asyncio.wait((bell,), timeout=min(left_s, poll_s))
                if bell.done() and bell.result() > above:
                    return bell.result()
            finally:
                self._take_down(game_id, bell)

    def _take_down(self, game_id: str, bell: asyncio.Future[int]) -> None:
        waiting = self._waiting.get(game_id)
        if waiting is not None:
            waiting.pop(bell, None)
            if not waiting:
                del self._waiting[game_id]
