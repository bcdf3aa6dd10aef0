"""The log in Redis or Valkey: one stream a session, one script for every append.

The script does all the checking and writing in one step (``append.lua``), entries have explicit stream ids
``<version>-0``, and the server is told to fsync before it answers; so an answer is a promise. A lost reply
is asked for again: the script recognises its own resend and says ``Seen``. A stream is never trimmed, so
its length is its version.

The bell is a pub/sub channel, one subscription a process. It is rung once for all appends that go together and
says which games moved, not how far; whoever waits for one of them asks. Who rang knows already. Messages get lost, so
all logs that are waited for are looked at each second as well, in one round trip, and once when the subscription
comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from server.log.bells import Bells
from server.log.errors import LogUnavailable
from server.log.keys import BELL, all_buckets, bucket, keys_of
from server.log.line import RedisLine
from server.log.protocol import (
    KEEP,
    Appended,
    Conflict,
    Deadline,
    Entry,
    IdReused,
    Keep,
    Outcome,
    Seen,
    Stored,
    check_append,
    check_game_id,
    check_range,
)
from server.log.together import KEYS, Arguments, Script, Together, called
from server.tasks import ended

APPEND_SCRIPT: Final = resources.files("server.log").joinpath("append.lua").read_text(encoding="utf-8")
PAGE_ENTRIES: Final = 500
"""Entries fetched in one command: a long log is read in pieces, so that it never holds up the others."""
_CLOCK: Final = bucket(0).games
"""Of a cluster's masters the one that has this key tells the time."""
MOVED: Final = "moved"
"""Before who moved which games."""
WORD: Final = "word"
"""Before a word about a game."""
REDIAL_S: Final = 0.2
"""Pause before the doorbell's lost subscription is set up again."""


