"""Several processes behind one port: none owns a session, any may die, and all go when they are told."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from client.sdk import Backoff, Lobby
from rules.orders import Budget
from server.log.private import private_redis
from server.ports import listening
from server.settings import Settings
from server.supervisor import Process, supervised
from tests.crash.storm import storm
from tests.patience import PATIENCE_S, until
from tests.server.log.servers import program
from tests.server.stage import SEATS


@pytest.mark.parametrize(("steered", "busy"), [(False, {4}), (True, {1, 2})])
def test_a_storm_over_all_processes_is_stored_once(steered: bool, busy: set[int], capsys: pytest.CaptureFixture[str]) -> None:
    """200 orders at once, 200 stored; sockets that name their session are all in its home, the control's connection may be elsewhere."""
    result = asyncio.run(storm(4, 200, steered=steered))
    with capsys.disabled():
        print(f"\nstorm: {result}")
    assert (result.acked, result.stored, result.doubled) == (200, 200, 0)
    assert result.busy in busy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Settings]:
    """Settings for two processes on a store in a folder of the test."""
    program("valkey")
    with tempfile.TemporaryDirectory(prefix="unipole-two-") as folder:
        yield Settings(processes=2, data_dir=Path(folder))


def test_a_process_that_is_killed_is_replaced_and_seats_come_back(store: Settings) -> None:
    """The seats notice a pause; nothing that was acknowledged is lost."""

    async def scene() -> None:
        async with supervised(store) as (address, processes), Lobby(address.url) as lobby:
            made = await lobby.make("tiny", "live", seed="killed")
            token = await lobby.claim(made.session, "ARD")
            await lobby.control(made.session, made.control_token, "start")
            while (await lobby.state(made.session)).phase != "orders":
                await lobby.control(made.session, made.control_token, "force")
            async with lobby.seat(made.session, token, backoff=Backoff(0.02, 0.1, PATIENCE_S)) as seat:
                for process in processes:
                    await seat.submit(Budget(guns=0.1, aid=0.0))
                    await _replaced(process)
                await seat.submit(Budget(guns=0.2, aid=0.0))
                assert (await seat.view(fresh=True)).moment.phase == "orders"

    asyncio.run(scene())


async def _replaced(process: Process) -> None:
    killed = process.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    await until(lambda: process.pid not in (None, killed))


def test_a_seat_is_given_once_however_many_ask_for_it(store: Settings) -> None:
    """Forty ask for four seats through two processes at once: each seat has one holder, and his token is good."""

    async def scene() -> None:
        async with supervised(store) as (address, _), aiohttp.ClientSession(address.url) as http:
            async with Lobby(address.url) as lobby:
                made = await lobby.make("tiny", "live", open_seats=True)
            path = f"/api/sessions/{made.session}/seats/"

            async def ask(country: str) -> str | None:
                fresh = {"Connection": "close"}  # so that each request may meet another process
                async with http.post(path + country, headers=fresh) as answer:
                    return (await answer.json())["token"] if answer.status == 201 else None

            for country in SEATS:
                given = [token for token in await asyncio.gather(*(ask(country) for _ in range(10))) if token is not None]
                assert len(given) == 1
                async with http.get(f"/api/sessions/{made.session}/desk", headers={"Authorization": f"Bearer {given[0]}"}) as desk:
                    assert desk.status == 200

    asyncio.run(scene())


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_all_processes_go_with_their_supervisor(tmp_path: Path, wish: signal.Signals) -> None:
    """Told to stop it drains and ends with code 0; killed it leaves nobody behind."""
    program("valkey")

    async def scene() -> None:
        words = ["serve", "--processes", "2", "--port", "0", "--data", str(tmp_path / "data")]
        parent = await asyncio.create_subprocess_exec(sys.executable, "-m", "server", *words, stdout=asyncio.subprocess.PIPE)
        assert parent.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            assert b"Listening on" in await parent.stdout.readline()
        children = _children(parent.pid)
        assert len(children) == 3  # the store is the third
        parent.send_signal(wish)
        async with asyncio.timeout(PATIENCE_S):
            code = await parent.wait()
        await until(lambda: not any(map(_lives, children)))
        assert code == (-wish if wish is signal.SIGKILL else 0)

    asyncio.run(scene())


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _lives(pid: str) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_port_of_somebody_else_is_not_joined() -> None:
    """Even though sockets may share a port: only those of one supervisor do."""
    with listening("127.0.0.1", 0, 3) as sockets:
        ports = {held.getsockname()[1] for held in sockets}
        assert len(ports) == 1
        with pytest.raises(OSError, match="in use"), listening("127.0.0.1", ports.pop(), 3):
            pass
    with socket.create_server(("127.0.0.1", 0)) as alone:
        taken = alone.getsockname()[1]
        with pytest.raises(OSError, match="in use"), listening("127.0.0.1", taken, 2):
            pass


def test_processes_that_cannot_start_are_an_error_and_leave_nobody(tmp_path: Path) -> None:
    """A Redis that gives no answer."""

    async def scene() -> None:
        async with private_redis(tmp_path, program("valkey")) as redis:
            settings = Settings(processes=2, redis_url=redis.url + "-gone")
            with pytest.raises(ExceptionGroup, match="unhandled"):
                async with supervised(settings):
                    pass

    asyncio.run(scene())
