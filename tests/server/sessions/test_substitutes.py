"""Seats of bots keep their word whoever closes the step, and nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import pytest

from client.bots.payoff_bot import PayoffBot
from rules import events as ev
from rules import orders as o
from rules.sequence import closing
from rules.state import Game
from rules.view import view
from rules.vocabulary import GiveAid, Terms, VotePledge
from rules.wire import frames as f
from server.reasons import Reason
from server.sessions.courtesy import Courtesy
from server.sessions.requests import Ordered
from server.sessions.substitutes import BY_BOT, bots_order
from tests.server.stage import SEATS, Stage, eventually, memory_log, staged
from tests.simulation.loop import run_virtually

BUDGET = o.Budget(guns=0.1, aid=0.0)
Closing = Callable[[Stage], Awaitable[None]]


async def forced(stage: Stage) -> None:
    """Control closes the step."""
    now = stage.history.game.moment
    act = o.Advance(turn=now.turn, phase=now.phase, round=now.round, revision=now.revision)
    assert isinstance(await stage.order(o.CONTROL, f"force-{now.phase}-{now.round}", act), f.Acked)


async def timed(stage: Stage) -> None:
    """Its time is over."""
    step = stage.step
    await eventually(lambda: stage.step != step)


async def all_but_bots_done(stage: Stage) -> None:
    """All people are; bots that never spoke keep the step open until its time is over."""
    for seat in ("ARD", "BRV", "DOR"):
        await stage.order(seat, "done", o.Done())
    await timed(stage)


async def ask(stage: Stage, order: o.Order, step: str | None = None) -> f.OutKinds:
    """An order of a bot, and the answer."""
    answer: asyncio.Future[f.OutKinds] = asyncio.get_running_loop().create_future()
    stage.session.ask(Ordered(order, order.id, answer.set_result, step))
    return await answer


class Arming:
    """A stand-in that arms, and counts for whom it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    async def __call__(self, _: str, game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
        """A budget for each, and something that nobody may do."""
        self.asked.append(tuple(seats))
        return {seat: (BUDGET, o.Start()) for seat in seats}


def by_bots(stage: Stage) -> list[str]:
    """Whose bots gave orders, one for each."""
    return [entry.order.author for entry in stage.history.entries if BY_BOT in entry.order.id]


async def findings(stage: Stage, close: Closing) -> list[str]:
    """What became of the promises of a bot: it took the seat over after a person had promised a vote and a payment."""
    await stage.start()
    await stage.until("negotiation")
    draft = o.Table(council="four", action="condemn", issue="dorn-force", target="DOR")
    assert isinstance(await stage.order("ARD", "draft", draft), f.Acked)
    promises = (
        VotePledge(debtor="BRV", since=1, until=1, issue="dorn-force", choice="yes"),
        GiveAid(debtor="BRV", since=1, until=1, to="ARD", amount=0.01),
    )
    terms = Terms(parties=("ARD", "BRV"), clauses=promises, formal=("ARD", "BRV"))
    assert isinstance(await stage.order("BRV", "offer", o.Propose(terms=terms, until=1)), f.Acked)
    (offer,) = stage.history.game.offers
    assert isinstance(await stage.order("ARD", "sign", o.Sign(offer=offer.id)), f.Acked)
    await stage.order(o.CONTROL, "bot", o.Reseat(country="BRV", holder="bot", reason="Somebody had to leave"))
    while stage.phase != "adjudication":
        await close(stage)
    return [verdict.finding for verdict in stage.history.game.verdicts if verdict.debtor == "BRV"]


async def thinking(session_id: str, game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """What bots really do."""
    return {seat: PayoffBot(seed=f"{session_id}:{seat}").choose(view(game, seat)) for seat in seats}


async def nobody(_: str, __: Game, ___: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
    """A bot that is asked and stays silent."""
    return {}


def test_a_bot_that_speaks_while_it_is_asked_speaks_once() -> None:
    """Its process thought the step over too: the same ids, and what was said first counts, by itself and when it is said again."""

    async def scene() -> None:
        stages = list[Stage]()
        other = o.Budget(guns=0.2, aid=0.0)

        async def meanwhile(_: str, __: Game, seats: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
            (stage,) = stages
            stage.session.note_spoken(stage.step, "BRV", [bots_order("BRV", stage.step, 0, BUDGET)])
            stage.session.note_spoken(stage.step, "BRV", [bots_order("BRV", stage.step, 0, other)])
            return dict.fromkeys(seats, (other, other))

        async with staged(stand_in=meanwhile) as stage:
            stages.append(stage)
            await stage.start()
            await stage.order(o.CONTROL, "bot", o.Reseat(country="BRV", holder="bot", reason="Somebody had to leave"))
            await stage.until("orders")
            await forced(stage)
            given = [entry.order for entry in stage.history.entries if ":orders:1:" in entry.order.id and entry.order.author == "BRV"]
            assert [order.act for order in given] == [BUDGET]

    run_virtually(scene())


@pytest.mark.parametrize("close", [forced, timed])
def test_a_bot_keeps_its_word_whoever_closes_the_step(close: Closing) -> None:
    """A promised ballot is cast and a promised payment made, at once after the step opens; where nobody stands in they are not."""

    async def scene() -> None:
        async with staged(stand_in=thinking) as stage:
            assert await findings(stage, close) == ["kept", "kept"]
        async with staged(stand_in=nobody) as stage:
            assert await findings(stage, close) == ["breached", "breached"]

    run_virtually(scene())


def test_whoever_closes_a_step_bots_have_spoken_in_it() -> None:
    """Control, the clock and people who are done, live and in rounds; the budget takes effect, once, and nothing of it is for people."""

    async def scene(pace: f.Pace, close: Closing) -> None:
        arming = Arming()
        async with staged(pace, stand_in=arming, held=("ARD", "BRV", "DOR")) as stage:
            await stage.start()
            await stage.until("orders")
            arming.asked.clear()
            before = by_bots(stage)
            await close(stage)
            assert arming.asked == [("COR",)]
            assert by_bots(stage)[len(before) :] == ["COR"]
            await stage.until("report")
            assert (stage.history.game.world.guns == 0.1).tolist() == [seat == "COR" for seat in SEATS]

    for pace in ("live", "rounds"):
        run_virtually(scene(pace, forced))
        run_virtually(scene(pace, timed))
    run_virtually(scene("live", all_but_bots_done))


def test_nobody_thinks_twice_and_what_was_chosen_is_completed() -> None:
    """A bot that spoke, here or through another process, is not asked; of what it chose here nothing is missing and nothing there twice."""

    async def scene() -> None:
        arming, aid = Arming(), o.Aid(to="DOR", amount=0.01)
        async with staged(stand_in=arming, held=("ARD",)) as stage:
            await stage.start()
            await stage.until("orders")
            arming.asked.clear()
            acts: tuple[o.Act, ...] = (BUDGET, aid)
            chosen = [bots_order("BRV", stage.step, number, act) for number, act in enumerate(acts)]
            stage.session.note_spoken(stage.step, "BRV", chosen)
            await ask(stage, chosen[0])
            await ask(stage, bots_order("COR", stage.step, 0, BUDGET))
            stage.session.note_spoken("clock:0:9:orders:1:0", "DOR", chosen)  # of a step that is not open
            step = stage.step
            await forced(stage)
            assert arming.asked == [("DOR",)]
            names = [entry.order.id for entry in stage.history.entries if ":orders:" in entry.order.id and BY_BOT in entry.order.id]
            assert names == [f"{seat}{BY_BOT}0:1:orders:1:{number}" for seat, number in (("BRV", 0), ("COR", 0), ("BRV", 1), ("DOR", 0))]
            assert isinstance(answer := await ask(stage, bots_order("DOR", step, 7, BUDGET), step), f.Refusal)
            assert answer.code == Reason.STEP

    run_virtually(scene())


def test_two_processes_that_close_a_step_let_bots_speak_once() -> None:
    """Whichever is quicker."""

    async def scene() -> None:
        log, arming = memory_log(), Arming()
        async with staged(log=log, stand_in=arming, held=()) as one, staged(log=log, stand_in=arming, held=()) as two:
            await one.start()
            await one.until("orders")
            await two.until("orders")
            act = closing(one.history.game.moment).act
            await asyncio.gather(one.order(o.CONTROL, "f", act), two.order(o.CONTROL, "g", act))
            await two.until("adjudication")
            names = [entry.order.id for entry in two.history.entries if BY_BOT in entry.order.id and ":orders:" in entry.order.id]
            assert names == [f"{seat}{BY_BOT}0:1:orders:1:0" for seat in SEATS]

    run_virtually(scene())


def test_a_step_closes_though_no_bot_can_think() -> None:
    """Where bots fail it closes without them; missing orders of people are noted as ever, and the session is not parked."""

    async def failing(_: str, __: Game, ___: Sequence[str]) -> Mapping[str, Sequence[o.Act]]:
        raise ZeroDivisionError

    async def scene() -> None:
        async with staged(courtesy=Courtesy("bot"), stand_in=failing, held=("ARD",)) as stage:
            await stage.start()
            await stage.until("orders")
            await forced(stage)
            assert (stage.phase, stage.session.parked) == ("adjudication", None)
            missed = [event for entry in stage.history.entries for event in entry.events if isinstance(event, ev.OrderMissed)]
            assert {(event.country, event.instead) for event in missed} == {("ARD", "nothing")}

    run_virtually(scene())


def test_a_step_stays_open_while_it_is_not_known_who_plays() -> None:
    """The store gives no answer: control is told so, nothing is lost, and the same again closes the step."""

    async def scene() -> None:
        arming, away = Arming(), list[str]()
        async with staged(stand_in=arming, held=("ARD",), away=away) as stage:
            await stage.start()
            await stage.until("orders")
            away.append("the store")
            act = closing(stage.history.game.moment).act
            assert isinstance(answer := await stage.order(o.CONTROL, "f", act), f.Refusal)
            assert (answer.code, stage.phase) == (Reason.LOG, "orders")
            away.clear()
            assert isinstance(await stage.order(o.CONTROL, "f", act), f.Acked)
            assert sorted(by_bots(stage)[-3:]) == ["BRV", "COR", "DOR"]

    run_virtually(scene())
