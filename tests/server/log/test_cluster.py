"""Three masters: sessions lie on all of them, and a game on a cluster is the game on one server."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from client.arena import play
from client.bots.random_legal import RandomLegal
from client.sdk import Lobby, run_bot
from rules.wire.logbook import read
from scenarios import opening
from server.log.errors import LogUnavailable, NotDurable
from server.log.line import LineLimits, line_to
from server.log.redis import RedisLog
from server.runtime import run, running
from server.sessions.recovery import scenario_named
from server.settings import Settings
from server.supervisor import supervised
from tests.server.log.contract import CONTRACT, Bench, entry
from tests.server.log.servers import masters
from tests.server.stage import SEATS

MASTERS = 3
SESSIONS = 6


@pytest.fixture(scope="module")
def cluster_of_three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One cluster for this file."""
    with masters(MASTERS, tmp_path_factory.mktemp("masters")) as url:
        yield url


def test_the_log_keeps_its_promises(cluster_of_three: str) -> None:
    """All checks of the contract, each on games that are dealt out over the masters."""

    async def scene() -> None:
        lines = [await line_to(cluster_of_three) for _ in range(2)]
        logs = [RedisLog(line) for line in lines]
        for number, check in enumerate(CONTRACT):
            await check(Bench(logs[0], logs[1], f"contract-{number}"))
        for log, line in zip(logs, lines, strict=True):
            await log.close()
            await line.aclose()

    asyncio.run(scene())


def test_games_are_played_on_all_masters(cluster_of_three: str) -> None:
    """Bots play six sessions through two processes; each log is that of the arena, and no master is idle."""
    logs: dict[str, tuple[str, ...]] = {}

    async def one(lobby: Lobby, seed: str) -> None:
        made = await lobby.make("tiny", "rounds", seed=seed)
        async with asyncio.TaskGroup() as bots:
            for seat in SEATS:
                bots.create_task(_bot(lobby, made.session, await lobby.claim(made.session, seat), seat))
            await lobby.control(made.session, made.control_token, "start")
        logs[seed] = tuple([line async for line in lobby.log(made.session, made.control_token)])

    async def scene() -> None:
        settings = Settings(redis_url=cluster_of_three, processes=2)
        async with supervised(settings) as (address, _), Lobby(address.url) as lobby, asyncio.TaskGroup() as games:
            for number in range(SESSIONS):
                games.create_task(one(lobby, f"cluster-{number}"))

    run(scene)
    for seed, lines in logs.items():
        _, entries, _ = read(lines)
        assert entries == play(opening(scenario_named("tiny"), seed), {seat: RandomLegal(seat) for seat in SEATS}).entries
    with redis.RedisCluster.from_url(cluster_of_three) as client:
        sizes = {node.name: client.dbsize(target_nodes=node) for node in client.get_primaries()}
    assert len(sizes) == MASTERS
    assert min(sizes.values()) > 0


async def _bot(lobby: Lobby, session: str, token: str, seat: str) -> None:
    async with lobby.seat(session, token) as held:
        await run_bot(held, RandomLegal(seat))


def test_every_master_has_to_keep_what_it_acknowledges(cluster_of_three: str) -> None:
    """One careless master is enough to be refused."""

    async def scene() -> None:
        async with running(Settings(redis_url=cluster_of_three)) as address:
            assert address.port
        with redis.RedisCluster.from_url(cluster_of_three) as client:
            careless = client.get_primaries()[-1]
            client.config_set("appendfsync", "everysec", target_nodes=careless)
            try:
                with pytest.raises(NotDurable, match="everysec"):
                    async with running(Settings(redis_url=cluster_of_three)):
                        pass
            finally:
                client.config_set("appendfsync", "always", target_nodes=careless)

    asyncio.run(scene())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library drops nodes unclosed
def test_a_cluster_that_is_not_there_gives_no_answer(tmp_path: Path) -> None:
    """As one server that is not there."""

    async def scene() -> None:
        with masters(1, tmp_path) as url:
            line = await line_to(url, LineLimits(retries_max=0))
            await RedisLog(line).append("game", 0, [entry("a")])
        with pytest.raises(LogUnavailable):
            await RedisLog(line).append("game", 1, [entry("b")])
        await line.aclose()

    asyncio.run(scene())
    gc.collect()  # so that what was dropped is noticed here and in no other test
