"""The server as a whole: a restart loses nothing, a stop is orderly."""

from __future__ import annotations

import asyncio
import time

from rules.wire import frames as f
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.reasons import CloseCode
from tests.patience import PATIENCE_S, until
from tests.server.site import site
from tests.server.stage import TABLED


def test_a_restart_loses_nothing() -> None:
    """State, tokens, ids and numbering are those of before."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: int(time.time() * 1000)), MemoryShelf()
        async with site(log=log, shelf=shelf) as before:
            await before.open()
            await before.force("negotiation")
            client = await before.client("ARD")
            told = await client.until(f.Told)
            await client.send(f.Submit(id="a", act=TABLED))
            await client.until(f.Acked)
        async with site(log=log, shelf=shelf) as after:
            after.session, after.tokens = before.session, before.tokens
            again = await after.client("ARD", since=len(told.events))
            missed = await again.until(f.Told)
            assert [event.kind for event in missed.events] == ["draft-tabled"]
            await again.send(f.Submit(id="a", act=TABLED))
            assert await again.until(f.Acked) == f.Acked(id="a")
            ids = [row.entry.order_id for row in await log.read(after.session)]
            assert ids.count("ARD:a") == 1

    asyncio.run(scene())


def test_a_stop_closes_every_socket_with_1001() -> None:
    """Seated or not yet, and quickly."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            seated = [await here.client(seat) for seat in ("ARD", "BRV")]
            codes = [asyncio.create_task(client.code()) for client in seated]
            stopped_s = time.monotonic()
        assert await asyncio.gather(*codes) == [CloseCode.GOING_AWAY] * 2
        assert time.monotonic() - stopped_s < PATIENCE_S

    asyncio.run(scene())


def test_orders_in_flight_at_a_stop_are_kept_or_unanswered() -> None:
    """Whatever was acknowledged is in the log."""

    async def scene() -> None:
        log = MemoryLog(lambda: int(time.time() * 1000))
        acked: list[str] = []

        async def storm(client: object) -> None:
            assert hasattr(client, "receive")
            while True:
                frame = await client.receive()
                if isinstance(frame, f.Acked):
                    acked.append(frame.id)

        async with site(log=log) as here:
            await here.open()
            await here.force("negotiation")
            client = await here.client("ARD")
            listening = asyncio.create_task(storm(client))
            for number in range(20):
                await client.send(f.Submit(id=str(number), act=TABLED))
            await until(lambda: acked)
        await asyncio.wait((listening,))
        assert listening.exception() is not None
        ids = {row.entry.order_id for row in await log.read(here.session)}
        assert all(f"ARD:{name}" in ids for name in acked)
        assert acked == ["0"]  # the others are refused: one draft a turn on one question

    asyncio.run(scene())
