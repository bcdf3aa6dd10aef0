"""A log is compared, step by step, with a model of twenty lines.

The machine appends with few ids, few digests and versions near the right one, so that every answer is
common. ``UNIPOLE_STEPS`` sets how many steps the log in Redis has to agree with; every kind of planted
fault has to be found.
"""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from server.log.line import RedisLine
from server.log.memory import MemoryLog
from server.log.protocol import (
    KEEP,
    Appended,
    Conflict,
    Deadline,
    Entry,
    IdReused,
    Keep,
    Log,
    Outcome,
    Seen,
)
from server.log.redis import RedisLog

STEPS = int(os.environ.get("UNIPOLE_STEPS", "3000"))
STEPS_EXAMPLE = 50

GAMES = st.sampled_from(("x", "y"))
ENTRIES = st.lists(
    st.builds(Entry, st.sampled_from("abcdefghijkl"), st.sampled_from(("aa", "bb")), st.binary(max_size=4)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.order_id,
)
DEADLINES = st.one_of(st.just(KEEP), st.none(), st.builds(Deadline, st.integers(0, 9), st.sampled_from(("clock:1", "clock:2"))))


class Model:
    """The log as one would write it with nothing to fear."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Entry]] = {"x": [], "y": []}
        self.clock: dict[str, Deadline | None] = {"x": None, "y": None}

    def append(self, game: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None) -> Outcome:
        """The outcome to expect; the time is not modelled."""
        rows = self.rows[game]
        known = {row.order_id: (number, row.digest) for number, row in enumerate(rows, 1)}
        for one in entries:
            if one.order_id in known and known[one.order_id][1] != one.digest:
                return IdReused(one.order_id)
        seen = {one.order_id: known[one.order_id][0] for one in entries if one.order_id in known}
        if seen:
            return Seen(seen)
        if version != len(rows):
            return Conflict(len(rows))
        rows.extend(entries)
        self.clock[game] = self.clock[game] if deadline is KEEP else deadline
        return Appended(len(rows), 0)


class LogMachine(RuleBasedStateMachine):
    """The log and the model side by side."""

    open_log: Callable[[], Log]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.log = self.runner.run(self.opened())
        self.model = Model()
        self.prefix = f"model-{uuid.uuid4().hex[:12]}-"

    async def opened(self) -> Log:
        """A log that belongs to this machine's event loop."""
        return type(self).open_log()

    @rule(game=GAMES, off=st.sampled_from((0, 0, 0, -1, 1)), entries=ENTRIES, deadline=DEADLINES)
    def append(self, game: str, off: int, entries: list[Entry], deadline: Deadline | Keep | None) -> None:
        """Append at the right version, or one beside it."""
        type(self).steps += 1
        version = max(0, len(self.model.rows[game]) + off)
        expected = self.model.append(game, version, entries, deadline)
        found = self.runner.run(self.log.append(self.prefix + game, version, entries, deadline))
        if isinstance(found, Appended):
            found = Appended(found.version, 0)
        assert found == expected

    @rule(game=GAMES, since=st.integers(0, 9), limit=st.none() | st.integers(1, 4))
    def read(self, game: str, since: int, limit: int | None) -> None:
        """Read a range."""
        type(self).steps += 1
        rows = self.runner.run(self.log.read(self.prefix + game, since, limit))
        everything = list(enumerate(self.model.rows[game], 1))
        expected = everything[since:][: limit if limit is not None else len(everything)]
        assert [(row.version, row.entry) for row in rows] == expected

    @rule(now_ms=st.integers(0, 10))
    def clocks(self, now_ms: int) -> None:
        """Ask for versions, deadlines, overdue games and all games."""
        type(self).steps += 1
        for game in ("x", "y"):
            assert self.runner.run(self.log.version(self.prefix + game)) == len(self.model.rows[game])
            assert self.runner.run(self.log.deadline(self.prefix + game)) == self.model.clock[game]
        overdue = [
            (self.prefix + game, deadline)
            for game, deadline in self.model.clock.items()
            if deadline is not None and deadline.due_ms <= now_ms
        ]
        found = [pair for pair in self.runner.run(self.log.due(now_ms)) if pair[0].startswith(self.prefix)]
        assert sorted(found, key=lambda pair: pair[0]) == overdue
        listed = [game for game in self.runner.run(self.log.games()) if game.startswith(self.prefix)]
        assert listed == [self.prefix + game for game in ("x", "y") if self.model.rows[game]]

    def teardown(self) -> None:
        """Close the log and its loop."""
        self.runner.run(self.closed())
        self.runner.close()

    async def closed(self) -> None:
        """Close the log and, for Redis, its line."""
        await self.log.close()
        if isinstance(self.log, RedisLog):
            await self.log._line.aclose()


def explore(log: Callable[[], Log], steps: int, phases: Sequence[Phase] = tuple(Phase)) -> int:
    """Run the machine for about this many steps; the number really taken."""

    class Machine(LogMachine):
        open_log = staticmethod(log)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=steps // STEPS_EXAMPLE,
            stateful_step_count=STEPS_EXAMPLE,
            suppress_health_check=list(HealthCheck),
            phases=phases,
            derandomize=True,
            database=None,
            deadline=None,
        ),
    )
    return Machine.steps


@pytest.mark.timeout(900 + STEPS / 20)
def test_redis_agrees_with_the_model(valkey: str) -> None:
    """The log in Redis answers like the model for thousands of steps."""
    assert explore(lambda: RedisLog(RedisLine(valkey)), STEPS * 6 // 5) >= STEPS


@pytest.mark.timeout(900 + STEPS / 20)
def test_memory_agrees_with_the_model() -> None:
    """So does the log in memory."""
    assert explore(lambda: MemoryLog(lambda: 0), STEPS * 6 // 5) >= STEPS


class AnyVersion(MemoryLog):
    """Planted: appends whatever version the caller believes in."""

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Append at the end."""
        return await super().append(game_id, await self.version(game_id), entries, deadline)


class AnyContent(MemoryLog):
    """Planted: takes a reused id for a resend."""

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Answer Seen for IdReused."""
        outcome = await super().append(game_id, version, entries, deadline)
        return Seen({outcome.order_id: 1}) if isinstance(outcome, IdReused) else outcome


class Forgetful(MemoryLog):
    """Planted: forgets ids after a while, as a cache of recent ids would."""

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Remember the last five ids only."""
        outcome = await super().append(game_id, version, entries, deadline)
        for ids in (game.ids for game in self._games.values()):
            for old in list(ids)[:-5]:
                del ids[old]
        return outcome


class SlowClock(MemoryLog):
    """Planted: a refused append moves the deadline."""

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Set the deadline first and check afterwards."""
        game = self._games.get(game_id)
        if game is not None and deadline is not KEEP:
            game.deadline = deadline
        return await super().append(game_id, version, entries, deadline)


@pytest.mark.parametrize("fault", [AnyVersion, AnyContent, Forgetful, SlowClock])
def test_planted_faults_are_found(fault: type[MemoryLog]) -> None:
    """The machine tells a broken log from a good one."""
    with pytest.raises(AssertionError):
        explore(lambda: fault(lambda: 0), STEPS, (Phase.generate,))  # found is enough: no shrinking
