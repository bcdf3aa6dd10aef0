"""``unipole session``: sessions of a store as files, out of the way, or gone."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from redis.exceptions import RedisError
from rich.console import Console

from rules.wire.logbook import Head
from server.commands.misuse import Misuse
from server.configuration import BadSetting, configured
from server.journal import without_secrets
from server.keep.bundle import BadBundle, Bundle, read
from server.keep.people import NotTheSame, replays
from server.keep.purging import SUFFIX, Absent, Store, Unwritten, finished_ms, gone, pseudonymous, removed, write_file
from server.keep.store import InTheWay, lay_down
from server.log.errors import LogUnavailable, NoRedisBinary, NotDurable, RedisDidNotStart
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.records.people import crowd_of
from server.records.people import people as table_of
from server.records.tables import Table
from server.records.writing import contents
from server.runtime import line_of
from server.sessions.clock import LogClock
from server.sessions.recovery import CannotContinue, beginning
from server.sessions.talk import is_talk
from server.sessions.tokens import Tokens
from server.settings import DAY_MS, Settings

T = TypeVar("T")


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
            await removed(store, bundle)
            out.print(f"{session}: {len(bundle.entries)} entries moved to {file}", soft_wrap=True)

    _with_store(settings, work)


def people(session: str, file: Path, *, names: bool, settings: Settings, out: Console) -> None:
    """Write who of a session's people did what."""

    async def work(store: Store) -> Table:
        clock = LogClock(store.log)
        await clock.exact_ms()
        bundle = await store.bundle(session)
        seats = beginning(Head.model_validate_json(bundle.entries[0].entry.body)).game.atlas.countries
        crowd = await crowd_of(session, seats, store.log, store.shelf, Tokens(store.shelf, clock, settings.limits))
        return table_of(crowd, names=names)

    table = _with_store(settings, work)
    try:
        file.write_bytes(contents([table], ("csv",))[f"{table.design.name}.csv"])
    except OSError as error:
        raise Misuse(f"--out: {file} cannot be written: {error.strerror}.") from error
    out.print(f"{len(table.rows)} people in {file.absolute()}.", soft_wrap=True)


def purge(session: str, *, people: bool, unfinished: bool, keep: Path, settings: Settings, out: Console) -> None:
    """Remove a session, or only what people left in it; prints the proof as JSON."""
    if people:
        keep.mkdir(parents=True, exist_ok=True)

    async def work(store: Store) -> None:
        bundle = await store.bundle(session)
        if not unfinished and await finished_ms(store.log, session) is None:
            raise Misuse(f"Session {session} is not over. To remove it all the same, say --unfinished.")
        proof = (await pseudonymous(store, bundle, keep)).model_dump(mode="json") if people else await gone(store, bundle)
        out.print(json.dumps(proof, indent=2), soft_wrap=True, markup=False)

    _with_store(settings, work)


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
    except Absent as error:
        raise Misuse(f"There is no session {error} in this store. `unipole session list` says which there are.") from error
    except (NotDurable, NoRedisBinary, RedisDidNotStart, InTheWay, NotTheSame, CannotContinue, Unwritten) as error:
        raise Misuse(str(error)) from error
    except (LogUnavailable, RedisError) as error:
        where = without_secrets(settings.redis_url or "the private socket")
        raise Misuse(f"The Redis at {where} gives no answer: {error}") from error
    except ValueError as error:
        raise Misuse(str(error)) from error
