"""Debriefs over HTTP: everybody with a token gets the sealed page, control alone what was secret and what-ifs; jobs are bounded."""

from __future__ import annotations

import asyncio

import pytest

from server.debrief import press as press_room
from server.debrief.press import Press, TooBusy, Unfit
from server.reasons import Reason
from tests.server.debrief.test_forks import changed_vote
from tests.server.debrief.test_page import faults
from tests.server.games import log_lines
from tests.server.site import site


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
            opened = await here.ask("GET", f"{path}?reveal=yes", token=here.tokens["umpire"])
            assert "Everything is told" in opened.body
            for wrong in (here.tokens["ARD"], here.tokens["public"], "x" * 43, None):
                assert (await here.ask("GET", f"{path}?reveal=yes", token=wrong)).status == 401
            assert (await here.ask("GET", path)).status == 401

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
        before = await press.page("a", lines, revealed=True)
        assert await press.page("a", lines, revealed=True) is before
        found = await press.what_if("a", lines, change.place, act, 2)
        assert found.games == 2
        after = await press.page("a", lines, revealed=True)
        assert found.change in after
        assert found.change not in before
        assert found.change not in await press.page("a", lines, revealed=False)
        assert found.change not in await press.page("b", lines, revealed=True)
        with pytest.raises(Unfit, match="no event 99999"):
            await press.what_if("a", lines, "99999.1", act, 1)
        press.close()

    asyncio.run(scene())


def test_jobs_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes too long is ended; more than a few are not taken; a closed press leaves no process behind."""

    async def scene() -> None:
        lines = log_lines("tiny")
        monkeypatch.setattr(press_room, "PAGE_SECONDS_MAX", 0.05)
        slow = Press()
        with pytest.raises(TooBusy):
            await slow.page("a", lines, revealed=False)
        monkeypatch.undo()
        press = Press()
        waiting = [asyncio.create_task(press.page(str(number), lines, revealed=False)) for number in range(press_room.WAITING_MAX)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await press.page("one more", lines, revealed=False)
        pages = await asyncio.gather(*waiting)
        assert len(set(pages)) == 1
        press.close()

    asyncio.run(scene())
