"""A snapshot saves work and changes nothing: what is opened with one is what is folded from the log, and an odd one is left alone."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import replace

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.orders import CONTROL, Undo
from rules.past import steps
from rules.sequence import Recorded
from rules.wire.canonical import game_hash
from rules.wire.frames import Acked
from rules.wire.logbook import unpack
from server.log.protocol import Stored
from server.log.shelf import MemoryShelf
from server.log.snapshots import MemorySnapshots
from server.sessions.history import History, stored_entry
from server.sessions.recovery import beginning, head_entry, keep_snapshot, read_all, read_on, recover
from server.sessions.snapshot import read_snapshot, snapshot_of, taken_up
from tests.server.sessions.test_history import MATCH, VIEWERS
from tests.server.stage import SESSION, head, memory_log, staged, with_limits
from tests.simulation.loop import run_virtually

ROWS = tuple(Stored(version, stored_entry(entry), 1000 * version) for version, entry in enumerate(MATCH.entries, start=2))


def begun() -> History:
    """A history that has its head only."""
    history = beginning(head())
    history.prefix.add(head_entry(head()), 0)
    return history


def folded(entries: int) -> History:
    """The history of the first entries, folded one by one."""
    history = begun()
    read_on(history, ROWS[:entries])
    return history


def known(history: History) -> tuple[object, ...]:
    """All that can be asked of a history."""
    told = {viewer: (history.total(viewer), history.told(viewer, 0, 10_000)) for viewer in VIEWERS}
    past = [(place, game.moment, game.drafts, game.commitments) for place, game in steps(history.game)]
    rest = history.timer, history.timer.since_ms, history.closed, history.touched, history.digests, history.version
    return game_hash(history.game), past, told, *rest, list(history.entries), history.prefix.digest()


@settings(max_examples=10)  # each compares every step of two games
@given(st.integers(1, len(ROWS)), st.integers(0, len(ROWS)))
def test_what_is_taken_up_is_what_was_folded(entries: int, more: int) -> None:
    """At any version, and however far it is read on from there; the steps before it are there for who goes back to them."""
    snapshot = read_snapshot(snapshot_of(folded(entries)))
    assert snapshot is not None
    history = begun()
    assert taken_up(snapshot, history, ROWS[:entries])
    read_on(history, ROWS[entries : entries + more])
    assert known(history) == known(folded(min(entries + more, len(ROWS))))


def _later(rows: tuple[Stored, ...]) -> tuple[Stored, ...]:
    return (*rows[:-1], replace(rows[-1], at_ms=rows[-1].at_ms + 1))


def _reworded(rows: tuple[Stored, ...]) -> tuple[Stored, ...]:
    entry = replace(rows[3].entry, body=rows[3].entry.body.replace(b'"', b"'", 1))
    return (*rows[:3], replace(rows[3], entry=entry), *rows[4:])


def _renamed(rows: tuple[Stored, ...]) -> tuple[Stored, ...]:
    return (replace(rows[0], entry=replace(rows[0].entry, order_id="other")), *rows[1:])


@pytest.mark.parametrize("change", [_later, _reworded, _renamed, lambda rows: rows[:-1], lambda rows: ()])
def test_it_belongs_to_one_log(change: Callable[[tuple[Stored, ...]], tuple[Stored, ...]]) -> None:
    """One row that is otherwise, or not there, and it is left alone."""
    snapshot = read_snapshot(snapshot_of(folded(20)))
    assert snapshot is not None
    history = begun()
    assert not taken_up(snapshot, history, change(ROWS[:20]))
    assert known(history) == known(begun())


def _but(**changes: object) -> bytes:
    """A snapshot of which some fields say something else; None: they are missing."""
    fields = {**msgpack.unpackb(zlib.decompress(snapshot_of(folded(20)))), **changes}
    return zlib.compress(msgpack.packb({name: value for name, value in fields.items() if value is not None}))


ODD = {
    "cut off": snapshot_of(folded(20))[:-9],
    "no snapshot": b"once upon a time",
    "a list": zlib.compress(msgpack.packb([1, 2])),
    "another format": _but(format="0"),
    "no version": _but(version=None),
    "no game": _but(game=None),
    "another game": _but(game={}),
    "no counts": _but(heard=7),
    "no clock": _but(timer=[1]),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_an_odd_one_is_left_alone(data: bytes) -> None:
    """Whatever lies there instead, the session opens as if nothing did."""

    async def scene() -> History:
        log, snapshots = memory_log(), MemorySnapshots()
        await log.append(SESSION, 0, [head_entry(head()), *(row.entry for row in ROWS)], None)
        await snapshots.keep(SESSION, 21, data)
        return await recover(log, SESSION, snapshots)

    history = run_virtually(scene())
    assert game_hash(history.game) == game_hash(folded(len(ROWS)).game)
    assert (history.version, history.kept_version) == (len(ROWS) + 1, 0)


def test_sessions_put_them_and_open_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session puts one as it goes; the next process unpacks only what came later, and can still undo what came before."""
    unpacked = list[bytes]()

    def noted(body: bytes) -> Recorded:
        unpacked.append(body)
        return unpack(body)

    async def scene() -> None:
        log, shelf, snapshots = memory_log(), MemoryShelf(), MemorySnapshots()
        few = with_limits(snapshot_entries=4)
        async with staged(log=log, shelf=shelf, settings=few, snapshots=snapshots) as first:
            await first.start()
            await first.until("orders")
            await asyncio.sleep(1)
            kept, version = first.history.kept_version, first.history.version
        assert 0 < kept <= version < kept + few.limits.snapshot_entries
        monkeypatch.setattr("server.sessions.recovery.unpack", noted)
        async with staged(log=log, shelf=shelf, settings=few, snapshots=snapshots) as second:
            assert second.history.kept_version == kept
            assert len(unpacked) == version - kept
            monkeypatch.undo()
            alone = await recover(log, SESSION)
            assert second.history.timer == alone.timer
            assert isinstance(await second.order(CONTROL, "back", Undo(turn=1, phase="negotiation", reason="again")), Acked)
            assert second.phase == "negotiation"
            assert game_hash(second.history.game) == game_hash((await recover(log, SESSION)).game)

    run_virtually(scene())


def test_none_is_put_of_a_history_that_was_not_read_from_rows() -> None:
    """Without the hash of its rows nobody could tell what it belongs to."""

    async def scene() -> bytes | None:
        snapshots, history = MemorySnapshots(), beginning(head())
        history.add(MATCH.entries[0], 5)
        await keep_snapshot(snapshots, SESSION, history)
        return await snapshots.kept(SESSION)

    assert run_virtually(scene()) is None


def test_a_log_without_one_is_read_whole() -> None:
    """A store that keeps snapshots, but none of this log."""

    async def scene() -> History:
        log = memory_log()
        await log.append(SESSION, 0, [head_entry(head()), *(row.entry for row in ROWS)], None)
        history = begun()
        await read_all(history, log, SESSION, MemorySnapshots())
        return history

    assert run_virtually(scene()).version == len(ROWS) + 1
