"""Beside a log, what came of it up to some version: a cache, for whoever reads a long log anew.

Nothing rests on it.  It may be thrown away at any time, and goes by itself when a session was left alone for ``KEPT_S``; whoever takes it
up checks that it belongs to the log.  Putting it twice changes nothing.  It goes out of the store with its log, and it is not put beside
a log that is shorter than it.
"""

from __future__ import annotations

from importlib import resources
from typing import Final, Protocol

from server.log.keys import keys_of
from server.log.line import RedisLine
from server.log.protocol import check_game_id

KEPT_S: Final = 30 * 24 * 60 * 60
SNAPSHOT_SCRIPT: Final = resources.files("server.log").joinpath("snapshot.lua").read_text(encoding="utf-8")


class Snapshots(Protocol):
    """One snapshot a game, the newest. Methods may raise ``LogUnavailable``."""

    async def keep(self, game_id: str, version: int, data: bytes) -> None:
        """Put one that was taken at this version of the log."""

    async def kept(self, game_id: str) -> bytes | None:
        """The last one, if it is still there."""


class MemorySnapshots:
    """``Snapshots`` that are gone with the process."""

    def __init__(self) -> None:
        self._games: dict[str, bytes] = {}

    async def keep(self, game_id: str, version: int, data: bytes) -> None:  # noqa: ARG002 - no log is at hand to compare the version with
        """Put one."""
        check_game_id(game_id)
        self._games[game_id] = data

    async def kept(self, game_id: str) -> bytes | None:
        """The last one."""
        check_game_id(game_id)
        return self._games.get(game_id)


class RedisSnapshots:
    """``Snapshots`` in Redis, one string a game."""

    def __init__(self, line: RedisLine) -> None:
        self._line = line

    async def keep(self, game_id: str, version: int, data: bytes) -> None:
        """Put one, if its log is there."""
        check_game_id(game_id)
        keys = keys_of(game_id)
        await self._line.again(lambda redis: redis.eval(SNAPSHOT_SCRIPT, 2, keys.log, keys.snapshot, version, KEPT_S, data))

    async def kept(self, game_id: str) -> bytes | None:
        """The last one."""
        check_game_id(game_id)
        key = keys_of(game_id).snapshot
        found = await self._line.again(lambda redis: redis.get(key))
        return found.encode() if isinstance(found, str) else found  # the types know of a client that decodes
