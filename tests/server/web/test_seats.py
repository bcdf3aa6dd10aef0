"""Several devices a seat, and the order sheet that they share."""

from __future__ import annotations

import asyncio

from rules.orders import Done
from rules.wire import frames as f
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from tests.server.site import Answer, Client, Site, site
from tests.server.stage import with_limits

BUDGET = {"kind": "budget", "guns": 0.1}


def devices_path(place: Site, seat: str) -> str:
    """Where the devices of a seat are."""
    return f"{place.seat_path(seat)}/devices"


async def keep(place: Site, seat: str, number: int, **sheet: object) -> Answer:
    """Keep a sheet."""
    return await place.ask("PUT", f"/api/sessions/{place.session}/sheet", {"number": number, **sheet}, place.tokens[seat])


def test_a_second_device_plays_the_same_seat_and_is_dismissed_alone() -> None:
    """Both are told the same; the first stays when the second has to go; a seat given out anew ends all."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await place.force("negotiation")
            more = await place.ask("POST", devices_path(place, "ARD"), token=place.tokens["ARD"])
            assert more.status == 201
            place.tokens["phone"] = more.body["token"]
            first = await place.client("ARD")
            client = await _second(place)
            await client.send(f.Submit(id="1", act=Done()))
            for socket in (first, client):
                told = await socket.until(f.Told)
                assert any(event.kind == "seat-done" for event in told.events) or await socket.until(f.Told)
            listed = await place.ask("GET", devices_path(place, "ARD"), token=place.tokens["phone"])
            assert listed.body["mine"] == more.body["device"]
            assert sorted((d["device"], d["sockets"]) for d in listed.body["devices"]) == sorted([("first", 1), (more.body["device"], 1)])
            path = f"{devices_path(place, 'ARD')}/{more.body['device']}"
            assert (await place.ask("DELETE", path, token=place.tokens["ARD"])).status == 200
            assert (await place.ask("DELETE", path, token=place.tokens["ARD"])).status == 404
            assert await client.code() == 1008
            await first.send(f.Look())
            assert await first.until(f.Seen)
            again = await place.ask("POST", devices_path(place, "ARD"), token=place.tokens["umpire"])
            await place.ask("POST", place.seat_path("ARD"), token=place.tokens["umpire"])
            for token in (again.body["token"], place.tokens["ARD"]):
                assert (await place.ask("GET", devices_path(place, "ARD"), token=token)).status == 401

    asyncio.run(scene())


async def _second(place: Site) -> Client:
    tokens, place.tokens = place.tokens, {**place.tokens, "ARD": place.tokens["phone"]}
    try:
        return await place.client("ARD")
    finally:
        place.tokens = tokens


def test_an_invitation_lets_people_in_and_does_nothing_else() -> None:
    """Whoever has the code joins the seat and gives a name, which its people and control see; the code opens nothing else."""

    async def scene() -> None:
        async with site() as place:
            await place.open(seats=("ARD", "BRV"))
            invitation = f"{place.seat_path('ARD')}/invitation"
            invited = await place.ask("POST", invitation, token=place.tokens["ARD"])
            assert (invited.status, len(invited.body["code"]), invited.body["seconds"]) == (201, 8, 3600)
            code = invited.body["code"]
            closed = (("GET", devices_path(place, "ARD")), ("POST", devices_path(place, "BRV")), ("POST", invitation))
            for method, path in closed:
                assert (await place.ask(method, path, token=code)).status == 401
            more = await place.ask("POST", devices_path(place, "ARD"), token=code)
            assert more.status == 201
            own = f"{devices_path(place, 'ARD')}/{more.body['device']}"
            named = await place.ask("PUT", own, {"name": " Ada "}, more.body["token"])
            assert {device["device"]: device["name"] for device in named.body["devices"]} == {"first": "", more.body["device"]: "Ada"}
            assert (await place.ask("PUT", f"{devices_path(place, 'ARD')}/none", {"name": "Ben"}, more.body["token"])).status == 404
            assert (await place.ask("PUT", own, {"name": "a\nb"}, more.body["token"])).status == 400
            listed = await place.ask("GET", devices_path(place, "ARD"), token=place.tokens["umpire"])
            assert "Ada" in str(listed.body)
            for viewer in ("BRV", "public"):
                state = await place.ask("GET", f"/api/sessions/{place.session}", token=place.tokens[viewer])
                assert "Ada" not in str(state.body)

    asyncio.run(scene())


def test_devices_are_the_seats_own_business_and_controls() -> None:
    """No other seat sees or changes them, and there are only so many."""

    async def scene() -> None:
        async with site(with_limits(devices_per_seat_max=2)) as place:
            await place.open()
            for viewer in ("BRV", "public"):
                for method in ("GET", "POST"):
                    assert (await place.ask(method, devices_path(place, "ARD"), token=place.tokens[viewer])).status == 401
                assert (await place.ask("DELETE", f"{devices_path(place, 'ARD')}/first", token=place.tokens[viewer])).status == 401
            assert (await place.ask("POST", devices_path(place, "ARD"))).status == 401
            assert (await place.ask("POST", devices_path(place, "ARD"), token=place.tokens["ARD"])).status == 201
            full = await place.ask("POST", devices_path(place, "ARD"), token=place.tokens["ARD"])
            assert (full.status, full.body["code"]) == (429, "limit/too-many")
            assert (await place.ask("POST", devices_path(place, "QQQ"), token=place.tokens["umpire"])).status == 404

    asyncio.run(scene())


def test_a_sheet_outlives_the_server_and_no_device_overwrites_what_it_has_not_seen() -> None:
    """The number of the sheet decides; the other devices are nudged; the same again after a lost answer is harmless."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as place:
            await place.open()
            client = await place.client("ARD")
            empty = await place.ask("GET", f"/api/sessions/{place.session}/sheet", token=place.tokens["ARD"])
            assert empty.body == {"number": 0, "step": None, "acts": [], "notes": ""}
            kept = await keep(place, "ARD", 0, acts=[BUDGET], notes="more guns?")
            assert (kept.status, kept.body["number"]) == (200, 1)
            nudge = await client.until(f.Nudge)
            assert (nudge.about, nudge.number) == ("sheet", 1)
            assert (await keep(place, "ARD", 0, acts=[BUDGET], notes="more guns?")).body["number"] == 1
            late = await keep(place, "ARD", 0, notes="fewer guns")
            assert (late.status, late.body["code"]) == (409, "sheet/changed")
            wrong = await keep(place, "ARD", 1, acts=[{"kind": "conquer"}])
            assert wrong.status == 400
            old = place
        async with site(log=log, shelf=shelf) as place:
            place.session, place.tokens = old.session, old.tokens
            found = await place.ask("GET", f"/api/sessions/{place.session}/sheet", token=place.tokens["ARD"])
            assert (found.body["number"], found.body["notes"], found.body["acts"][0]["guns"]) == (1, "more guns?", 0.1)

    asyncio.run(scene())


