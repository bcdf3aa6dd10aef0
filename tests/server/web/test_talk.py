"""Rooms over HTTP: who hears what, in one order, once; moderation, rates, and what control hears."""

from __future__ import annotations

import asyncio

from rules.wire import frames as f
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.settings import Rate
from tests.server.site import Answer, Site, site
from tests.server.stage import SEATS, with_limits

VIEWERS = (*SEATS, "umpire")


async def say(place: Site, seat: str, text: str, *to: str, name: str = "1") -> Answer:
    """Say something."""
    return await place.ask("POST", f"/api/sessions/{place.session}/talk", {"id": name, "to": to, "text": text}, place.tokens[seat])


async def heard(place: Site, viewer: str, since: int = 0) -> list[tuple[str, str]]:
    """(status, text) of what a viewer hears."""
    answer = await place.ask("GET", f"/api/sessions/{place.session}/talk?since={since}", token=place.tokens[viewer])
    assert answer.status == 200, answer.body
    numbers = [item["number"] for item in answer.body["heard"]]
    assert numbers == list(range(since + 1, since + 1 + len(numbers)))
    return [(item["status"], item["text"]) for item in answer.body["heard"]]


async def rule(place: Site, message: str, *, passes: bool, reason: str = "") -> Answer:
    """Control rules."""
    path = f"/api/sessions/{place.session}/talk/{message}"
    return await place.ask("POST", path, {"passes": passes, "reason": reason}, place.tokens["umpire"])


def test_what_is_said_in_a_room_stays_in_it() -> None:
    """Bilateral, of three, and of one seat's own people; nobody else learns even that there was talk."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            assert (await say(place, "ARD", "to you alone", "BRV")).status == 201
            assert (await say(place, "BRV", "to you both", "ARD", "COR")).status == 201
            assert (await say(place, "DOR", "among ourselves")).status == 201
            found = {viewer: [text for _, text in await heard(place, viewer)] for viewer in VIEWERS}
            assert found == {
                "ARD": ["to you alone", "to you both"],
                "BRV": ["to you alone", "to you both"],
                "COR": ["to you both"],
                "DOR": ["among ourselves"],
                "umpire": [],
            }
            assert await heard(place, "ARD", 1) == [("said", "to you both")]
            public = await place.ask("GET", f"/api/sessions/{place.session}/talk", token=place.tokens["public"])
            assert public.status == 403
            assert (await place.ask("GET", f"/api/sessions/{place.session}/talk")).status == 401
            log = await place.ask("GET", f"/api/sessions/{place.session}/talk/log", token=place.tokens["umpire"])
            assert (log.status, log.body) == (200, "")

    asyncio.run(scene())


def test_a_message_sent_twice_counts_once_and_survives_the_server() -> None:
    """The same id with other words is refused; after a restart everything is there; the list of sessions has no talk in it."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as place:
            await place.open()
            for _ in range(2):
                assert (await say(place, "ARD", "hello", "BRV")).status == 201
            other = await say(place, "ARD", "goodbye", "BRV")
            assert (other.status, other.body["code"]) == (409, "order/id-reused")
            old = place
        async with site(log=log, shelf=shelf) as place:
            place.session, place.tokens = old.session, old.tokens
            assert await heard(place, "BRV") == [("said", "hello")]
            cards = await place.ask("GET", "/api/sessions")
            assert [card["session"] for card in cards.body["sessions"]] == [place.session]

    asyncio.run(scene())


