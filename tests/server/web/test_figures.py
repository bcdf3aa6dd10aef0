"""``/metrics`` counts what happens, for the operator alone, over all processes."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp

from client.sdk import Lobby
from rules.orders import Budget
from rules.wire.frames import Acked, Seen, Submit
from server.settings import Settings
from server.supervisor import supervised
from tests.patience import LOOK_S, PATIENCE_S
from tests.server.log.servers import program
from tests.server.site import Site, site

TOKEN = "operator"


def figure(page: str, name: str) -> float:
    """One figure."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, flags=re.MULTILINE)
    assert found, name
    return float(found[1])


def test_what_happens_is_counted() -> None:
    """A socket, an order, its append, a step, a refusal."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("orders")
            client = await here.client("BRV")
            await client.until(Seen)
            await client.send(Submit(id="one", act=Budget(guns=0.1, aid=0.0)))
            await client.until(Acked)
            page = (await here.ask("GET", "/metrics")).body
            assert figure(page, "unipole_connections") == 1
            assert figure(page, "unipole_sessions_in_memory") == 1
            assert figure(page, 'unipole_orders_total{answer="acked"}') == 1
            assert figure(page, "unipole_ack_seconds_count") == 1
            assert figure(page, "unipole_append_seconds_count") >= 2
            assert figure(page, "unipole_turn_seconds_count") >= 1
            assert figure(page, "unipole_append_conflicts_total") == 0
            await client.close()

    asyncio.run(scene())


async def status(here: Site, token: str | None = None, **headers: str) -> int:
    """What a request for the figures is answered."""
    return (await here.ask("GET", "/metrics", token=token, **headers)).status


def test_only_the_operator_reads_them() -> None:
    """From this machine, or with the token; behind a proxy on this machine nobody is from this machine."""

    async def scene() -> None:
        async with site(Settings(metrics_token=TOKEN, trusted_proxies=("127.0.0.1",))) as here:
            assert await status(here) == 200
            assert await status(here, **{"X-Forwarded-For": "192.0.2.7"}) == 401
            assert await status(here, **{"X-Forwarded-For": "127.0.0.1"}) == 401
            assert await status(here, Forwarded="for=127.0.0.1") == 401
            assert await status(here, TOKEN, **{"X-Forwarded-For": "192.0.2.7"}) == 200
            assert await status(here, TOKEN + "x", **{"X-Forwarded-For": "192.0.2.7"}) == 401
        async with site() as here:
            assert await status(here, "", **{"X-Forwarded-For": "192.0.2.7"}) == 401

    asyncio.run(scene())


def test_processes_are_added_up(tmp_path: Path) -> None:
    """Whichever of two is asked, as soon as the one that appended has come round to writing it down."""
    program("valkey")

    async def appends(http: aiohttp.ClientSession) -> float:
        async with http.get("/metrics", headers={"Connection": "close"}) as answer:
            return figure(await answer.text(), "unipole_append_entries_count")

    async def scene() -> None:
        settings = Settings(processes=2, data_dir=tmp_path)
        async with supervised(settings) as (address, _), Lobby(address.url) as lobby, aiohttp.ClientSession(address.url) as http:
            for _ in range(4):
                await lobby.make("tiny", "live")
            async with asyncio.timeout(PATIENCE_S):
                while await appends(http) < 4:  # noqa: ASYNC110 - another process rings no bell here
                    await asyncio.sleep(LOOK_S)
            assert [await appends(http) for _ in range(6)] == [4] * 6

    asyncio.run(scene())
