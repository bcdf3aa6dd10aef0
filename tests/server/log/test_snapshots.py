"""Snapshots lie beside logs: the newest of each, until the log is gone or time is over."""

from __future__ import annotations

import asyncio

import pytest

from server.keep.store import left_of, take_out
from server.log.keys import keys_of
from server.log.line import RedisLine
from server.log.redis import RedisLog
from server.log.snapshots import KEPT_S, MemorySnapshots, RedisSnapshots
from tests.server.log.contract import entry
from tests.server.log.test_contract import fresh_game


def test_in_memory() -> None:
    """The newest of each game."""

    async def scene() -> None:
        snapshots = MemorySnapshots()
        assert await snapshots.kept("a") is None
        for data in (b"old", b"new"):
            await snapshots.keep("a", 1, data)
        assert (await snapshots.kept("a"), await snapshots.kept("b")) == (b"new", None)

    asyncio.run(scene())


def test_in_redis(redis_url: str) -> None:
    """Another process finds the newest; it goes by itself some day, and with its log; none lies beside a log that is shorter."""

    async def scene() -> None:
        game, lines = fresh_game("snapshots"), (RedisLine(redis_url), RedisLine(redis_url))
        log, own, other = RedisLog(lines[0]), RedisSnapshots(lines[0]), RedisSnapshots(lines[1])
        await log.append(game, 0, [entry("a"), entry("b")], None)
        await own.keep(game, 3, b"of a log that went back")
        assert await other.kept(game) is None
        for data in (b"old", b"\x00new", b"\x00new"):
            await own.keep(game, 2, data)
        assert await other.kept(game) == b"\x00new"
        assert 0 < await lines[0].client.ttl(keys_of(game).snapshot) <= KEPT_S
        await take_out(lines[0], game, 2)
        assert (await other.kept(game), await left_of(lines[0], game)) == (None, 0)
        await log.close()
        for line in lines:
            await line.aclose()

    asyncio.run(scene())


def test_names_are_checked() -> None:
    """As everywhere."""
    with pytest.raises(ValueError, match="cannot name a game"):
        asyncio.run(MemorySnapshots().kept("a b"))