class RedisLog:
    """A ``Log`` in Redis. The line is borrowed and left open; without a bell the logs that are waited for are looked at each ``poll_s``."""

    def __init__(self, line: RedisLine, *, poll_s: float = 1.0, script: str = APPEND_SCRIPT) -> None:
        self._line = line
        self._poll_s = poll_s
        self._script = Script(script, hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest())
        self._name = secrets.token_hex(4)  # by which it knows its own rings
        self._together = Together(self._run)
        self._bells = Bells()
        self._listeners: list[Callable[[str, str], None]] = []
        self._doorbell: asyncio.Task[None] | None = None
        self._patrol: asyncio.Task[None] | None = None

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Store and make durable; see ``Log.append``. After a lost reply, what it stored may be ``Seen``."""
        check_append(game_id, version, entries, deadline)
        keys = keys_of(game_id)
        names = (keys.log, keys.ids, keys.deadline, keys.bucket.deadlines, keys.bucket.games)
        arguments: list[str | int | bytes] = [game_id, version, *_due(deadline)]
        for entry in entries:
            arguments += (entry.order_id, entry.digest, entry.body)
        outcome = _outcome(await self._together.append((*names, *arguments)))
        if isinstance(outcome, Appended) and deadline is KEEP:
            self._bells.note(game_id, outcome.version)
        elif isinstance(outcome, Appended):
            self._bells.ring(game_id, outcome.version)
        elif isinstance(outcome, Seen):
            self._bells.ring(game_id, max(outcome.versions.values()))
        return outcome

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """Entries after ``since``; see ``Log.read``."""
        check_game_id(game_id)
        check_range(since, limit)
        key = keys_of(game_id).log
        rows: list[Stored] = []
        while limit is None or len(rows) < limit:
            wanted = PAGE_ENTRIES if limit is None else min(PAGE_ENTRIES, limit - len(rows))
            page = await self._page(key, since + len(rows), wanted)
            rows += page
            if len(page) < wanted:
                break
        return tuple(rows)

    async def version(self, game_id: str) -> int:
        """The number of entries."""
        check_game_id(game_id)
        key = keys_of(game_id).log
        return await self._line.again(lambda redis: redis.xlen(key))

    async def versions(self, game_ids: Sequence[str]) -> tuple[int, ...]:
        """The number of entries of each, in few round trips."""
        found: list[int] = []
        for start in range(0, len(game_ids), PAGE_ENTRIES):
            found += await self._of_buckets([("XLEN", keys_of(game_id).log) for game_id in game_ids[start : start + PAGE_ENTRIES]])
        return tuple(found)

    async def games(self) -> tuple[str, ...]:
        """Ids of all games, sorted."""
        found = await self._of_buckets([("SMEMBERS", each.games) for each in all_buckets()])
        return tuple(sorted(_text(name) for names in found for name in names))

    async def deadline(self, game_id: str) -> Deadline | None:
        """When the game falls due."""
        check_game_id(game_id)
        key = keys_of(game_id).deadline
        return _deadline(await self._line.again(lambda redis: redis.get(key)))

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """Overdue games. The index says which, a game's own key says when: it may have moved on."""
        indexes = [each.deadlines for each in all_buckets()]
        found = await self._of_buckets([("ZRANGEBYSCORE", index, "-inf", now_ms) for index in indexes])
        games = [_text(name) for names in found for name in names]
        values = await self._of_buckets([("GET", keys_of(game).deadline) for game in games])
        deadlines = zip(games, map(_deadline, values), strict=True)
        overdue = [(game, last) for game, last in deadlines if last is not None and last.due_ms <= now_ms]
        return tuple(sorted(overdue, key=lambda pair: (pair[1].due_ms, pair[0])))

    async def now_ms(self) -> int:
        """The Redis server's clock: one clock for all processes."""
        seconds, microseconds = await self._line.of_master(_CLOCK, "TIME")
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """The version once it is above ``version``, or when the time is over."""
        check_game_id(game_id)
        if self._doorbell is None:
            self._doorbell = asyncio.create_task(self._listen(), name="doorbell")
            self._patrol = asyncio.create_task(self._look_around(), name="patrol")
        return await self._bells.wait(game_id, version, self.version, timeout_s=timeout_s)

    async def hint(self, game_id: str, word: str) -> None:
        """Say a word by the doorbell."""
        check_game_id(game_id)
        await self._line.once(lambda _: self._line.bell.publish(BELL, f"{WORD} {game_id} {word}"))

    def listen(self, heard: Callable[[str, str], None]) -> None:
        """Hear words, once somebody waits for a bell."""
        self._listeners.append(heard)

    async def close(self) -> None:
        """Stop listening for the bell, and waiting for appends."""
        await self._together.close()
        if self._doorbell is not None and self._patrol is not None:
            await ended(self._doorbell, self._patrol)
            self._doorbell = self._patrol = None

    async def _run(self, group: Sequence[Arguments]) -> list[Any]:
        """The script's replies, and the bell.  A cluster has its games in many places, so there each append goes by itself."""
        bell = ("PUBLISH", BELL, " ".join((MOVED, self._name, *(str(arguments[KEYS]) for arguments in group))))
        if self._line.cluster is None:
            replies = await self._line.again(lambda redis: called(redis, self._script, group, bell))
        else:
            replies = await asyncio.gather(*map(self._by_itself, group), return_exceptions=True)
            with contextlib.suppress(LogUnavailable):  # it is a hint
                await self._line.once(lambda _: self._line.bell.publish(*bell[1:]))
        return [LogUnavailable(f"Redis took no append: {reply}") if isinstance(reply, RedisError) else reply for reply in replies]

    async def _by_itself(self, arguments: Arguments) -> Any:  # noqa: ANN401 - as Redis answers
        async def ask(redis: Redis) -> Any:  # noqa: ANN401 - as Redis answers
            try:
                return await redis.evalsha(self._script.sha, KEYS, *arguments)
            except NoScriptError:
                return await redis.eval(self._script.text, KEYS, *arguments)

        return await self._line.again(ask)

    async def _page(self, key: str, since: int, count: int) -> list[Stored]:
        reply = await self._line.again(lambda redis: redis.xrange(key, min=f"{since + 1}-0", count=count))
        return [_stored(name, fields) for name, fields in reply or ()]

    async def _of_buckets(self, commands: Sequence[tuple[str | int, ...]]) -> list[Any]:
        """Replies to reads of several buckets, in one round trip."""

        async def ask(redis: Redis) -> list[Any]:
            async with redis.pipeline(transaction=False) as pipeline:
                for command in commands:
                    pipeline.execute_command(*command)
                replies: list[Any] = await pipeline.execute()
                return replies

        return await self._line.again(ask) if commands else []

    async def _listen(self) -> None:
        """Hear bells for as long as the log is open."""
        while True:
            with contextlib.suppress(RedisError):
                async with self._line.bell.pubsub() as subscription:
                    await subscription.subscribe(BELL)
                    while True:
                        self._heard(await subscription.get_message(timeout=None))
            await asyncio.sleep(REDIAL_S)

    async def _look_around(self) -> None:
        """Find what bells did not say, for as long as the log is open."""
        while True:
            await asyncio.sleep(self._poll_s)
            games = self._bells.attended()
            with contextlib.suppress(LogUnavailable):
                for game_id, version in zip(games, await self.versions(games), strict=True):
                    self._bells.found(game_id, version)

    def _heard(self, message: dict[str, Any] | None) -> None:
        if message is None:
            return
        if message["type"] == "message":
            first, _space, rest = _text(message["data"]).partition(" ")
            if first == MOVED:
                name, *games = rest.split(" ")
                for game_id in games if name != self._name else ():
                    self._bells.moved(game_id)
            elif first == WORD:
                game_id, _space, word = rest.partition(" ")
                for heard in self._listeners:
                    heard(game_id, word)
        elif message["type"] == "subscribe":
            self._bells.doubt()


def _due(deadline: Deadline | Keep | None) -> tuple[str | int, str]:
    match deadline:
        case Deadline(due_ms, order_id):
            return due_ms, order_id
        case None:
            return "none", ""
        case Keep.KEEP:
            return "keep", ""


def _outcome(reply: Sequence[Any]) -> Outcome:
    match reply:
        case [b"OK", int(version), int(at_ms)]:
            return Appended(version, at_ms)
        case [b"CONFLICT", int(version)]:
            return Conflict(version)
        case [b"REUSED", bytes(order_id)]:
            return IdReused(_text(order_id))
        case [b"SEEN", *pairs]:
            versions = zip(pairs[::2], pairs[1::2], strict=True)
            return Seen({_text(order_id): int(version) for order_id, version in versions})
        case other:
            raise AssertionError(f"append.lua answers {other!r}")


def _stored(name: object, fields: object) -> Stored:
    assert isinstance(name, bytes)
    assert isinstance(fields, dict)
    entry = Entry(_text(fields[b"id"]), _text(fields[b"digest"]), fields[b"body"])
    return Stored(int(name.partition(b"-")[0]), entry, int(fields[b"at"]))


def _deadline(value: bytes | str | None) -> Deadline | None:
    if value is None:
        return None
    due_ms, _space, order_id = _text(value).partition(" ")
    return Deadline(int(due_ms), order_id)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
