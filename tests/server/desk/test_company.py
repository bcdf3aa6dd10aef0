"""Bots in empty seats: they play a live session to its end, answer people, and make room for them."""

from __future__ import annotations

import asyncio

from rules.orders import Done, Propose
from rules.vocabulary import Defend, Terms
from rules.wire import frames as f
from tests.server.site import Site, site


async def until(here: Site, phase: str) -> dict[str, object]:
    """Wait until a phase is open, closing those in which nobody can act."""
    state: dict[str, object] = {}
    for _ in range(200):
        state = (await here.ask("GET", f"/api/sessions/{here.session}")).body
        if state["phase"] == phase or state["status"] == "over":
            return state
        if state["phase"] in ("briefing", "adjudication", "report"):
            await here.control(act="force")
        await asyncio.sleep(0.1)
    raise AssertionError(f"{phase} never came: {state}")


def test_bots_play_to_the_end_and_wait_for_the_clock_without_people() -> None:
    """They speak in every step, and none closes before its time unless control closes it."""

    async def scene() -> None:
        async with site() as here:
            await here.open(seats=(), bots=True)
            await until(here, "negotiation")
            await asyncio.sleep(1.5)
            state = (await here.ask("GET", f"/api/sessions/{here.session}")).body
            assert (state["phase"], state["round"]) == ("negotiation", 1)
            while state["status"] != "over":
                await here.control(act="force")
                await asyncio.sleep(0.7 if state["phase"] in ("negotiation", "assembly", "orders") else 0.0)
                state = (await here.ask("GET", f"/api/sessions/{here.session}")).body
            lines = await here.ask("GET", f"/api/sessions/{here.session}/story", token=here.tokens["public"])
            assert {"draft-tabled", "roll-call"} <= {line["kind"] for line in lines.body["lines"]}

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
            await asyncio.sleep(1.2)  # the bots have spoken
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
