"""What every log promises, as checks that take a log and return nothing.

The same checks run against memory, against real servers, and against every mutilated copy of the append
script. Each check uses games of its own, named after ``game``, so that all may share one server. ``other``
is the same log as a second process sees it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import pytest

from server.log.protocol import (
    BODY_BYTES_MAX,
    ENTRIES_MAX,
    Appended,
    Conflict,
    Deadline,
    Entry,
    IdReused,
    Log,
    Seen,
    Stored,
)
from tests.patience import PATIENCE_S

"""A bell that has not rung by then is lost; logs under test look by themselves far less often."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A log under test, the same one seen by a second process, and the name of a game nobody else uses."""

    log: Log
    other: Log
    game: str


Check = Callable[[Bench], Coroutine[None, None, None]]


def entry(order_id: str, digest: str = "aa", body: bytes = b"{}") -> Entry:
    """An entry to store."""
    return Entry(order_id, digest, body)


async def entries_are_numbered_in_order(bench: Bench) -> None:
    """Entries get the versions after the expected one, and come back byte for byte."""
    first = await bench.log.append(bench.game, 0, [entry("a", "0a", b'{"n":1}'), entry("b", "0b", b"")])
    second = await bench.log.append(bench.game, 2, [entry("c", "0c", bytes(range(256)))])
    assert isinstance(first, Appended)
    assert isinstance(second, Appended)
    assert (first.version, second.version) == (2, 3)
    assert await bench.other.read(bench.game) == (
        Stored(1, entry("a", "0a", b'{"n":1}'), first.at_ms),
        Stored(2, entry("b", "0b", b""), first.at_ms),
        Stored(3, entry("c", "0c", bytes(range(256))), second.at_ms),
    )
    assert await bench.other.version(bench.game) == 3


async def entries_carry_the_logs_clock(bench: Bench) -> None:
    """The time of an entry lies between two readings of the log's clock."""
    before = await bench.log.now_ms()
    outcome = await bench.log.append(bench.game, 0, [entry("a")])
    after = await bench.log.now_ms()
    assert isinstance(outcome, Appended)
    assert before <= outcome.at_ms <= after


async def a_wrong_version_is_a_conflict(bench: Bench) -> None:
    """Behind or ahead: the answer is the log's version, and nothing is kept, not even the ids."""
    await bench.log.append(bench.game, 0, [entry("a"), entry("b")])
    for wrong in (0, 1, 3, 100):
        assert await bench.log.append(bench.game, wrong, [entry("c"), entry("d")]) == Conflict(2)
    assert await bench.log.append(f"{bench.game}-new", 1, [entry("a")]) == Conflict(0)
    assert await bench.log.version(bench.game) == 2
    assert isinstance(await bench.log.append(bench.game, 2, [entry("c", "cc")]), Appended)


async def a_resend_is_seen(bench: Bench) -> None:
    """Stored ids with the same digest are named with their versions; new ones beside them are not stored."""
    both = [entry("a", "0a"), entry("b", "0b")]
    await bench.log.append(bench.game, 0, both)
    assert await bench.log.append(bench.game, 0, both) == Seen({"a": 1, "b": 2})
    assert await bench.log.append(bench.game, 2, [entry("c", "0c"), entry("b", "0b")]) == Seen({"b": 2})
    assert await bench.other.append(bench.game, 2, [entry("a", "0a", b"other body")]) == Seen({"a": 1})
    assert [row.entry.order_id for row in await bench.log.read(bench.game)] == ["a", "b"]


async def ids_are_checked_before_the_version(bench: Bench) -> None:
    """A late resend is Seen and a late reuse is IdReused, although the log has moved on."""
    await bench.log.append(bench.game, 0, [entry("a", "0a")])
    await bench.log.append(bench.game, 1, [entry("b", "0b")])
    assert await bench.log.append(bench.game, 0, [entry("a", "0a")]) == Seen({"a": 1})
    assert await bench.log.append(bench.game, 7, [entry("b", "0b")]) == Seen({"b": 2})
    assert await bench.log.append(bench.game, 0, [entry("b", "0f")]) == IdReused("b")


