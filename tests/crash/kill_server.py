"""Kill the game server again and again while four seats play over real sockets; then compare the log with
what they were promised.

Each point is one ``kill -9`` at a random moment: while it serves, or while it still reads the log back after the
kill before. The seats are held by the SDK, which comes back and sends again what has no answer. The store is a
private Redis that is not killed here (``kill_redis`` does that). ``python -m tests.endurance server-kills`` does it for longer
than a test can.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from client.sdk import Backoff, Lobby, OrderRefused, Seat
from rules.canonical import game_hash
from rules.logbook import unpack
from rules.orders import Act, Budget
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.redis import RedisLog
from server.sessions.recovery import recover
from tests.server.log.servers import program

SEATS = ("ARD", "BRV", "COR", "DOR")
BACKOFF = Backoff(base_s=0.02, cap_s=0.1, patience_s=60.0)
START_SECONDS_MAX = 30.0


@dataclass
class Promises:
    """What the seats were promised, and when."""

    acked: dict[str, Act] = field(default_factory=dict)
    doubled_events: int = 0
    last_s: float = 0.0

    def add(self, order_id: str, act: Act) -> None:
        """An order was acknowledged."""
        self.acked[order_id] = act
        self.last_s = time.monotonic()


@dataclass(frozen=True)
class Run:
    """One run, as it is reported."""

    seed: int
    points: int
    acked: int
    lost: int
    doubled: int
    drifted: int
    recovery_s_p50: float
    recovery_s_max: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"seed {self.seed}, {self.points} points, {self.acked} acked, {self.lost} lost, "
            f"{self.doubled} doubled, {self.drifted} drifted, recovery p50 {self.recovery_s_p50:.2f} s, "
            f"max {self.recovery_s_max:.2f} s, {self.seconds:.1f} seconds"
        )

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing twice, one state."""
        return self.lost == self.doubled == self.drifted == 0


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Child:
    """The server's process, one life after the other on one port."""

    def __init__(self, redis_url: str, *, hasty: bool) -> None:
        self.port = free_port()
        self._command = [sys.executable, "-m", "tests.crash.served", "--redis", redis_url, "--port", str(self.port)]
        self._command += ["--hasty"] if hasty else []
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start; returns when it serves."""
        self._process = await asyncio.create_subprocess_exec(*self._command, stdout=asyncio.subprocess.PIPE)
        assert self._process.stdout is not None
        async with asyncio.timeout(START_SECONDS_MAX):
            assert int(await self._process.stdout.readline()) == self.port

    async def kill(self, wish: signal.Signals = signal.SIGKILL) -> int:
        """End it; returns its exit code."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(wish)
        return await self._process.wait()


async def run(seed: int, points: int, *, hasty: bool = False) -> Run:
    """Kill the server ``points`` times."""
    chance, began = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="unipole-kill-") as folder:
        async with private_redis(Path(folder), program("valkey")) as redis:
            child = Child(redis.url, hasty=hasty)
            await child.start()
            try:
                session, promises, recoveries = await _storm(child, chance, points)
            finally:
                await child.kill()
            line = RedisLine(redis.url)
            try:
                lost, doubled, drifted = await _judged(RedisLog(line), session, promises)
            finally:
                await line.aclose()
    ordered = sorted(recoveries)
    return Run(
        seed=seed,
        points=points,
        acked=len(promises.acked),
        lost=lost,
        doubled=doubled + promises.doubled_events,
        drifted=drifted,
        recovery_s_p50=ordered[len(ordered) // 2],
        recovery_s_max=ordered[-1],
        seconds=time.monotonic() - began,
    )


async def _storm(child: Child, chance: random.Random, points: int) -> tuple[str, Promises, list[float]]:
    promises, recoveries = Promises(), list[float]()
    async with contextlib.AsyncExitStack() as stack:
        lobby = await stack.enter_async_context(Lobby(f"http://127.0.0.1:{child.port}"))
        made = await lobby.make("tiny", "live", seed="kill")
        seats = {}
        for country in SEATS:
            token = await lobby.claim(made.session, country)
            seats[country] = await stack.enter_async_context(lobby.seat(made.session, token, backoff=BACKOFF))
        await lobby.control(made.session, made.control_token, "start")
        while (await seats["BRV"].view(fresh=True)).moment.phase != "orders":
            await lobby.control(made.session, made.control_token, "force")
        await lobby.control(made.session, made.control_token, "extend", seconds=86_400)
        async with asyncio.TaskGroup() as writers:
            tasks = [
                writers.create_task(_budget(country, seat, promises, random.Random(chance.random())))
                for country, seat in seats.items()
                for _ in range(2)
            ]
            tasks += [writers.create_task(_count(seat, promises)) for seat in seats.values()]
            for _ in range(points):
                await asyncio.sleep(chance.uniform(0.02, 0.3))
                await child.kill()
                killed_s = time.monotonic()
                await child.start()
                while promises.last_s < killed_s:  # noqa: ASYNC110 - an ack rings no bell here
                    await asyncio.sleep(0.005)
                recoveries.append(promises.last_s - killed_s)
            for task in tasks:
                task.cancel()
    return made.session, promises, recoveries


async def _budget(country: str, seat: Seat, promises: Promises, chance: random.Random) -> None:
    """Seal one budget after another; each is an order, and the last one counts."""
    while True:
        act = Budget(guns=round(chance.uniform(0.0, 0.2), 6), aid=0.0)
        with contextlib.suppress(OrderRefused):
            promises.add(f"{country}:{await seat.submit(act)}", act)


async def _count(seat: Seat, promises: Promises) -> None:
    """Every event has the next number."""
    last = None
    async for number, _ in seat.events():
        promises.doubled_events += last is not None and number != last + 1
        last = number


async def _judged(log: RedisLog, session: str, promises: Promises) -> tuple[int, int, int]:
    """Lost, doubled, and whether two readings of the log give different states."""
    entries = [unpack(row.entry.body) for row in (await log.read(session))[1:]]
    found = {entry.order.id: entry.order.act for entry in entries}
    lost = sum(found.get(order_id) != act for order_id, act in promises.acked.items())
    doubled = sum(count - 1 for count in Counter(entry.order.id for entry in entries).values())
    hashes = {game_hash((await recover(log, session)).game) for _ in range(2)}
    return lost, doubled, len(hashes) - 1
