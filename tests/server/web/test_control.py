"""Control over HTTP: undo, override, news, seats given to others, each by one request."""

from __future__ import annotations

import asyncio

from rules import events as ev
from rules import orders as o
from rules.orders import Done
from rules.state import Moment
from rules.wire import frames as f
from tests.server.site import Site, site

SLIP = {"reason": "a slip"}


async def panel(place: Site) -> dict[str, object]:
    """What lies before control."""
    answer = await place.ask("GET", f"/api/sessions/{place.session}/control", token=place.tokens["umpire"])
    assert answer.status == 200, answer.body
    found: dict[str, object] = answer.body
    return found


async def figure(place: Site, query: str) -> dict[str, object] | None:
    """The figure that is asked after, as it stands."""
    found = await place.ask("GET", f"/api/sessions/{place.session}/control?figure={query}", token=place.tokens["umpire"])
    asked: dict[str, object] | None = found.body["asked"]
    return asked


async def state(place: Site) -> dict[str, object]:
    """What everybody may know."""
    found: dict[str, object] = (await place.ask("GET", f"/api/sessions/{place.session}")).body
    return found


def test_an_undone_turn_is_played_again_and_both_stay_in_the_log() -> None:
    """One request; sent twice it counts once; clients are told and shown the step as it opens anew."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await place.force("orders")
            client = await place.client("ARD")
            seen = await client.until(f.Seen)
            act = {"act": "undo", "turn": 1, "id": "u1", **SLIP}
            for _ in range(2):
                assert (await place.control(**act)).status == 200
            told: list[ev.EventKinds] = []
            while not any(isinstance(event, ev.Undone) for event in told):
                told += (await client.until(f.Told)).events
            again = await client.until(f.Seen)
            assert again.step.startswith("clock:1:1:")
            assert again.step != seen.step
            now = await state(place)
            assert (now["turn"], now["phase"]) == (1, "briefing")
            before = await panel(place)
            assert before["branch"] == 1
            assert before["steps"] == [{"turn": 1, "phase": "briefing", "round": 1}]
            log = await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["umpire"])
            assert log.body.count('"kind":"undo"') == 1
            refused = await place.control(act="undo", turn=3, **SLIP)
            assert (refused.status, refused.body["code"]) == (409, "step/unknown")
            nothing = await place.control(act="undo", turn=1)
            assert (nothing.status, nothing.body["field"]) == (400, "undo.reason")

    asyncio.run(scene())


def test_a_practice_turn_is_one_act() -> None:
    """The turn is played, then the session is in the lobby, and starts anew."""

    async def scene() -> None:
        async with site() as place:
            await place.open(start=False)
            assert (await place.control(act="start", practice=True)).status == 200
            assert (await panel(place))["practice"] is True
            while (await state(place))["status"] == "running":
                assert (await state(place))["turn"] == 1
                await place.control(act="force")
            now = await state(place)
            assert (now["status"], now["turn"]) == ("lobby", 0)
            assert (await place.control(act="start")).status == 200
            assert (await state(place))["turn"] == 1

    asyncio.run(scene())


def test_a_figure_set_by_hand_is_shown_at_once_and_listed() -> None:
    """The event tells the rules' own value; the view is sent anew though the step stays open."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await place.force("negotiation")
            client = await place.client("BRV")
            first = await client.until(f.Seen)
            world = first.view["world"]
            assert isinstance(world, dict)
            before = world["approval"][0]
            assert (await place.control(act="override", figure="approval", at=["ARD"], value=0.125, **SLIP)).status == 200
            told = await client.until(f.Told)
            assert isinstance(told.events[0], ev.Overridden)
            world = (await client.until(f.Seen)).view["world"]
            assert isinstance(world, dict)
            assert world["approval"][0] == 0.125
            queries = ("approval&at=ARD", "goodwill&at=ARD,BRV", "approval&at=ARD,BRV", "luck&at=ARD")
            asked = [await figure(place, query) for query in queries]
            assert asked[0] == {"figure": "approval", "at": ["ARD"], "value": 0.125, "low": 0.0, "high": 1.0}
            assert asked[1] is not None
            assert asked[1]["low"] == -1.0
            assert asked[2:] == [None, None]
            found = (await panel(place))["set"]
            assert found == [
                {"figure": "approval", "at": ["ARD"], "before": before, "proposed": before, "value": 0.125, "reason": "a slip"}
            ]
            refused = await place.control(act="override", figure="luck", at=["ARD"], value=1.0, **SLIP)
            assert (refused.status, refused.body["code"]) == (409, "override/invalid")
            assert (await place.control(act="undo", turn=1, phase="negotiation", round=1, **SLIP)).status == 200
            assert (await panel(place))["set"] == []

    asyncio.run(scene())


