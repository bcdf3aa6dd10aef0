"""The private server: started, shared, adopted, started again, and never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from server.log import private
from server.log.errors import RedisDidNotStart
from server.log.line import RedisLine
from server.log.private import SETTINGS, PrivateRedis, private_redis
from tests.patience import until
from tests.server.log.private_scenes import append, lives, version
from tests.server.log.servers import program


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_it_runs_as_promised(kind: str, tmp_path: Path) -> None:
    """Every setting is in force, the folder is private, and stopping leaves data but no process and no socket."""

    async def scene() -> None:
        folder = tmp_path / "data ü 'here'"
        async with private_redis(folder, program(kind)) as server:
            line = RedisLine(server.url)
            for name, value in SETTINGS.items():
                if name != "unixsocketperm":
                    assert (await line.client.config_get(name))[name] == value
            assert (await line.client.config_get("unixsocketperm"))["unixsocketperm"] in ("700", "0700")
            await line.aclose()
            await append(server, 0)
            pid = server.child_pid
            assert pid is not None
            assert server.is_keeper
            assert folder.stat().st_mode & 0o777 == 0o700
            assert os.getsid(pid) == pid  # Ctrl-C in our terminal does not reach it
        assert not lives(pid)
        assert not server.unix_socket_path.exists()
        async with private_redis(folder, program(kind)) as server:
            assert await version(server) == 1

    asyncio.run(scene())


def test_a_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    """The socket of a deep folder lies in a short one of our own, which goes when the server stops."""

    async def scene() -> None:
        folder = tmp_path / ("deep" * 20) / ("deeper" * 10)
        async with private_redis(folder) as server:
            await append(server, 0)
            home = server.unix_socket_path.parent
            assert len(os.fsencode(server.unix_socket_path)) <= 103
            assert home.stat().st_mode & 0o777 == 0o700
        assert not home.exists()
        async with private_redis(folder) as again:
            assert again.unix_socket_path == server.unix_socket_path
            assert await version(again) == 1

    asyncio.run(scene())


def test_guests_share_and_take_over(tmp_path: Path) -> None:
    """A second program uses the first one's server, leaves it alone when it goes, and keeps it when it stays."""

    async def scene() -> None:
        async with private_redis(tmp_path) as guest_to_be:
            pass
        async with private_redis(tmp_path) as keeper:
            async with private_redis(tmp_path) as passing:
                assert not passing.is_keeper
                assert passing.starts == 0
                await append(passing, 0)
            assert await version(keeper) == 1
            guest_to_be = PrivateRedis(tmp_path, program("valkey"))
            await guest_to_be.start()
            assert not guest_to_be.is_keeper
        await until(lambda: guest_to_be.is_keeper)
        assert await version(guest_to_be) == 1
        assert guest_to_be.starts == 1
        await guest_to_be.stop()
        await guest_to_be.stop()  # stopping twice is stopping once

    asyncio.run(scene())


def test_a_crowd_starts_one_server(tmp_path: Path) -> None:
    """However many programs start at once on one folder, one server runs."""

    async def scene() -> None:
        crowd = [PrivateRedis(tmp_path, program("valkey")) for _ in range(6)]
        await asyncio.gather(*(one.start() for one in crowd))
        assert sum(one.starts for one in crowd) == 1
        assert sum(one.is_keeper for one in crowd) == 1
        for number, one in enumerate(crowd):
            await append(one, number)
        await asyncio.gather(*(one.stop() for one in sorted(crowd, key=lambda one: one.is_keeper)))

    asyncio.run(scene())


def test_it_is_started_again(tmp_path: Path) -> None:
    """A killed server comes back with everything it had acknowledged, on the same socket."""

    async def scene() -> None:
        async with private_redis(tmp_path) as server:
            for number in range(3):
                await append(server, number)
                pid = server.child_pid
                assert pid is not None
                os.kill(pid, signal.SIGKILL)
                assert await version(server) == number + 1
            assert server.starts == 4

    asyncio.run(scene())


def test_it_is_restarted_on_request(tmp_path: Path) -> None:
    """Keeper or guest may ask for a new server; nothing is lost, and the keeper looks after the new one."""

    async def scene() -> None:
        async with private_redis(tmp_path) as keeper, private_redis(tmp_path) as guest:
            for number, one in enumerate((keeper, guest)):
                await append(keeper, number)
                pid = keeper.child_pid
                await one.restart()
                assert keeper.child_pid not in (None, pid)
                assert await version(guest) == number + 1
            assert keeper.starts == 3
            assert guest.starts == 0

    asyncio.run(scene())


def test_a_restart_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not come back is an error, not a wait for ever."""
    binary = tmp_path / "server"
    binary.symlink_to(program("valkey"))

    async def scene() -> None:
        async with private_redis(tmp_path / "data", binary) as server:
            binary.unlink()
            binary.symlink_to("/bin/false")
            monkeypatch.setattr(private, "START_TIMEOUT_S", 0.3)
            await server.restart()

    with pytest.raises(RedisDidNotStart, match="did not come back"):
        asyncio.run(scene())


def test_a_program_that_is_none(tmp_path: Path) -> None:
    """A program that ends at once is an error with its name, not a wait."""

    async def scene() -> None:
        async with private_redis(tmp_path, Path("/bin/false")):
            raise AssertionError("a server that is none has started")

    with pytest.raises(RedisDidNotStart, match="/bin/false ended at once"):
        asyncio.run(scene())


def test_damaged_data_is_reported(tmp_path: Path) -> None:
    """A log whose tail is torn comes back without the tail; one damaged in the middle is an error that says so."""

    async def fill() -> None:
        async with private_redis(tmp_path) as server:
            for number in range(3):
                await append(server, number)

    async def reopened() -> int:
        async with private_redis(tmp_path) as server:
            return await version(server)

    asyncio.run(fill())
    (data,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    whole = data.read_bytes()
    data.write_bytes(whole[:-7])
    assert asyncio.run(reopened()) == 2
    data.write_bytes(whole[:200] + b"garbage" + whole[200:])
    with pytest.raises(RedisDidNotStart, match="Its last words"):
        asyncio.run(reopened())


def test_a_silent_program_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that runs and never answers is an error after a while, and is ended."""
    monkeypatch.setattr(private, "START_TIMEOUT_S", 0.3)
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o700)
    server = PrivateRedis(tmp_path / "data", silent)
    with pytest.raises(RedisDidNotStart, match="did not answer in time"):
        asyncio.run(server.start())
    assert server.child_pid is None
    assert not server.is_keeper


def test_it_rests_between_hopeless_starts(tmp_path: Path) -> None:
    """A server that dies before it answers is started again ever more seldom, and at once when it is mended."""
    binary = tmp_path / "server"
    binary.symlink_to(program("valkey"))

    async def scene() -> None:
        async with private_redis(tmp_path / "data", binary) as server:
            await append(server, 0)
            binary.unlink()
            binary.symlink_to("/bin/false")
            os.kill(server.child_pid or 0, signal.SIGKILL)
            end = time.monotonic() + 1.0
            await until(lambda: time.monotonic() > end and server.starts >= 2)
            assert server.starts <= 10
            binary.unlink()
            binary.symlink_to(program("valkey"))
            assert await version(server) == 1

    asyncio.run(scene())
