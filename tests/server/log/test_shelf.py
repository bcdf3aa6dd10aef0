"""Both shelves keep named texts, and repeating a write changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from server.log.errors import LogUnavailable
from server.log.line import LineLimits, RedisLine
from server.log.shelf import MemoryShelf, RedisShelf, Shelf
from tests.server.log.test_contract import fresh_game
from tests.server.log.wire import Fault, faulty_wire


async def keeps_texts(shelf: Shelf, other: Shelf, game: str) -> None:
    """Put, put again, get, list, drop, drop again; per game."""
    assert await shelf.all(game) == {}
    assert await shelf.get(game, "seat:1") is None
    for _ in range(2):
        await shelf.put(game, "seat:1", "первый")
        await shelf.put(game, "seat:2", "")
    assert await other.all(game) == {"seat:1": "первый", "seat:2": ""}
    assert await other.get(game, "seat:1") == "первый"
    assert await other.get(game, "seat:2") == ""
    await shelf.put(game, "seat:1", "new")
    for _ in range(2):
        await shelf.drop(game, "seat:2")
    assert await other.all(game) == {"seat:1": "new"}
    assert await other.all(f"{game}-other") == {}
    assert not await shelf.swap(game, "seat:1", "old", "mine")
    assert not await other.swap(game, "seat:1", None, "mine")
    assert await other.swap(game, "seat:3", None, "theirs")
    assert await other.swap(game, "seat:3", None, "theirs")  # sent twice
    assert not await shelf.swap(game, "seat:3", None, "mine")
    assert await shelf.swap(game, "seat:3", "theirs", "mine")
    assert not await other.swap(game, "seat:4", "theirs", "mine")
    assert await other.all(game) == {"seat:1": "new", "seat:3": "mine"}
    for _ in range(2):
        await shelf.put_all(game, {"seat:1": "last", "seat:5": "пятый"})
    assert await other.all(game) == {"seat:1": "last", "seat:3": "mine", "seat:5": "пятый"}
    (await other.all(game)).clear()
    assert await other.get(game, "seat:1") == "last"
    with pytest.raises(ValueError, match="cannot name a game"):
        await shelf.put("a b", "seat:1", "x")
    with pytest.raises(ValueError, match="cannot name a game"):
        await shelf.put_all("a b", {"seat:1": "x"})


def test_memory_shelf() -> None:
    """The shelf in memory."""
    shelf = MemoryShelf()
    asyncio.run(keeps_texts(shelf, shelf, "game"))


def test_redis_shelf(redis_url: str) -> None:
    """The shelf in Redis, seen by two processes."""

    async def scene() -> None:
        lines = RedisLine(redis_url), RedisLine(redis_url)
        await keeps_texts(RedisShelf(lines[0]), RedisShelf(lines[1]), fresh_game("shelf"))
        for line in lines:
            await line.aclose()

    asyncio.run(scene())


Write = Callable[[RedisShelf], Coroutine[None, None, None]]


@pytest.mark.parametrize("write", [lambda shelf: shelf.put("game", "seat:1", "x"), lambda shelf: shelf.drop("game", "seat:1")])
def test_a_write_is_sent_once(valkey: str, tmp_path: Path, write: Write) -> None:
    """A plain write whose answer is lost is an error, not a second write."""

    async def scene() -> None:
        async with faulty_wire(valkey, tmp_path, lambda way: Fault.CUT if way == "reply" else Fault.NONE) as wire:
            line = RedisLine(wire.url, LineLimits(retries_max=3, backoff_base_s=0.001))
            with pytest.raises(LogUnavailable):
                await write(RedisShelf(line))
            await line.aclose()
            assert wire.faults == {("request", Fault.NONE): 1, ("reply", Fault.CUT): 1}

    asyncio.run(scene())