def test_news_and_broadcasts_reach_whom_they_are_for() -> None:
    """In the words of the page: news, and control's own voice; planned news is control's alone until then."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            for act in (
                {"act": "inject", "text": "A storm rises.", "to": ["ARD"], **SLIP},
                {"act": "inject", "text": "It will snow.", "turn": 2, **SLIP},
                {"act": "broadcast", "text": "Lunch is at noon."},
            ):
                assert (await place.control(**act)).status == 200
            stories = {}
            for viewer in ("ARD", "BRV"):
                story = await place.ask("GET", f"/api/sessions/{place.session}/story", token=place.tokens[viewer])
                stories[viewer] = " ".join(line["sentence"] for line in story.body["lines"])
            assert "A storm rises." in stories["ARD"]
            assert "A storm rises." not in stories["BRV"]
            assert "Control says: Lunch is at noon." in stories["BRV"]
            assert "snow" not in stories["ARD"] + stories["BRV"]
            assert (await panel(place))["planned"] == [{"turn": 2, "text": "It will snow.", "to": [], "voice": "news"}]

    asyncio.run(scene())


def test_a_bot_takes_a_seat_in_the_middle_and_gives_it_back() -> None:
    """Its person is out, nobody else can claim the seat, the bot ends each step when the others are done; control gives it back."""

    async def scene() -> None:
        async with site() as place:
            await place.open(seats=("ARD", "BRV", "COR", "DOR"))
            await place.force("negotiation")
            leaver = await place.client("DOR")
            assert (await place.control(act="replace", country="DOR", by="bot", **SLIP)).status == 200
            assert await leaver.code() == 1008
            claimed = await place.ask("POST", place.seat_path("DOR"))
            assert (claimed.status, claimed.body["code"]) == (409, "seat/taken")
            seats = {seat["country"]: seat for seat in (await state(place))["seats"]}  # type: ignore[attr-defined]  # plain JSON
            assert [seats[c]["bot"] for c in ("ARD", "DOR")] == [False, True]
            clients = [await place.client(seat) for seat in ("ARD", "BRV", "COR")]
            for client in clients:
                await client.send(f.Submit(id="done", act=Done()))
            seen = await clients[0].until(f.Seen)
            while Moment(**seen.view["moment"]).round == 1:
                seen = await clients[0].until(f.Seen)
            given = await place.ask("POST", place.seat_path("DOR"), token=place.tokens["umpire"])
            assert given.status == 201
            assert (await panel(place))["stand_ins"] == []

    asyncio.run(scene())


def test_a_kicked_seat_is_free() -> None:
    """Its sockets close, its token is void, and another may take it."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            client = await place.client("DOR")
            assert (await place.control(act="kick", country="DOR", **SLIP)).status == 200
            assert await client.code() == 1008
            assert (await place.ask("GET", f"/api/sessions/{place.session}/desk", token=place.tokens["DOR"])).status == 401
            assert (await place.ask("POST", place.seat_path("DOR"))).status == 201

    asyncio.run(scene())


def test_the_panel_is_for_control_alone() -> None:
    """Neither a seat nor the public sees it; it says how long play goes on."""

    async def scene() -> None:
        async with site() as place:
            await place.open(start=False)
            whole = int(str((await panel(place))["left_seconds"]))
            await place.control(act="start", practice=True)
            assert int(str((await panel(place))["left_seconds"])) > whole  # what does not count comes on top
            while (await place.state())["status"] != "lobby":
                await place.control(act="force")
            assert int(str((await panel(place))["left_seconds"])) == whole
            await place.control(act="start")
            await place.force("orders")
            assert 0 < int(str((await panel(place))["left_seconds"])) < whole
            for viewer in ("ARD", "public"):
                answer = await place.ask("GET", f"/api/sessions/{place.session}/control", token=place.tokens[viewer])
                assert (answer.status, answer.body["code"]) == (401, "token/refused")

    asyncio.run(scene())


def test_a_start_waits_for_critical_posts_unless_it_says_why() -> None:
    """Seats and posts that the plan names; who started without them, why, and the hash of the plan can be read."""

    async def scene() -> None:
        async with site() as place:
            await place.open(start=False, seats=("ARD",), critical=("ARD", "BRV", "adjudicator"), frozen="ab" * 32)
            posts = f"/api/sessions/{place.session}/posts"
            refused = await place.control(act="start")
            assert (refused.status, refused.body["code"]) == (409, "start/unfilled")
            assert "BRV, adjudicator" in refused.body["sentence"]
            client = await place.client("umpire")
            await client.send(f.Submit(id="1", act=o.Start()))
            assert (await client.until(f.Refusal)).code == "start/unfilled"
            await place.appoint("adjudicator")
            found = (await place.ask("GET", posts, token=place.tokens["adjudicator"])).body
            assert (found["missing"], found["frozen"], found["despite"]) == (["BRV"], "ab" * 32, None)
            assert (await place.control(act="start", despite="Brava is late")).status == 200
            found = (await place.ask("GET", posts, token=place.tokens["umpire"])).body
            assert (found["despite"]["missing"], found["despite"]["reason"]) == (["BRV"], "Brava is late")
            assert (await place.state())["status"] == "running"
            await place.appoint("director")  # who presses the button as well: it has begun, for the reason that was given
            again = await place.ask(
                "POST", f"/api/sessions/{place.session}/control", {"act": "start", "despite": "No"}, place.tokens["director"]
            )
            assert again.status == 200
            assert (await place.ask("GET", posts, token=place.tokens["umpire"])).body["despite"]["reason"] == "Brava is late"

    asyncio.run(scene())