async def a_reused_id_is_refused(bench: Bench) -> None:
    """The same id with other content is refused whatever stands beside it, and nothing is stored."""
    await bench.log.append(bench.game, 0, [entry("a", "0a"), entry("b", "0b")])
    assert await bench.log.append(bench.game, 2, [entry("c"), entry("b", "ff")]) == IdReused("b")
    assert await bench.log.append(bench.game, 2, [entry("a", "0a"), entry("b", "ff")]) == IdReused("b")
    assert await bench.log.append(bench.game, 2, [entry("b", "0b0b")]) == IdReused("b")
    assert await bench.log.version(bench.game) == 2
    assert isinstance(await bench.log.append(bench.game, 2, [entry("c")]), Appended)


async def games_are_apart(bench: Bench) -> None:
    """Versions, ids and deadlines of one game say nothing about another."""
    here, there = f"{bench.game}-here", f"{bench.game}-there"
    assert isinstance(await bench.log.append(here, 0, [entry("a", "0a")], Deadline(5, "clock:1")), Appended)
    assert await bench.log.version(there) == 0
    assert await bench.log.read(there) == ()
    assert await bench.log.deadline(there) is None
    assert isinstance(await bench.log.append(there, 0, [entry("a", "0b")]), Appended)
    assert await bench.log.deadline(here) == Deadline(5, "clock:1")


async def the_deadline_moves_with_the_entries(bench: Bench) -> None:
    """An append sets, keeps, replaces or removes the deadline; one that is refused leaves it alone."""
    game, log = bench.game, bench.log
    await log.append(game, 0, [entry("a", "0a")], Deadline(1_000, "clock:1"))
    assert await bench.other.deadline(game) == Deadline(1_000, "clock:1")
    await log.append(game, 1, [entry("b")])
    assert await log.deadline(game) == Deadline(1_000, "clock:1")
    for refused in (
        await log.append(game, 1, [entry("c")], Deadline(7, "clock:7")),
        await log.append(game, 2, [entry("a", "0a")], Deadline(7, "clock:7")),
        await log.append(game, 2, [entry("a", "0b")], None),
    ):
        assert not isinstance(refused, Appended)
    assert await log.deadline(game) == Deadline(1_000, "clock:1")
    await log.append(game, 2, [entry("d")], Deadline(2_000, "clock:2"))
    assert await log.deadline(game) == Deadline(2_000, "clock:2")
    await log.append(game, 3, [entry("e")], None)
    assert await log.deadline(game) is None
    assert await _due(bench, 1 << 50) == []


async def overdue_games_are_found(bench: Bench) -> None:
    """A game is due from its deadline on, the most overdue first, and no longer once the deadline is gone."""
    names = [f"{bench.game}-{number}" for number in range(5)]
    for name, due_ms in zip(names, (500, 100, 300, 200, 400), strict=True):
        await bench.log.append(name, 0, [entry("a")], Deadline(due_ms, f"clock:{due_ms}"))
    assert await _due(bench, 99) == []
    assert await _due(bench, 100) == [(names[1], Deadline(100, "clock:100"))]
    assert [name for name, _ in await _due(bench, 499)] == [names[1], names[3], names[2], names[4]]
    await bench.log.append(names[1], 1, [entry("b")], Deadline(450, "clock:450"))
    await bench.log.append(names[3], 1, [entry("b")], None)
    assert [name for name, _ in await _due(bench, 450)] == [names[2], names[4], names[1]]
    exact = (1 << 53) - 1
    await bench.log.append(names[0], 1, [entry("b")], Deadline(exact, "clock:late"))
    assert (names[0], Deadline(exact, "clock:late")) in await _due(bench, exact)
    assert names[0] not in [name for name, _ in await _due(bench, exact - 1)]


async def a_range_is_read(bench: Bench) -> None:
    """Reading starts after a version and ends at the limit or at the end, over as many pages as it takes."""
    count = 2 * ENTRIES_MAX
    for start in (0, ENTRIES_MAX):
        names = range(start + 1, start + ENTRIES_MAX + 1)
        await bench.log.append(bench.game, start, [entry(f"o{number}") for number in names])
    rows = await bench.log.read(bench.game)
    assert [(row.version, row.entry.order_id) for row in rows] == [(n, f"o{n}") for n in range(1, count + 1)]
    assert await bench.log.read(bench.game, 3, 2) == rows[3:5]
    assert await bench.log.read(bench.game, count - 1) == rows[-1:]
    assert await bench.log.read(bench.game, 0, count - 1) == rows[:-1]
    assert await bench.log.read(bench.game, 0, count + 9) == rows
    assert await bench.log.read(bench.game, count) == ()
    assert await bench.log.read(bench.game, count + 7, 1) == ()


