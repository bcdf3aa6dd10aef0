"""Every kind of log keeps the same promises."""

from __future__ import annotations

import asyncio
import inspect
import time
import uuid
from pathlib import Path

import pytest
import uvloop

from server.log.line import RedisLine
from server.log.memory import MemoryLog
from server.log.private import private_redis
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.server.log import contract
from tests.server.log.contract import CONTRACT, Bench, Check
from tests.server.log.servers import program

SELDOM_S = 600.0
"""How often logs under test look without a bell: never, as far as a test is concerned."""


def fresh_game(name: str) -> str:
    """A game nobody else uses."""
    return f"{name}-{uuid.uuid4().hex[:12]}"


async def check_redis(url: str, check: Check, script: str = APPEND_SCRIPT) -> None:
    """Run one check against a server, with two processes' worth of connections."""
    lines = RedisLine(url), RedisLine(url)
    log, other = (RedisLog(line, poll_s=SELDOM_S, script=script) for line in lines)
    try:
        await check(Bench(log, other, fresh_game(check.__name__)))
    finally:
        for one, line in zip((log, other), lines, strict=True):
            await one.close()
            await line.aclose()


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_redis_log(redis_url: str, check: Check) -> None:
    """The log in Redis keeps the promise, on every kind of server."""
    asyncio.run(check_redis(redis_url, check))


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_memory_log(check: Check) -> None:
    """The log in memory keeps the promise."""
    log = MemoryLog(lambda: time.time_ns() // 1_000_000)
    asyncio.run(check(Bench(log, log, fresh_game(check.__name__))))
    asyncio.run(log.close())


def test_under_the_servers_event_loop(tmp_path: Path) -> None:
    """The whole contract, and a private server, on uvloop, which is what the server runs on."""

    async def scene() -> None:
        async with private_redis(tmp_path, program("valkey")) as own:
            for check in CONTRACT:
                await check_redis(own.url, check)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(scene())


def test_every_check_is_run() -> None:
    """A promise that is written down is one that is checked."""
    written = {function for name, function in vars(contract).items() if inspect.iscoroutinefunction(function) and not name.startswith("_")}
    assert written == set(CONTRACT)
