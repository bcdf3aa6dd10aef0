"""Key names: one slot for all that one append touches, and every key in the reference."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from pathlib import Path

import pytest
import redis
from redis.crc import key_slot

from server.log.durability import require_durable
from server.log.keys import BELL, BUCKETS, all_buckets, keys_of
from server.log.line import RedisLine
from server.log.protocol import Deadline
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.log.snapshots import RedisSnapshots
from tests.server.log.contract import CONTRACT, entry
from tests.server.log.test_contract import check_redis, fresh_game

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "redis-keys.md"
GAMES = [f"game-{number}" for number in range(500)] + ["a", "}{", "{x}", "a:log"]


def names(game: str) -> list[str]:
    """Every key that belongs to a game, its bucket's included."""
    keys = keys_of(game)
    own = [getattr(keys, field.name) for field in dataclasses.fields(keys) if field.name != "bucket"]
    return [*own, keys.bucket.games, keys.bucket.deadlines]


def test_one_append_touches_one_slot() -> None:
    """All keys of a game, and the indexes it changes, lie in one slot, whatever the game is called."""
    for game in GAMES:
        assert len({key_slot(name.encode()) for name in names(game)}) == 1


def test_buckets_are_spread() -> None:
    """Buckets lie in different slots, and each has its share of games."""
    assert len({key_slot(bucket.games.encode()) for bucket in all_buckets()}) == BUCKETS
    shares = [sum(keys_of(game).bucket == bucket for game in GAMES) for bucket in all_buckets()]
    assert min(shares) > len(GAMES) / BUCKETS / 3


def test_names_never_change() -> None:
    """The hash and the names are part of the stored format: a change would hide every stored game."""
    keys = keys_of("seminar-2031")
    assert keys.log == "unipole:{09}:game:seminar-2031:log"
    assert keys.bucket.deadlines == "unipole:{09}:deadlines"
    assert keys_of("a").ids == "unipole:{03}:game:a:ids"


def test_names_are_unambiguous() -> None:
    """No two games share a key, even if one is called like a part of another's key."""
    seen = [name for game in ("a", "a:log", "a:ids", "log", "game:a") for name in names(game)[:4]]
    assert len(set(seen)) == len(seen)


def test_a_cluster_refuses_two_slots(cluster: str) -> None:
    """Control: the cluster the contract runs on is not blind to scripts over two slots."""
    here, there = (bucket.games for bucket in all_buckets()[:2])
    with redis.Redis.from_url(cluster) as client, pytest.raises(redis.ResponseError, match=r"(?i)slot"):
        client.eval("return redis.call('EXISTS', KEYS[1], KEYS[2])", 2, here, there)


def pattern(name: str, game: str) -> str:
    """A key as the reference writes it."""
    return re.sub(r"\{\d\d\}", "{bb}", name).replace(game, "<game>")


def test_every_key_is_in_the_reference(valkey: str) -> None:
    """What a game really leaves in Redis is what the reference lists, name by name and type by type."""

    async def scene() -> dict[str, str]:
        game = fresh_game("documented")
        line = RedisLine(valkey)
        await RedisLog(line).append(game, 0, [entry("a")], Deadline(1, "clock:1"))
        await RedisShelf(line).put(game, "seat:1", "x")
        await RedisSnapshots(line).keep(game, 1, b"x")
        bucket = keys_of(game).bucket
        found = [key.decode() async for key in line.client.scan_iter(f"*{game}*")]
        found += [bucket.games, bucket.deadlines]
        types = {pattern(key, game): (await line.client.type(key)) for key in found}
        await line.aclose()
        return {key: kind.decode() if isinstance(kind, bytes) else kind for key, kind in types.items()}

    real = asyncio.run(scene())
    rows = re.findall(r"^\| `([^`]+)` \| (\w[\w ]*?) \|", REFERENCE.read_text(), re.MULTILINE)
    documented = {name: kind.replace("sorted set", "zset") for name, kind in rows}
    assert documented.pop(BELL) == "channel"
    assert documented == real


def test_the_documented_rights_are_enough(redis_url: str) -> None:
    """A user with just the rights that the reference lists can keep the whole contract."""
    (rights,) = re.findall(r"needs:\s+`([^`]+)`, keys `([^`]+)`, channels `([^`]+)`", REFERENCE.read_text())
    with redis.Redis.from_url(redis_url) as client:
        client.execute_command("ACL SETUSER", "few", "on", ">secret", "-@all", *" ".join(rights).split())
    url = redis_url.replace("unix://", "unix://few@") + "?password=secret"

    async def durable() -> tuple[str, ...]:
        line = RedisLine(url)
        try:
            return await require_durable(line, accept_loss=False)
        finally:
            await line.aclose()

    assert asyncio.run(durable()) == ()
    for check in CONTRACT:
        asyncio.run(check_redis(url, check))


def test_the_reference_test_is_not_blind() -> None:
    """Control: an undocumented key would be seen."""
    assert pattern(keys_of("g-1").log, "g-1") == "unipole:{bb}:game:<game>:log"
    assert "`unipole:{bb}:game:<game>:secret`" not in REFERENCE.read_text()
