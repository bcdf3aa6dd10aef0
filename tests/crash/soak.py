"""Games that end, people who come and go, hour after hour: what does the server keep of them?

    python -m tests.crash.soak --games 50 --returns 10000

One server process on a store of its own. Bots play whole games over sockets, which are taken out of the store once they rest, while the
sockets of one more session hang up and come back, half of them without a word. First so much of it that everything is warm: what was lately
shown is kept by the hundred. Then what is counted, after which the server has to hold about as many files as before, no session, and hardly
more memory, and the store nothing of any game.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import aiohttp

from client.bots.random_legal import RandomLegal
from client.sdk import Lobby, run_bot
from rules.wire import frames as f
from server.keep.store import left_of, take_out
from server.log.line import RedisLine
from server.log.private import private_redis
from server.log.redis import RedisLog
from server.settings import Limits, Rate, Settings
from server.supervisor import supervised
from server.web.app import Address
from tests.patience import PATIENCE_S
from tests.server.log.servers import program
from tests.server.site import dial
from tests.server.stage import SEATS

REST_S = 0.5
LIMITS = Limits(live_rate=Rate(1e5, 10**5), rounds_rate=Rate(1e5, 10**5), posts_rate=Rate(1e5, 10**5), session_rest_seconds=REST_S)
TABLES, COMERS = 2, 8
WARM_GAMES, WARM_RETURNS = 400, 1_000
GROWN_MIB_MAX = 8.0
FILES_MORE_MAX = 8
"""As many ways to the store as were needed at once stay open; what leaks is more with every game or return."""
BUSY = ("unipole_connections", "unipole_sessions_in_memory")


@dataclass(frozen=True)
class Level:
    """What a server holds at a quiet moment, and the store of sessions that are over."""

    memory_mib: float
    files: int
    store_kib: float


@dataclass
class Soak:
    """One soak, as it is reported."""

    games: int
    returns: int
    before: Level
    after: Level
    left_keys: int
    seconds: float

    @property
    def grown_mib(self) -> float:
        """What the server holds more than at the start."""
        return self.after.memory_mib - self.before.memory_mib

    def faults(self) -> list[str]:
        """What is not as promised."""
        return [
            *([f"the server grew by {self.grown_mib:.1f} MiB"] if self.grown_mib > GROWN_MIB_MAX else []),
            *([f"{more} more files are open"] if (more := self.after.files - self.before.files) > FILES_MORE_MAX else []),
            *([f"{self.left_keys} keys of games are left"] if self.left_keys else []),
        ]

    def __str__(self) -> str:
        return (
            f"{self.games} games and {self.returns} returns in {self.seconds:.0f} s: memory {self.before.memory_mib:.1f} to "
            f"{self.after.memory_mib:.1f} MiB, files {self.before.files} to {self.after.files}, store {self.before.store_kib:.0f} to "
            f"{self.after.store_kib:.0f} KiB, {self.left_keys} keys left"
        )


@dataclass
class House:
    """The server, its store, and the chance of what happens there."""

    address: Address
    pid: int
    line: RedisLine
    chance: Random
    over: list[str] = field(default_factory=list)

    async def level(self) -> Level:
        """Once every session rests."""
        await _until_at_rest(self.address)
        held = await self.line.again(lambda redis: redis.info("memory"))
        return Level(_resident_mib(self.pid), _files(self.pid), held["used_memory_dataset"] / 1024)

    async def game(self, seed: str) -> None:
        """A whole game of four bots."""
        async with Lobby(self.address.url) as lobby:
            made = await lobby.make("tiny", "rounds", seed=seed)
            tokens = {country: await lobby.claim(made.session, country) for country in SEATS}
            async with asyncio.TaskGroup() as group:
                for country, token in tokens.items():
                    group.create_task(_played(lobby, made.session, token, f"{seed} {country}"))
                await lobby.control(made.session, made.control_token, "start")
        self.over.append(made.session)

    async def taken_out(self) -> int:
        """Remove what is over from the store; how much is left of it there."""
        left = 0
        await _until_at_rest(self.address)
        while self.over:
            session = self.over.pop()
            await take_out(self.line, session, len(await RedisLog(self.line).read(session)))
            left += await left_of(self.line, session)
        return left

    async def visit(self, session: str, tokens: dict[str, str], visits: int) -> None:
        """Come, see, and go, again and again; half of the time as if the wire had been cut."""
        for _ in range(visits):
            client = await dial(self.address)
            await client.send(f.Hello(session=session, token=tokens[self.chance.choice(SEATS)], since=0))
            await client.until(f.Seen)
            if self.chance.random() < 0.5:  # half
                client.socket.transport.abort()
            await client.close()


async def _played(lobby: Lobby, session: str, token: str, seed: str) -> None:
    async with lobby.seat(session, token) as seat:
        await run_bot(seat, RandomLegal(seed))


def _resident_mib(pid: int) -> float:
    return int(Path(f"/proc/{pid}/status").read_text(encoding="ascii").split("VmRSS:")[1].split()[0]) / 1024


def _files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def soak(games: int, returns: int, seed: int = 1, *, warm: tuple[int, int] = (WARM_GAMES, WARM_RETURNS)) -> Soak:
    """So many games and returns, after others have warmed the house."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="unipole-soak-") as folder:
        async with private_redis(Path(folder), program("valkey")) as redis:
            line = RedisLine(redis.url)
            try:
                async with supervised(replace(Settings(), redis_url=redis.url, limits=LIMITS)) as (address, (worker,)):
                    assert worker.pid is not None
                    house = House(address, worker.pid, line, Random(seed))
                    await _lived(house, *warm, f"warm {seed}")
                    left, before = await house.taken_out(), await house.level()
                    await _lived(house, games, returns, f"soak {seed}")
                    left += await house.taken_out()
                    return Soak(games, returns, before, await house.level(), left, time.monotonic() - began)
            finally:
                await line.aclose()


async def _lived(house: House, games: int, returns: int, name: str) -> None:
    """All at once: some tables at which games are played, some people who come and go."""
    numbers = iter(range(games))

    async def table() -> None:
        for number in numbers:
            await house.game(f"{name}-{number}")

    async with Lobby(house.address.url) as lobby:
        made = await lobby.make("tiny", "live", seed=name)
        tokens = {country: await lobby.claim(made.session, country) for country in SEATS}
        async with asyncio.TaskGroup() as group:
            for _ in range(TABLES):
                group.create_task(table())
            for place in range(COMERS):
                group.create_task(house.visit(made.session, tokens, len(range(place, returns, COMERS))))


async def _until_at_rest(address: Address) -> None:
    """Until nobody is there and no session is in memory, by the server's own figures."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE_S):
        while True:
            async with http.get(f"{address.url}/metrics") as answer:
                lines = (await answer.text()).splitlines()
            if sum(float(line.split()[1]) for line in lines if line.startswith(BUSY)) == 0:
                return
            await asyncio.sleep(REST_S)  # another process rings no bell


def main() -> int:
    """One line; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.crash.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--games", type=int, default=100)
    parser.add_argument("--returns", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = asyncio.run(soak(asked.games, asked.returns, asked.seed))
    print(result, *result.faults(), sep="\n")
    return int(bool(result.faults()))


if __name__ == "__main__":
    raise SystemExit(main())