def test_those_who_hear_are_nudged_and_others_are_not() -> None:
    """On every socket of a seat in the room, through any process."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as one, site(log=log, shelf=shelf) as two:
            await one.open()
            two.session, two.tokens = one.session, one.tokens
            near, far, outside = await one.client("BRV"), await two.client("BRV"), await one.client("COR")
            await say(one, "ARD", "hello", "BRV")
            for client in (near, far):
                nudge = await client.until(f.Nudge)
                assert (nudge.about, nudge.number) == ("talk", 1)
            await say(one, "COR", "later", name="2")
            assert (await outside.until(f.Nudge)).number == 1

    asyncio.run(scene())


def test_in_a_moderated_session_a_message_waits_for_control() -> None:
    """Its author sees it wait; once passed the others hear it; withheld, they never know. Everybody was told that this is so."""

    async def scene() -> None:
        async with site() as place:
            await place.open(talk="moderated")
            assert (await place.ask("GET", f"/api/sessions/{place.session}")).body["talk"] == "moderated"
            await say(place, "ARD", "fine words", "BRV", name="a")
            await say(place, "ARD", "foul words", "BRV", name="b")
            await say(place, "ARD", "among ourselves", name="c")
            assert await heard(place, "BRV") == []
            assert await heard(place, "umpire") == [("held", "fine words"), ("held", "foul words")]
            assert (await rule(place, "ARD:a", passes=True)).status == 200
            assert (await rule(place, "ARD:a", passes=True)).status == 200
            assert (await rule(place, "ARD:b", passes=False, reason="be kind")).status == 200
            twice = await rule(place, "ARD:b", passes=True)
            assert twice.status == 409
            assert (await rule(place, "ARD:c", passes=True)).status == 404
            assert await heard(place, "BRV") == [("said", "fine words")]
            assert ("withheld", "foul words") in await heard(place, "ARD")
            for viewer in ("ARD", "public"):
                path = f"/api/sessions/{place.session}/talk/ARD:a"
                assert (await place.ask("POST", path, {"passes": True}, place.tokens[viewer])).status == 401

    asyncio.run(scene())


def test_control_hears_all_rooms_only_where_everybody_was_told() -> None:
    """And has all of it as lines then; it speaks by broadcasts."""

    async def scene() -> None:
        async with site() as place:
            await place.open(overheard=True)
            assert (await place.ask("GET", f"/api/sessions/{place.session}")).body["overheard"] is True
            await say(place, "ARD", "hello", "BRV")
            await say(place, "DOR", "among ourselves")
            assert [text for _, text in await heard(place, "umpire")] == ["hello", "among ourselves"]
            log = await place.ask("GET", f"/api/sessions/{place.session}/talk/log", token=place.tokens["umpire"])
            assert log.body.count("among ourselves") == 1
            assert (await say(place, "umpire", "attention", "ARD")).status == 403

    asyncio.run(scene())


async def ask(place: Site, seat: str, asks: str, text: str, name: str = "1", **more: object) -> Answer:
    """A request to the white cell."""
    body = {"id": name, "asks": asks, "text": text, **more}
    return await place.ask("POST", f"/api/sessions/{place.session}/talk", body, place.tokens[seat])


def test_a_request_waits_for_the_white_cell_and_survives_the_server() -> None:
    """Heard by its own seat, control and the team's controller alone, even where seats do not talk; answered once, by whoever may."""

    async def scene() -> None:
        log, shelf = MemoryLog(lambda: 1_000_000), MemoryShelf()
        async with site(log=log, shelf=shelf) as place:
            await place.open(talk="off")
            for post in ("adjudicator", "cell", "evaluator", "controller-ARD", "controller-BRV"):
                await place.appoint(post)
            assert (await ask(place, "ARD", "ruling", "May we?", addressee="adjudicator")).status == 201
            assert (await ask(place, "ARD", "ruling", "May we?", to=["BRV"])).status == 400
            old = place
        async with site(log=log, shelf=shelf) as place:
            place.session, place.tokens = old.session, old.tokens
            for viewer in ("ARD", "umpire", "adjudicator", "cell", "controller-ARD"):
                assert await heard(place, viewer) == [("held", "May we?")]
            for viewer in ("BRV", "controller-BRV"):
                assert await heard(place, viewer) == []
            path, answer = f"/api/sessions/{place.session}/talk/ARD:1", {"passes": True, "reason": "You may."}
            for post, status in (("evaluator", 403), ("controller-BRV", 403), ("adjudicator", 200), ("adjudicator", 200), ("cell", 409)):
                assert (await place.ask("POST", path, answer, place.tokens[post])).status == status, post
            told = (await place.ask("GET", f"/api/sessions/{place.session}/talk?since=1", token=place.tokens["ARD"])).body["heard"][0]
            assert (told["status"], told["reason"], told["asks"], told["addressee"]) == ("said", "You may.", "ruling", "adjudicator")
            assert told["by"].startswith("adjudicator.")
            lines = await place.ask("GET", f"/api/sessions/{place.session}/talk/log", token=place.tokens["evaluator"])
            assert lines.body.count("May we?") == lines.body.count("You may.") == 1

    asyncio.run(scene())


