"""The promises, checked on what is left after a world ended: the log, the processes, and what clients saw.

P1 what was acknowledged is in the log, with the same content; P2 nothing is in it twice; P3 all processes end
in the state of the log, and every client was told a piece of the one order of events, without gaps; P4 what
it was told and shown is what ``tell`` and ``view`` give its viewer, and nothing else; P8 no deadline before
its time, none twice.  Each finding is a sentence that begins with the promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rules.canonical import canonical, game_hash
from rules.frames import Pace
from rules.logbook import Head, unpack
from rules.orders import CLOCK
from rules.sequence import Recorded
from rules.view import tell, view
from rules.wire import STATIC, pack_view
from server.log.protocol import Stored
from server.sessions.history import History
from server.sessions.recovery import beginning
from tests.simulation.player import Memory


def findings(
    rows: tuple[Stored, ...], memories: dict[str, Memory], histories: list[History], pace: Pace
) -> list[str]:
    """Broken promises; empty if all were kept."""
    entries = [unpack(row.entry.body) for row in rows[1:]]
    return [
        *_orders(entries, memories),
        *_processes(rows, entries, histories),
        *(finding for viewer in sorted(memories) for finding in _events(rows, entries, viewer, memories[viewer])),
        *(finding for viewer in sorted(memories) for finding in _views(rows, entries, viewer, memories[viewer])),
        *(_deadlines(rows, entries) if pace == "live" else ()),
    ]


def _orders(entries: list[Recorded], memories: dict[str, Memory]) -> Iterator[str]:
    found = {entry.order.id: entry.order.act for entry in entries}
    for order_id, count in Counter(entry.order.id for entry in entries).items():
        if count > 1:
            yield f"P2: {order_id} is in the log {count} times"
    for viewer, memory in sorted(memories.items()):
        for name in memory.acked:
            if found.get(f"{viewer}:{name}") != memory.asked[name]:
                yield f"P1: {viewer} was promised {name}, and the log has {found.get(f'{viewer}:{name}')}"
        for order_id in memory.accepted:
            name = order_id.removeprefix(f"{viewer}:")
            if order_id not in found or found[order_id] != memory.asked.get(name):
                yield f"P1: {viewer} has a receipt for {order_id}, and the log has {found.get(order_id)}"


def _processes(rows: tuple[Stored, ...], entries: list[Recorded], histories: list[History]) -> Iterator[str]:
    played = _replayed(rows, entries)
    for history in histories:
        if history.version != len(rows):
            yield f"P3: a process is at version {history.version}, the log at {len(rows)}"
        elif game_hash(history.game) != game_hash(played.game) or history.timer != played.timer:
            yield "P3: a process ended in another state than the log"


def _replayed(rows: tuple[Stored, ...], entries: list[Recorded]) -> History:
    history = beginning(Head.model_validate_json(rows[0].entry.body))
    for row, entry in zip(rows[1:], entries, strict=True):
        history.add(entry, row.at_ms)
    return history


def _events(rows: tuple[Stored, ...], entries: list[Recorded], viewer: str, memory: Memory) -> Iterator[str]:
    game = beginning(Head.model_validate_json(rows[0].entry.body)).game
    told = [tell(game, event, viewer) for entry in entries for event in entry.events]
    own = [event for event in told if event is not None]
    numbers = sorted(memory.events)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"P3: {viewer} was told numbers with gaps"
    for number in numbers:
        if number > len(own) or memory.events[number] != own[number - 1]:
            yield f"P4: event {number} of {viewer} is not what tell gives it"


def _views(rows: tuple[Stored, ...], entries: list[Recorded], viewer: str, memory: Memory) -> Iterator[str]:
    """Each view must be that of some version after just as many events told."""
    history = beginning(Head.model_validate_json(rows[0].entry.body))
    possible: dict[int, set[bytes]] = {}
    for row, entry in zip((None, *rows[1:]), (None, *entries), strict=True):
        if row is not None and entry is not None:
            history.add(entry, row.at_ms)
        packed = pack_view(view(history.game, viewer), static=False)
        possible.setdefault(history.total(viewer), set()).add(canonical(packed))
    for seen in memory.seen:
        shown = canonical({name: value for name, value in seen.view.items() if name not in STATIC})
        if shown not in possible.get(seen.total, ()):
            yield f"P4: {viewer} was shown after {seen.total} events what it may not see, or never was"


def _deadlines(rows: tuple[Stored, ...], entries: list[Recorded]) -> Iterator[str]:
    history = beginning(Head.model_validate_json(rows[0].entry.body))
    for row, entry in zip(rows[1:], entries, strict=True):
        due_ms, order = history.timer.due_ms, entry.order
        if order.author == CLOCK and _by_time(history) and (due_ms is None or row.at_ms < due_ms):
            yield f"P8: {order.id} fired at {row.at_ms}, before its time {due_ms}"
        history.add(entry, row.at_ms)


def _by_time(history: History) -> bool:
    """Whether only time can close the step: in live play, unless all are done."""
    return len(history.game.moment.done) < len(history.game.atlas.countries)
