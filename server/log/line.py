"""One line to Redis: how often we ask, how long we wait, what we say when nobody answers.

A client library that repeats commands by itself doubles writes: when the reply is lost, the command ran and
runs again (measured with redis-py's defaults: one doubled entry for each lost reply). So the library's own
retries are switched off, and a caller says which of two kinds a command is. ``again`` repeats it after a
lost reply: right for reads and for the append script, which knows its own resends. ``once`` never does:
right for everything else. Whatever Redis fails with, the caller sees ``LogUnavailable``: the outcome is
unknown, and the next call starts on a fresh connection.

Waiting for a free connection is done here, by a semaphore, and not in the library's pool, where a task
cancelled at the wrong moment would keep its connection for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote

from redis.asyncio import ConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import AuthenticationError, AuthorizationError, NoPermissionError, RedisClusterException, RedisError
from redis.exceptions import ConnectionError as LostConnection
from redis.exceptions import TimeoutError as LateReply

from server.log.errors import LogUnavailable
from server.tasks import carried_through

T = TypeVar("T")

_SPARE_CONNECTIONS: Final = 4  # the doorbell's, and what the durability check needs at the start


@dataclass(frozen=True, slots=True)
class LineLimits:
    """How long and how often to ask Redis."""

    connections_max: int = 32
    reply_timeout_s: float = 2.0
    connect_timeout_s: float = 2.0
    retries_max: int = 3
    backoff_base_s: float = 0.1
    backoff_cap_s: float = 1.0


class RedisLine:
    """Connections to one Redis, shared by log and shelf, for one event loop; close it with ``aclose``.

    A cluster's client finds by itself which master has a key; bells are heard at any of its nodes.
    """

    def __init__(self, url: str, limits: LineLimits | None = None, *, cluster: bool = False) -> None:
        self.limits = limits or LineLimits()
        # Protocol 2 and no driver_info: a new connection needs no greeting, on any server since Redis 6.
        options: dict[str, Any] = {
            "max_connections": self.limits.connections_max + _SPARE_CONNECTIONS,
            "socket_timeout": self.limits.reply_timeout_s,
            "socket_connect_timeout": self.limits.connect_timeout_s,
            "retry": Retry(NoBackoff(), 0),
            "protocol": 2,
            "driver_info": None,
        }
        self.bell = Redis.from_pool(ConnectionPool.from_url(url, **options))
        self.cluster = RedisCluster.from_url(url, **options) if cluster else None
        # Both clients have all commands that are used here, under the same names; the library's types do not say so.
        self.client = cast("Redis", self.cluster) if self.cluster is not None else self.bell
        self._free = asyncio.Semaphore(self.limits.connections_max)
        self._closed = False
        self._retry = Retry(
            ExponentialWithJitterBackoff(cap=self.limits.backoff_cap_s, base=self.limits.backoff_base_s),
            self.limits.retries_max,
            supported_errors=(LostConnection, LateReply),
        )

    async def again(self, command: Callable[[Redis], Awaitable[T]]) -> T:
        """The answer to a read or to an idempotent script, asked for again when it got lost."""

        async def ask() -> T:
            return await self._retry.call_with_retry(lambda: self._ask(command), _go_on, _worth_asking)

        return await self._asked(ask)

    async def once(self, command: Callable[[Redis], Awaitable[T]]) -> T:
        """The answer to a plain write; a lost one is an error."""
        return await self._asked(lambda: self._ask(command))

    async def aclose(self) -> None:
        """Hang up, for good even when whoever asks for it is cancelled meanwhile: the library would leave a connection open."""
        if not self._closed:
            self._closed = True
            await carried_through(self._hang_up())

    async def _hang_up(self) -> None:
        """Whoever waits for a reply gets none; a connection that is being made just then is closed when it stands."""
        await self._disconnect()
        for _ in range(self.limits.connections_max):
            await self._free.acquire()
        await self._disconnect()
        for _ in range(self.limits.connections_max):
            self._free.release()  # whoever still waits for its turn hears that it comes too late

    async def _disconnect(self) -> None:
        await self.bell.aclose()
        if self.cluster is not None:
            await self.cluster.aclose()

    async def of_master(self, key: str, *command: str) -> Any:  # noqa: ANN401 - as Redis answers
        """The answer to a read that names no key, of the master that has this one."""
        if self.cluster is None:
            return await self.again(lambda redis: _raw(redis).execute_command(*command))
        cluster = self.cluster
        return await self.again(lambda _: _of_node(cluster, key, command))

    async def of_masters(self, *command: str) -> list[Any]:
        """The answers of every master to a read that names no key."""
        if self.cluster is None:
            return [await self.again(lambda redis: _raw(redis).execute_command(*command))]
        answers = await self.again(lambda redis: _raw(redis).execute_command(*command, target_nodes=RedisCluster.PRIMARIES))
        return list(answers.values())

    async def _ask(self, command: Callable[[Redis], Awaitable[T]]) -> T:
        async with self._free:
            if self._closed:
                raise LogUnavailable("The line to Redis was closed.")
            return await command(self.client)

    async def _asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        try:
            return await ask()
        except (RedisError, RedisClusterException) as error:  # the latter is none of the former
            raise LogUnavailable(f"Redis gave no answer that can be used: {error}") from error


async def line_to(url: str, limits: LineLimits | None = None) -> RedisLine:
    """A line to the Redis at this address, which says by itself whether it is one of a cluster.

    Raises:
        LogUnavailable: it gives no answer.
    """
    line = RedisLine(url, limits)
    try:
        about = await line.again(lambda redis: redis.info("cluster"))
    except LogUnavailable as error:
        if isinstance(error.__cause__, NoPermissionError):  # who may not ask is taken to talk to one server
            return line
        await line.aclose()
        raise
    except BaseException:
        await line.aclose()
        raise
    if not about.get("cluster_enabled") or url.startswith("unix:"):
        return line
    await line.aclose()
    return RedisLine(url, limits, cluster=True)


def _raw(client: object) -> Any:  # noqa: ANN401 - a client whose own types leave raw commands out
    return client


async def _of_node(cluster: RedisCluster, key: str, command: tuple[str, ...]) -> Any:  # noqa: ANN401 - as Redis answers
    ready = await cluster.initialize()
    return await _raw(ready).execute_command(*command, target_nodes=ready.get_node_from_key(key))


def unix_url(path: Path) -> str:
    """The address of a Redis that listens on a Unix socket."""
    return f"unix://{quote(str(path.absolute()))}"


async def _go_on(_error: Exception) -> None:
    """Nothing to do between two tries but to wait: the broken connection is closed already."""


def _worth_asking(error: Exception) -> bool:
    return not isinstance(error, AuthenticationError | AuthorizationError)
