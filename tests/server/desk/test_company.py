"""Bots in empty seats: they play a live session to its end, answer people, and make room for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from client.bots.payoff_bot import PayoffBot
from rules.orders import CONTROL, Act, Budget, Done, Propose
from rules.sequence import closing
from rules.state import View
from rules.vocabulary import Defend, Terms
from rules.wire import frames as f
from server.desk.bureau import Bureau
from server.desk.company import LOOK_S, Company
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import KEEP, Deadline, Entry, Keep, Outcome
from server.sessions.clock import LogClock
from server.sessions.hall import Hall
from server.sessions.substitutes import BY_BOT
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Tokens
from server.settings import Settings
from tests.patience import PATIENCE_S
from tests.server.site import Site, site
from tests.server.stage import Stage, staged


async def until(here: Site, phase: str) -> None:
    """Wait until a phase is open, closing those in which nobody can act."""
    async with asyncio.timeout(PATIENCE_S):
        while (state := await here.state())["phase"] != phase:
            if state["phase"] in ("briefing", "adjudication", "report"):
                await here.control(act="force")
            await asyncio.sleep(0.05)


async def spoken(here: Site, step: str) -> None:
    """Wait until a bot has given an order in a step of the first turn."""
    log = f"/api/sessions/{here.session}/log"
    async with asyncio.timeout(PATIENCE_S):
        while f":bot:0:1:{step}:" not in (await here.ask("GET", log, token=here.tokens["umpire"])).body:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.05)


def test_bots_play_to_the_end_and_wait_for_the_clock_without_people() -> None:
    """They speak in every step, and none closes before its time unless control closes it; then they have missed nothing."""

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=(), bots=True, missing="hold")
            await here.force("negotiation")
            await spoken(here, "negotiation:1")
            await asyncio.sleep(2 * LOOK_S)  # time to close the step, were they to
            state = await here.state()
            assert (state["phase"], state["round"]) == ("negotiation", 1)
            for phase in ("assembly", "orders"):
                await here.force(phase)
                await spoken(here, f"{phase}:1")
            await here.play_out()
            lines = await here.ask("GET", f"/api/sessions/{here.session}/story", token=here.tokens["public"])
            kinds = {line["kind"] for line in lines.body["lines"]}
            assert {"draft-tabled", "roll-call"} <= kinds
            assert "order-missed" not in kinds

    asyncio.run(scene())


def test_bots_wait_for_people_and_answer_them() -> None:
    """An offer to a bot is answered within the step; the step closes when the person is done, not before."""

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=("ARD",), bots=True)
            seats = (await here.ask("GET", f"/api/sessions/{here.session}")).body["seats"]
            assert {seat["country"]: seat["bot"] for seat in seats} == {"ARD": False, "BRV": True, "COR": True, "DOR": True}
            await until(here, "negotiation")
            client = await here.client("ARD")
            await spoken(here, "negotiation:1")
            pact = tuple(Defend(debtor=c, since=1, until=3) for c in ("ARD", "COR"))
            terms = Terms(parties=("ARD", "COR"), clauses=pact, formal=("ARD", "COR"))
            await client.send(f.Submit(id="offer", act=Propose(terms=terms, until=1)))
            await client.until(f.Acked)
            said: set[str] = set()
            while not said & {"offer-signed", "offer-rejected"}:
                told = await client.until(f.Told)
                said |= {event.kind for event in told.events}
            assert (await here.ask("GET", f"/api/sessions/{here.session}")).body["round"] == 1
            await client.send(f.Submit(id="done", act=Done()))
            while "step-opened" not in said:
                said |= {event.kind for event in (await client.until(f.Told)).events}

    asyncio.run(scene())


def test_who_takes_a_seat_in_mid_game_replaces_its_bot() -> None:
    """And in rounds there are none."""

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=(), bots=True)
            assert (await here.ask("POST", here.seat_path("COR"))).status == 201
            seats = (await here.ask("GET", f"/api/sessions/{here.session}")).body["seats"]
            assert [seat["country"] for seat in seats if seat["claimed"] and not seat["bot"]] == ["COR"]
            refused = await here.ask("POST", "/api/sessions", {"scenario": "tiny", "pace": "rounds", "bots": True})
            assert (refused.status, refused.body["field"]) == (400, "bots")

    asyncio.run(scene())


class Ailing(MemoryLog):
    """A log that gives no answer to the next appends of so many."""

    silent = 0

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Fail, or append."""
        if self.silent:
            self.silent -= 1
            raise LogUnavailable("no answer")
        return await super().append(game_id, version, entries, deadline)


