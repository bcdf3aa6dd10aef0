"""Small facts kept beside the log: the hashes of seat tokens.

They are not events of the game, so they are not in its log, and purging people must be able to remove them.
Putting the same value twice, or dropping what is gone, changes nothing, so a caller may repeat a write
whose answer got lost; the shelf does not do so by itself, because a late repetition could undo somebody
else's newer write. What several processes may want at once, such as a free seat, is swapped instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from itertools import chain
from typing import Any, Final, Protocol

from server.log.keys import keys_of
from server.log.line import RedisLine
from server.log.protocol import check_game_id

SWAP_SCRIPT: Final = resources.files("server.log").joinpath("swap.lua").read_text(encoding="utf-8")


class Shelf(Protocol):
    """Named texts of a game. Methods may raise ``LogUnavailable``."""

    async def put(self, game_id: str, field: str, value: str) -> None:
        """Set a field."""

    async def put_all(self, game_id: str, fields: Mapping[str, str]) -> None:
        """Set several fields, at least one, all or none."""

    async def get(self, game_id: str, field: str) -> str | None:
        """The value of a field, if it has one."""

    async def all(self, game_id: str) -> dict[str, str]:
        """Every field with its value."""

    async def drop(self, game_id: str, field: str) -> None:
        """Remove a field, if it is there."""

    async def swap(self, game_id: str, field: str, seen: str | None, value: str) -> bool:
        """Set a field if it holds what the caller saw (None: if there is none); whether it holds the value now."""


class MemoryShelf:
    """A ``Shelf`` that is gone with the process."""

    def __init__(self) -> None:
        self._games: dict[str, dict[str, str]] = {}

    async def put(self, game_id: str, field: str, value: str) -> None:
        """Set a field."""
        check_game_id(game_id)
        self._games.setdefault(game_id, {})[field] = value

    async def put_all(self, game_id: str, fields: Mapping[str, str]) -> None:
        """Set several fields."""
        check_game_id(game_id)
        self._games.setdefault(game_id, {}).update(fields)

    async def get(self, game_id: str, field: str) -> str | None:
        """The value of a field, if it has one."""
        return (await self.all(game_id)).get(field)

    async def all(self, game_id: str) -> dict[str, str]:
        """Every field with its value."""
        check_game_id(game_id)
        return dict(self._games.get(game_id, {}))

    async def drop(self, game_id: str, field: str) -> None:
        """Remove a field, if it is there."""
        check_game_id(game_id)
        self._games.get(game_id, {}).pop(field, None)

    async def swap(self, game_id: str, field: str, seen: str | None, value: str) -> bool:
        """Set a field if it holds what the caller saw."""
        check_game_id(game_id)
        fields = self._games.setdefault(game_id, {})
        if fields.get(field) in (seen, value):
            fields[field] = value
        return fields.get(field) == value


class RedisShelf:
    """A ``Shelf`` in Redis, one hash a game."""

    def __init__(self, line: RedisLine) -> None:
        self._line = line

    async def put(self, game_id: str, field: str, value: str) -> None:
        """Set a field; durable when this returns."""
        await self.put_all(game_id, {field: value})

    async def put_all(self, game_id: str, fields: Mapping[str, str]) -> None:
        """Set several fields; durable when this returns."""
        key, pairs = _key(game_id), list[Any](chain.from_iterable(fields.items()))
        await self._line.once(lambda redis: redis.hset(key, items=pairs))

    async def get(self, game_id: str, field: str) -> str | None:
        """The value of a field, if it has one."""
        key = _key(game_id)
        value = await self._line.again(lambda redis: redis.hget(key, field))
        return None if value is None else _text(value)

    async def all(self, game_id: str) -> dict[str, str]:
        """Every field with its value."""
        key = _key(game_id)
        pairs = await self._line.again(lambda redis: redis.hgetall(key))
        return {_text(field): _text(value) for field, value in pairs.items()}

    async def drop(self, game_id: str, field: str) -> None:
        """Remove a field, if it is there; durable when this returns."""
        key = _key(game_id)
        await self._line.once(lambda redis: redis.hdel(key, field))

    async def swap(self, game_id: str, field: str, seen: str | None, value: str) -> bool:
        """Set a field if it holds what the caller saw; durable when this returns True.  It may be repeated, so it is."""
        key = _key(game_id)
        kind, old = ("absent", "") if seen is None else ("is", seen)
        return bool(await self._line.again(lambda redis: redis.eval(SWAP_SCRIPT, 1, key, field, kind, old, value)))


def _key(game_id: str) -> str:
    check_game_id(game_id)
    return keys_of(game_id).seats


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
