"""All that strangers can do to the doors at once, while one seat plays on.

    python -m tests.security.siege --messages 1000000 --sockets 500

A server of its own on a store of its own is besieged from many addresses: hostile messages, connections that open and go, handshakes that
never end, compressed frames that nobody agreed to, and seated readers who ask and do not read. Afterwards every connection has to be gone,
closed with a code that is documented, and the server may not have taken more memory than it is allowed; how long the seat waited meanwhile
is told, not judged, since other work on the machine counts into it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from client.sdk import Lobby
from rules.orders import Budget
from rules.wire import frames as f
from server.log.private import private_redis
from server.reasons import CloseCode
from server.web.app import Address
from tests.crash.child import Child
from tests.fuzz.hostile import Foe
from tests.patience import PATIENCE_S
from tests.server.log.servers import program
from tests.server.site import Client, dial

PROTOCOL_ERROR, LOST, REFUSED = 1002, 1006, 0
CODES = {*map(int, CloseCode), PROTOCOL_ERROR, LOST, REFUSED}
"""What may become of a besieger: 1002 is the library's own for frames that break RFC 6455, 0 a handshake that was refused."""
SERVER_MIB_MAX = 200.0
STEPS_S = 86_400
QUIET_S_MAX = 120.0
BREATH_S = 0.02
PARTING_S = 0.5
"""After that a besieger who is still welcome goes by itself."""
READERS = 8
LORRIES = 8
_CLOSED = ("06", "0A")
"""States in the kernel's table of a socket that is gone (TIME_WAIT) and of the one that listens."""
BOMB = zlib.compress(b"\x00" * 50_000_000, 9)[2:-4]
ERRORS = (ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, TimeoutError, EOFError)


@dataclass
class Siege:
    """One siege, as it is reported."""

    sent: int = 0
    connections: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    waits_s: list[float] = field(default_factory=list)
    grown_mib: float = 0.0
    largest_mib: float = 0.0
    left_open: int = 0

    def faults(self) -> list[str]:
        """What is not as promised."""
        wrong = sorted(set(self.codes) - CODES)
        return [
            *(f"connections were closed with {code}" for code in wrong),
            *([f"{self.left_open} connections were kept"] if self.left_open else []),
            *([f"the server took {self.largest_mib:.0f} MiB"] if self.largest_mib > SERVER_MIB_MAX else []),
            *([] if self.waits_s else ["the seat was never answered"]),
        ]

    def __str__(self) -> str:
        waits = sorted(self.waits_s) or [float("nan")]
        codes = ", ".join(f"{int(code)} {count} times" for code, count in sorted(self.codes.items()))
        return (
            f"{self.sent} messages over {self.connections} connections, closed with {codes}; the seat was answered "
            f"{len(self.waits_s)} times, p50 {1e3 * waits[len(waits) // 2]:.0f} ms, p99 {1e3 * waits[len(waits) * 99 // 100]:.0f} ms; "
            f"the server grew by {self.grown_mib:.1f} MiB to {self.largest_mib:.0f} MiB at most and kept {self.left_open} connections"
        )


