"""An acknowledged order survives ``kill -9`` of Redis, and the test would notice if it did not.

Most kills are power cuts (``test_power.py``), which are kills and more.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import pytest

from server.log.errors import LogUnavailable
from server.log.line import LineLimits, RedisLine
from server.log.protocol import KEEP, Appended, Conflict, Deadline, Entry, Keep, Outcome, Stored
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.crash.kill_redis import WRITERS, run
from tests.server.log.servers import program
from tests.server.log.witness import Verdict, judge, order

KILLS = 60
PLANTED_RUNS_MAX = 20  # a fault does damage in most runs; twenty without any are none by chance


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_no_acknowledged_order_is_lost(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Half of the kills on each server: nothing acknowledged is lost, doubled or out of order."""
    result = asyncio.run(run(seed=1, points=max(1, KILLS // 2), binary=program(kind)))
    with capsys.disabled():
        print(f"\nkill -9 of {kind}: {result}")
    assert result.verdict.is_clean
    assert result.verdict.acked >= result.points


class EagerLog(RedisLog):
    """Planted: acknowledges first and appends behind the caller's back, one append a game under way."""

    def __init__(self, line: RedisLine) -> None:
        super().__init__(line)
        self._under_way: dict[str, asyncio.Task[Outcome]] = {}

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Promise what has not happened yet."""
        if game_id in self._under_way:
            with contextlib.suppress(LogUnavailable):
                await self._under_way.pop(game_id)
        actual = await self.version(game_id)
        if actual != version:
            return Conflict(actual)
        under_way = asyncio.create_task(super().append(game_id, version, entries, deadline))
        under_way.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody asks: that is the fault
        self._under_way[game_id] = under_way
        return Appended(version + len(entries), 0)


def kill_planted(log: type[RedisLog]) -> Verdict:
    """Short runs with a broken log until its fault does damage; each writer has its own game, and nothing is asked twice."""
    limits = LineLimits(retries_max=0)
    for seed in range(2, 2 + PLANTED_RUNS_MAX):
        result = asyncio.run(run(seed=seed, points=12, binary=program("valkey"), games=WRITERS, limits=limits, make_log=log))
        if not result.verdict.is_clean:
            return result.verdict
    return Verdict()


def test_an_early_acknowledgement_is_caught() -> None:
    """Control: a log that acknowledges before the append is durable loses orders, and the judge says so."""
    assert kill_planted(EagerLog).lost > 0


class AmnesicLog(RedisLog):
    """Planted: its script does not know resends."""

    def __init__(self, line: RedisLine) -> None:
        super().__init__(line, script=APPEND_SCRIPT.replace("if #seen > 1 then return seen end", ""))


def test_a_doubled_order_is_caught() -> None:
    """Control: a log that does not know resends doubles what was stored but not answered."""
    assert kill_planted(AmnesicLog).doubled > 0


def rows(*entries: Entry) -> list[Stored]:
    """A log of these entries."""
    return [Stored(version, one, 0) for version, one in enumerate(entries, 1)]


def test_the_judge() -> None:
    """Each kind of damage, planted by hand, is counted as what it is."""
    a, b, c = (order("w", number, 0) for number in range(3))
    acked = {a.order_id: 1, b.order_id: 2}
    assert judge(acked, rows(a, b)) == Verdict(acked=2)
    assert judge(acked, rows(a, b, c)) == Verdict(acked=2)
    assert judge(acked, rows(a)) == Verdict(acked=2, lost=1)
    assert judge(acked, rows(a, b, a)) == Verdict(acked=2, doubled=1)
    assert judge(acked, rows(b, a)) == Verdict(acked=2, lost=2, disordered=1)
    assert judge({}, rows(b, a)) == Verdict(disordered=1)
    assert judge({}, rows(a, b)[1:]) == Verdict(disordered=1)
    assert judge({}, rows(Entry(a.order_id, a.digest, b"spoiled"))) == Verdict(lost=1)
    assert not Verdict().is_clean
