"""Seats that nobody is at any more: an early end does not wait for them, and who comes back is waited for again."""

from __future__ import annotations

import asyncio

import pytest

from rules import events as ev
from rules.orders import Done
from rules.wire.frames import Submit
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.sessions import absence
from server.sessions.absence import AWAY_SECONDS, gone
from server.sessions.attendance import Attended, Person
from server.sessions.courtesy import Courtesy
from server.sessions.steps import is_complete
from server.sessions.tokens import Proven
from tests.server.sessions.test_hall import house, made
from tests.server.sessions.test_steps import ALL_DONE, NEGOTIATION, NOBODY
from tests.server.site import Site, site
from tests.server.stage import EPOCH_MS, SEATS, Stage, eventually, staged
from tests.simulation.loop import run_virtually


def test_a_seat_is_away_once_nobody_was_there_nor_was_given_it_for_so_long() -> None:
    """By its last sign of life in any process; one device that is there suffices."""
    given = [Proven("ARD", "a", "first", 10), Proven("BRV", "b", "first", 95), Proven("COR", "c", "first", 5)]
    seen = {
        Person("ARD", "first", 10): Attended(spans=((10, 40),)),
        Person("COR", "first", 5): Attended(spans=((5, 20),)),
        Person("COR", "second", 6): Attended(spans=((6, 20), (70, 90))),
    }
    assert gone(SEATS, given, seen, since_ms=90) == {"ARD", "DOR"}
    assert gone(SEATS, given, seen, since_ms=91) == {"ARD", "COR", "DOR"}
    assert gone(SEATS, given, seen, since_ms=40) == {"DOR"}


def test_a_step_waits_for_those_who_are_there_and_for_one_at_least() -> None:
    """Whoever is away does not count, done or not; in rounds everybody does."""
    assert is_complete(ALL_DONE, "live", NOBODY, skip_reading=True, away=SEATS[:3])
    assert not is_complete(ALL_DONE, "live", NOBODY, skip_reading=True, away=SEATS)
    assert not is_complete(NEGOTIATION, "live", NOBODY, skip_reading=True, away=SEATS[:3])
    assert not is_complete(NEGOTIATION, "rounds", dict.fromkeys(SEATS[:3], ()), skip_reading=True, away=SEATS[3:])


def missing_of(stage: Stage) -> list[str]:
    """Whose orders were noted as missing."""
    return [event.country for entry in stage.history.entries for event in entry.events if isinstance(event, ev.OrderMissed)]


def test_a_step_closes_without_who_is_away_whose_orders_are_noted_as_missing() -> None:
    """And not while one who is back is not done."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy("hold")) as stage:
            await stage.start()
            await stage.until("orders")
            before, step = missing_of(stage), stage.step
            stage.session.note_away(("COR", "DOR"))
            await stage.order("ARD", "1", Done())
            assert stage.session.away == {"COR", "DOR"}
            stage.audience.here = ("COR",)
            await stage.order("BRV", "2", Done())
            assert stage.session.away == {"DOR"}
            assert stage.step == step
            await stage.order("COR", "3", Done())
            await eventually(lambda: stage.step != step)
            assert missing_of(stage)[len(before) :] == ["DOR"]

    run_virtually(scene())


async def waited_for(here: Site) -> list[str]:
    """The seats for which steps wait, as everybody may know."""
    return [seat["country"] for seat in (await here.state())["seats"] if not seat["away"]]


def test_a_server_notices_who_left_and_bots_do_not_wait_for_them_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people and bots; one leaves; the other says that she is done, and the step closes."""
    monkeypatch.setattr(absence, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(absence, "SECOND_MS", 1)  # seconds that pass quickly

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=("ARD", "BRV"), bots=True, away_seconds=100)
            await here.force("negotiation")
            ard, brv = await here.client("ARD"), await here.client("BRV")
            while await waited_for(here) != list(SEATS):  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.01)
            await brv.close()
            while await waited_for(here) != ["ARD", "COR", "DOR"]:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.01)
            assert (await here.state())["round"] == 1
            await ard.send(Submit(id="done", act=Done()))
            while (await here.state())["round"] == 1:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.01)
            again = await here.client("BRV")
            assert await waited_for(here) == list(SEATS)
            for socket in (ard, again):
                await socket.close()

    asyncio.run(scene())


def test_nobody_is_away_for_a_clock_that_was_set() -> None:
    """The seconds count anew, since the marks that others left are of another time."""

    async def scene() -> None:
        loop, set_ms = asyncio.get_running_loop(), [EPOCH_MS]
        log = MemoryLog(lambda: set_ms[0] + int(loop.time() * 1000))
        async with house(log, MemoryShelf()) as one:
            session = await made(one)
            room = await one.hall.room(session.session)

            async def away_after(seconds: float) -> frozenset[str]:
                await asyncio.sleep(seconds)
                await one.world.clock.exact_ms()
                await absence.look_for(room, one.world.shelf, one.tokens, one.world.clock)
                return room.session.away

            assert await away_after(AWAY_SECONDS - 2) == frozenset()
            assert await away_after(3) == set(SEATS)
            set_ms[0] += 3_600_000
            assert await away_after(AWAY_SECONDS - 2) == frozenset()
            assert await away_after(3) == set(SEATS)

    run_virtually(scene())


def test_nobody_is_away_where_everybody_is_waited_for() -> None:
    """As it is settled for a session, and in a session that was not in memory for so long."""

    async def scene() -> None:
        async with site() as here:
            for wish in ({"away_seconds": None}, {"away_seconds": 90}):
                await here.open(seats=("ARD",), **wish)
                assert await waited_for(here) == list(SEATS)
            refused = await here.ask("POST", "/api/sessions", {"scenario": "tiny", "away_seconds": 1})
            assert refused.status == 400

    asyncio.run(scene())
