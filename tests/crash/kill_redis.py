"""Kill Redis again and again while eight writers append; then compare the log with what they were promised.

Each point is one ``kill -9`` at a random moment: while it serves, while it rewrites its file, or while it
still reads it back after the kill before. The private server's keeper starts it again, the writers heal by
themselves. ``python -m tests.endurance kills`` does it for longer than a test can.
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redis.exceptions import RedisError

from server.log.line import LineLimits, RedisLine
from server.log.private import PrivateRedis, private_redis
from server.log.protocol import Log
from server.log.redis import RedisLog
from tests.patience import PATIENCE_S, until
from tests.server.log.witness import Verdict, Witness, verdict_on, write

WRITERS = 8
POINTS_A_FOLDER = 25
"""After so many kills the log is judged and a new one begun, so that reading it back stays quick."""
LIMITS = LineLimits(backoff_base_s=0.01, backoff_cap_s=0.1)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as it is reported."""

    seed: int
    points: int
    verdict: Verdict
    unknown: int
    seconds: float

    def __str__(self) -> str:
        found = self.verdict
        return (
            f"seed {self.seed}, {self.points} points, {found.acked} acked, {found.lost} lost, "
            f"{found.doubled} doubled, {found.disordered} out of order, {self.unknown} unanswered, "
            f"{self.seconds:.1f} seconds"
        )


async def run(
    seed: int,
    points: int,
    binary: Path,
    *,
    games: int = 4,
    limits: LineLimits = LIMITS,
    make_log: Callable[[RedisLine], Log] = RedisLog,
) -> Run:
    """Kill the server ``points`` times while ``make_log``'s log is written to.

    With fewer games than writers, writers compete for versions.
    """
    chance = random.Random(seed)
    began = time.monotonic()
    verdict, unknown, left = Verdict(), 0, points
    while left > 0:
        witness = Witness()
        with tempfile.TemporaryDirectory(prefix="unipole-kill-") as folder:
            async with private_redis(Path(folder), binary) as server:
                line = RedisLine(server.url, limits)
                try:
                    log = make_log(line)
                    await _storm(server, line, log, witness, chance, games=games, points=min(left, POINTS_A_FOLDER))
                    await _until_it_serves(line)
                finally:
                    await line.aclose()
                verdict += await _judged(server, witness)
        left -= POINTS_A_FOLDER
        unknown += witness.unknown
    return Run(seed, points, verdict, unknown, time.monotonic() - began)


async def _judged(server: PrivateRedis, witness: Witness) -> Verdict:
    """What came of it, over a line of its own, which stands also where the writers' asks nothing twice."""
    line = RedisLine(server.url, LIMITS)
    try:
        return await verdict_on(RedisLog(line), witness)
    finally:
        await line.aclose()


async def _storm(
    server: PrivateRedis,
    line: RedisLine,
    log: Log,
    witness: Witness,
    chance: random.Random,
    *,
    games: int,
    points: int,
) -> None:
    over = asyncio.Event()

    def numbers() -> Iterator[int]:
        return itertools.takewhile(lambda _number: not over.is_set(), itertools.count())

    async with asyncio.TaskGroup() as writers:
        for number in range(WRITERS):
            game, name = f"game{number % games}", f"w{number}"
            writers.create_task(write(log, witness, game, name, numbers()))
        try:
            for _ in range(points):
                await _kill_once(server, line, chance)
        finally:
            over.set()


async def _kill_once(server: PrivateRedis, line: RedisLine, chance: random.Random) -> None:
    """Wait for a server, give it a random while, kill it; at times while it rewrites its file or starts."""
    await until(lambda: server.child_pid is not None)
    pid = server.child_pid
    assert pid is not None
    kind = chance.random()
    if kind > 0.1:
        await _until_it_serves(line)
        await asyncio.sleep(chance.uniform(0.0, 0.1))
    else:
        await asyncio.sleep(chance.uniform(0.02, 0.06))
    if kind > 0.9:
        with contextlib.suppress(RedisError):
            await line.client.bgrewriteaof()
        await asyncio.sleep(chance.uniform(0.0, 0.01))
    os.kill(pid, signal.SIGKILL)
    await until(lambda: server.child_pid != pid)


async def _until_it_serves(line: RedisLine) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await line.client.ping()
            except RedisError:
                await asyncio.sleep(0.005)
            else:
                return