@dataclass
class Town:
    """What is besieged: a server, and a session of it."""

    address: Address
    pid: int
    session: str
    tokens: dict[str, str]

    def memory_mib(self, what: str) -> float:
        """The memory of the server: VmRSS now, VmHWM at its most."""
        fields = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").split(f"{what}:")[1].split()
        return int(fields[0]) / 1024

    def connections(self) -> int:
        """How many sockets it holds on its port."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        own = f":{self.address.port:04X}"
        return sum(row[1].endswith(own) and row[3] not in _CLOSED and row[9] != "0" for row in rows)

    async def dial(self, chance: random.Random) -> Client:
        """A socket from one of many addresses of this machine."""
        origin = (f"127.0.{chance.randrange(1, 200)}.{chance.randrange(1, 200)}", 0)
        return await dial(self.address, local_addr=origin, open_timeout=PATIENCE_S)

    async def seated(self, seat: str, chance: random.Random) -> Client:
        """A socket of a seat that has its welcome."""
        client = await self.dial(chance)
        await client.send(f.Hello(session=self.session, token=self.tokens[seat]))
        await client.until(f.Welcome)
        return client


async def _hostile(town: Town, siege: Siege, chance: random.Random, messages: int) -> None:
    """Sockets, one after the other, each with a few hostile messages."""
    foe, left = Foe(chance.randrange(10**6)).messages(brood=2), messages
    while left > 0:
        try:
            client = await town.dial(chance)
        except ERRORS:
            siege.codes[REFUSED] += 1
            continue
        siege.connections += 1
        with contextlib.suppress(*ERRORS):
            for _ in range(chance.randrange(1, 30)):
                message, _ = next(foe)
                if isinstance(message, str):  # halves of surrogate pairs too
                    await client.socket.send(message.encode(errors="surrogatepass"), text=True)
                else:
                    await client.socket.send(message)
                siege.sent, left = siege.sent + 1, left - 1
        siege.codes[await _ended(client)] += 1


async def _ended(client: Client) -> int:
    """The code with which it ended; a client that is still welcome leaves by itself."""
    with contextlib.suppress(*ERRORS):
        async with asyncio.timeout(PARTING_S):
            await client.code()
    await client.close()
    code = client.socket.close_code
    return CloseCode.GOING_AWAY if code == 1000 else code or LOST


async def _bombs(town: Town, siege: Siege, chance: random.Random) -> None:
    """Fifty million zeros in a frame of fifty kilobytes, marked as compressed."""
    client = await town.dial(chance)
    head = bytes((0x80 | 0x40 | 0x2, 0x80 | 126, *len(BOMB).to_bytes(2, "big"), 0, 0, 0, 0))
    with contextlib.suppress(*ERRORS):
        client.socket.transport.write(head + BOMB)
    siege.codes[await _ended(client)] += 1


async def _lorry(town: Town, siege: Siege, chance: random.Random) -> None:
    """A handshake that comes letter by letter and never ends."""
    origin = (f"127.0.{chance.randrange(1, 200)}.1", 0)
    reader, writer = await asyncio.open_connection(town.address.host, town.address.port, local_addr=origin)
    try:
        for letter in "GET /ws HTTP/1.1\r\nHost: x\r\nX-Never: " + "a" * 10_000:
            writer.write(letter.encode())
            await writer.drain()
            await asyncio.sleep(0.05)
    except OSError:
        siege.codes[REFUSED] += 1
    finally:
        reader.feed_eof()
        writer.close()


async def _deaf(town: Town, siege: Siege, chance: random.Random) -> None:
    """A seat that asks for view after view and reads none."""
    client = await town.seated("BRV", chance)
    try:
        client.socket.transport.pause_reading()
        while True:
            await client.send(f.Look())
            siege.sent += 1
            await asyncio.sleep(BREATH_S)
    except ERRORS:
        siege.codes[client.socket.close_code or LOST] += 1
    finally:
        client.socket.transport.abort()


async def _honest(town: Town, siege: Siege, chance: random.Random, answered: asyncio.Event) -> None:
    """A seat that plays, one order after the other."""
    client = await town.seated("ARD", chance)
    try:
        while True:
            began_s, name = time.monotonic(), f"{chance.getrandbits(64)}"
            await client.send(f.Submit(id=name, act=Budget(guns=round(chance.uniform(0.0, 0.2), 6), aid=0.0)))
            assert (await client.until(f.Acked)).id == name
            siege.waits_s.append(time.monotonic() - began_s)
            answered.set()
            await asyncio.sleep(BREATH_S)
    finally:
        await client.close()


async def lay(messages: int, sockets: int, seed: int = 1) -> Siege:
    """Besiege a server with so many messages over so many sockets at a time."""
    siege, chance = Siege(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="unipole-siege-") as folder:
        async with private_redis(Path(folder), program("valkey")) as redis:
            child = Child(redis.url)
            try:
                await child.start()
                town = await _founded(child)
                await _stormed(town, Siege(), chance, 20 * sockets, sockets)  # what a server takes once it keeps
                before_mib = town.memory_mib("VmRSS")
                await _stormed(town, siege, chance, messages, sockets)
                siege.grown_mib, siege.largest_mib = town.memory_mib("VmRSS") - before_mib, town.memory_mib("VmHWM")
                siege.left_open = town.connections()
            finally:
                await child.end()
    return siege


async def _founded(child: Child) -> Town:
    async with Lobby(child.url) as lobby:
        made = await lobby.make("tiny", "live", seed="siege")
        tokens = {seat: await lobby.claim(made.session, seat) for seat in ("ARD", "BRV")}
        await lobby.control(made.session, made.control_token, "start")
        while (await lobby.state(made.session)).phase != "orders":
            await lobby.control(made.session, made.control_token, "force")
        await lobby.control(made.session, made.control_token, "extend", seconds=STEPS_S)
    assert child.pid is not None
    return Town(Address("127.0.0.1", child.port), child.pid, made.session, tokens)


async def _stormed(town: Town, siege: Siege, chance: random.Random, messages: int, sockets: int) -> None:
    """All at once, until the seat was answered too; returns when the last connection is gone."""
    answered = asyncio.Event()

    def own() -> random.Random:
        return random.Random(chance.random())

    beside: list[Callable[[], Awaitable[None]]] = [lambda: _honest(town, siege, own(), answered)]
    beside += [lambda: _deaf(town, siege, own())] * READERS + [lambda: _lorry(town, siege, own())] * LORRIES
    async with asyncio.TaskGroup() as group:
        others = [group.create_task(_awaited(work())) for work in beside]
        async with asyncio.TaskGroup() as storm:
            for _ in range(sockets):
                storm.create_task(_hostile(town, siege, own(), messages // sockets))
            storm.create_task(_bombs(town, siege, own()))
            storm.create_task(_awaited(answered.wait()))
        for task in others:
            if task.done():
                task.result()
            task.cancel()
    with contextlib.suppress(TimeoutError):  # what is left then is counted
        async with asyncio.timeout(QUIET_S_MAX):
            while town.connections():  # noqa: ASYNC110 - the kernel rings no bell for another process
                await asyncio.sleep(0.05)


async def _awaited(work: Awaitable[object]) -> None:
    await work


def main() -> int:
    """1 if anything came out otherwise than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.security.siege")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--sockets", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    siege = asyncio.run(lay(asked.messages, asked.sockets, asked.seed))
    print(siege, *siege.faults(), sep="\n")
    return int(bool(siege.faults()))


if __name__ == "__main__":
    raise SystemExit(main())
