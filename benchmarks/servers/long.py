"""A session of hundreds of turns: what a command costs at its end, and how long it takes to read its log back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.games import seated
from benchmarks.worlds import world
from client.arena import play
from rules.orders import CLOCK, CONTROL
from rules.wire.logbook import Head, unpack
from server.log.protocol import Stored
from server.runtime import rare_collections
from server.sessions.history import History, stored_entry
from server.sessions.recovery import read_on

TURNS, STATES = 500, 8
COMMANDS = 400
"""Orders of seats that are timed at either end."""


@dataclass(frozen=True, slots=True)
class Long:
    """One long session; times are CPU."""

    turns: int
    entries: int
    events: int
    read_back_s: float
    early_ms: float
    late_ms: float


def long_session(turns: int = TURNS, states: int = STATES) -> Long:
    """Random bots play it; then its log is read back as a server does, and orders are decided again at either end."""
    game = world(states, turns, "long")
    entries = play(game, seated(game, "random", game.seed)).entries
    rows = [Stored(place, stored_entry(entry), place) for place, entry in enumerate(entries, start=2)]
    head = Head(format=1, scenario="octet", scenario_hash="", rules_hash="", parameters={}, seed=game.seed)
    with rare_collections():
        history = History(head, game)
        began_s = time.process_time()
        read_on(history, tuple(rows))
        read_back_s = time.process_time() - began_s
        history = History(head, game)
        waits = [_decided(history, row) for row in rows]
    commands = [wait for wait, entry in zip(waits, entries, strict=True) if entry.order.author not in (CLOCK, CONTROL)]
    events = sum(len(entry.events) for entry in entries)
    return Long(turns, len(entries), events, read_back_s, _middle(commands[:COMMANDS]), _middle(commands[-COMMANDS:]))


def _decided(history: History, row: Stored) -> float:
    """Milliseconds to decide an order once more; the history goes on by it."""
    order = unpack(row.entry.body).order
    began_s = time.process_time()
    ahead = history.ahead().given(order, row.at_ms)
    history.take(ahead, row.at_ms, [row.entry.digest])
    return 1e3 * (time.process_time() - began_s)


def _middle(waits: Sequence[float]) -> float:
    return median(waits) if waits else 0.0
