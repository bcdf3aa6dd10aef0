"""Break the game's processes again and again while four seats play over real sockets; then compare the log with what they were promised.

One process or several serve one session, each on a port of its own and with its own way to the store, and the seats are
dealt out among them. At each point one process is killed (``kill -9``, at a random moment, also while it still reads the log
back), or stands still (SIGSTOP) while the others go on, or is parted from the store: what it sent is held back and arrives
late, or its connections are cut. Play has gone on once every seat has had an order acknowledged after the healing. The seats
are held by the SDK, which comes back and sends again what has no answer. The store is a private Redis that is not broken here
(``kill_redis`` does that).
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from client.sdk import Backoff, Lobby, OrderRefused, Seat
from rules.orders import Act, Budget
from rules.view import view
from rules.wire.canonical import canonical
from rules.wire.logbook import unpack
from rules.wire.views import pack_view
from server.log.line import LineLimits, RedisLine
from server.log.private import PrivateRedis, private_redis
from server.log.redis import RedisLog
from server.sessions.recovery import recover
from tests.crash.child import Child
from tests.patience import PATIENCE_S
from tests.server.log.servers import program
from tests.server.log.wire import Wire, faulty_wire

SEATS = ("ARD", "BRV", "COR", "DOR")
BACKOFF = Backoff(base_s=0.02, cap_s=0.1, patience_s=60.0)
GOES_ON_S_MAX = 120.0
BREATH_S = 0.005
"""Between two orders of a writer: more faults are worth more than more orders."""
AGREES_S_MAX = PATIENCE_S


@dataclass
class Place:
    """One process and its way to the store."""

    child: Child
    wire: Wire


@dataclass
class Promises:
    """What the seats were promised, and when."""

    acked: dict[str, Act] = field(default_factory=dict)
    doubled_events: int = 0
    last_s: dict[str, float] = field(default_factory=dict)

    def add(self, seat: str, order_id: str, act: Act) -> None:
        """An order was acknowledged."""
        self.acked[f"{seat}:{order_id}"] = act
        self.last_s[seat] = time.monotonic()

    def since(self, moment_s: float) -> bool:
        """Whether every seat has had an order acknowledged after this moment."""
        return all(self.last_s.get(seat, 0.0) > moment_s for seat in SEATS)


@dataclass(frozen=True)
class Run:
    """One run, as it is reported."""

    seed: int
    points: int
    acked: int
    lost: int
    doubled: int
    drifted: int
    waits_s: tuple[float, ...]
    """From each kill or healing until every seat has had an order acknowledged, sorted."""
    seconds: float

    def __str__(self) -> str:
        return (
            f"seed {self.seed}, {self.points} points, {self.acked} acked, {self.lost} lost, {self.doubled} doubled, "
            f"{self.drifted} drifted, goes on after {self.waits_s[len(self.waits_s) // 2]:.2f} s at the median, "
            f"{self.waits_s[-1]:.2f} s at most, {self.seconds:.1f} seconds"
        )

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing twice, one state."""
        return self.lost == self.doubled == self.drifted == 0


@dataclass
class Scene:
    """What can be broken, and who plays there."""

    places: list[Place]
    store: PrivateRedis
    folder: Path
    """Of the store."""
    session: str
    tokens: dict[str, str]
    promises: Promises


Fault = Callable[[Scene, random.Random], Awaitable[float]]
"""Breaks something and heals it; gives the moment from which play has to go on."""


async def kill(scene: Scene, chance: random.Random) -> float:
    """A process dies and another begins; play has to go on from its death."""
    place = chance.choice(scene.places)
    await place.child.kill()
    killed_s = time.monotonic()
    await place.child.start()
    return killed_s


async def pause(scene: Scene, chance: random.Random) -> float:
    """A process stands still, for a hundredth of a second up to ten."""
    place = chance.choice(scene.places)
    place.child.send(signal.SIGSTOP)
    await asyncio.sleep(spell_s(chance))
    place.child.send(signal.SIGCONT)
    return time.monotonic()


async def part(scene: Scene, chance: random.Random) -> float:
    """Nothing gets through between a process and the store; half of the time the connections are cut in the end."""
    place = chance.choice(scene.places)
    place.wire.part()
    await asyncio.sleep(spell_s(chance))
    place.wire.heal(cut=chance.random() < 0.5)  # half
    return time.monotonic()


def spell_s(chance: random.Random) -> float:
    """As many short ones as long ones."""
    return float(10.0 ** chance.uniform(-2.0, 1.0))


