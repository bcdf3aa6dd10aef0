"""A session of hundreds of turns: what a command costs at its end, and how long a server takes to open it again.

It lies in a store of its own, as a server would have put it there: its entries, and the snapshots that go beside them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.games import seated
from benchmarks.worlds import world
from client.arena import play
from rules.orders import CLOCK, CONTROL
from rules.sequence import Recorded
from rules.state import Game
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.logbook import FORMAT, Head
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.protocol import ENTRIES_MAX, Appended, Log
from server.log.redis import RedisLog
from server.log.snapshots import RedisSnapshots, Snapshots
from server.runtime import rare_collections
from server.sessions.history import History, stored_entry
from server.sessions.recovery import head_entry, keep_snapshot, read_all
from server.settings import Limits

SESSION, TURNS, STATES = "long", 500, 8
HEAD = Head(format=FORMAT, scenario="octet", scenario_hash="", rules_hash="", parameters={}, seed=SESSION)
EDGE = 1000
"""Entries at either end that are laid down one by one."""


@dataclass(frozen=True, slots=True)
class Long:
    """One long session; times are CPU, but for ``wall_s``."""

    turns: int
    entries: int
    events: int
    folded_s: float
    opened_s: float
    wall_s: float
    early_ms: float
    late_ms: float


async def long_session(turns: int = TURNS, states: int = STATES) -> Long:
    """Random bots play it; its orders are decided again and laid down, then it is opened with its snapshot and without."""
    opening = world(states, turns, SESSION)
    entries = play(opening, seated(opening, "random", SESSION)).entries
    with TemporaryDirectory(prefix="unipole-long-") as folder, rare_collections():
        async with private_redis(Path(folder)) as store:
            line = RedisLine(store.url)
            try:
                log, snapshots = RedisLog(line), RedisSnapshots(line)
                waits = await _laid_down(_begun(opening), log, snapshots, entries)
                folded_s, _ = await _opened(_begun(opening), log, None)
                opened_s, wall_s = await _opened(_begun(opening), log, snapshots)
                await log.close()
            finally:
                await line.aclose()
    half = len(waits) // 2
    events = sum(len(entry.events) for entry in entries)
    return Long(turns, len(entries), events, folded_s, opened_s, wall_s, _middle(waits[:half]), _middle(waits[half:]))


def _begun(opening: Game) -> History:
    history = History(HEAD, opening)
    history.prefix.add(head_entry(HEAD), 0)
    return history


async def _laid_down(history: History, log: Log, snapshots: Snapshots, entries: Sequence[Recorded]) -> list[float]:
    """Decide each order once more, lay it down and take it in; milliseconds of CPU of the orders of seats at either end, one by one."""
    every, waits = Limits().snapshot_entries, list[float]()
    await log.append(SESSION, 0, [head_entry(HEAD)], None)
    for part in _parts(entries):
        began_s, ahead = time.process_time(), history.ahead()
        for entry in part:
            ahead = ahead.given(entry.order, 0)
        stored = [stored_entry(entry) for entry in ahead.recorded]
        outcome = await log.append(SESSION, history.version, stored, None)
        assert isinstance(outcome, Appended)
        history.take(ahead, outcome.at_ms, stored)
        if len(part) == 1 and part[0].order.author not in (CLOCK, CONTROL):
            waits.append(1e3 * (time.process_time() - began_s))
        if history.version - history.kept_version >= every:
            await keep_snapshot(snapshots, SESSION, history)
    return waits


def _parts(entries: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    """One by one at either end, in large pieces between."""
    begin = min(EDGE, len(entries))
    last = max(begin, len(entries) - EDGE)
    yield from ([entry] for entry in entries[:begin])
    yield from (entries[at : min(at + ENTRIES_MAX, last)] for at in range(begin, last, ENTRIES_MAX))
    yield from ([entry] for entry in entries[last:])


async def _opened(history: History, log: Log, snapshots: Snapshots | None) -> tuple[float, float]:
    """Seconds of CPU, and of the clock, until every viewer could be welcomed."""
    cpu_s, wall_s = time.process_time(), time.monotonic()
    await read_all(history, log, SESSION, snapshots)
    for viewer in (*history.game.atlas.countries, PUBLIC_VIEWER, UMPIRE_VIEWER):
        history.total(viewer)
    return time.process_time() - cpu_s, time.monotonic() - wall_s


def _middle(waits: Sequence[float]) -> float:
    return median(waits) if waits else 0.0
