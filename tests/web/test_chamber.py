"""Votes on a small screen: what is to be done now is in sight, and many drafts take a line each."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.classroom import session
from tests.web.conftest import Newcomer

MANY = 4
"""So many drafts lie folded."""


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_vote_calls_for_each_ballot_in_sight(url: str, newcomer: Newcomer, width: int, height: int) -> None:
    """The call stands on the first screen, leads to the next ballot by one key, counts down, and goes when none is owed."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    corin = newcomer(width=width, height=height)
    corin.sit(class_.code, "COR")
    page = corin.page
    brava = newcomer()
    brava.sit(class_.code, "BRV")
    for who, drafts in ((brava, 2), (corin, MANY)):
        expect(who.page.locator(".draft")).to_have_count(drafts - 2)  # what the other tabled has come
        own = who.page.locator("details", has_text="Table a draft of your own")
        own.locator("summary").click()
        for number in range(drafts - 1, drafts + 1):
            own.locator(".pick button").first.click()
            expect(who.page.locator(".draft")).to_have_count(number)
    page.reload()
    expect(page.get_by_role("article")).to_have_count(MANY)
    expect(page.locator(".draft details[open]")).to_have_count(0)
    class_.until("assembly")
    for left in range(MANY, 0, -1):
        call = page.get_by_role("button", name=re.compile("Vote now: " + ("one draft waits" if left == 1 else f"{left} drafts wait")))
        expect(call).to_be_in_viewport(ratio=1)
        call.press("Enter")
        ballot = page.get_by_role("group", name="Your ballot").last
        expect(ballot.locator(".ballot")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .tag", has_text="✓ Yes")).to_have_count(MANY + 1 - left)
        assert corin.flaws() == []
    expect(page.locator(".call")).to_have_count(0)


def test_the_wall_says_who_voted_how(url: str, newcomer: Newcomer) -> None:
    """Of fifteen members each stands by its code with its side, in letters for the last row."""
    class_ = session(url, "iraq-2003", bots=False)
    class_.until("negotiation")
    france = newcomer()
    france.sit(class_.code, "FRA")
    france.page.locator("details", has_text="Table a draft of your own").locator("summary").click()
    france.page.locator(".pick button").filter(has_text="raft").first.click()
    expect(france.page.locator(".draft")).to_have_count(1)
    class_.until("assembly", 2)
    france.page.locator("[data-step*=':assembly:2']").wait_for()
    france.page.get_by_role("group", name="Your ballot").locator(".button").first.click()
    expect(france.page.locator(".ballot [aria-pressed=true]")).to_have_count(1)
    class_.until("orders")
    wall = newcomer(width=1440, height=900)
    wall.open(f"#/screen/{class_.code}")
    sides = wall.page.locator(".called-out .who")
    expect(sides.first).to_have_text("FRA")
    codes = " ".join(sides.all_inner_texts()).split()
    assert (len(codes), len(set(codes))) == (15, 15)
    assert float(sides.first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= 18
    expect(wall.page.locator(".map text", has_text="USA")).to_be_visible()
