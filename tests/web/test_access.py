"""For everybody: by keyboard alone, on a narrow phone, and by the checks of axe-core."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.web.pages import BUILT
from tests.web.classroom import Person, session
from tests.web.conftest import Newcomer
from tests.web.flaws import flaws

AXE = BUILT.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = ("Desk", "Talk", "Chamber", "World", "Role", "Record")
TABS_MAX = 80
TITLE = "Iraq and the Security Council, 2002-2003"


def faults(page: Page) -> list[str]:
    """What axe finds serious on a page as it is."""
    assert AXE.is_file(), "axe-core is missing: run `make setup`."
    page.evaluate(Path(AXE).read_text() + "; null")
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    serious = [item for item in found["violations"] if item["impact"] in ("serious", "critical")]
    return [f"{item['id']}: {node['html'][:160]}" for item in serious for node in item["nodes"]]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
            " return e === document.body ? '' : [e.ariaLabel, e.innerText, e.labels?.[0]?.innerText].join(' ') }"
        )
        if name in words:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def joined_by_keyboard(page: Page, code: str) -> None:
    """The code is typed and a seat taken, of which a word says that a bot plays it."""
    tab_to(page, "Code of your session")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Corin.*free, AI plays", re.DOTALL))).to_be_visible()
    tab_to(page, "Corin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you alone know")).to_be_visible()
    tab_to(page, "To the desk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Compose an offer")).to_be_visible()


def signed_by_keyboard(page: Page, brava: Person) -> None:
    """Brava makes an offer with the mouse; Corin accepts it by keys."""
    brava.page.get_by_role("button", name="Compose an offer").click()
    brava.page.get_by_label("Party 1").select_option("COR")
    brava.page.get_by_role("button", name="Put it on the table").click()
    expect(page.get_by_role("heading", name="Brava offers you")).to_be_visible()
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(brava.page.get_by_text("Signed by Corin")).to_be_visible()


def submitted_by_keyboard(page: Page) -> None:
    """An order is drafted and sent."""
    expect(page.get_by_role("heading", name="Write an order")).to_be_visible()
    tab_to(page, "Add to the order sheet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Your order sheet")).to_be_visible()
    tab_to(page, "Send 1 order")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Under seal, until the step closes")).to_be_visible()


def test_the_keyboard_alone_suffices(url: str, newcomer: Newcomer) -> None:
    """Join, take a seat, compose and send an offer, read why a bot will not have it, sign another, table a draft, vote, be done, submit."""
    class_ = session(url)
    class_.until("negotiation")
    page, brava = newcomer().page, newcomer()
    brava.sit(class_.code, "BRV")
    page.goto(url)
    expect(page.get_by_role("button", name="Join")).to_be_visible()
    joined_by_keyboard(page, class_.code)
    tab_to(page, "Compose an offer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Put it on the table")).to_be_enabled()
    tab_to(page, "Put it on the table")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("region", name="Answers this turn")).to_contain_text("Its reason: ")
    signed_by_keyboard(page, brava)
    tab_to(page, "Table a draft of your own")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").filter(has_text="by Corin")).to_be_visible()
    class_.until("assembly")
    expect(page.get_by_role("group", name="Your ballot").first).to_be_visible()
    tab_to(page, "Abstain")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Under seal: Abstain").first).to_be_visible()
    tab_to(page, "I am done for this round")
    page.keyboard.press("Space")
    done = page.get_by_role("button", name="✓ Done for this round")
    unvoted = page.get_by_text("You have not voted")
    expect(done.or_(unvoted).first).to_be_visible()
    if unvoted.is_visible():  # bots may have tabled drafts of their own
        page.keyboard.press("Space")
    expect(done).to_be_visible()
    class_.until("orders")
    submitted_by_keyboard(page)


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_nothing_is_cut_lies_on_something_else_or_scrolls_sideways(url: str, newcomer: Newcomer, locale: str) -> None:
    """Every place, the builder, orders, joining, rules and the wall, on phone, tablet and laptop; what is planted there is found."""
    class_ = session(url, "iraq-2003")
    class_.until("negotiation", 2)
    phone = newcomer(width=360, height=740, locale=locale)
    page = phone.page
    for address, there in (("", ".tile"), ("#/rules", ".manual"), (f"#/screen/{class_.code}", ".map"), (f"#/join/{class_.code}", ".seat")):
        phone.open(address)
        expect(page.locator(there).first).to_be_visible()
        assert phone.flaws() == [], address
    phone.sit(class_.code, "FRA")
    for place in ("talk", "chamber", "world", "role", "record", "desk"):
        page.locator(f".tabs [data-place={place}]").click()
        expect(page.locator(f".tabs [data-place={place}]")).to_have_attribute("aria-current", "page")
        assert phone.flaws() == [], place
        if place == "world":
            every_layer_names_who_matters(phone)
    page.locator("#inbox + .button").click()
    expect(page.locator("dialog[open] .inside")).to_be_visible()
    assert phone.flaws() == []
    page.keyboard.press("Escape")
    for phase in ("assembly", "orders"):
        class_.until(phase)
        expect(page.locator(f"[data-step*=':{phase}:1']")).to_be_visible()
        assert phone.flaws() == [], phase
    page.evaluate("document.querySelector('.lead .button').style.cssText = 'width: 30px; overflow: hidden; white-space: nowrap'")
    page.evaluate("document.querySelector('.lead p').style.display = 'none'")
    page.evaluate("document.querySelector('.lead h1').style.marginBottom = '-60px'")
    page.evaluate("document.querySelector('main').style.width = '1500px'")
    assert {flaw.split()[2] for flaw in phone.flaws()} == {"cut:", "overlap:", "sideways:"}


def every_layer_names_who_matters(phone: Person) -> None:
    """Whatever the spots stand for, one's own country and the great power have names, and a lost one is found."""
    layers = phone.page.get_by_role("group", name=re.compile("What the map shows|Что показывает карта")).get_by_role("button")
    for number in range(layers.count()):
        layers.nth(number).click()
        expect(layers.nth(number)).to_have_attribute("aria-pressed", "true")
        assert phone.flaws() == [], number
    phone.page.evaluate("document.querySelector('.map text.key').textContent = document.querySelector('.map text.key').classList = ''")
    assert [flaw.split()[0] for flaw in flaws(phone.page)] == ["nameless:"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(url: str, newcomer: Newcomer, scheme: str) -> None:
    """On every page, in both lights; a planted fault is found."""
    class_ = session(url)
    class_.until("negotiation", 2)
    who = newcomer(scheme=scheme)
    who.open()
    expect(who.page.get_by_role("heading", name="Start a new session")).to_be_visible()
    assert faults(who.page) == []
    who.open(f"#/join/{class_.code}")
    expect(who.page.get_by_role("button", name="Corin")).to_be_visible()
    assert faults(who.page) == []
    who.sit(class_.code, "COR")
    for place in PLACES:
        who.look_at(place)
        assert faults(who.page) == [], place
    who.look_at("Desk")
    who.page.get_by_role("button", name="Compose an offer").click()
    expect(who.page.get_by_role("button", name="Put it on the table")).to_be_enabled()
    assert faults(who.page) == []
    who.page.keyboard.press("Escape")
    class_.until("assembly")
    expect(who.page.get_by_role("heading", name="Assembly")).to_be_visible()
    assert faults(who.page) == []
    class_.until("orders")
    expect(who.page.get_by_role("heading", name="Write an order")).to_be_visible()
    assert faults(who.page) == []
    who.page.evaluate("document.querySelector('main').append(new Image())")
    assert faults(who.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_instructors_pages(url: str, newcomer: Newcomer, scheme: str) -> None:
    """Control and projector, before and after the start."""
    who = newcomer(scheme=scheme)
    who.open()
    who.page.get_by_role("button", name="Start this case: The Straits of Corin").click()
    expect(who.page.get_by_role("button", name="Open the first turn")).to_be_visible()
    assert faults(who.page) == []
    run = who.page.url
    who.page.goto(run.replace("run", "screen"))
    expect(who.page.locator(".qr")).to_be_visible()
    assert faults(who.page) == []
    who.page.goto(run)
    who.page.get_by_role("button", name="Open the first turn").click()
    expect(who.page.get_by_role("button", name="Pause")).to_be_visible()
    assert faults(who.page) == []
    assert who.flaws() == []
    who.page.get_by_role("link", name="Plan and role sheets").click()
    expect(who.page.get_by_role("article")).to_have_count(4)
    assert faults(who.page) == []
    assert who.flaws() == []
    assert who.paper() == 5  # the lesson, and a page a seat
    who.page.goto(run.replace("run", "screen"))
    expect(who.page.locator(".map circle").first).to_be_visible()
    assert faults(who.page) == []
