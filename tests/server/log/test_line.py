"""The line asks again where that is safe, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, ConnectionError, ResponseError  # noqa: A004 - Redis' own name

from server.log.errors import LogUnavailable
from server.log.line import LineLimits, RedisLine, unix_url

NOWHERE = "unix:///nowhere/redis.sock"
LIMITS = LineLimits(retries_max=3, backoff_base_s=0.001, backoff_cap_s=0.001)


class Counted:
    """A command that fails some times before it succeeds."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures = failures
        self.error = error
        self.calls = 0

    async def __call__(self, _redis: Redis) -> str:
        """Fail, or answer."""
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        return "answer"


def ask(way: Callable[[RedisLine, Counted], Awaitable[str]], command: Counted) -> str:
    """The answer, over a line that leads nowhere (the command needs none)."""

    async def scene() -> str:
        line = RedisLine(NOWHERE, LIMITS)
        try:
            return await way(line, command)
        finally:
            await line.aclose()

    return asyncio.run(scene())


def test_again_asks_until_the_limit() -> None:
    """Three retries after the first try, and then the typed error."""
    command = Counted(3, ConnectionError("gone"))
    assert ask(RedisLine.again, command) == "answer"
    assert command.calls == 4
    hopeless = Counted(99, ConnectionError("gone"))
    with pytest.raises(LogUnavailable, match="gone"):
        ask(RedisLine.again, hopeless)
    assert hopeless.calls == 4


def test_once_asks_once() -> None:
    """A plain write is never repeated."""
    command = Counted(1, ConnectionError("gone"))
    with pytest.raises(LogUnavailable, match="gone"):
        ask(RedisLine.once, command)
    assert command.calls == 1


@pytest.mark.parametrize("error", [AuthenticationError("wrong password"), ResponseError("MISCONF disk is full")])
def test_a_clear_no_is_not_asked_again(error: Exception) -> None:
    """An answer that will not change is reported at once, with Redis' own words."""
    command = Counted(99, error)
    with pytest.raises(LogUnavailable, match=str(error)):
        ask(RedisLine.again, command)
    assert command.calls == 1


def test_our_own_faults_are_not_hidden() -> None:
    """An error that is not Redis' goes through as it is."""
    with pytest.raises(KeyError):
        ask(RedisLine.again, Counted(1, KeyError("ours")))


def test_the_library_does_not_retry_behind_our_back() -> None:
    """The client's own retries, which double writes, are off."""

    async def scene() -> None:
        line = RedisLine(NOWHERE)
        retry = line.client.get_retry()
        assert retry is not None
        assert retry.get_retries() == 0
        await line.aclose()

    asyncio.run(scene())


def test_socket_paths_with_odd_characters() -> None:
    """A data folder may be called anything."""
    assert unix_url(Path("/a b/%20ü?#/redis.sock")) == "unix:///a%20b/%2520%C3%BC%3F%23/redis.sock"


def test_a_line_is_hung_up_even_by_a_task_that_is_cancelled(valkey: str) -> None:
    """At whatever step of hanging up the cancellation comes, no connection stays open."""

    async def still_open(steps: int) -> int:
        line = RedisLine(valkey)
        await line.client.ping()
        task = asyncio.create_task(line.aclose())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait((task,))
        return sum(connection.is_connected for connection in line.bell.connection_pool._available_connections)

    async def scene() -> None:
        assert [await still_open(steps) for steps in range(1, 9)] == [0] * 8  # a task that never began hangs up nothing

    asyncio.run(scene())


def test_a_line_that_hangs_up_leaves_no_connection_of_those_who_ask(valkey: str) -> None:
    """However far they had come: each gets its answer or hears that there is none, and so does who asks later."""

    async def scene(steps: int) -> int:
        line = RedisLine(valkey)
        asking = [asyncio.create_task(line.again(lambda redis: redis.ping())) for _ in range(3)]
        for _ in range(steps):
            await asyncio.sleep(0)
        await line.aclose()
        answers = await asyncio.gather(*asking, return_exceptions=True)
        assert all(answer is True or isinstance(answer, LogUnavailable) for answer in answers)
        with pytest.raises(LogUnavailable, match="was closed"):
            await line.again(lambda redis: redis.ping())
        pool = line.bell.connection_pool
        return sum(connection.is_connected for connection in (*pool._available_connections, *pool._in_use_connections))

    assert [asyncio.run(scene(steps)) for steps in range(12)] == [0] * 12
