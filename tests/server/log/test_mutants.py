"""Every line of the append script matters: leave one out, and a check fails.

The script is mutilated by deleting one line at a time. What the server still compiles is run through the
whole contract and through a look at the keys; the mutant must be found.
"""

from __future__ import annotations

import asyncio

import pytest
import redis

from server.log.keys import keys_of
from server.log.line import RedisLine
from server.log.protocol import Deadline
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.server.log import contract
from tests.server.log.contract import CONTRACT, Bench, entry
from tests.server.log.test_contract import check_redis, fresh_game


def mutants() -> list[tuple[int, str]]:
    """The script without one of its lines, for each line of code: (line number, script)."""
    lines = APPEND_SCRIPT.splitlines()
    code = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("--")]
    return [(number + 1, "\n".join(lines[:number] + lines[number + 1 :])) for number in code]


def compiles(url: str, script: str) -> bool:
    """Whether the server takes the script."""
    with redis.Redis.from_url(url) as client:
        try:
            client.script_load(script)
        except redis.ResponseError:
            return False
    return True


async def the_index_is_exact(bench: Bench) -> None:
    """The bucket lists a game's deadline as long as it has one, and not a moment longer."""
    assert isinstance(bench.log, RedisLog)
    client = bench.log._line.client
    keys = keys_of(bench.game)
    await bench.log.append(bench.game, 0, [entry("a")], Deadline(70, "clock:1"))
    assert await client.zscore(keys.bucket.deadlines, bench.game) == 70
    assert await client.hgetall(keys.ids) == {b"a": b"1 aa"}
    await bench.log.append(bench.game, 1, [entry("b")], Deadline(60, "clock:1"))
    assert await client.zscore(keys.bucket.deadlines, bench.game) == 60
    await bench.log.append(bench.game, 2, [entry("c")], None)
    assert await client.zscore(keys.bucket.deadlines, bench.game) is None
    assert await client.exists(keys.deadline) == 0


def test_the_index_is_exact(redis_url: str) -> None:
    """What the script writes, key by key, on every kind of server."""
    asyncio.run(check_redis(redis_url, the_index_is_exact))


def test_every_line_matters(valkey: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line can be left out unnoticed."""
    monkeypatch.setattr(contract, "PATIENCE_S", 3.0)  # what hangs is found
    alive = []
    compiled = [(number, script) for number, script in mutants() if compiles(valkey, script)]
    for number, script in compiled:
        if not asyncio.run(is_found(valkey, script)):
            alive.append((number, APPEND_SCRIPT.splitlines()[number - 1]))
    assert alive == []
    assert len(compiled) >= 20


def test_a_harmless_change_is_not_found(valkey: str) -> None:
    """The hunt itself is sound: it finds nothing in the script as it is, nor with a comment more."""
    assert not asyncio.run(is_found(valkey, APPEND_SCRIPT))
    assert not asyncio.run(is_found(valkey, "-- harmless\n" + APPEND_SCRIPT))


async def is_found(url: str, script: str) -> bool:
    """Whether any check fails with this script."""
    for check in (the_index_is_exact, *CONTRACT):
        try:
            await check_redis(url, check, script)
        except Exception:  # noqa: BLE001 - a mutant may fail in any way at all
            return True
    return False


def test_a_broken_script_acknowledges_nothing(valkey: str) -> None:
    """A script that fails half way is an error to the caller, never an outcome."""
    broken = APPEND_SCRIPT.replace("return {'OK', version, at}", "return {'FINE'}")

    async def scene() -> None:
        line = RedisLine(valkey)
        try:
            await RedisLog(line, script=broken).append(fresh_game("broken"), 0, [entry("a")])
        finally:
            await line.aclose()

    with pytest.raises(AssertionError, match=r"append.lua answers \[b'FINE'\]"):
        asyncio.run(scene())