def test_who_takes_a_seat_over_sees_what_the_bot_gave_and_replaces_it() -> None:
    """Each sealed order of the bot is marked on the desk; another about the same thing stands there in its stead, without the mark."""

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=("ARD", "BRV", "DOR"), bots=True)
            await here.force("orders")
            await spoken(here, "orders:1")
            here.tokens["COR"] = (await here.ask("POST", here.seat_path("COR"))).body["token"]
            desk = f"/api/sessions/{here.session}/desk"
            sealed = (await here.ask("GET", desk, token=here.tokens["COR"])).body["desk"]["sealed"]
            assert {item["bot"] for item in sealed} == {True}
            assert [item["act"]["kind"] for item in sealed].count("budget") == 1
            client = await here.client("COR")
            await client.send(f.Submit(id="own", act=Budget(guns=0.0123, aid=0.0)))
            await client.until(f.Acked)
            again = (await here.ask("GET", desk, token=here.tokens["COR"])).body["desk"]["sealed"]
            assert [item["act"]["guns"] for item in again if not item["bot"]] == [0.0123]
            assert len(again) == len(sealed)

    asyncio.run(scene())


@asynccontextmanager
async def rehearsal() -> AsyncIterator[tuple[Stage, Ailing, list[Company]]]:
    """A session in its first talks with bots in all seats, and the companies of two processes."""
    log, bureau = Ailing(lambda: 0), Bureau()
    async with staged(log=log, held=()) as stage:
        clock = LogClock(log)
        hall = Hall(Surroundings(log, stage.shelf, clock, Settings()))
        companies = [Company(hall, Tokens(stage.shelf, clock, Settings().limits), bureau) for _ in range(2)]
        await stage.start()
        while stage.phase != "negotiation":
            await stage.order(CONTROL, stage.step, closing(stage.history.game.moment).act)
        try:
            yield stage, log, companies
        finally:
            bureau.close()


def by_bots(stage: Stage) -> list[str]:
    """The orders that bots gave."""
    return [entry.order.id for entry in stage.history.entries if BY_BOT in entry.order.id]


def test_a_process_that_comes_later_says_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads in the log who has spoken in the open step, and thinks for nobody else."""
    asked, choose = list[str](), PayoffBot.choose_together

    def noting(bots: Sequence[PayoffBot], views: Sequence[View]) -> list[tuple[Act, ...]]:
        asked.extend(sight.viewer for sight in views)
        return choose(bots, views)

    async def scene() -> None:
        async with rehearsal() as (stage, _, companies):
            await companies[0].play(stage.session)
            await stage.session.look()
            said = by_bots(stage)
            asked.clear()
            for _ in range(2):
                await companies[1].play(stage.session)
                await stage.session.look()
            assert by_bots(stage) == said
            spoke = {name.partition(":")[0] for name in said}
            assert spoke
            assert set(asked) == {"ARD", "BRV", "COR", "DOR"} - spoke

    monkeypatch.setattr(PayoffBot, "choose_together", noting)
    asyncio.run(scene())


def test_what_the_log_could_not_take_is_said_again() -> None:
    """Under the same ids, so that it is there once."""

    async def scene() -> list[str]:
        async with rehearsal() as (stage, log, companies):
            log.silent = silent
            for _ in range(2):
                await companies[0].play(stage.session)
                await stage.session.look()
            assert log.silent == 0
            return by_bots(stage)

    silent = 0
    said = asyncio.run(scene())
    silent = 1
    assert said
    assert asyncio.run(scene()) == said
