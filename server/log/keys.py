"""The names of everything that is kept in Redis.

A cluster runs a script only on keys of one slot, and a slot is chosen by the part of a name in braces. The
log of a session, its deadline, the index of deadlines and the list of games have to change in one step, or
a process that dies between two of them leaves a game whose clock never rings. So the braces hold neither
the game (the index could not share it) nor nothing (all sessions would share one slot), but one of sixteen
*buckets* to which games are dealt by a hash of their id: a bucket has its own index, and the index is
exact, never a hint. Reading all indexes is sixteen small commands in one round trip. On one server this
changes nothing; on a cluster at most sixteen masters share the sessions.

The number of buckets and the hash are part of the stored format: changing either hides every stored game.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

BUCKETS: Final = 16
SESSIONS_KEPT: Final = 4096
"""Sessions whose keys are remembered."""
BELL: Final = "unipole:bell"
"""The one pub/sub channel: ``<version> <game>`` for each append."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The indexes that the games of one bucket share."""

    games: str
    deadlines: str


@dataclass(frozen=True, slots=True)
class GameKeys:
    """Every key of one session."""

    log: str
    ids: str
    deadline: str
    seats: str
    snapshot: str
    bucket: Bucket


def _prefix(number: int) -> str:
    return f"unipole:{{{number:02d}}}"


def bucket(number: int) -> Bucket:
    """The indexes of bucket ``number`` (0-15)."""
    return Bucket(games=f"{_prefix(number)}:games", deadlines=f"{_prefix(number)}:deadlines")


def all_buckets() -> tuple[Bucket, ...]:
    """Every bucket, by number."""
    return tuple(bucket(number) for number in range(BUCKETS))


@lru_cache(SESSIONS_KEPT)
def keys_of(game_id: str) -> GameKeys:
    """The keys of a session; the same for every process, Python version and machine."""
    number = zlib.crc32(game_id.encode()) % BUCKETS
    prefix = f"{_prefix(number)}:game:{game_id}"
    return GameKeys(
        log=f"{prefix}:log",
        ids=f"{prefix}:ids",
        deadline=f"{prefix}:deadline",
        seats=f"{prefix}:seats",
        snapshot=f"{prefix}:snapshot",
        bucket=bucket(number),
    )
