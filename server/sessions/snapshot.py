"""A history as bytes, and back without folding the log anew.

A snapshot holds the game, the clock and what each viewer has been told (as counts) at one version of the log, and the hash of all rows of
the log up to there.  Who opens a session reads the rows in any case, since they say which ids are taken; if their hash is that of the
snapshot, they need not be unpacked.  Else, or if the snapshot is in any way odd, it is left alone and the log is folded from its
beginning: the log is the only truth.  The head is one of the rows, so a snapshot made by other rules fits no log that these rules carry on.
"""

from __future__ import annotations

import logging
import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgpack

from rules.evolve import evolve_all
from rules.past import fore
from rules.state import Game
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.games import pack_game, unpack_game
from server.log.protocol import Stored
from server.sessions.entries import Entries
from server.sessions.history import Heard, History
from server.sessions.timer import Timer

_journal = logging.getLogger(__name__)
FORMAT = f"1 {array('L').itemsize} {sys.byteorder}"
"""Another format, or a machine that writes numbers differently: the snapshot is of no use here."""
QUICK = 1  # of the levels of zlib: a third of the size is nearly all there is to gain


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read of a snapshot before the rows it belongs to were."""

    version: int
    prefix: str
    fields: dict[str, Any]


def snapshot_of(history: History) -> bytes:
    """The history as it is now."""
    viewers = (*history.game.atlas.countries, PUBLIC_VIEWER, UMPIRE_VIEWER)
    heard = {viewer: history.heard(viewer) for viewer in viewers}
    fields = {
        "format": FORMAT,
        "version": history.version,
        "prefix": history.prefix.digest(),
        "game": pack_game(history.game),
        "begun": history.game.past is not None,
        "timer": (history.timer.due_ms, history.timer.left_ms, history.timer.since_ms),
        "closed": sorted(history.closed),
        "touched": history.touched,
        "heard": {viewer: (each.entries.tobytes(), each.totals.tobytes()) for viewer, each in heard.items()},
    }
    return zlib.compress(msgpack.packb(fields), QUICK)


def read_snapshot(data: bytes | None) -> Snapshot | None:
    """The snapshot of bytes; None if they are none of this format."""
    if data is None:
        return None
    try:
        fields = msgpack.unpackb(zlib.decompress(data))
        if fields["format"] != FORMAT:
            return None
        return Snapshot(int(fields["version"]), str(fields["prefix"]), fields)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        _journal.warning("a snapshot cannot be read: %s", type(error).__name__)
        return None


def taken_up(snapshot: Snapshot, begun: History, rows: Sequence[Stored]) -> bool:
    """Let a history that has its head only go on as the snapshot says, if these rows are what it was made of; whether they are."""
    prefix = begun.prefix.copy()
    for row in rows:
        prefix.add(row.entry, row.at_ms)
    if (prefix.version, prefix.digest()) != (snapshot.version, snapshot.prefix):
        _journal.info("a snapshot does not belong to its log any more")
        return False
    bodies = [row.entry.body for row in rows]
    fields, opening = snapshot.fields, begun.opening
    try:
        game = unpack_game(fields["game"], opening, (lambda: _past(opening, bodies)) if fields["begun"] else None)
        timer = Timer(*fields["timer"])
        heard = {viewer: Heard(_numbers(entries), _numbers(totals)) for viewer, (entries, totals) in fields["heard"].items()}
        closed, touched = set(fields["closed"]), int(fields["touched"])
    except (ValueError, KeyError, TypeError) as error:
        _journal.warning("a snapshot cannot be taken up: %s", type(error).__name__)
        return False
    begun.go_on(game, timer, Entries(bodies), {row.entry.order_id: row.entry.digest for row in rows}, heard)
    begun.closed, begun.touched, begun.prefix = closed, touched, prefix
    begun.kept_version = snapshot.version
    return True


def _past(opening: Game, bodies: Sequence[bytes]) -> Game:
    """The game before the step that was open at the end of these entries."""
    events = (event for entry in Entries(bodies) for event in entry.events)
    earlier = fore(evolve_all(opening, events))
    assert earlier is not None
    return earlier


def _numbers(data: bytes) -> array[int]:
    found = array("L")
    found.frombytes(data)
    return found
