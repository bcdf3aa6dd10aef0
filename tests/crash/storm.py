"""Orders from all sides at the same instant, through several processes that share one port and one session.

    python -m tests.crash.storm --processes 4 --orders 200

Every order has to be stored once and every process has to have taken part; how long the acknowledgements took is printed, not judged,
since other work on the machine counts into it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from client.sdk import Lobby
from rules.orders import Budget
from rules.wire import frames as f
from rules.wire.logbook import unpack
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.redis import RedisLog
from server.settings import Limits, Rate, Settings
from server.supervisor import supervised
from tests.server.log.servers import program
from tests.server.site import Client, dial
from tests.server.stage import SEATS

SOCKETS_PER_SEAT = 6
LIMITS = Limits(live_rate=Rate(1e5, 10**5))  # the meeting of the orders is the test, not the pace of a seat
ESTABLISHED = "01"


@dataclass(frozen=True)
class Storm:
    """One storm, as it is reported."""

    processes: int
    busy: int  # processes that had a socket of the storm
    sent: int
    acked: int
    stored: int
    doubled: int
    p50_ms: float
    p99_ms: float

    def __str__(self) -> str:
        return (
            f"{self.sent} orders at once over {self.processes} processes ({self.busy} of them with sockets): "
            f"{self.acked} acked, {self.stored} stored, {self.doubled} doubled, ack p50 {self.p50_ms:.0f} ms, p99 {self.p99_ms:.0f} ms"
        )


async def storm(processes: int, orders: int, *, steered: bool = False) -> Storm:
    """Let a storm of budgets break over one session; ``steered`` says its name in the address of each socket."""
    with tempfile.TemporaryDirectory(prefix="unipole-storm-") as folder:
        async with private_redis(Path(folder), program("valkey")) as redis:
            settings = Settings(processes=processes, redis_url=redis.url, limits=LIMITS)
            async with supervised(settings) as (address, workers), Lobby(address.url) as lobby:
                made = await lobby.make("tiny", "live", seed="storm")
                tokens = {seat: await lobby.claim(made.session, seat) for seat in SEATS}
                await lobby.control(made.session, made.control_token, "start")
                while (await lobby.state(made.session)).phase != "orders":
                    await lobby.control(made.session, made.control_token, "force")
                clients = []
                for seat in SEATS:
                    for number in range(SOCKETS_PER_SEAT):
                        client = await dial(address, session=made.session if steered else None)
                        await client.send(f.Hello(session=made.session, token=tokens[seat], since=0))
                        await client.until(f.Seen)
                        clients.append((f"{seat}{number}", client))
                busy = sum(_has_sockets(worker.pid, address.port) for worker in workers)
                waits = await _broken(clients, orders)
                await asyncio.gather(*(client.close() for _, client in clients))
            line = RedisLine(redis.url)
            try:
                entries = [unpack(row.entry.body) for row in (await RedisLog(line).read(made.session))[1:]]
            finally:
                await line.aclose()
    budgets = Counter(entry.order.id for entry in entries if isinstance(entry.order.act, Budget))
    ordered = sorted(waits)
    return Storm(
        processes=processes,
        busy=busy,
        sent=orders,
        acked=len(waits),
        stored=len(budgets),
        doubled=sum(budgets.values()) - len(budgets),
        p50_ms=1e3 * ordered[len(ordered) // 2],
        p99_ms=1e3 * ordered[len(ordered) * 99 // 100],
    )


async def _broken(clients: list[tuple[str, Client]], orders: int) -> list[float]:
    """Send so many orders at once, dealt out over the sockets; seconds to each acknowledgement."""
    sent: dict[str, float] = {}
    waits: list[float] = []

    async def speak(name: str, client: Client, numbers: range) -> None:
        for number in numbers:
            order_id = f"{name}-{number}"
            sent[order_id] = time.monotonic()
            await client.send(f.Submit(id=order_id, act=Budget(guns=round(0.001 * number, 3), aid=0.0)))
        for _ in numbers:
            acked = await client.until(f.Acked)
            waits.append(time.monotonic() - sent[acked.id])

    async with asyncio.TaskGroup() as group:
        for place, (name, client) in enumerate(clients):
            group.create_task(speak(name, client, range(place, orders, len(clients))))
    for _, client in clients:
        with contextlib.suppress(OSError):
            await client.close()
    return waits


def _has_sockets(pid: int | None, port: int) -> bool:
    """Whether a process holds a connection to the port, by the kernel's own lists."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    rows = (line.split() for line in lines)
    ours = {f"socket:[{row[9]}]" for row in rows if int(row[1].rpartition(":")[2], 16) == port and row[3] == ESTABLISHED}
    held = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    return bool(ours & held)


def main() -> int:
    """One line; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.storm", description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--steered", action="store_true", help="say the session in the address of each socket, as our clients do")
    asked = parser.parse_args()
    result = asyncio.run(storm(asked.processes, asked.orders, steered=asked.steered))
    print(result)
    return 0 if result.sent == result.acked == result.stored and not result.doubled else 1


if __name__ == "__main__":
    raise SystemExit(main())
