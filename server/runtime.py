"""From settings to a running server: which Redis, whether it keeps what it acknowledges, then ``app``."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec

import platformdirs

from server.log.durability import require_durable
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.settings import Settings
from server.web.app import Address, serve

_journal = logging.getLogger(__name__)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Address]:
    """A server for the time of the block: on the Redis of ``redis_url``, or on a private one.

    Raises:
        NotDurable: the Redis could lose acknowledged orders, and ``accept_loss`` is not set.
        NoRedisBinary, RedisDidNotStart: no private Redis could be had.
        LogUnavailable: the Redis gives no answer.
        OSError: the port cannot be had.
    """
    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if url is None:
            folder = settings.data_dir or platformdirs.user_data_path("unipole")
            url = (await stack.enter_async_context(private_redis(folder))).url
        line = RedisLine(url)
        stack.push_async_callback(line.aclose)
        for complaint in await require_durable(line.client, settings.accept_loss):
            _journal.warning("%s", complaint)
        yield await stack.enter_async_context(serve(settings, RedisLog(line), RedisShelf(line)))


async def until_told(settings: Settings, ready: Callable[[Address], None]) -> None:
    """Serve until SIGTERM or SIGINT; ``ready`` is called once the port is open."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wish, stop.set)
    try:
        async with running(settings) as address:
            ready(address)
            await stop.wait()
    finally:
        for wish in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(wish)


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run on uvloop where there is one, else on asyncio's own loop."""

    async def go() -> None:
        await main()

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(go())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if find_spec("uvloop") is None:
        return None
    import uvloop  # optional on some platforms, so only where it is found

    return uvloop.new_event_loop