def test_a_note_is_for_the_white_cell_alone() -> None:
    """Its own post and control hear it, no seat and no other post; whoever may not write notes is refused, seats among them."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            for post in ("evaluator", "adjudicator", "cell", "controller-ARD", "observer"):
                await place.appoint(post)
            assert (await ask(place, "evaluator", "note", "Nobody spoke.", about="O1")).status == 201
            for viewer in ("evaluator", "adjudicator", "umpire"):
                assert await heard(place, viewer) == [("said", "Nobody spoke.")]
            for viewer in ("ARD", "cell", "controller-ARD"):
                assert await heard(place, viewer) == []
            for viewer in ("ARD", "cell", "observer"):
                assert (await ask(place, viewer, "note", "x")).status == 403
            assert (await ask(place, "evaluator", "ruling", "x", "2")).status == 403

    asyncio.run(scene())


def test_an_answer_is_told_to_everybody_or_becomes_news() -> None:
    """Under an id of its own, so that it comes once; whoever may not inject answers the asker alone; nothing else is told so."""

    async def scene() -> None:
        async with site() as place:
            await place.open(talk="moderated")
            await place.appoint("controller-ARD")
            for number, told in enumerate(("everybody", "news")):
                await ask(place, "ARD", "information", "How many?", str(number))
                path = f"/api/sessions/{place.session}/talk/ARD:{number}"
                answer = {"passes": True, "reason": f"Seven {told}.", "told": told}
                assert (await place.ask("POST", path, answer, place.tokens["controller-ARD"])).body["code"] == "role/cannot"
                for _ in range(2):
                    assert (await place.ask("POST", path, answer, place.tokens["umpire"])).status == 200
                log = (await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["umpire"])).body
                assert log.count('"control:request-') == number + 1
            await say(place, "ARD", "hello", "BRV", name="m")
            path = f"/api/sessions/{place.session}/talk/ARD:m"
            held = await place.ask("POST", path, {"passes": True, "reason": "x", "told": "news"}, place.tokens["umpire"])
            assert (held.status, held.body["field"]) == (400, "told")
            assert (await place.ask("POST", path, {"passes": True}, place.tokens["controller-ARD"])).body["code"] == "role/cannot"

    asyncio.run(scene())


def test_two_of_the_white_cell_tell_everybody_one_answer() -> None:
    """Who answers first is told, whoever it is: what another would tell is the same order with another text, and refused."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await place.appoint("adjudicator")
            await ask(place, "ARD", "ruling", "May we?", "1")
            path = f"/api/sessions/{place.session}/talk/ARD:1"

            async def answered(viewer: str, text: str) -> int:
                return (await place.ask("POST", path, {"passes": True, "reason": text, "told": "everybody"}, place.tokens[viewer])).status

            found = await asyncio.gather(answered("umpire", "You may."), answered("adjudicator", "You may not."))
            assert sorted(found) == [200, 409]
            log = (await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["umpire"])).body
            assert log.count('"control:request-') == 1

    asyncio.run(scene())


def test_talk_has_its_limits() -> None:
    """Long words, unknown seats, too fast, too much, and none at all where it is off: each refusal has its code."""

    async def scene() -> None:
        limits = with_limits(talk_rate=Rate(1000.0, 1000), talk_messages_max=3)  # type: ignore[arg-type]  # by name
        async with site(limits) as place:
            await place.open()
            assert (await say(place, "ARD", "x" * 2001, "BRV")).status == 400
            assert (await say(place, "ARD", "x" * 2000, "BRV", name="a")).status == 201
            assert (await say(place, "ARD", "x", "QQQ", name="b")).status == 404
            for name in ("b", "c"):
                assert (await say(place, "ARD", "x", "BRV", name=name)).status == 201
            full = await say(place, "ARD", "x", "BRV", name="d")
            assert (full.status, full.body["code"]) == (429, "limit/too-many")
            await place.open(talk="off")
            off = await say(place, "ARD", "x", "BRV")
            assert (off.status, off.body["code"]) == (409, "talk/off")
        async with site(with_limits(talk_rate=Rate(0.001, 2))) as place:  # type: ignore[arg-type]  # by name
            await place.open()
            answers = [await say(place, "ARD", "x", "BRV", name=str(number)) for number in range(3)]
            assert [answer.status for answer in answers] == [201, 201, 429]
            assert answers[-1].body["code"] == "limit/too-fast"

    asyncio.run(scene())


def test_words_of_a_room_are_nowhere_else() -> None:
    """Not in the game's log, its stories, desks or frames, nor under the tokens of others."""

    async def scene() -> None:
        log = MemoryLog(lambda: 1_000_000)
        async with site(log=log) as place:
            await place.open()
            await place.force("negotiation")
            sockets = {viewer: await place.client(viewer) for viewer in ("COR", "DOR", "public")}
            await say(place, "ARD", "canary-7161", "BRV")
            paths = ("desk", "story", "talk", "sheet", "log", "control", "")
            for viewer in ("COR", "DOR", "public", "umpire"):
                for path in paths:
                    answer = await place.ask("GET", f"/api/sessions/{place.session}/{path}".rstrip("/"), token=place.tokens[viewer])
                    assert "canary-7161" not in str(answer.body), (viewer, path)
            for socket in sockets.values():
                await socket.send(f.Look())
                while not isinstance(frame := await socket.receive(), f.Seen):
                    assert "canary-7161" not in frame.model_dump_json()
            rows = await log.read(place.session)
            assert all(b"canary-7161" not in row.entry.body for row in rows)

    asyncio.run(scene())
