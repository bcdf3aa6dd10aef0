"""Stores that are there and cannot keep what they are given: a full disk, no memory left, a replica, a log that is still being read.

While a store ails nothing may be acknowledged, and who asks is told ``log/unavailable``; once it is well play goes on by itself. Seats held
by the SDK come back and ask again, so one socket of our own asks during each ailment to see what it is told. ``python -m tests.endurance
ailing`` does it for longer than a test can.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError, RedisError
from websockets.exceptions import ConnectionClosed

from rules.orders import Budget
from rules.wire import frames as f
from server.log.line import RedisLine
from server.reasons import CloseCode, Reason
from server.web.app import Address
from tests.crash import fleet
from tests.crash.machine import machine
from tests.server.site import Client, dial

LOAD_DELAY_US = 400
"""For each command that a store reads back at its start."""
FILLING = 3_000
"""Commands in the log of a store, so that reading it back takes a second and more."""
LOADS_S_MAX = 60.0
NAMES = itertools.count()


class Lied(AssertionError):
    """An order was acknowledged that cannot have been kept, or refused for another reason than that it cannot be."""


@asynccontextmanager
async def full_disk(scene: fleet.Scene, _store: Redis) -> AsyncIterator[None]:
    """Nothing can be added to the log; the store gives up over the first write, and over each that it tries when it is started again."""
    mark = scene.folder / "full"
    mark.touch()
    yield
    mark.unlink()


@asynccontextmanager
async def no_memory(_scene: fleet.Scene, store: Redis) -> AsyncIterator[None]:
    """The store is at its limit and may throw nothing away."""
    await store.config_set("maxmemory", 1)
    yield
    await store.config_set("maxmemory", 0)


@asynccontextmanager
async def demoted(_scene: fleet.Scene, store: Redis) -> AsyncIterator[None]:
    """The store is made a replica, of a master that is not there: it can be read."""
    await store.slaveof("127.0.0.1", 1)
    yield
    await store.slaveof()


@asynccontextmanager
async def loading(scene: fleet.Scene, store: Redis) -> AsyncIterator[None]:
    """The store was killed and takes its time to read its log."""
    if not await store.exists("filling"):
        await store.eval(f"for n = 1, {FILLING} do redis.call('HSET', 'filling', n % 10, n) end", 0)
    pid = scene.store.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await _reached(store, BusyLoadingError)
    yield
    await _reached(store, None)


AILMENTS: tuple[Callable[[fleet.Scene, Redis], AbstractAsyncContextManager[None]], ...] = (full_disk, no_memory, demoted, loading)


async def _reached(store: Redis, error: type[RedisError] | None) -> None:
    """Wait until the store answers with this error, or without one."""
    async with asyncio.timeout(LOADS_S_MAX):
        while True:
            try:
                await store.ping()
            except RedisError as met:
                if error is not None and isinstance(met, error):
                    return
            else:
                if error is None:
                    return
            await asyncio.sleep(0.005)


def by_turns() -> fleet.Fault:
    """One ailment after the other."""
    turns = itertools.cycle(AILMENTS)

    async def ail(scene: fleet.Scene, chance: random.Random) -> float:
        ailment, line = next(turns), RedisLine(scene.store.url)
        try:
            async with _seated(scene) as client:
                async with ailment(scene, line.client):
                    name, act = f"ailing{next(NAMES)}", Budget(guns=round(chance.uniform(0.0, 0.2), 6), aid=0.0)
                    asking = await _asked(client, name, act)
                    if asking == "acked" and ailment is not loading:  # a log is read to its end when it is
                        raise Lied(f"{ailment.__name__}: acknowledged")
                    await asyncio.sleep(chance.uniform(0.0, 0.2))
                healed_s = time.monotonic()
            async with asyncio.timeout(fleet.GOES_ON_S_MAX):
                while asking != "acked":
                    async with _seated(scene) as client:
                        asking = await _asked(client, name, act)
            scene.promises.add(fleet.SEATS[0], name, act)
            return healed_s
        finally:
            await line.aclose()

    return ail


@asynccontextmanager
async def _seated(scene: fleet.Scene) -> AsyncIterator[Client]:
    """A socket of a seat that nobody keeps up when it is cut; dialled until it is let in."""
    seat, port = fleet.SEATS[0], scene.places[0].child.port
    while True:
        client = await dial(Address("127.0.0.1", port))
        with contextlib.suppress(ConnectionClosed):
            await client.send(f.Hello(session=scene.session, token=scene.tokens[seat], since=0))
            if isinstance(await client.receive(), f.Welcome):
                break
        await client.close()
    try:
        yield client
    finally:
        await client.close()


async def _asked(client: Client, name: str, act: Budget) -> str:
    """Give an order; ``"acked"``, or ``"refused"`` as it has to be: by the name of the trouble, or by a close that says to come back."""
    try:
        await client.send(f.Submit(id=name, act=act))
        while True:
            frame = await client.receive()
            if isinstance(frame, f.Acked) and frame.id == name:
                return "acked"
            if isinstance(frame, f.Refusal) and frame.id == name:
                _must_be(frame.code, Reason.LOG)
                return "refused"
    except ConnectionClosed:
        _must_be(client.socket.close_code, CloseCode.TRY_LATER)
        return "refused"


def _must_be(said: object, wanted: object) -> None:
    if said != wanted:
        raise Lied(f"refused with {said}, not with {wanted}")


def ail(seed: int, points: int, program: Path, *, hasty: bool = False) -> fleet.Run:
    """So many ailments, by turns, of this program as the store."""
    with tempfile.TemporaryDirectory(prefix="unipole-ailing-") as folder:
        store = machine(Path(folder), program, "full", "--key-load-delay", str(LOAD_DELAY_US))
        return asyncio.run(fleet.run(seed, points, by_turns(), hasty=hasty, store=store))
