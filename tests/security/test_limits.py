"""A hostile client costs bounded memory and time, and nobody else notices."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource

import pytest
from multidict import CIMultiDict
from websockets.exceptions import ConnectionClosed, InvalidStatus

from rules.orders import Done
from rules.wire import frames as f
from rules.wire.codec import JSON, MSGPACK, encode
from server.reasons import CloseCode
from server.settings import Limits, Settings
from server.web.app import Address
from server.web.doors import Doors
from tests.patience import PATIENCE_S
from tests.server.site import Client, Site, dial, site

GROWTH_KIB_MAX = 60_000


def grown_kib(before: int) -> int:
    """By how much the largest size of this process grew."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def test_sockets_without_a_token_are_counted_by_address() -> None:
    """Those with one are not: a class of forty sits behind one address."""

    async def scene() -> None:
        async with site(Settings(limits=Limits(sockets_unproven_per_address_max=5, hello_seconds=PATIENCE_S))) as here:
            await here.open()
            seated = [await here.client(viewer) for viewer in ("ARD", "BRV", "COR", "DOR", "public") for _ in range(3)]
            silent = [await dial(here.address) for _ in range(5)]
            with pytest.raises(InvalidStatus) as refused:
                await dial(here.address)
            assert refused.value.response.status_code == 429
            await silent.pop().close()
            silent.append(await _admitted(here))
            for client in (*seated, *silent):
                await client.close()

    asyncio.run(scene())


async def _admitted(here: Site) -> Client:
    """A socket as soon as the server has noticed that another one left."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with contextlib.suppress(InvalidStatus):
                return await dial(here.address)
            await asyncio.sleep(0.01)


def test_a_listed_proxy_is_believed_and_nobody_else() -> None:
    """The last address of the last line is the one that the proxy itself saw; what stands before came with the request."""

    class Asked:
        remote = "10.0.0.1"
        headers = CIMultiDict([("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "9.9.9.9, 5.6.7.8")])

    asked: object = Asked()
    assert Doors(Settings()).address(asked) == "10.0.0.1"  # type: ignore[arg-type]  # two fields of it are read
    proxied = Doors(Settings(trusted_proxies=("10.0.0.1",)))
    assert proxied.address(asked) == "5.6.7.8"  # type: ignore[arg-type]  # two fields of it are read


def hostile(rng: random.Random) -> bytes | str:
    """A message that is no frame, or a frame in the wrong place."""
    frames = (f.Look(), f.Hello(session="x", token="y" * 43), f.Submit(id="1", act=Done()))
    choices = (
        lambda: rng.randbytes(rng.randrange(2000)),
        lambda: b"\x81" * rng.randrange(1, 5000),
        lambda: b"\xdd\xff\xff\xff\xff",
        lambda: "[" * rng.randrange(1, 60_000),
        lambda: encode(rng.choice(frames), rng.choice((JSON, MSGPACK))),
        lambda: b"\x80" * 60_000,
        lambda: "\x00" * 66_000,
    )
    return rng.choice(choices)()


def test_hostile_messages_meet_documented_codes_and_delay_nobody() -> None:
    """A thousand of them; a seat goes on asking and is answered; memory stays bounded."""

    async def attack(address: Address, seed: int, codes: set[int | None]) -> None:
        rng = random.Random(seed)
        for _ in range(50):
            client = await dial(address, rng.choice((JSON, MSGPACK)))
            with contextlib.suppress(ConnectionClosed):
                for _ in range(rng.randrange(1, 4)):
                    await client.socket.send(hostile(rng))
            codes.add(await client.code())

    async def scene() -> None:
        codes: set[int | None] = set()
        limits = Limits(live_rate=Limits().rounds_rate, sockets_unproven_per_address_max=50)
        async with site(Settings(limits=limits)) as here:
            await here.open()
            seat = await here.client("ARD")
            await seat.until(f.Seen)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            attacks = [asyncio.create_task(attack(here.address, seed, codes)) for seed in range(10)]
            while not all(task.done() for task in attacks):
                await seat.send(f.Look())
                await seat.until(f.Seen)
                await asyncio.sleep(0.02)
            await asyncio.gather(*attacks)
            assert grown_kib(before) < GROWTH_KIB_MAX
        assert codes <= {int(code) for code in CloseCode} | {1006}
        assert codes >= {CloseCode.UNSUPPORTED, CloseCode.BAD_TEXT, CloseCode.POLICY, CloseCode.TOO_BIG}

    asyncio.run(scene())


def test_a_flood_of_good_frames_is_slowed_and_not_refused() -> None:
    """Sixty at once against twenty-four: all are answered, in the time that the rate allows."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            client = await here.client("ARD")
            loop = asyncio.get_running_loop()
            began_s = loop.time()
            for number in range(60):
                await client.send(f.Submit(id=str(number), act=Done()))
            answers = [await client.until(f.Refusal) for _ in range(60)]
            assert [answer.id for answer in answers] == [str(number) for number in range(60)]
            assert loop.time() - began_s >= (60 - 24) / 12 - 0.2

    asyncio.run(scene())


def test_compression_is_never_agreed() -> None:
    """Whatever a client offers."""

    async def scene() -> None:
        async with site() as here:
            client = await dial(here.address, additional_headers={"Sec-WebSocket-Extensions": "permessage-deflate"})
            response = client.socket.response
            assert response is not None
            assert "Sec-WebSocket-Extensions" not in response.headers
            await client.close()

    asyncio.run(scene())
