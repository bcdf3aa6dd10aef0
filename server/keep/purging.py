"""Taking a session out of the store, or what people left in it, with proof: what was removed, the hash of the log before and after.

The pseudonymous session stands in a file before the store lets go of the other, so it is never nowhere.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rules.events import Ended, Undone
from rules.wire.logbook import unpack
from server.keep.bundle import Bundle, lines_of, taken
from server.keep.people import replays, without_people
from server.keep.store import InTheWay, lay_down, left_of, take_out
from server.log.errors import LogUnavailable
from server.log.line import RedisLine
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.sessions.talk import talk_of
from server.sessions.watch import FORGET

SUFFIX = ".session"
TAIL_ENTRIES = 200
"""So many entries at the end of a log are searched for its end: after it there are but few."""


class Removed(BaseModel):
    """What people left: so many texts in orders, fields of the shelf (tokens, sheets), and things said in rooms."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    words: int
    shelf: tuple[str, ...]
    said: int


class Proof(BaseModel):
    """That people are gone from a session, and that what remains is still a game: hashes of its log, and whether it replays."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    session: str
    removed: Removed
    log_before: str
    left_of_it_in_the_store: int
    log_after: str
    append_only_file_is_rewritten: bool
    replays: bool
    file: str


class Absent(Exception):
    """There is no such session."""


class Unwritten(Exception):
    """A file cannot be written: says which and why."""


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is open."""

    line: RedisLine
    log: RedisLog
    shelf: RedisShelf

    async def bundle(self, session: str) -> Bundle:
        """A session that has to be there.  Raises Absent."""
        found = await taken(self.log, self.shelf, session)
        if found is None:
            raise Absent(session)
        return found


async def finished_ms(log: RedisLog, session: str) -> int | None:
    """When the last entry of a session that is over was written; None if it is not over."""
    tail = await log.read(session, max(1, await log.version(session) - TAIL_ENTRIES))
    try:
        ends = [event for row in tail for event in unpack(row.entry.body).events if isinstance(event, Ended | Undone)]
        over = bool(ends) and isinstance(ends[-1], Ended)  # the end can be undone
    except (ValueError, KeyError, TypeError):  # written by another version of the rules
        over = False
    return tail[-1].at_ms if over else None


def write_file(bundle: Bundle, file: Path) -> None:
    """Write whole or not at all, for the eyes of its owner."""
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sheet:
            sheet.writelines(f"{line}\n" for line in lines_of(bundle))
            sheet.flush()
            os.fsync(sheet.fileno())
        draft.replace(file)
    except OSError as error:
        raise Unwritten(f"{file} cannot be written: {error.strerror}.") from error


async def removed(store: Store, bundle: Bundle) -> tuple[int, int]:
    """Take a session out of the store, with what people said to each other: (keys, things said).  Whoever has it in memory forgets it.

    Raises:
        InTheWay: it is not as it was read; nothing was removed, or, if the game moved on at that very moment, only what was said.
        LogUnavailable: it is not known what was removed; do the same again.
    """
    session, talk = bundle.session, talk_of(bundle.session)
    if await store.log.versions((session, talk)) != (len(bundle.entries), len(bundle.talk)):
        raise InTheWay(f"Session {session} is being played; nothing was removed.")
    if bundle.talk:  # first: once the game is gone, nobody would look for it
        await take_out(store.line, talk, len(bundle.talk))
    keys = await take_out(store.line, session, len(bundle.entries))
    with suppress(LogUnavailable):
        await store.log.hint(session, FORGET)
    return keys, len(bundle.talk)


async def gone(store: Store, bundle: Bundle) -> dict[str, object]:
    """Remove a session for good."""
    keys, said = await removed(store, bundle)
    left = await left_of(store.line, bundle.session) + await left_of(store.line, talk_of(bundle.session))
    what = {"entries": len(bundle.entries), "keys": keys, "shelf": sorted(bundle.shelf), "said": said}
    return {
        "session": bundle.session,
        "removed": what,
        "log_before": bundle.record_hash,
        "left_of_it_in_the_store": left,
        "log_after": None,
        "append_only_file_is_rewritten": await _rewritten(store.line),
    }


async def pseudonymous(store: Store, bundle: Bundle, keep: Path) -> Proof:
    """Remove what people left in a session; what remains stands in a file of the folder ``keep`` too.

    Raises:
        CannotContinue, NotTheSame, Unwritten, InTheWay: nothing was removed.
    """
    slim = await asyncio.to_thread(without_people, bundle)
    write_file(slim.bundle, keep / f"{bundle.session}{SUFFIX}")
    _, said = await removed(store, bundle)
    left = await left_of(store.line, bundle.session) + await left_of(store.line, talk_of(bundle.session))
    await lay_down(store.line, slim.bundle)
    now = await store.bundle(bundle.session)
    return Proof(
        session=bundle.session,
        removed=Removed(words=slim.words, shelf=slim.shelf, said=said),
        log_before=bundle.record_hash,
        left_of_it_in_the_store=left,
        log_after=now.record_hash,
        append_only_file_is_rewritten=await _rewritten(store.line),
        replays=await asyncio.to_thread(replays, now),
        file=str(keep / f"{bundle.session}{SUFFIX}"),
    )


async def _rewritten(line: RedisLine) -> bool:
    """Have the store write its file anew: until then it still holds what was removed."""
    try:
        await line.of_masters("BGREWRITEAOF")
    except LogUnavailable:  # this user may not, or one is under way
        return False
    return True
