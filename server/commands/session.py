"""``unipole session``: sessions of a store as files, out of the way, or gone."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from redis.exceptions import RedisError
from rich.console import Console

from rules.events import Ended, Undone
from rules.logbook import unpack
from server.commands.misuse import Misuse
from server.configuration import BadSetting, configured
from server.journal import without_secrets
from server.keep.bundle import BadBundle, Bundle, lines_of, read, taken
from server.keep.people import NotTheSame, replays, without_people
from server.keep.store import InTheWay, lay_down, left_of, take_out
from server.log.errors import LogUnavailable, NoRedisBinary, NotDurable, RedisDidNotStart
from server.log.line import RedisLine
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.runtime import line_of
from server.sessions.recovery import CannotContinue
from server.sessions.talk import is_talk, talk_of
from server.settings import DAY_MS, Settings

T = TypeVar("T")
SUFFIX = ".session"
TAIL_ENTRIES = 200
"""So many entries at the end of a log are searched for its end: after it there are but few."""


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is open."""

    line: RedisLine
    log: RedisLog
    shelf: RedisShelf

    async def bundle(self, session: str) -> Bundle:
        """A session that has to be there.  Raises Misuse."""
        found = await taken(self.log, self.shelf, session)
        if found is None:
            raise Misuse(f"There is no session {session} in this store. `unipole session list` says which there are.")
        return found


def settings_of(redis: str | None, data: Path | None) -> Settings:
    """Where the store is: flags, else the environment, else a file, as for the server.  Raises Misuse."""
    try:
        return configured({"redis_url": redis, "data_dir": data}, os.environ, None, Settings(accept_loss=True)).settings
    except BadSetting as error:
        raise Misuse(str(error)) from error


def listed(settings: Settings, out: Console) -> None:
    """Every session: entries, whether it is over, when its last entry was written."""

    async def work(store: Store) -> None:
        now_ms = await store.log.now_ms()
        for session in await _sessions(store):
            length = await store.log.version(session)
            over_ms = await finished_ms(store.log, session)
            age = "is being played" if over_ms is None else f"over for {(now_ms - over_ms) / DAY_MS:.1f} days"
            out.print(f"{session}  {length} entries  {age}", soft_wrap=True)

    _with_store(settings, work)


def export(session: str, file: Path, settings: Settings, out: Console) -> None:
    """Write a session into a file."""

    async def work(store: Store) -> None:
        bundle = await store.bundle(session)
        write_file(bundle, file)
        out.print(f"{session}: {len(bundle.entries)} entries in {file}, log {bundle.record_hash}", soft_wrap=True)

    _with_store(settings, work)


def bring(file: Path, settings: Settings, out: Console) -> None:
    """Put a session from a file into the store."""
    bundle = read_file(file)

    async def work(store: Store) -> None:
        await lay_down(store.line, bundle)
        out.print(f"{bundle.session}: {len(bundle.entries)} entries, log {bundle.record_hash}. {_verdict(bundle)}", soft_wrap=True)

    _with_store(settings, work)


def archive(sessions: tuple[str, ...], folder: Path | None, days: float | None, settings: Settings, out: Console) -> None:
    """Move sessions into files: those named, else all that have been over for long enough."""
    place = folder or settings.archive_dir
    if place is None:
        raise Misuse("Say into which folder: --to FOLDER, or archive_dir in the settings.")
    age_ms = (settings.archive_days if days is None else days) * DAY_MS

    place.mkdir(parents=True, exist_ok=True)

    async def work(store: Store) -> None:
        now_ms = await store.log.now_ms()
        for session in sessions or await _sessions(store):
            bundle = await store.bundle(session)
            over_ms = await finished_ms(store.log, session)
            if over_ms is None or (not sessions and now_ms - over_ms < age_ms):
                if sessions:
                    raise Misuse(f"Session {session} is not over; only what is over is put away.")
                continue
            file = place / f"{session}{SUFFIX}"
            write_file(bundle, file)
            if read_file(file) != bundle:
                raise Misuse(f"{file} does not hold what was written; the session stays in the store.")
            await _unsaid(store, session)
            await take_out(store.line, session, len(bundle.entries))
            out.print(f"{session}: {len(bundle.entries)} entries moved to {file}", soft_wrap=True)

    _with_store(settings, work)


