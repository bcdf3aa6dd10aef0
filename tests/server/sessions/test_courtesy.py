"""Missing orders are noted and do not hold anybody up; an order in the last seconds gives the others time, once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from client.bots.payoff_bot import PayoffBot
from rules import events as ev
from rules import orders as o
from rules.sequence import closing
from rules.state import Game
from rules.view import view
from rules.vocabulary import GiveAid, Terms
from rules.wire import frames as f
from server.sessions.courtesy import Courtesy, StandIn, missing
from tests.server.stage import SEATS, Stage, memory_log, staged
from tests.simulation.loop import run_virtually

BUDGET = o.Budget(guns=0.1, aid=0.0)


def notes(stage: Stage) -> list[tuple[str, str]]:
    """(country, what took the place) of every missing order."""
    events = [event for entry in stage.history.entries for event in entry.events]
    return [(event.country, event.instead) for event in events if isinstance(event, ev.OrderMissed)]


async def bots(_: str, game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """A stand-in that arms, and asks for what nobody may do."""
    assert game.moment.phase in ("orders", "assembly")
    return {seat: (BUDGET, o.Start()) for seat in seats}


def test_who_gave_no_orders_is_noted_when_the_time_is_over() -> None:
    """In a step of sealed orders: not who acted, not who said that it was done; and nobody while talks go on."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy("hold")) as stage:
            await stage.start()
            await stage.until("negotiation")
            assert missing(stage.history.game, stage.history.entries, ()) == ()
            await stage.until("orders")
            before = notes(stage)
            assert {country for country, _ in before} <= set(SEATS)
            await stage.order("ARD", "1", BUDGET)
            await stage.order("BRV", "2", o.Done())
            await stage.until("report")
            assert notes(stage)[len(before) :] == [("COR", "nothing"), ("DOR", "nothing")]

    run_virtually(scene())


def test_seats_of_bots_have_missed_nothing() -> None:
    """Neither those that control gave to a bot nor those that bots fill: who closed the step did not let them speak."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy("hold"), held=("ARD", "BRV", "DOR")) as stage:
            await stage.start()
            await stage.order(o.CONTROL, "bot", o.Reseat(country="BRV", holder="bot", reason="A seat is empty"))
            await stage.until("orders")
            count = len(notes(stage))
            await stage.until("report")
            assert notes(stage)[count:] == [("ARD", "nothing"), ("DOR", "nothing")]

    run_virtually(scene())


def test_a_bot_stands_in_for_missing_orders() -> None:
    """Its orders are in the log under the seat's name, flagged; what it may not do is left out; the budget takes effect."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy("bot"), stand_in=bots) as stage:
            await stage.start()
            await stage.until("orders")
            count = len(notes(stage))
            await stage.until("report")
            assert notes(stage)[count:] == [(seat, "bot") for seat in SEATS]
            given = [entry.order.id for entry in stage.history.entries if ":missed:" in entry.order.id and entry.order.author in SEATS]
            assert len([name for name in given if ":orders:" in name]) == len(SEATS)
            assert stage.history.game.world.guns.tolist() == [0.1] * len(SEATS)

    run_virtually(scene())


PACT = Terms(
    parties=("ARD", "COR"),
    clauses=tuple(GiveAid(debtor=a, to=b, since=1, until=1, amount=0.03) for a, b in (("ARD", "COR"), ("COR", "ARD"))),
    formal=("ARD", "COR"),
)


