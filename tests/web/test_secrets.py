"""No browser ever has a secret of another seat: not on its page, not in its storage, not in anything that reached it."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from server.sessions.recovery import scenario_named
from tests.web.classroom import Person, session
from tests.web.conftest import Newcomer


def sheet(seat: str) -> str:
    """A line of a seat's secret sheet that stands nowhere else."""
    scenario = scenario_named("tiny")
    place = [country.id for country in scenario.data.country].index(seat)
    return scenario.secret_briefs[place].strip().splitlines()[-1]


def kept(who: Person) -> dict[str, str]:
    """What a browser keeps."""
    found: dict[str, str] = json.loads(who.page.evaluate("JSON.stringify({...localStorage})"))
    return found


def test_two_browsers_never_see_each_others_secrets(url: str, newcomer: Newcomer) -> None:
    """Sheets, tokens, and a secret offer to a bot, in the game and in its debrief; each sees its own, and a planted leak is found."""
    class_ = session(url)
    class_.until("negotiation")
    corin, brava, wall = newcomer(), newcomer(), newcomer()
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    wall.open(f"#/join/{class_.code}")
    corin.page.get_by_role("button", name="Compose an offer").click()
    corin.page.get_by_label("Party 1").select_option("DOR")
    corin.page.get_by_label("What is promised").select_option("aid")
    corin.page.get_by_label("Who promises").select_option("COR")
    corin.page.get_by_role("textbox").fill("0.01357")
    corin.page.get_by_label("Secret: only the parties know").check()
    expect(corin.page.get_by_role("dialog")).to_contain_text("13.6 million")
    corin.page.get_by_role("button", name="Put it on the table").click()
    expect(corin.page.get_by_role("complementary").get_by_text("Corin made an offer to Dorn")).to_be_visible()
    for who in (corin, brava):
        who.look_at("Role")
        who.look_at("Record")
    tokens = {name: ticket["seat"] for name, who in (("COR", corin), ("BRV", brava)) for ticket in [_ticket(who, class_.code)]}
    marks = {"COR": [sheet("COR"), tokens["COR"], "0.01357", "13.6 million"], "BRV": [sheet("BRV"), tokens["BRV"]]}
    for seat, who in (("COR", corin), ("BRV", brava)):
        told = who.told()
        assert [mark for mark in marks[seat] if mark not in told] == [], "a seat sees what is its own"
        others = [mark for other, found in marks.items() if other != seat for mark in found]
        assert [mark for mark in others if mark in told] == []
    corin.open(f"#/play/{class_.code}/debrief")
    corin.page.get_by_role("button", name="my seat knew").click()
    expect(corin.page.get_by_text("Told from what Corin knew.")).to_be_visible()
    assert [mark for mark in marks["BRV"] if mark in corin.told()] == []
    assert [mark for found in marks.values() for mark in found if mark in wall.told()] == []
    class_.control(act="broadcast", text=marks["COR"][0], to=["BRV"], reason="a leak is planted", id="leak")
    expect(brava.page.get_by_role("heading", name="From your instructor")).to_be_visible()
    assert [mark for mark in marks["COR"] if mark in brava.told()] == marks["COR"][:1]


def _ticket(who: Person, code: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(kept(who)[f"unipole:ticket:{code}"])
    return found


def test_tokens_are_in_no_address(url: str, newcomer: Newcomer) -> None:
    """Neither of the page nor of what it asks for."""
    class_ = session(url)
    class_.until("negotiation")
    asked: list[str] = []
    corin = newcomer()
    corin.page.on("request", lambda request: asked.append(request.url))
    corin.page.on("websocket", lambda socket: asked.append(socket.url))
    corin.sit(class_.code, "COR")
    corin.look_at("Role")
    token = _ticket(corin, class_.code)["seat"]
    assert len(asked) > 5
    assert not [address for address in [*asked, corin.page.url] if token in address]
