"""An acknowledged order survives whatever happens to a process of the game, and the test would notice if it did not."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from pathlib import Path

import pytest

from client.sdk import Backoff, Lobby
from rules.orders import Declare, Table
from server.log.private import private_redis
from tests.crash.child import Child
from tests.crash.fleet import Fault, kill, part, pause, run
from tests.server.log.servers import program


@pytest.mark.parametrize(
    ("fault", "processes", "points"), [(kill, 1, 20), (kill, 3, 5), (pause, 3, 5), (part, 3, 5)], ids=["alone", "kill", "pause", "part"]
)
def test_no_acknowledged_order_is_lost(fault: Fault, processes: int, points: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing lost, nothing twice, and every seat is shown what the log gives it."""
    result = asyncio.run(run(1, points, fault, processes=processes))
    with capsys.disabled():
        print(f"\n{fault.__name__} of one of {processes}: {result}")
    assert result.is_clean
    assert result.acked >= 4 * points


def test_acknowledging_before_appending_is_found() -> None:
    """The control: a server with the classic fault loses what it promised."""
    assert any(asyncio.run(run(seed, 5, hasty=True)).lost for seed in range(6))


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_by_signal_is_orderly(wish: signal.Signals) -> None:
    """Exit code 0 while seats play; the next life goes on where this one stopped."""

    async def scene() -> None:
        with tempfile.TemporaryDirectory(prefix="unipole-stop-") as folder:
            async with private_redis(Path(folder), program("valkey")) as redis:
                child = Child(redis.url)
                await child.start()
                async with Lobby(f"http://127.0.0.1:{child.port}") as lobby:
                    made = await lobby.make("tiny", "live", seed="stop")
                    token = await lobby.claim(made.session, "ARD")
                    await lobby.control(made.session, made.control_token, "start")
                    await lobby.control(made.session, made.control_token, "force")
                    async with lobby.seat(made.session, token, backoff=Backoff(0.02, 0.1)) as seat:
                        await seat.submit(Table(council="four", action="demand", issue="dorn-force", target="DOR"))
                        assert await child.kill(wish) == 0
                        await child.start()
                        draft = (await seat.view(fresh=True)).drafts[0].id
                        await seat.submit(Declare(draft=draft, choice="yes"))
                assert await child.kill(wish) == 0

    asyncio.run(scene())