async def run(
    seed: int,
    points: int,
    fault: Fault = kill,
    *,
    processes: int = 1,
    hasty: bool = False,
    fresh: bool = False,
    store: Path | None = None,
) -> Run:
    """Break something ``points`` times; ``store`` is the program to run as the store, if not the bundled one."""
    chance, began = random.Random(seed), time.monotonic()
    promises, waits_s = Promises(), list[float]()
    with tempfile.TemporaryDirectory(prefix="unipole-fleet-") as name:
        folder = Path(name)
        async with contextlib.AsyncExitStack() as stack:
            redis = await stack.enter_async_context(private_redis(folder, store or program("valkey")))
            places = await stack.enter_async_context(fleet(redis.url, folder, processes, hasty=hasty, fresh=fresh))
            session, seats, tokens = await _seated(stack, places)
            scene = Scene(places, redis, folder, session, tokens, promises)
            async with _played(seats, promises, chance):
                for _ in range(points):
                    await asyncio.sleep(chance.uniform(0.02, 0.3))
                    healed_s = await fault(scene, chance)
                    await _gone_on(promises, healed_s)
                    waits_s.append(time.monotonic() - healed_s)
            line = RedisLine(redis.url, LineLimits(reply_timeout_s=AGREES_S_MAX))  # who judges has time, on a busy machine too
            stack.push_async_callback(line.aclose)
            lost, doubled = await _judged(RedisLog(line), session, promises)
            drifted = await _drifted(RedisLog(line), session, seats)
    doubled += promises.doubled_events
    return Run(seed, points, len(promises.acked), lost, doubled, drifted, tuple(sorted(waits_s)), time.monotonic() - began)


async def _gone_on(promises: Promises, healed_s: float) -> None:
    async with asyncio.timeout(GOES_ON_S_MAX):
        while not promises.since(healed_s):  # noqa: ASYNC110 - an ack rings no bell here
            await asyncio.sleep(0.005)


@asynccontextmanager
async def fleet(redis_url: str, folder: Path, processes: int, *, hasty: bool, fresh: bool) -> AsyncIterator[list[Place]]:
    """So many processes that serve."""
    async with contextlib.AsyncExitStack() as stack:
        places = []
        for number in range(processes):
            own = folder / str(number)
            own.mkdir()
            wire = await stack.enter_async_context(faulty_wire(redis_url, own))
            child = Child(wire.url, hasty=hasty, fresh=fresh)
            stack.push_async_callback(child.end)
            await child.start()
            places.append(Place(child, wire))
        yield places


async def _seated(stack: contextlib.AsyncExitStack, places: list[Place]) -> tuple[str, dict[str, Seat], dict[str, str]]:
    """A session where budgets can be given for a day, its seats, dealt out among the processes, and their tokens."""
    lobbies = [await stack.enter_async_context(Lobby(place.child.url)) for place in places]
    lobby, seats, tokens = lobbies[0], {}, {}
    made = await lobby.make("tiny", "live", seed="kill")
    for number, country in enumerate(SEATS):
        tokens[country] = await lobby.claim(made.session, country)
        own = lobbies[number % len(lobbies)]
        seats[country] = await stack.enter_async_context(own.seat(made.session, tokens[country], backoff=BACKOFF))
    await lobby.control(made.session, made.control_token, "start")
    while (await seats["ARD"].view(fresh=True)).moment.phase != "orders":
        await lobby.control(made.session, made.control_token, "force")
    await lobby.control(made.session, made.control_token, "extend", seconds=86_400)
    return made.session, seats, tokens


@asynccontextmanager
async def _played(seats: dict[str, Seat], promises: Promises, chance: random.Random) -> AsyncIterator[None]:
    """Two writers and a counter at each seat, for the time of the block."""
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_budget(country, seat, promises, random.Random(chance.random())))
            for country, seat in seats.items()
            for _ in range(2)
        ]
        tasks += [group.create_task(_count(seat, promises)) for seat in seats.values()]
        yield
        for task in tasks:
            task.cancel()


async def _budget(country: str, seat: Seat, promises: Promises, chance: random.Random) -> None:
    """Seal one budget after another; each is an order, and the last one counts."""
    while True:
        act = Budget(guns=round(chance.uniform(0.0, 0.2), 6), aid=0.0)
        with contextlib.suppress(OrderRefused):
            promises.add(country, await seat.submit(act), act)
        await asyncio.sleep(BREATH_S)


async def _count(seat: Seat, promises: Promises) -> None:
    """Every event has the next number."""
    last = None
    async for number, _ in seat.events():
        promises.doubled_events += last is not None and number != last + 1
        last = number


async def _judged(log: RedisLog, session: str, promises: Promises) -> tuple[int, int]:
    """Lost and doubled."""
    entries = [unpack(row.entry.body) for row in (await log.read(session))[1:]]
    found = {entry.order.id: entry.order.act for entry in entries}
    lost = sum(found.get(order_id) != act for order_id, act in promises.acked.items())
    return lost, sum(count - 1 for count in Counter(entry.order.id for entry in entries).values())


async def _drifted(log: RedisLog, session: str, seats: dict[str, Seat]) -> int:
    """How many seats are shown something else than the log gives them, once what was under way has arrived."""
    end_s = time.monotonic() + AGREES_S_MAX
    while True:
        game = (await recover(log, session)).game
        shown = {seat: canonical(pack_view(await held.view(fresh=True))) for seat, held in seats.items()}
        drifted = sum(canonical(pack_view(view(game, seat))) != what for seat, what in shown.items())
        if not drifted or time.monotonic() > end_s:
            return drifted
        await asyncio.sleep(0.1)
