"""Appends that go to the store together: all that are asked for in one turn of the loop, of whatever sessions, in one piece.

A store syncs once for what it reads at once, and most of what an append costs us is its own trip.  Each append is still a script call of
its own, all or nothing, answered by itself; a group has nothing in common but the trip and the bell at its end.  While one is under way,
appends wait for the next, which is the larger for it: sent at once, they would wait in the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import hiredis
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import NoScriptError, ResponseError

from server.log.errors import LogUnavailable
from server.tasks import ended

GROUP_APPENDS_MAX: Final = 64
KEYS: Final = 5
_packed: Callable[[tuple[str | int | bytes, ...]], bytes] = hiredis.pack_command  # type: ignore[assignment]  # said to take one word only
Arguments = Sequence[str | int | bytes]
Asked = tuple[Arguments, "asyncio.Future[Any]"]


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the name by which a store knows it."""

    text: str
    sha: str


class Together:
    """The appends of one process; ``ask`` sends a group and gives one reply each, or an error in its place."""

    def __init__(self, ask: Callable[[Sequence[Arguments]], Awaitable[Sequence[Any]]]) -> None:
        self._ask = ask
        self._waiting: list[Asked] = []
        self._sending: asyncio.Task[None] | None = None

    async def append(self, arguments: Arguments) -> Any:  # noqa: ANN401 - as the store answers
        """The reply to one append.  Raises LogUnavailable."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((arguments, answer))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send(), name="appends")
        return await answer

    async def close(self) -> None:
        """Stop; what is under way has an unknown outcome."""
        if self._sending is not None:
            await ended(self._sending)

    async def _send(self) -> None:
        """One group after the other, as long as there is one; whoever waits when it is stopped is told."""
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:GROUP_APPENDS_MAX], self._waiting[GROUP_APPENDS_MAX:]
                await self._sent(group)
        finally:
            waiting, self._waiting = self._waiting, []
            for _, answer in waiting:
                if not answer.done():
                    answer.set_exception(LogUnavailable("the log was closed"))

    async def _sent(self, group: Sequence[Asked]) -> None:
        replies: Sequence[Any] = [LogUnavailable("the log was closed")] * len(group)
        try:
            replies = await self._ask([arguments for arguments, _ in group])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told to everybody who waits
            replies = [error] * len(group)
        finally:
            for (_, answer), reply in zip(group, replies, strict=True):
                if answer.done():
                    continue
                if isinstance(reply, Exception):
                    answer.set_exception(reply)
                else:
                    answer.set_result(reply)


async def called(redis: Redis, script: Script, group: Sequence[Arguments], bell: Arguments) -> list[Any]:
    """A script's replies, in one trip that ends with a ring of the bell; a server that has forgotten the script gets it in full."""
    replies = await _trip(redis, [("EVALSHA", script.sha, KEYS, *arguments) for arguments in group], bell)
    if any(isinstance(reply, NoScriptError) for reply in replies):  # the others say that they have seen theirs
        replies = await _trip(redis, [("EVAL", script.text, KEYS, *arguments) for arguments in group], bell)
    return replies


async def _trip(redis: Redis, commands: Sequence[Arguments], bell: Arguments) -> list[Any]:
    """As a pipeline of the library, but packed in C: most of what a group costs here is its bytes."""
    pool = redis.connection_pool
    connection = await pool.get_connection()  # type: ignore[no-untyped-call]  # the library's own types leave it out
    try:
        await connection.send_packed_command(b"".join([_packed(tuple(command)) for command in (*commands, bell)]))
        replies = [await _reply(connection) for _ in (*commands, bell)]
    finally:
        await pool.release(connection)
    return replies[: len(commands)]


async def _reply(connection: AbstractConnection) -> Any:  # noqa: ANN401 - as the store answers
    try:
        return await connection.read_response()
    except ResponseError as error:  # to this command alone
        return error