def purge(session: str, *, people: bool, unfinished: bool, keep: Path, settings: Settings, out: Console) -> None:
    """Remove a session, or only what people left in it; prints the proof as JSON."""
    if people:
        keep.mkdir(parents=True, exist_ok=True)

    async def work(store: Store) -> None:
        bundle = await store.bundle(session)
        if not unfinished and await finished_ms(store.log, session) is None:
            raise Misuse(f"Session {session} is not over. To remove it all the same, say --unfinished.")
        proof = await (_without_people(store, bundle, keep) if people else _gone(store, bundle))
        out.print(json.dumps(proof, indent=2), soft_wrap=True, markup=False)

    _with_store(settings, work)


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
        raise Misuse(f"{file} cannot be written: {error.strerror}.") from error


def read_file(file: Path) -> Bundle:
    """A session from a file.  Raises Misuse."""
    try:
        with file.open() as sheet:
            return read(sheet)
    except BadBundle as error:
        raise Misuse(f"{file}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"{file} cannot be read: {error}.") from error


async def _sessions(store: Store) -> list[str]:
    """All sessions; their logs of talk are none."""
    return [name for name in await store.log.games() if not is_talk(name)]


async def _unsaid(store: Store, session: str) -> int:
    """Remove what people said to each other; how many entries that were."""
    name = talk_of(session)
    words = await store.log.version(name)
    if words:
        await take_out(store.line, name, words)
    return words


async def _gone(store: Store, bundle: Bundle) -> dict[str, object]:
    said = await _unsaid(store, bundle.session)
    keys = await take_out(store.line, bundle.session, len(bundle.entries))
    left = await left_of(store.line, bundle.session) + await left_of(store.line, talk_of(bundle.session))
    removed = {"entries": len(bundle.entries), "keys": keys, "shelf": sorted(bundle.shelf), "said": said}
    return _proof(bundle, removed, left=left, after=None, rewritten=await _rewritten(store.line))


async def _without_people(store: Store, bundle: Bundle, keep: Path) -> dict[str, object]:
    """The pseudonymous session stands in a file before the store lets go of the other."""
    slim = without_people(bundle)
    write_file(slim.bundle, keep / f"{bundle.session}{SUFFIX}")
    said = await _unsaid(store, bundle.session)
    await take_out(store.line, bundle.session, len(bundle.entries))
    left = await left_of(store.line, bundle.session) + await left_of(store.line, talk_of(bundle.session))
    await lay_down(store.line, slim.bundle)
    now = await store.bundle(bundle.session)
    removed = {"words": slim.words, "shelf": list(slim.shelf), "said": said}
    proof = _proof(bundle, removed, left=left, after=now.record_hash, rewritten=await _rewritten(store.line))
    return {**proof, "replays": replays(now), "file": str(keep / f"{bundle.session}{SUFFIX}")}


def _proof(bundle: Bundle, removed: dict[str, object], *, left: int, after: str | None, rewritten: bool) -> dict[str, object]:
    return {
        "session": bundle.session,
        "removed": removed,
        "log_before": bundle.record_hash,
        "left_of_it_in_the_store": left,
        "log_after": after,
        "append_only_file_is_rewritten": rewritten,
    }


async def _rewritten(line: RedisLine) -> bool:
    """Have the store write its file anew: until then it still holds what was removed."""
    try:
        await line.of_masters("BGREWRITEAOF")
    except LogUnavailable:  # this user may not, or one is under way
        return False
    return True


def _verdict(bundle: Bundle) -> str:
    try:
        return "It replays." if replays(bundle) else "It does not replay: its events are not those of these rules."
    except CannotContinue as error:
        return f"It can be kept here, but not played on: {error}"


def _with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    async def main() -> T:
        async with line_of(settings) as line:
            return await work(Store(line, RedisLog(line), RedisShelf(line)))

    try:
        return asyncio.run(main())
    except (NotDurable, NoRedisBinary, RedisDidNotStart, InTheWay, NotTheSame, CannotContinue) as error:
        raise Misuse(str(error)) from error
    except (LogUnavailable, RedisError) as error:
        where = without_secrets(settings.redis_url or "the private socket")
        raise Misuse(f"The Redis at {where} gives no answer: {error}") from error
    except ValueError as error:
        raise Misuse(str(error)) from error
