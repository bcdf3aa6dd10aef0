"""For those who come new: a tutorial that leads to a whole turn by clicks alone, rules on two pages of paper, and reasons at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as Late

from tests.web.classroom import session
from tests.web.conftest import Newcomer
from tests.web.test_access import faults

ROOT = Path(__file__).resolve().parents[2]
STEPS_MAX = 40
SCENE = "[document.querySelector('.guide')?.innerText, document.querySelector('[data-pointed]')?.outerHTML].join(' ')"
"""What the guide says, and what it points at."""
LOOK_MS = 5000
"""What is pointed at may go while it is being clicked, since bots act too: then it is looked at anew."""


def _step(page: Page) -> str:
    return page.locator("#guide").inner_text()


def _follow(page: Page) -> None:
    """Click what is pointed at, as the guide asks; in a dialog, what sends it."""
    before = page.evaluate(SCENE)
    pointed = page.locator("button[data-pointed], [data-pointed] button")
    asked = pointed if pointed.count() else page.get_by_role("button", name=re.compile("Skip this step"))
    try:
        asked.first.click(timeout=LOOK_MS)
    except Late:
        return
    send = page.get_by_role("button", name="Put it on the table")
    if send.count():
        send.click()
    page.wait_for_function(f"(before) => {SCENE} !== before", arg=before)


def test_the_tutorial_leads_through_a_whole_turn(newcomer: Newcomer) -> None:
    """From the first page to the report, doing at each step what is pointed at and nothing else; axe finds nothing serious on the way."""
    who = newcomer()
    page = who.page
    who.open()
    page.get_by_role("button", name="Learn it in five minutes").click()
    expect(page.get_by_role("heading", name="Open “Role” in the menu")).to_be_visible()
    assert faults(page) == []
    seen = [_step(page)]
    for _ in range(STEPS_MAX):
        if seen[-1].startswith("Read the report"):
            break
        _follow(page)
        seen.append(_step(page))
    assert seen[-1].startswith("Read the report"), seen
    assert {"Compose an offer and put it on the table", "Send your orders"} <= set(seen)
    assert len(seen) >= 9
    page.get_by_role("button", name="End the tutorial").click()
    expect(page.locator(".guide")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("navigation")).to_be_visible()
    expect(page.locator(".guide")).to_be_hidden()


def test_what_is_drawn_anew_is_pointed_at_again(newcomer: Newcomer) -> None:
    """Where a part of the page is replaced while the guide points at it, it does not point at nothing."""
    who = newcomer()
    who.open()
    who.page.get_by_role("button", name="Learn it in five minutes").click()
    pointed = who.page.locator("[data-pointed]")
    expect(pointed).to_have_text("Role")
    pointed.evaluate("e => { const anew = e.cloneNode(true); anew.removeAttribute('data-pointed'); e.replaceWith(anew); }")
    expect(pointed).to_have_text("Role")


@pytest.mark.parametrize(("locale", "title"), [("en", "The rules in two pages"), ("ru", "Правила на двух страницах")])
def test_the_rules_take_two_pages_of_paper(newcomer: Newcomer, locale: str, title: str) -> None:
    """As A4, without what belongs to the screen; on the screen they are readable for everybody."""
    who = newcomer(locale=locale)
    who.open("#/rules")
    expect(who.page.get_by_role("heading", name=title)).to_be_visible()
    assert faults(who.page) == []
    assert who.paper() == 2


def test_the_manual_opens_beside_the_game_and_reasons_are_at_hand(url: str, newcomer: Newcomer) -> None:
    """No seat is left to read the rules; a question mark opens a proposition with author and year."""
    class_ = session(url)
    class_.until("negotiation")
    corin = newcomer()
    corin.sit(class_.code, "COR")
    corin.page.get_by_role("button", name="The rules").click()
    expect(corin.page.get_by_role("dialog")).to_contain_text("You govern one state")
    corin.page.keyboard.press("Escape")
    corin.look_at("Chamber")
    corin.page.get_by_role("button", name="Why: Chamber").click()
    expect(corin.page.get_by_role("note")).to_contain_text("Walt 2009; Voeten 2001")
    assert faults(corin.page) == []


def test_a_motive_is_asked_for_kept_private_and_not_asked_for_again(url: str, newcomer: Newcomer) -> None:
    """After an act that matters; who does not want it is left alone, also after a reload."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    corin = newcomer()
    corin.sit(class_.code, "COR")
    for answer in ("principle", "Don't ask me again"):
        corin.page.get_by_role("button", name="Compose an offer").click()
        corin.page.get_by_label("Party 1").select_option("BRV" if answer == "principle" else "DOR")
        corin.page.get_by_role("button", name="Put it on the table").click()
        expect(corin.page.get_by_role("heading", name="Why did you offer this?")).to_be_visible()
        assert faults(corin.page) == []
        corin.page.get_by_role("button", name=answer).click()
        expect(corin.page.get_by_role("heading", name="Why did you offer this?")).to_be_hidden()
    noted = [event for line in class_.log()[1:] for event in json.loads(line)["entry"]["events"] if event["kind"] == "motive-noted"]
    assert [(event["country"], event["motive"]) for event in noted] == [("COR", "principle")]


def test_every_reason_stands_in_both_languages_and_is_built() -> None:
    """Each proposition of the page's catalogue is cited by a system of the engine, or in its theory."""
    catalogue = json.loads((ROOT / "client/web/src/theory.json").read_text())
    pages = [ROOT / "docs/reference/systems.toml", *(ROOT / "docs/theory").glob("*.md")]
    cited = set(re.findall(r"\b[WIJS]\d+\b", "\n".join(page.read_text() for page in pages)))
    for topic, row in catalogue.items():
        assert all((row["en"], row["ru"], row["who"]["en"], row["who"]["ru"])), topic
        assert set(row["ids"]) <= cited, topic


def test_the_ledger_says_who_promised_what_and_who_kept_it(url: str, newcomer: Newcomer) -> None:
    """A promise that two made stands there with its finding, for the other as well; axe finds nothing serious."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    corin, brava = newcomer(), newcomer()
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    corin.page.get_by_role("button", name="Compose an offer").click()
    corin.page.get_by_label("Party 1").select_option("BRV")
    corin.page.get_by_label("What is promised").select_option("aid")
    corin.page.get_by_role("button", name="Put it on the table").click()
    brava.page.get_by_role("button", name="Accept", exact=True).click()
    expect(corin.page.get_by_text("Signed by Brava")).to_be_visible()
    class_.until("report")
    for who in (corin, brava):
        who.look_at("Record")
        who.page.get_by_role("button", name="Promises").click()
        promised = who.page.locator("section").filter(has=who.page.get_by_role("heading", name="With you", exact=True))
        expect(promised).to_contain_text("✕ broken")
        expect(promised).to_contain_text("since turn 1")
    assert faults(corin.page) == []