async def games_are_listed(bench: Bench) -> None:
    """A game is listed from its first entry on; asking about one does not make one."""
    mine = [f"{bench.game}-{number}" for number in range(20)]
    for name in mine[::2]:
        await bench.log.append(name, 0, [entry("a")])
    for name in mine[1::2]:
        await bench.log.append(name, 5, [entry("a")])
        await bench.log.read(name)
        await bench.log.wait(name, 0, 0.0)
    listed = await bench.other.games()
    assert list(listed) == sorted(listed)
    assert [name for name in mine if name in listed] == mine[::2]


async def one_of_many_writers_wins(bench: Bench) -> None:
    """Of ten appends at the same version one is stored; the others learn the version to read up to."""
    writers = [bench.log, bench.other] * 5
    outcomes = await asyncio.gather(*(log.append(bench.game, 0, [entry(f"o{n}")]) for n, log in enumerate(writers)))
    assert sum(isinstance(outcome, Appended) for outcome in outcomes) == 1
    assert sum(outcome == Conflict(1) for outcome in outcomes) == 9
    assert await bench.log.version(bench.game) == 1


async def a_waiter_is_woken(bench: Bench) -> None:
    """Waiting ends with another process's append, at once when the log is past the version, or in time."""
    game = bench.game
    assert await bench.log.wait(game, 0, 0.05) == 0
    async with asyncio.timeout(PATIENCE_S):
        for version in range(3):
            waits = [asyncio.create_task(bench.log.wait(game, version, 600.0)) for _ in range(2)]
            await asyncio.sleep(0.05)
            assert not any(task.done() for task in waits)
            await bench.other.append(game, version, [entry(f"o{version}")])
            assert await asyncio.gather(*waits) == [version + 1, version + 1]
        assert await bench.log.wait(game, 1, 600.0) == 3
    assert await bench.log.wait(game, 3, 0.05) == 3


async def nonsense_is_refused(bench: Bench) -> None:
    """A call that no log may take raises ValueError and stores nothing."""
    good = [entry("a")]
    for game in ("", "a b", "a/b", "ü", "x" * 129, "a\n"):
        with pytest.raises(ValueError, match="cannot name a game"):
            await bench.log.append(game, 0, good)
        with pytest.raises(ValueError, match="cannot name a game"):
            await bench.log.read(game)
    many = [entry(f"o{number}") for number in range(ENTRIES_MAX + 1)]
    for bad in ([], many, [entry("a"), entry("a", "bb")], [entry("")], [entry("a b")]):
        with pytest.raises(ValueError, match=r"order id|1 to"):
            await bench.log.append(bench.game, 0, bad)
    huge = entry("a", "aa", bytes(BODY_BYTES_MAX + 1))
    for odd in (entry("a", ""), entry("a", "xyz"), entry("a", "AA"), huge):
        with pytest.raises(ValueError, match=r"digest|bytes"):
            await bench.log.append(bench.game, 0, [odd])
    for deadline in (Deadline(-1, "c"), Deadline((1 << 53) + 1, "c"), Deadline(1, ""), Deadline(1, "a b")):
        with pytest.raises(ValueError, match=r"deadline|clock"):
            await bench.log.append(bench.game, 0, good, deadline)
    for since, limit in ((-1, None), (0, 0), (0, -1)):
        with pytest.raises(ValueError, match="cannot read"):
            await bench.log.read(bench.game, since, limit)
    with pytest.raises(ValueError, match="version"):
        await bench.log.append(bench.game, -1, good)
    assert await bench.log.version(bench.game) == 0


async def _due(bench: Bench, now_ms: int) -> list[tuple[str, Deadline]]:
    return [pair for pair in await bench.other.due(now_ms) if pair[0].startswith(bench.game)]


CONTRACT: tuple[Check, ...] = (
    entries_are_numbered_in_order,
    entries_carry_the_logs_clock,
    a_wrong_version_is_a_conflict,
    a_resend_is_seen,
    ids_are_checked_before_the_version,
    a_reused_id_is_refused,
    games_are_apart,
    the_deadline_moves_with_the_entries,
    overdue_games_are_found,
    a_range_is_read,
    games_are_listed,
    one_of_many_writers_wins,
    a_waiter_is_woken,
    nonsense_is_refused,
)
