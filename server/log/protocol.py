"""The truth of a session: an append-only list of entries, one an order, numbered from 1.

Any process may write to any session. A writer says at which version it believes the log to be; the log
accepts only if it is right, so the version is the fencing token and no process owns anything. An entry is
known by its order id for the life of the game: the same id with the same content is answered ``Seen`` (a
resend, harmless), with other content ``IdReused`` (refused). The order of the checks is fixed: ids first,
version second, so that a resend is recognised even after the log has moved on. An append is all or nothing,
and it also moves the clock: the time at which the game next falls due is stored with the entries that cause
it, in the same step.

    writer                       log
      | append(game, v, entries)  |   ids known?      -> IdReused / Seen
      |-------------------------->|   at version v?   -> Conflict(actual): read on from v, decide again
      |<--------------------------|   stored, durable -> Appended(v + n)

An answer is given when the entries are safe on disk, never before. No answer (``LogUnavailable``) means
that the outcome is unknown: the writer sends the same entries again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, Protocol

ENTRIES_MAX: Final = 1024
"""Entries in one append."""
BODY_BYTES_MAX: Final = 1 << 20
"""Bytes in the body of one entry."""
ORDER_ID_CHARS_MAX: Final = 200
"""Characters in an order id."""
DUE_MS_MAX: Final = 1 << 53
"""The latest deadline, in milliseconds since 1970: index scores are doubles, exact up to here."""

_GAME_ID = re.compile(r"[A-Za-z0-9._:~-]{1,128}")
_ORDER_ID = re.compile(rf"[!-~]{{1,{ORDER_ID_CHARS_MAX}}}")
_DIGEST = re.compile(r"[0-9a-f]{1,128}")


class Keep(Enum):
    """The wish to leave the deadline as it is (None is taken: it removes the deadline)."""

    KEEP = "keep"


KEEP: Final[Literal[Keep.KEEP]] = Keep.KEEP


@dataclass(frozen=True, slots=True)
class Entry:
    """An order as stored: its id, the hash of its content (hexadecimal), the JSON of the whole entry."""

    order_id: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry in the log, its version (1 for the first) and the log's clock at the append, in ms."""

    version: int
    entry: Entry
    at_ms: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The absolute UTC time (ms since 1970) at which the clock's order with this id falls due."""

    due_ms: int
    order_id: str


@dataclass(frozen=True, slots=True)
class Appended:
    """Stored and durable: the log's version after the append, and its clock (ms since 1970)."""

    version: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Nothing was appended: these order ids are stored already, with the same digest, at these versions."""

    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was appended, because the log is at this version and not at the one expected."""

    version: int


@dataclass(frozen=True, slots=True)
class IdReused:
    """Nothing was appended, because this order id is stored with another digest."""

    order_id: str


Outcome = Appended | Seen | Conflict | IdReused
"""Every answer to an append."""


class Log(Protocol):
    """The log of all sessions. Methods may raise ``LogUnavailable``; ``ValueError`` is the caller's fault."""

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Store entries ``version + 1 ...`` and the deadline (None removes, KEEP leaves it), or nothing."""

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """Entries after version ``since``, oldest first, at most ``limit``; none for an unknown game."""

    async def version(self, game_id: str) -> int:
        """The number of entries; 0 for an unknown game."""

    async def versions(self, game_ids: Sequence[str]) -> tuple[int, ...]:
        """``version`` of many games at once."""

    async def games(self) -> tuple[str, ...]:
        """Ids of all games with at least one entry, sorted."""

    async def deadline(self, game_id: str) -> Deadline | None:
        """When the game falls due, if its clock runs."""

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """Games whose deadline is at ``now_ms`` or before, the most overdue first."""

    async def now_ms(self) -> int:
        """The log's clock, the one that deadlines are compared with (ms since 1970)."""

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """The log's version, as soon as it is above ``version`` or when the time is over.

        An append through this very log need wake nobody as long as it leaves the deadline: who made it knows.
        """

    async def hint(self, game_id: str, word: str) -> None:
        """Say a word about a game to all processes; it is stored nowhere and may get lost."""

    def listen(self, heard: Callable[[str, str], None]) -> None:
        """From now on call ``heard(game, word)`` for such words, those of this process included."""

    async def close(self) -> None:
        """Stop what runs in the background. The stored entries are not touched."""


def check_game_id(game_id: str) -> None:
    """Raise ``ValueError`` unless this may name a game: 1-128 letters, digits, or ``. _ : ~ -``."""
    if not _GAME_ID.fullmatch(game_id):
        raise ValueError(f"{game_id!r} cannot name a game: 1 to 128 letters, digits or any of ._:~-")


def check_append(game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None) -> None:
    """Raise ``ValueError`` for an append that no log may take, whatever it holds."""
    check_game_id(game_id)
    if version < 0:
        raise ValueError(f"a version is 0 or more, not {version}")
    if not 1 <= len(entries) <= ENTRIES_MAX:
        raise ValueError(f"an append takes 1 to {ENTRIES_MAX} entries, not {len(entries)}")
    if len({entry.order_id for entry in entries}) != len(entries):
        raise ValueError("an append names an order id twice")
    for entry in entries:
        _check_entry(entry)
    if isinstance(deadline, Deadline):
        _check_deadline(deadline)


def check_range(since: int, limit: int | None) -> None:
    """Raise ``ValueError`` for a range that cannot be read."""
    if since < 0 or (limit is not None and limit < 1):
        raise ValueError(f"cannot read {limit} entries after version {since}")


def _check_entry(entry: Entry) -> None:
    if not _ORDER_ID.fullmatch(entry.order_id):
        raise ValueError(f"an order id is 1-{ORDER_ID_CHARS_MAX} visible ASCII signs, not {entry.order_id!r}")
    if not _DIGEST.fullmatch(entry.digest):
        raise ValueError(f"a digest is 1 to 128 hexadecimal digits, not {entry.digest!r}")
    if len(entry.body) > BODY_BYTES_MAX:
        raise ValueError(f"an entry has at most {BODY_BYTES_MAX} bytes, not {len(entry.body)}")


def _check_deadline(deadline: Deadline) -> None:
    if not 0 <= deadline.due_ms <= DUE_MS_MAX:
        raise ValueError(f"a deadline lies between 0 and {DUE_MS_MAX} ms, not at {deadline.due_ms}")
    if not _ORDER_ID.fullmatch(deadline.order_id):
        raise ValueError(f"a clock order needs an order id, not {deadline.order_id!r}")
