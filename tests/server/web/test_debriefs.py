"""Debriefs over HTTP: everybody with a token gets the sealed page, control alone what was secret and what-ifs; jobs are bounded."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile

import pytest

from rules.view import UMPIRE_VIEWER
from server.debrief import press as press_room
from server.debrief.page import told
from server.debrief.press import Press, TooBusy, Unfit
from server.reasons import Reason
from server.web.records import FORMATS
from tests.server.debrief.test_forks import changed_vote
from tests.server.debrief.test_page import faults
from tests.server.games import log_lines
from tests.server.site import site
from tests.server.stage import SEATS


def test_the_page_of_a_running_session() -> None:
    """Nothing to tell in the lobby; then sealed for seats and the public, opened for control, nothing for strangers."""

    async def scene() -> None:
        async with site() as here:
            await here.open(start=False)
            path = f"/api/sessions/{here.session}/debrief"
            early = await here.ask("GET", path, token=here.tokens["public"])
            assert (early.status, early.body["code"]) == (400, Reason.BAD_REQUEST)
            assert "has not begun" in early.body["sentence"]
            assert (await here.control(act="start")).status == 200
            for viewer in ("ARD", "public", "umpire"):
                answer = await here.ask("GET", path, token=here.tokens[viewer])
                assert answer.status == 200
                assert answer.headers["Content-Type"].startswith("text/html")
                assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
                assert faults(answer.body) == []
                assert "What was secret is not on this page" in answer.body
                assert "up to turn 1" in answer.body
            opened = await here.ask("GET", f"{path}?eyes=all", token=here.tokens["umpire"])
            assert "Everything is told" in opened.body
            for wrong in (here.tokens["ARD"], here.tokens["public"], "x" * 43, None):
                assert (await here.ask("GET", f"{path}?eyes=all", token=wrong)).status == 401
            assert (await here.ask("GET", path)).status == 401
            own = await here.ask("GET", f"{path}?eyes=own", token=here.tokens["ARD"])
            assert "Told from what Arden knew." in own.body
            assert (await here.ask("GET", f"{path}?eyes=own", token=here.tokens["public"])).status == 403
            assert (await here.ask("GET", f"{path}?eyes=both", token=here.tokens["ARD"])).status == 400

    asyncio.run(scene())


def test_the_seal_is_broken_after_the_end_by_control_with_a_reason() -> None:
    """Not while the game goes on; then everybody reads all until it is sealed again; an end that is undone seals it, and the next."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            path, seal = f"/api/sessions/{here.session}/debrief?eyes=all", f"/api/sessions/{here.session}/seal"
            wish = {"opened": True, "reason": "the talk begins"}
            assert (await here.ask("POST", seal, wish, here.tokens["umpire"])).body["code"] == Reason.STEP
            await here.play_out()
            assert (await here.ask("POST", seal, wish, here.tokens["ARD"])).status == 401
            assert (await here.ask("POST", seal, {"opened": True}, here.tokens["umpire"])).status == 400
            opened = await here.ask("POST", seal, wish, here.tokens["umpire"])
            assert [(row["opened"], row["reason"]) for row in opened.body["changes"]] == [(True, "the talk begins")]
            assert "Everything is told" in (await here.ask("GET", path, token=here.tokens["public"])).body
            assert (await here.state())["opened"] is True
            await here.control(act="undo", turn=1, reason="once more")
            assert (await here.ask("GET", path, token=here.tokens["public"])).status == 401
            assert (await here.state())["opened"] is False
            await here.play_out()
            assert (await here.ask("GET", path, token=here.tokens["public"])).status == 401
            again = await here.ask("POST", seal, wish, here.tokens["umpire"])
            assert [(row["opened"], row["branch"]) for row in again.body["changes"]] == [(True, 0), (True, 1)]
            assert "Everything is told" in (await here.ask("GET", path, token=here.tokens["public"])).body

    asyncio.run(scene())


def test_records_are_for_control() -> None:
    """Who took part with the seconds that it took, and all tables in every format with their codebook."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            path = f"/api/sessions/{here.session}/records"
            for wrong in (here.tokens["ARD"], here.tokens["public"], None):
                assert (await here.ask("GET", path, token=wrong)).status == 401
            table = await here.ask("GET", f"{path}/participation", token=here.tokens["umpire"])
            rows = list(csv.DictReader(table.body.splitlines()))
            assert [row["state"] for row in rows] == list(SEATS)
            headers = {"Authorization": f"Bearer {here.tokens['umpire']}"}
            async with here.http.get(path, headers=headers) as answer:
                packed = zipfile.ZipFile(io.BytesIO(await answer.read()))
            kinds = {name.rpartition(".")[2] for name in packed.namelist()}
            assert kinds == {"md", *FORMATS}

    asyncio.run(scene())


def test_a_what_if_needs_control_and_an_event() -> None:
    """Who may ask, and what is refused with a sentence."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            path, wish = f"/api/sessions/{here.session}/what-if", {"event": "1.1", "act": "ARD yes", "games": 1}
            for viewer in ("ARD", "public"):
                assert (await here.ask("POST", path, wish, here.tokens[viewer])).status == 401
            refused = await here.ask("POST", path, wish, here.tokens["umpire"])
            assert (refused.status, refused.body["code"]) == (400, Reason.BAD_REQUEST)
            assert "is no vote on a draft" in refused.body["sentence"]
            many = await here.ask("POST", path, {**wish, "games": 100_000}, here.tokens["umpire"])
            assert many.status == 400

    asyncio.run(scene())


def test_a_what_if_is_played_and_stands_on_the_opened_page() -> None:
    """Through the press as the server uses it; a page is made once for a session as it stands."""

    async def scene() -> None:
        press, lines, change = Press(), log_lines("tiny"), changed_vote()
        act = f"{change.country} {getattr(change.act, 'choice', '')}"
        before = await press.page("a", lines, UMPIRE_VIEWER)
        assert await press.page("a", lines, UMPIRE_VIEWER) is before
        found = await press.what_if("a", lines, change.place, act, 2)
        assert found.games == 2
        after = await press.page("a", lines, UMPIRE_VIEWER)
        assert told(found.change) in after
        assert told(found.change) not in before
        assert told(found.change) not in await press.page("a", lines)
        assert told(found.change) not in await press.page("b", lines, UMPIRE_VIEWER)
        with pytest.raises(Unfit, match="no event 99999"):
            await press.what_if("a", lines, "99999.1", act, 1)
        await press.close()

    asyncio.run(scene())


def test_jobs_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes too long is ended; more than a few are not taken; a closed press leaves no process behind."""

    async def scene() -> None:
        lines = log_lines("tiny")
        monkeypatch.setattr(press_room, "PAGE_SECONDS_MAX", 0.05)
        slow = Press()
        with pytest.raises(TooBusy):
            await slow.page("a", lines)
        monkeypatch.undo()
        monkeypatch.setattr(press_room, "WAITING_MAX", 4)  # each page is made by a process of its own
        press = Press()
        waiting = [asyncio.create_task(press.page(str(number), lines)) for number in range(press_room.WAITING_MAX)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await press.page("one more", lines)
        pages = await asyncio.gather(*waiting)
        assert len(set(pages)) == 1
        await press.close()

    asyncio.run(scene())
