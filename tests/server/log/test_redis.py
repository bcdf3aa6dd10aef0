"""What only the log in Redis has to face: outages, late and lost answers, restarts, cancelled callers, lost bells."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.log.errors import LogUnavailable
from server.log.line import LineLimits, RedisLine
from server.log.private import private_redis
from server.log.protocol import Appended, Conflict, Deadline, Seen
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.patience import PATIENCE_S
from tests.server.log.contract import entry
from tests.server.log.servers import program
from tests.server.log.test_contract import fresh_game
from tests.server.log.wire import Fault, Way, Wire, faulty_wire

ONCE = LineLimits(reply_timeout_s=1.0, retries_max=0)
"""A line that asks once and gives up soon."""
PATIENT = LineLimits(retries_max=60, backoff_base_s=0.01, backoff_cap_s=0.2)
"""A line that outlasts any restart, however busy the machine."""


@asynccontextmanager
async def opened(url: str, limits: LineLimits | None = None, poll_s: float = 1.0, script: str = APPEND_SCRIPT) -> AsyncIterator[RedisLog]:
    """A log on a line of its own."""
    line = RedisLine(url, limits)
    log = RedisLog(line, poll_s=poll_s, script=script)
    try:
        yield log
    finally:
        await log.close()
        await line.aclose()


class Faults:
    """Faults that a test switches on and off."""

    def __init__(self) -> None:
        self.now = dict.fromkeys(("request", "reply"), Fault.NONE)

    def __call__(self, way: Way) -> Fault:
        """What happens to this piece."""
        return self.now[way]


@asynccontextmanager
async def wired(url: str, folder: Path) -> AsyncIterator[tuple[Wire, Faults]]:
    """A wire to the server and the switch of its faults."""
    faults = Faults()
    async with faulty_wire(url, folder, faults) as wire:
        yield wire, faults


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.SILENCE])
def test_a_lost_reply_is_never_an_acknowledgement(valkey: str, tmp_path: Path, fault: Fault) -> None:
    """Without an answer the caller gets an error; the resend learns that the entry was stored, and where."""

    async def scene() -> None:
        game = fresh_game("lost")
        async with wired(valkey, tmp_path) as (wire, faults), opened(wire.url, ONCE) as log:
            assert isinstance(await log.append(f"{game}-before", 0, [entry("a")]), Appended)
            faults.now["reply"] = fault
            with pytest.raises(LogUnavailable):
                await log.append(game, 0, [entry("a")])
            with pytest.raises(LogUnavailable):
                await log.version(game)
            faults.now["reply"] = Fault.NONE
            assert await log.append(game, 0, [entry("a")]) == Seen({"a": 1})
            assert await log.version(game) == 1

    asyncio.run(scene())


def test_a_lost_request_is_asked_again(valkey: str, tmp_path: Path) -> None:
    """A connection that breaks under a request is replaced without the caller noticing, and nothing is doubled."""

    async def scene() -> None:
        game = fresh_game("again")
        async with wired(valkey, tmp_path) as (wire, faults), opened(wire.url, PATIENT) as log:
            for version in range(5):
                faults.now["request"] = Fault.CUT
                asyncio.get_running_loop().call_later(0.03, faults.now.update, {"request": Fault.NONE})
                outcome = await log.append(game, version, [entry(f"o{version}")])
                assert isinstance(outcome, Appended)
            assert await log.version(game) == 5

    asyncio.run(scene())


def test_an_outage_is_a_typed_error_and_heals(tmp_path: Path) -> None:
    """While the server is away every method says LogUnavailable; afterwards the same log works again."""

    async def scene() -> None:
        async with private_redis(tmp_path, program("valkey")) as first:
            url = first.url
            async with opened(url, ONCE) as log:
                assert isinstance(await log.append("game", 0, [entry("a")]), Appended)
                await first.stop()
                for call in (
                    log.append("game", 1, [entry("b")]),
                    log.read("game"),
                    log.version("game"),
                    log.games(),
                    log.deadline("game"),
                    log.due(1),
                    log.now_ms(),
                    log.wait("game", 1, 0.01),
                ):
                    with pytest.raises(LogUnavailable):
                        await call
                async with private_redis(tmp_path, program("valkey")):
                    assert [row.entry.order_id for row in await log.read("game")] == ["a"]
                    assert await log.append("game", 1, [entry("b")]) == Appended(2, (await log.read("game"))[1].at_ms)

    asyncio.run(scene())


def test_a_frozen_server_is_not_waited_for(tmp_path: Path) -> None:
    """A server that is stopped in its tracks costs its patience, not more; what it did later is Seen."""

    async def scene() -> None:
        async with private_redis(tmp_path, program("valkey")) as server, opened(server.url, ONCE) as log:
            assert isinstance(await log.append("game", 0, [entry("a")]), Appended)
            pid = server.child_pid
            assert pid is not None
            os.kill(pid, signal.SIGSTOP)
            try:
                with pytest.raises(LogUnavailable):
                    await log.append("game", 1, [entry("b")])
            finally:
                os.kill(pid, signal.SIGCONT)
            assert await log.append("game", 1, [entry("b")]) in (Seen({"b": 2}), Appended(2, await at(log, 2)))

    async def at(log: RedisLog, version: int) -> int:
        return (await log.read("game", version - 1))[0].at_ms

    asyncio.run(scene())


def test_cancelled_callers_leave_no_trace(valkey: str, tmp_path: Path) -> None:
    """A caller who goes away takes no connection along, and nobody gets the answer meant for them."""

    async def scene() -> None:
        game = fresh_game("cancel")
        limits = LineLimits(connections_max=2)
        async with wired(valkey, tmp_path) as (wire, _faults), opened(wire.url, limits) as log:
            wire.delay_s = 0.01
            for number in range(40):
                task = asyncio.create_task(log.append(game, number, [entry(f"o{number}")]))
                await asyncio.sleep(0.0005 * (number % 30))
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
                answers = await asyncio.gather(*(log.append(game, 999, [entry("x")]) for _ in range(4)), log.now_ms())
                assert all(isinstance(answer, Conflict) for answer in answers[:4])
                assert isinstance(answers[4], int)

    asyncio.run(scene())


def test_more_callers_than_connections(valkey: str) -> None:
    """Callers wait for a connection instead of failing."""

    async def scene() -> None:
        game = fresh_game("crowd")
        async with opened(valkey, LineLimits(connections_max=3)) as log:
            outcomes = await asyncio.gather(*(log.append(f"{game}-{number}", 0, [entry("a")]) for number in range(200)))
            assert all(isinstance(outcome, Appended) for outcome in outcomes)

    asyncio.run(scene())


def test_a_restart_loses_the_script_but_no_order(tmp_path: Path) -> None:
    """After ``kill -9`` the keeper starts the server again; the very next append goes through."""

    async def scene() -> None:
        async with private_redis(tmp_path, program("valkey")) as server, opened(server.url, PATIENT) as log:
            for version in range(4):
                assert isinstance(await log.append("game", version, [entry(f"o{version}")]), Appended)
                pid = server.child_pid
                assert pid is not None
                os.kill(pid, signal.SIGKILL)
            assert [row.entry.order_id for row in await log.read("game")] == ["o0", "o1", "o2", "o3"]
            assert server.starts >= 4

    asyncio.run(scene())


def test_lost_bells_are_made_up_for(valkey: str) -> None:
    """A waiter finds out by itself when no bell rings at all."""
    async def scene() -> None:
        game = fresh_game("bell")
        async with opened(valkey) as other, opened(valkey, poll_s=0.05) as log, asyncio.timeout(PATIENCE_S):
            other._name = log._name  # which takes its rings for its own
            waiting = asyncio.create_task(log.wait(game, 0, 600.0))
            await asyncio.sleep(0.1)
            assert isinstance(await other.append(game, 0, [entry("a")]), Appended)
            assert await waiting == 1

    asyncio.run(scene())


def test_own_appends_wake_for_a_deadline_alone(valkey: str) -> None:
    """Who appended knows what it appended; who sleeps until a deadline has to hear of another one."""

    async def scene() -> None:
        game = fresh_game("own")
        async with opened(valkey, poll_s=600.0) as log, asyncio.timeout(PATIENCE_S):
            waiting = asyncio.create_task(log.wait(game, 0, 600.0))
            await asyncio.sleep(0.1)
            assert isinstance(await log.append(game, 0, [entry("a")]), Appended)
            await asyncio.sleep(0.1)
            assert not waiting.done()
            assert isinstance(await log.append(game, 1, [entry("b")], Deadline(1, "clock:1")), Appended)
            assert await waiting == 2

    asyncio.run(scene())


def test_words_reach_whoever_listens(valkey: str) -> None:
    """In this process and in others, once the doorbell is attended; anything else on the channel is passed over."""

    async def scene() -> None:
        game = fresh_game("words")
        async with opened(valkey) as other, opened(valkey) as log, asyncio.timeout(PATIENCE_S):
            heard: dict[RedisLog, list[tuple[str, str]]] = {log: [], other: []}
            for each, words in heard.items():
                each.listen(lambda *word, words=words: words.append(word))
                assert await each.wait(game, 0, 0.01) == 0
            while not all(heard.values()):  # whoever does not attend the doorbell yet hears nothing
                await log._line.bell.publish("unipole:bell", f"neither {game} nor")
                await log.hint(game, "sheet 4 ARD")
                await asyncio.sleep(0.01)
            assert {word for words in heard.values() for word in words} == {(game, "sheet 4 ARD")}

    asyncio.run(scene())


def test_bells_ring_again_after_a_restart(tmp_path: Path) -> None:
    """The subscription comes back with the server, and with it the bells."""

    async def scene() -> None:
        async with (
            private_redis(tmp_path, program("valkey")) as server,
            opened(server.url, PATIENT, poll_s=600.0) as log,
            opened(server.url, PATIENT) as other,
            asyncio.timeout(PATIENCE_S),
        ):
            for version in range(3):
                waiting = asyncio.create_task(log.wait("game", version, 600.0))
                await asyncio.sleep(0.05)
                pid = server.child_pid
                assert pid is not None
                os.kill(pid, signal.SIGKILL)
                assert isinstance(await other.append("game", version, [entry(f"o{version}")]), Appended)
                assert await waiting == version + 1

    asyncio.run(scene())


def test_long_logs_are_read_in_pages(valkey: str) -> None:
    """Whole logs and ranges come back complete across page boundaries."""

    async def scene() -> None:
        game = fresh_game("pages")
        async with opened(valkey) as log:
            for start in range(0, 1250, 250):
                outcome = await log.append(game, start, [entry(f"o{n}") for n in range(start + 1, start + 251)])
                assert isinstance(outcome, Appended)
            for since, limit in ((0, None), (0, 500), (0, 501), (499, 2), (249, 1000), (0, 1250), (750, None)):
                rows = await log.read(game, since, limit)
                last = 1250 if limit is None else min(1250, since + limit)
                assert [row.version for row in rows] == list(range(since + 1, last + 1))

    asyncio.run(scene())
