"""From settings to a running server: which Redis, whether it keeps what it acknowledges, then ``app``."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from server.keep.purging import Proof, Store, pseudonymous
from server.log.durability import require_durable
from server.log.line import RedisLine, line_to
from server.log.private import private_redis
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.log.snapshots import RedisSnapshots
from server.settings import Settings
from server.web.app import ALONE, Address, serve
from server.web.steering import Steering

COLLECT_EVERY = (50_000, 20, 100)
"""New objects before the young are looked through, and how often before the older are."""
_journal = logging.getLogger(__name__)


@asynccontextmanager
async def redis_of(settings: Settings) -> AsyncIterator[str]:
    """The address of the Redis of ``redis_url``, or of a private one that lives as long as the block.

    Raises:
        NoRedisBinary, RedisDidNotStart: no private Redis could be had.
    """
    if settings.redis_url is not None:
        yield settings.redis_url
        return
    async with private_redis(_data(settings)) as own:
        yield own.url


@asynccontextmanager
async def line_of(settings: Settings) -> AsyncIterator[RedisLine]:
    """A line to that Redis, once it is known to keep what it acknowledges.

    Raises:
        NotDurable: the Redis could lose acknowledged orders, and ``accept_loss`` is not set.
        NoRedisBinary, RedisDidNotStart: no private Redis could be had.
        LogUnavailable: the Redis gives no answer.
    """
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(redis_of(settings))
        line = await line_to(url)
        stack.push_async_callback(line.aclose)
        for complaint in await require_durable(line, settings.accept_loss):
            _journal.warning("%s", complaint)
        yield line


def _data(settings: Settings) -> Path:
    return settings.data_dir or platformdirs.user_data_path("unipole")


@asynccontextmanager
async def running(
    settings: Settings, *, port: socket.socket | None = None, steering: Steering = ALONE
) -> AsyncIterator[Address]:
    """A server for the time of the block, on a port of its own or on a listening socket that is given.

    Raises:
        NotDurable, NoRedisBinary, RedisDidNotStart, LogUnavailable: see ``line_of``.
        OSError: the port cannot be had.
    """
    async with line_of(settings) as line:
        store = Store(line, RedisLog(line), RedisShelf(line))

        async def purge(session_id: str) -> Proof:
            keep = settings.archive_dir or _data(settings) / "kept"
            keep.mkdir(parents=True, exist_ok=True)
            return await pseudonymous(store, await store.bundle(session_id), keep)

        snapshots = RedisSnapshots(line)
        async with serve(settings, store.log, store.shelf, port=port, steering=steering, purge=purge, snapshots=snapshots) as address:
            yield address


async def until_told(
    settings: Settings,
    ready: Callable[[Address], None],
    *,
    port: socket.socket | None = None,
    steering: Steering = ALONE,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until SIGTERM, SIGINT or ``stop``; ``ready`` is called once the port is open."""
    with told_to_stop(stop) as told:
        async with running(settings, port=port, steering=steering) as address:
            ready(address)
            await told.wait()


@contextmanager
def told_to_stop(stop: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, for the time of the block."""
    told = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    wishes = (signal.SIGTERM, signal.SIGINT)
    for wish in wishes:
        loop.add_signal_handler(wish, told.set)
    try:
        yield told
    finally:
        for wish in wishes:
            loop.remove_signal_handler(wish)


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run on uvloop where there is one, else on asyncio's own loop, with a collector that suits long histories."""

    async def go() -> None:
        await main()

    with rare_collections(), asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(go())


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for garbage in cycles seldom, and never among the modules.

    A session is many thousands of small records that live as long as it does; with Python's own thresholds more than half of the time
    in which a log is read back went into looking through them.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if find_spec("uvloop") is None:
        return None
    import uvloop  # optional on some platforms, so only where it is found

    return uvloop.new_event_loop