async def thoughtful(session_id: str, game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """The bots that play."""
    return {seat: PayoffBot(seed=f"{session_id}:{seat}").choose(view(game, seat)) for seat in seats}


async def speechless(_session: str, _game: Game, _seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """Bots that say nothing: what a session without this courtesy would hear."""
    return {}


async def broken(_session: str, _game: Game, _seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """Bots with a fault."""
    raise RuntimeError("a bot fails")


@pytest.mark.parametrize("hurry", ["control", "clock"])
@pytest.mark.parametrize(("stand_in", "finding"), [(thoughtful, "kept"), (speechless, "breached"), (broken, "breached")])
def test_no_bot_breaks_its_word_because_a_step_was_closed_on_it(hurry: str, stand_in: StandIn, finding: str) -> None:
    """By control or by the clock, before the bots had their say: they give what they owe, nobody is noted; their faults stop nothing."""

    async def scene() -> None:
        async with staged(stand_in=stand_in, held=("BRV", "DOR")) as stage:
            await stage.start()
            await stage.until("negotiation")
            await stage.order("ARD", "offer", o.Propose(terms=PACT, until=1))
            events = [event for entry in stage.history.entries for event in entry.events]
            offer = next(event.offer.id for event in events if isinstance(event, ev.OfferMade))
            await stage.order("COR", "sign", o.Sign(offer=offer))
            while stage.phase != "report":
                if hurry == "control":
                    forced = await stage.order(o.CONTROL, stage.step, closing(stage.history.game.moment).act)
                    assert isinstance(forced, f.Acked)
                else:
                    await asyncio.sleep(1.0)
            events = [event for entry in stage.history.entries for event in entry.events]
            assert [event.verdict.finding for event in events if isinstance(event, ev.Judged)] == [finding] * 2
            assert notes(stage) == []
            closers = {entry.order.author for entry in stage.history.entries if isinstance(entry.order.act, o.Advance)}
            assert closers == ({o.CONTROL, o.CLOCK} if hurry == "control" else {o.CLOCK})

    run_virtually(scene())


def test_a_bot_that_wants_nothing_is_not_asked_again() -> None:
    """It has thought the step over; whoever said nothing yet is asked."""
    asked = list[str]()

    async def noted(_: str, _game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
        asked.extend(seats)
        return {}

    async def scene() -> None:
        async with staged(stand_in=noted, held=("ARD", "BRV")) as stage:
            await stage.start()
            await stage.until("orders")
            asked.clear()
            stage.session.note_spoken(stage.step, "DOR", ())
            await stage.until("report")
            assert asked == ["COR"]

    run_virtually(scene())


def test_an_order_for_a_step_is_for_that_step_alone() -> None:
    """It counts while the step is open, whatever happened to its deadline; afterwards it is refused, and known if it had counted."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            step = stage.step
            await stage.order(o.CONTROL, "longer", o.Extend(seconds=60))
            assert isinstance(await stage.order("ARD", "1", o.Done(), step), f.Acked)
            await stage.order(o.CONTROL, "force", closing(stage.history.game.moment).act)
            late = await stage.order("BRV", "1", o.Done(), step)
            assert isinstance(late, f.Refusal)
            assert (late.code, late.field) == ("step/not-open", "step")
            assert isinstance(await stage.order("ARD", "1", o.Done(), step), f.Acked)
            assert stage.history.game.moment.done == ()

    run_virtually(scene())


def test_control_that_closes_a_step_has_missing_orders_noted_as_well() -> None:
    """Once, through whichever of two processes; a resend of the same act closes nothing more."""

    async def scene() -> None:
        log = memory_log()
        async with staged(courtesy=Courtesy("hold"), log=log) as one, staged(courtesy=Courtesy("hold"), log=log) as two:
            await one.start()
            await one.until("orders")
            await two.until("orders")
            count = len(notes(one))
            act = closing(one.history.game.moment).act
            answers = await asyncio.gather(one.order("control", "f", act), two.order("control", "g", act))
            assert any(isinstance(answer, f.Acked) for answer in answers)
            await two.until("adjudication")
            assert notes(two)[count:] == [(seat, "nothing") for seat in SEATS]

    run_virtually(scene())


def test_in_rounds_a_missing_envelope_is_a_missing_order() -> None:
    """Who handed one in is not noted, even if it is empty."""

    async def scene() -> None:
        async with staged("rounds", courtesy=Courtesy("hold")) as stage:
            await stage.start()
            while stage.phase != "orders":
                for seat in SEATS:
                    await stage.enclose(seat, ())
                await asyncio.sleep(1.0)
            count = len(notes(stage))
            for seat in SEATS[:3]:
                await stage.enclose(seat, ())
            await asyncio.sleep(10_000.0)
            assert notes(stage)[count : count + 1] == [(SEATS[3], "nothing")]

    run_virtually(scene())


def test_nobody_is_told_where_the_session_says_so() -> None:
    """The default: what is missing is missing."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("report")
            assert notes(stage) == []

    run_virtually(scene())


def test_an_order_in_the_last_seconds_gives_the_others_time_once() -> None:
    """Not an early one, not the word that one is done, and no second time in the same step."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy(quiet_seconds=20, quiet_more_seconds=60)) as stage:
            await stage.start()
            await stage.until("orders")
            due_ms = stage.history.timer.due_ms
            assert due_ms is not None
            await stage.order("ARD", "1", BUDGET)
            assert stage.history.timer.due_ms == due_ms
            await asyncio.sleep((stage.session.due_in_ms() or 0) / 1000 - 10)
            await stage.order("COR", "2", o.Done())
            assert stage.history.timer.due_ms == due_ms
            assert isinstance(await stage.order("BRV", "3", BUDGET), f.Acked)
            assert stage.history.timer.due_ms == due_ms + 60_000
            await asyncio.sleep((stage.session.due_in_ms() or 0) / 1000 - 5)
            await stage.order("DOR", "4", BUDGET)
            assert stage.history.timer.due_ms == due_ms + 60_000
            await stage.until("report")

    run_virtually(scene())
