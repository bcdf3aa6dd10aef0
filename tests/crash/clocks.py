"""Clocks that are set while steps run: the store's, by up to an hour forth and back, and the servers' own.

Three servers share one store and one session whose steps last a second, and a seat at each keeps it busy. Whoever appends notes between
which moments of the machine's monotonic clock the store took it, so how long each step lasted is known within that: never shorter than it
should. ``python -m tests.endurance clocks`` does it for longer than a test can.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from rules.orders import Advance, Done, Start
from rules.wire import frames as f
from rules.wire.logbook import unpack
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.protocol import KEEP, Appended, Deadline, Entry, Keep, Outcome
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.tasks import ended
from tests.crash.machine import machine
from tests.server.site import Client, Site, site
from tests.server.stage import SEATS

STEP_S = 1
SERVERS = 3
JUMP_S_MAX = 3600.0
BREATH_S = 0.05
FROZEN_S = 60.0
"""A step that lasts so long stands still, on however slow a machine."""


@dataclass(frozen=True)
class Run:
    """One run, as it is reported."""

    seed: int
    jumps: int
    steps: int
    early: int
    doubled: int
    late_s: float
    """By how much the last step to be closed was too long for certain; other work on the machine counts into it."""
    seconds: float

    def __str__(self) -> str:
        return (
            f"seed {self.seed}, {self.jumps} jumps, {self.steps} steps, {self.early} closed early, {self.doubled} twice, "
            f"at most {self.late_s:.2f} s late, {self.seconds:.1f} seconds"
        )


@dataclass
class Notes:
    """Between which moments the orders were stored that open steps."""

    stored: list[tuple[float, float]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    def judged(self) -> tuple[int, float]:
        """How many steps were closed too early for certain, and by how much one was too late for certain."""
        spans = [(last[1] - first[0], last[0] - first[1]) for first, last in zip(self.stored, self.stored[1:], strict=False)]
        early = sum(most_s < STEP_S for most_s, _ in spans)
        return early, max((least_s - STEP_S for _, least_s in spans), default=0.0)


class NotingLog(RedisLog):
    """Notes when steps were opened."""

    notes: Notes

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """See ``Log.append``."""
        began_s = time.monotonic()
        outcome = await super().append(game_id, version, entries, deadline)
        orders = [unpack(entry.body).order for entry in entries if version]
        opening = [order.id for order in orders if isinstance(order.act, Advance | Start)]
        if isinstance(outcome, Appended) and opening:
            self.notes.stored.append((began_s, time.monotonic()))
            self.notes.orders += opening
        return outcome


@contextmanager
def own_clock(chance: random.Random) -> Iterator[None]:
    """The clock of the machine of the servers is another each time that it is asked for the time of day."""
    real = time.time
    with patch("time.time", lambda: real() + chance.uniform(-JUMP_S_MAX, JUMP_S_MAX)):
        yield


@asynccontextmanager
async def servers(url: str, notes: Notes) -> AsyncIterator[list[Site]]:
    """So many on one store, with a seat's socket at each, so that each has the session in memory."""
    async with contextlib.AsyncExitStack() as stack:
        sites = []
        for _ in range(SERVERS):
            line = RedisLine(url)
            stack.push_async_callback(line.aclose)
            log = NotingLog(line)
            log.notes = notes
            sites.append(await stack.enter_async_context(site(log=log, shelf=RedisShelf(line))))
        yield sites


async def run(seed: int, jumps: int, program: Path) -> Run:
    """Set the store's clock so many times, and the servers' all the time."""
    chance, began = random.Random(seed), time.monotonic()
    early = steps = doubled = 0
    late_s, left = 0.0, jumps
    with tempfile.TemporaryDirectory(prefix="unipole-clock-") as name, patch("server.sessions.timer.seconds", lambda *_: STEP_S):
        shift = Path(name) / "shift"
        shift.write_bytes(struct.pack("=q", 0))
        binary = machine(Path(name), program, "clock", SHIFT=str(shift))
        async with private_redis(Path(name), binary) as redis:
            while left > 0:
                notes = Notes()
                async with servers(redis.url, notes) as sites:
                    with own_clock(random.Random(chance.random())):
                        left -= await _played(sites, shift, chance, left, notes)
                found, worst_s = notes.judged()
                early, late_s, steps = early + found, max(late_s, worst_s), steps + len(notes.stored)
                doubled += sum(count - 1 for count in Counter(notes.orders).values())
    return Run(seed, jumps, steps, early, doubled, late_s, time.monotonic() - began)


async def _played(sites: list[Site], shift: Path, chance: random.Random, jumps: int, notes: Notes) -> int:
    """One session to its end, or until there were enough jumps; how many there were."""
    first, done = sites[0], 0
    await first.open()
    for place in sites:
        place.session, place.tokens = first.session, first.tokens
    clients = [await place.client(seat) for place, seat in zip(sites, SEATS, strict=False)]
    busy = [asyncio.create_task(_busy(client)) for client in clients]
    while done < jumps and (await first.state())["status"] != "over":
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        _set(shift, chance.choice((-1, 1)) * 10 ** chance.uniform(-1.0, 3.556))
        done += 1
    await _goes_on(first, notes)
    await ended(*busy)
    for client in clients:
        await client.close()
    return done


def _set(shift: Path, by_s: float) -> None:
    """Move the store's clock on; the file is never shorter, for the store looks at it all the time."""
    with shift.open("r+b") as held:
        (now_us,) = struct.unpack("=q", held.read())
        held.seek(0)
        held.write(struct.pack("=q", now_us + round(1e6 * by_s)))


async def _busy(client: Client) -> None:
    """Orders without end, so that the session looks at its clock all the time; one seat does not say that it is done."""
    for number in itertools.count():
        await client.send(f.Submit(id=str(number), act=Done()))
        while not isinstance(await client.receive(), f.Acked | f.Refusal):
            pass
        await asyncio.sleep(BREATH_S)


async def _goes_on(place: Site, notes: Notes) -> None:
    """The clock is not frozen after the last jump: one more step is closed."""
    closed = len(notes.stored)
    async with asyncio.timeout(FROZEN_S):
        while len(notes.stored) == closed and (await place.state())["status"] != "over":  # noqa: ASYNC110 - no bell rings here
            await asyncio.sleep(BREATH_S)
