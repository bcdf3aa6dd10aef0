"""Waiting for logs to move.

A bell is a hint and nothing more: it says how far a log is, and whoever hears it reads the log.  While somebody waits for a log, what the
bells said last is kept, so that waiting costs the store nothing.  Bells from other processes get lost: whoever owns the bells looks at all
logs that are waited for now and then, at once, and says what it found (``attended``, ``found``).  A bell is hung up *before* the version is
read for the first time; otherwise an append between the two would be slept through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

UNREAD = -1


class Bells:
    """The bells of one process: tasks that wait for games to move."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[asyncio.Future[None], None]] = {}
        self._known: dict[str, int] = {}  # how far the games are that are waited for
        self._rung: set[str] = set()  # since ``attended``
        self._doubted: set[str] = set()  # moved since their version was asked for

    def note(self, game_id: str, version: int) -> None:
        """This game is at ``version`` by an append of our own: nobody is woken, since who would be has made it."""
        self._rung.add(game_id)
        if game_id in self._known:
            self._known[game_id] = max(version, self._known[game_id])

    def ring(self, game_id: str, version: int) -> None:
        """This game is said to be at ``version``: wake whoever waits for it."""
        self.note(game_id, version)
        self._wake(game_id)

    def moved(self, game_id: str) -> None:
        """This game is said to have moved, nobody says how far: whoever waits for it reads its version anew."""
        self._rung.add(game_id)
        if game_id in self._known:
            self._known[game_id] = UNREAD
            self._doubted.add(game_id)
        self._wake(game_id)

    def doubt(self) -> None:
        """Bells may have been missed: let everybody look."""
        self._known.clear()
        for game_id in tuple(self._waiting):
            self._wake(game_id)

    def attended(self) -> tuple[str, ...]:
        """The games that are waited for; what was known of others is forgotten."""
        self._rung.clear()
        self._known = {game_id: version for game_id, version in self._known.items() if game_id in self._waiting}
        self._doubted.intersection_update(self._known)
        return tuple(self._known)

    def found(self, game_id: str, version: int) -> None:
        """A look at the log gave this, begun after ``attended``; a bell that rang meanwhile knows better."""
        if game_id in self._known and game_id not in self._rung and version != self._known[game_id]:
            self._known[game_id] = version
            self._wake(game_id)

    async def wait(self, game_id: str, above: int, read_version: Callable[[str], Awaitable[int]], *, timeout_s: float) -> int:
        """The version as soon as it is over ``above``, or what is known of it after ``timeout_s`` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while True:
            bell: asyncio.Future[None] = loop.create_future()
            self._waiting.setdefault(game_id, {})[bell] = None
            try:
                version = self._known.get(game_id, UNREAD)
                if version == UNREAD:
                    version = await self._first(game_id, read_version)
                left_s = end - loop.time()
                if version > above or left_s <= 0:
                    return version
                over = loop.call_later(left_s, _rung, bell)
                try:
                    await bell
                finally:
                    over.cancel()
            finally:
                self._take_down(game_id, bell)

    async def _first(self, game_id: str, read_version: Callable[[str], Awaitable[int]]) -> int:
        self._known[game_id] = UNREAD  # from here on bells are kept
        while True:
            self._doubted.discard(game_id)
            try:
                version = max(await read_version(game_id), self._known.get(game_id, UNREAD))
            except BaseException:
                self._known.pop(game_id, None)
                raise
            if game_id not in self._doubted:
                self._known[game_id] = version
                return version

    def _wake(self, game_id: str) -> None:
        for bell in self._waiting.pop(game_id, ()):
            _rung(bell)

    def _take_down(self, game_id: str, bell: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(game_id)
        if waiting is not None:
            waiting.pop(bell, None)
            if not waiting:
                del self._waiting[game_id]


def _rung(bell: asyncio.Future[None]) -> None:
    if not bell.done():
        bell.set_result(None)
