"""The promises, checked on what is left after a world ended: the log, the processes, and what clients saw.

P1 what was acknowledged is in the log, with the same content; P2 nothing is in it twice; P3 all processes end
in the state of the log, and every client was told a piece of the one order of events, without gaps; P4 what
it was told and shown is what ``tell`` and ``view`` give its viewer, and nothing else; P8 no deadline before
its time, none twice.  Each finding is a sentence that begins with the promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgpack import packb

from rules.orders import CLOCK
from rules.sequence import Recorded
from rules.state import Game
from rules.turn import clock_id
from rules.view import tell, view
from rules.wire.canonical import game_hash
from rules.wire.frames import Pace
from rules.wire.logbook import Head, unpack
from rules.wire.views import STATIC, pack_view
from server.log.protocol import Stored
from server.sessions.history import History
from server.sessions.recovery import beginning
from tests.simulation.player import Memory


@dataclass
class Replay:
    """The log played once from its beginning, by nobody's memory but the judge's."""

    entries: list[Recorded]
    first: Game
    last: History
    ahead: list[str]
    games: dict[str, dict[tuple[int, str], list[Game]]]
    """For each viewer: after how many events told, in which step -> every game that was."""


def findings(
    rows: tuple[Stored, ...], memories: dict[str, Memory], histories: list[History], pace: Pace
) -> list[str]:
    """Broken promises; empty if all were kept."""
    replay = replayed(rows, sorted(memories))
    return [
        *_orders(replay.entries, memories),
        *_processes(rows, replay, histories),
        *(finding for viewer in sorted(memories) for finding in _events(replay, viewer, memories[viewer])),
        *(finding for viewer in sorted(memories) for finding in _views(replay, viewer, memories[viewer])),
        *(replay.ahead if pace == "live" else ()),
    ]


def replayed(rows: tuple[Stored, ...], viewers: list[str]) -> Replay:
    """Play the log, and keep what it shows on the way."""
    history = beginning(Head.model_validate_json(rows[0].entry.body))
    replay = Replay([], history.game, history, [], {viewer: {} for viewer in viewers})
    _keep(replay, history)
    for row in rows[1:]:
        entry = unpack(row.entry.body)
        due_ms, order = history.timer.due_ms, entry.order
        if order.author == CLOCK and _by_time(history) and (due_ms is None or row.at_ms < due_ms):
            replay.ahead.append(f"P8: {order.id} fired at {row.at_ms}, before its time {due_ms}")
        history.add(entry, row.at_ms)
        replay.entries.append(entry)
        _keep(replay, history)
    return replay


def _keep(replay: Replay, history: History) -> None:
    step = clock_id(history.game.moment)
    for viewer, games in replay.games.items():
        games.setdefault((history.total(viewer), step), []).append(history.game)


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


def _processes(rows: tuple[Stored, ...], replay: Replay, histories: list[History]) -> Iterator[str]:
    for history in histories:
        if history.version != len(rows):
            yield f"P3: a process is at version {history.version}, the log at {len(rows)}"
        elif game_hash(history.game) != game_hash(replay.last.game) or history.timer != replay.last.timer:
            yield "P3: a process ended in another state than the log"


def _events(replay: Replay, viewer: str, memory: Memory) -> Iterator[str]:
    told = [tell(replay.first, event, viewer) for entry in replay.entries for event in entry.events]
    own = [event for event in told if event is not None]
    numbers = sorted(memory.events)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"P3: {viewer} was told numbers with gaps"
    for number in numbers:
        if number > len(own) or memory.events[number] != own[number - 1]:
            yield f"P4: event {number} of {viewer} is not what tell gives it"


def _views(replay: Replay, viewer: str, memory: Memory) -> Iterator[str]:
    """Each view must be that of some game of its step, after just as many events told."""
    spelt: dict[int, bytes] = {}

    def own(game: Game) -> bytes:
        if id(game) not in spelt:
            spelt[id(game)] = _spelt(pack_view(view(game, viewer), static=False))
        return spelt[id(game)]

    def moving(packed: Mapping[str, object]) -> bytes:
        return _spelt({name: part for name, part in packed.items() if name not in STATIC})

    shown = {(seen.total, seen.step, moving(seen.view)) for seen in memory.seen}
    for total, step, what in sorted(shown):
        games = replay.games[viewer].get((total, step), [])
        if not any(own(game) == what for game in reversed(games)):
            yield f"P4: {viewer} was shown after {total} events what it may not see, or never was"


def _spelt(packed: Mapping[str, object]) -> bytes:
    """As it goes over the wire."""
    return bytes(packb(packed))


def _by_time(history: History) -> bool:
    """Whether only time can close the step: in live play, unless all are done."""
    return len(history.game.moment.done) < len(history.game.atlas.countries)
