"""A session laid down in the store from a bundle, and taken out of it.

Neither goes through ``append.lua``: a backup brings the times it had, and nothing else removes.  Both scripts may be sent twice.  The plan,
without which no process opens a session, is laid down last and goes with everything else, so a session is there or it is not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from importlib import resources
from typing import Final

from redis.asyncio import Redis

from server.keep.bundle import Bundle
from server.log.keys import keys_of
from server.log.line import RedisLine
from server.log.protocol import Deadline, Stored
from server.sessions.plans import FIELD as PLAN
from server.sessions.talk import talk_of

RESTORE: Final = resources.files("server.keep").joinpath("restore.lua").read_text(encoding="utf-8")
REMOVE: Final = resources.files("server.keep").joinpath("remove.lua").read_text(encoding="utf-8")
PART_ENTRIES: Final = 500


class InTheWay(Exception):
    """The store holds something else under this name; says what to do."""


async def lay_down(line: RedisLine, bundle: Bundle) -> None:
    """Put a session into the store as it was.

    Raises:
        InTheWay: there is another of this name.
        LogUnavailable: it is not known how far it came; do the same again.
    """
    await _lay_log(line, talk_of(bundle.session), bundle.talk, None, bundle.session)
    await _lay_log(line, bundle.session, bundle.entries, bundle.deadline, bundle.session)
    keys = keys_of(bundle.session)
    for field in sorted(bundle.shelf, key=lambda name: (name == PLAN, name)):
        await line.again(_putting(keys.seats, field, bundle.shelf[field]))


async def _lay_log(line: RedisLine, name: str, entries: Sequence[Stored], due: Deadline | None, session_id: str) -> None:
    """One of the two logs of a session."""
    keys = keys_of(name)
    names = (keys.log, keys.ids, keys.deadline, keys.bucket.deadlines, keys.bucket.games)
    clock = ("none", "") if due is None else (due.due_ms, due.order_id)
    for begin in range(0, len(entries), PART_ENTRIES):
        part = entries[begin : begin + PART_ENTRIES]
        last = "yes" if begin + len(part) == len(entries) else "no"
        arguments: list[str | int | bytes] = [name, begin, *clock, last]
        for row in part:
            arguments += (row.entry.order_id, row.entry.digest, row.at_ms, row.entry.body)
        if not await line.again(_laying(names, arguments)):
            raise InTheWay(f"The store has another session {session_id}. Remove it first: unipole session purge {session_id}")


async def take_out(line: RedisLine, session_id: str, entries: int) -> int:
    """Remove a session whose log has so many entries; how many keys that were.

    Raises:
        InTheWay: its log has moved on.
        LogUnavailable: it is not known whether it is gone; do the same again.
    """
    keys = keys_of(session_id)
    names = (keys.log, keys.ids, keys.deadline, keys.seats, keys.snapshot, keys.bucket.deadlines, keys.bucket.games)
    gone = int(await line.again(lambda redis: redis.eval(REMOVE, len(names), *names, session_id, entries)))
    if gone < 0:
        raise InTheWay(f"Session {session_id} is being played; nothing was removed.")
    return gone


async def left_of(line: RedisLine, session_id: str) -> int:
    """How many keys and marks in indexes the store has of a session: 0 once it is gone."""
    keys = keys_of(session_id)
    own = await line.again(lambda redis: redis.exists(keys.log, keys.ids, keys.deadline, keys.seats, keys.snapshot))
    listed = await line.again(lambda redis: redis.sismember(keys.bucket.games, session_id))
    due = await line.again(lambda redis: redis.zscore(keys.bucket.deadlines, session_id))
    return int(own) + int(listed) + (due is not None)


def _laying(names: Sequence[str], arguments: Sequence[str | int | bytes]) -> Callable[[Redis], Awaitable[object]]:
    async def lay(redis: Redis) -> object:
        answer: object = await redis.eval(RESTORE, len(names), *names, *arguments)
        return answer

    return lay


def _putting(key: str, field: str, value: str) -> Callable[[Redis], Awaitable[object]]:
    async def put(redis: Redis) -> object:
        return await redis.hset(key, field, value)

    return put
