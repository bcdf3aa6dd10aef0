"""Nobody acts for a seat that is not theirs, and no token is ever written down."""

from __future__ import annotations

import asyncio
import logging

import pytest

from rules import orders as o
from rules.orders import seat_kinds
from rules.wire import frames as f
from rules.wire.codec import MSGPACK
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.reasons import CloseCode, Reason
from tests.eavesdropper import eavesdropping
from tests.server.site import Site, dial, site
from tests.server.stage import SEATS


async def turned_away(here: Site, session: str, token: str) -> str:
    """The code of the refusal of a hello."""
    client = await dial(here.address)
    await client.send(f.Hello(session=session, token=token))
    refusal = await client.receive()
    assert isinstance(refusal, f.Refusal)
    assert await client.code() == CloseCode.POLICY
    return f"{refusal.code} {refusal.field} {refusal.sentence}"


def test_wrong_tokens_are_refused_and_say_nothing() -> None:
    """Guessed, of another session, replaced, revoked, for no session at all: one and the same answer."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            first, old = here.session, dict(here.tokens)
            answers = {await turned_away(here, first, "x" * 43), await turned_away(here, "nowhere", old["ARD"])}
            await here.open()
            answers.add(await turned_away(here, here.session, old["ARD"]))
            replaced = here.tokens["ARD"]
            await here.ask("POST", here.seat_path("ARD"), token=here.tokens["umpire"])
            answers.add(await turned_away(here, here.session, replaced))
            await here.ask("DELETE", here.seat_path("BRV"), token=here.tokens["umpire"])
            answers.add(await turned_away(here, here.session, here.tokens["BRV"]))
            assert len(answers) == 1
            assert answers.pop().startswith(Reason.TOKEN)

    asyncio.run(scene())


def test_a_token_in_an_address_opens_nothing() -> None:
    """Neither a socket nor a seat nor a log."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            token = here.tokens["umpire"]
            for query in (f"token={token}", f"access_token={token}", f"Authorization=Bearer%20{token}"):
                log = await here.ask("GET", f"/api/sessions/{here.session}/log?{query}")
                assert log.status == 401
                claim = await here.ask("POST", f"{here.seat_path('ARD')}?{query}")
                assert claim.status == 409

    asyncio.run(scene())


@pytest.mark.parametrize("viewer", [*SEATS, "public", "umpire"])
def test_every_token_acts_for_itself_alone(viewer: str) -> None:
    """A seat's orders carry its own name; who watches cannot act; control gives no orders of a seat."""

    async def scene() -> None:
        log = MemoryLog(lambda: 1_000_000)
        async with site(log=log) as here:
            await here.open()
            await here.force("negotiation")
            client = await here.client(viewer)
            await client.until(f.Seen)
            version = await log.version(here.session)
            await client.send(f.Submit(id="1", act=o.Done()))
            if viewer in SEATS:
                assert await client.until(f.Acked)
                row = (await log.read(here.session, version))[0]
                assert row.entry.order_id == f"{viewer}:1"
                assert f'"author":"{viewer}"'.encode() in row.entry.body
            else:
                refusal = await client.until(f.Refusal)
                assert refusal.code in (Reason.NOT_A_SEAT, "seat/not-yours")
                assert await log.version(here.session) == version

    asyncio.run(scene())


CONTROL_ACTS: tuple[o.Act, ...] = (
    o.Start(),
    o.Pause(reason="x"),
    o.Resume(),
    o.Extend(seconds=60),
    o.Advance(turn=1, phase="negotiation", round=1, revision=0),
)


@pytest.mark.parametrize("act", CONTROL_ACTS, ids=lambda act: act.kind)
def test_no_seat_can_do_what_control_does(act: o.Act) -> None:
    """Over the socket with its own token, in either pace, and over HTTP."""

    async def scene(pace: f.Pace) -> None:
        log = MemoryLog(lambda: 1_000_000)
        async with site(log=log) as here:
            await here.open(pace)
            await here.force("negotiation")
            version = await log.version(here.session)
            client = await here.client("ARD")
            seen = await client.until(f.Seen)
            if pace == "live":
                await client.send(f.Submit(id="1", act=act))
                assert (await client.until(f.Refusal)).code == "seat/not-yours"
            else:
                await client.send(f.Envelope(step=seen.step, acts=(act,)))
                await client.until(f.Held)
            wish = {"act": "start"}
            path = f"/api/sessions/{here.session}/control"
            for viewer in ("ARD", "public"):
                assert (await here.ask("POST", path, wish, here.tokens[viewer])).status == 401
            assert await log.version(here.session) == version
            if pace == "rounds":
                await here.control(act="force")
                receipt = await client.until(f.Receipt)
                assert [r.code for r in receipt.refused] == ["seat/not-yours"]

    asyncio.run(scene("live"))
    asyncio.run(scene("rounds"))
    assert act.kind not in seat_kinds()


def test_no_token_is_ever_written_down(caplog: pytest.LogCaptureFixture) -> None:
    """Not in the journal of any library, however wrong things go, nor in the store, nor in what others are sent."""

    async def scene() -> set[str]:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as here:
            await here.open()
            tokens = {token for viewer, token in here.tokens.items() if viewer != "public"}  # that one anybody may ask for
            client = await here.client("ARD")
            await client.send(f.Submit(id="1", act=o.Vote(draft="x", choice="yes")))
            await client.until(f.Refusal)
            for bad in (f'{{"type": "hello", "token": "{here.tokens["BRV"]}"', here.tokens["BRV"]):
                other = await dial(here.address, "unipole.v1+json")
                await other.socket.send(bad)
                await other.code()
            again = await dial(here.address, MSGPACK)
            for _ in range(2):
                await again.send(f.Hello(session=here.session, token=here.tokens["COR"]))
            await again.code()
            await here.ask("GET", f"/{here.tokens['DOR']}")
            stored = [row.entry.body.decode() for row in await log.read(here.session)]
            said = str(stored) + str(await shelf.all(here.session)) + str((await here.ask("GET", "/api/sessions")).body)
            state = await here.ask("GET", f"/api/sessions/{here.session}")
            assert not any(token in said + str(state.body) for token in tokens)
            return tokens

    with caplog.at_level(logging.DEBUG):
        logging.getLogger("websockets").setLevel(logging.INFO)  # the client's own debug output shows what it sends
        tokens = asyncio.run(scene())
    assert caplog.records
    assert not any(token in caplog.text for token in tokens)


def test_a_logged_token_is_heard() -> None:
    """The control of what ``tests/conftest.py`` asks of every test: in the words, in a field beside them, in an error."""

    async def issued() -> str:
        async with site() as here:
            await here.open(start=False)
            return here.tokens["ARD"]

    journal, planted = logging.getLogger("server.somewhere"), "no token but as good as one"
    with eavesdropping(closely=True) as ear:
        assert asyncio.run(issued()) in ear.issued
        assert ear.said
        ear.issued.add(planted)
        assert ear.betrayed() == []
        journal.debug("seated with %s", planted)
        journal.debug("seated", extra={"header": f"Bearer {planted}"})
        journal.debug("seated", exc_info=ValueError(planted))
        assert len(ear.betrayed()) == 3