def test_a_sheet_is_its_seats_alone() -> None:
    """Neither another seat, nor the public, nor control reads it; others find their own, which is empty."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await keep(place, "ARD", 0, notes="canary")
            path = f"/api/sessions/{place.session}/sheet"
            other = await place.ask("GET", path, token=place.tokens["BRV"])
            assert other.body["number"] == 0
            statuses = {viewer: (await place.ask("GET", path, token=place.tokens[viewer])).status for viewer in ("public", "umpire")}
            assert statuses == {"public": 403, "umpire": 401}
            log = await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["umpire"])
            assert "canary" not in log.body

    asyncio.run(scene())


def test_a_preview_tells_the_spread_and_changes_nothing() -> None:
    """As many runs as asked, none of them kept; only control may look."""

    async def scene() -> None:
        log = MemoryLog(lambda: 1_000_000)
        async with site(log=log) as place:
            await place.open()
            await place.force("orders")
            version = await log.version(place.session)
            path = f"/api/sessions/{place.session}/preview"
            answer = await place.ask("POST", path, {"times": 7}, place.tokens["umpire"])
            assert (answer.status, answer.body["times"]) == (200, 7)
            assert answer.body["certain"] > 0
            assert all(0 < outcome["share"] <= 1 for outcome in answer.body["outcomes"])
            assert await log.version(place.session) == version
            assert (await place.ask("POST", path, {"times": 7}, place.tokens["ARD"])).status == 401
            assert (await place.ask("POST", path, {"times": 1000}, place.tokens["umpire"])).status == 400

    asyncio.run(scene())


def test_role_sheets_of_all_seats_are_for_control_alone() -> None:
    """In the language that is asked for; no seat and no public reads what another seat is handed."""

    async def scene() -> None:
        async with site() as place:
            await place.open(turns=2)
            path = f"/api/sessions/{place.session}/roles"
            found = await place.ask("GET", f"{path}?lang=ru", token=place.tokens["umpire"])
            assert [role["name"] for role in found.body["roles"]] == ["Арден", "Брава", "Корин", "Дорн"]
            assert "## План на 45 минут" in found.body["lesson"]
            assert (found.body["turns"], found.body["whole"]) == (2, 3)
            assert 0 < found.body["minutes"] < 31
            assert all(role["public"] and role["secret"] and role["aims"] for role in found.body["roles"])
            for token in (place.tokens["ARD"], place.tokens["public"], None):
                assert (await place.ask("GET", path, token=token)).status == 401

    asyncio.run(scene())
