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
from typing import Final, TypeVar
from urllib.parse import quote

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import AuthenticationError, AuthorizationError, RedisError
from redis.exceptions import ConnectionError as LostConnection
from redis.exceptions import TimeoutError as LateReply

from server.log.errors import LogUnavailable

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
    """Connections to one Redis, shared by log and shelf, for one event loop; close it with ``aclose``."""

    def __init__(self, url: str, limits: LineLimits | None = None) -> None:
        self.limits = limits or LineLimits()
        # Protocol 2 and no driver_info: a new connection needs no greeting, on any server since Redis 6.
        pool = ConnectionPool.from_url(
            url,
            max_connections=self.limits.connections_max + _SPARE_CONNECTIONS,
            socket_timeout=self.limits.reply_timeout_s,
            socket_connect_timeout=self.limits.connect_timeout_s,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
            driver_info=None,
        )
        self.client = Redis.from_pool(pool)
        self._free = asyncio.Semaphore(self.limits.connections_max)
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
        """Hang up."""
        await self.client.aclose()

    async def _ask(self, command: Callable[[Redis], Awaitable[T]]) -> T:
        async with self._free:
            return await command(self.client)

    async def _asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        try:
            return await ask()
        except RedisError as error:
            raise LogUnavailable(f"Redis gave no answer that can be used: {error}") from error


def unix_url(path: Path) -> str:
    """The address of a Redis that listens on a Unix socket."""
    return f"unix://{quote(str(path.absolute()))}"


async def _go_on(_error: Exception) -> None:
    """Nothing to do between two tries but to wait: the broken connection is closed already."""


def _worth_asking(error: Exception) -> bool:
    return not isinstance(error, AuthenticationError | AuthorizationError)
