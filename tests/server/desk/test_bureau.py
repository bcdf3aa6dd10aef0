"""Desk, story and weighing over HTTP: by token, for its viewer alone, and codes by which a class finds its session."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from rules.orders import MakeStatement
from rules.wire import frames as f
from server.reasons import Reason
from server.settings import Rate, Settings
from tests.server.site import site

PATHS = ("desk", "story", "weigh")


def test_a_seat_reads_its_desk_and_its_story() -> None:
    """They count the events that the socket counted; what is done shows at once."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            client = await here.client("COR")
            await client.until(f.Seen)
            base = f"/api/sessions/{here.session}"
            desk = (await here.ask("GET", f"{base}/desk", token=here.tokens["COR"])).body
            assert desk["desk"]["viewer"] == "COR"
            assert desk["desk"]["role"]["secret_brief"]
            assert desk["due_in_ms"] > 0
            before = desk["total"]
            act = MakeStatement(says="support", about="BRV", issue=None)
            await client.send(f.Submit(id="s", act=act))
            answer = await client.receive()
            assert isinstance(answer, f.Acked), answer
            story = (await here.ask("GET", f"{base}/story?since={before}", token=here.tokens["COR"])).body
            assert [line["kind"] for line in story["lines"]] == ["stated"]
            again = (await here.ask("GET", f"{base}/desk", token=here.tokens["COR"])).body
            assert again["total"] == story["total"] == before + 1
            weighed = await here.ask("POST", f"{base}/weigh", {"acts": [act.model_dump()]}, here.tokens["COR"])
            assert weighed.body["acts"][0]["text"]

    asyncio.run(scene())


def test_only_seats_and_the_public_have_a_desk() -> None:
    """Nobody without a token, not control, and the public weighs nothing."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            base = f"/api/sessions/{here.session}"
            for path in PATHS:
                method = "POST" if path == "weigh" else "GET"
                body = {"acts": list[object]()} if path == "weigh" else None
                for token in (None, "A" * 43, here.tokens["umpire"]):
                    refused = await here.ask(method, f"{base}/{path}", body, token)
                    assert (refused.status, refused.body["code"]) == (401, Reason.TOKEN)
            public = await here.ask("POST", f"{base}/weigh", {"acts": []}, here.tokens["public"])
            assert (public.status, public.body["code"]) == (403, Reason.NOT_A_SEAT)
            assert (await here.ask("GET", f"{base}/desk", token=here.tokens["public"])).body["desk"]["role"] is None
            for since in ("x", "-1", "1" * 12, "٣"):
                odd = await here.ask("GET", f"{base}/story?since={since}", token=here.tokens["COR"])
                assert (odd.status, odd.body["field"]) == (400, "since")

    asyncio.run(scene())


def test_weighing_is_rated_by_seat() -> None:
    """A seat that asks too fast is asked to wait, the others go on."""

    async def scene() -> None:
        settings = Settings()
        slow = replace(settings, limits=replace(settings.limits, live_rate=Rate(0.001, 2)))
        async with site(slow) as here:
            await here.open()
            path = f"/api/sessions/{here.session}/weigh"
            answers = [(await here.ask("POST", path, {"acts": []}, here.tokens["COR"])).status for _ in range(3)]
            assert answers == [200, 200, 429]
            assert (await here.ask("POST", path, {"acts": []}, here.tokens["DOR"])).status == 200

    asyncio.run(scene())


def test_a_code_finds_its_session() -> None:
    """Letter by letter; unknown ones are refused in words."""

    async def scene() -> None:
        async with site() as here:
            made = [(await here.ask("POST", "/api/sessions", {"scenario": "tiny"})).body for _ in range(3)]
            assert len({one["code"] for one in made}) == 3
            for one in made:
                assert (await here.ask("GET", f"/api/codes/{one['code']}")).body == {"session": one["session"]}
            for code in ("zzzzzz", "tiny", made[0]["session"]):
                gone = await here.ask("GET", f"/api/codes/{code}")
                assert (gone.status, gone.body["code"]) == (404, Reason.UNKNOWN_SESSION)

    asyncio.run(scene())


@pytest.mark.parametrize("viewer", ["ARD", "COR", "public"])
def test_desks_are_made_once_a_version(viewer: str) -> None:
    """The same papers for every device that asks at the same time."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            path = f"/api/sessions/{here.session}/desk"
            answers = await asyncio.gather(*(here.ask("GET", path, token=here.tokens[viewer]) for _ in range(5)))
            assert len({str(answer.body["desk"]) for answer in answers}) == 1

    asyncio.run(scene())
