"""Journeys through the page with a camera: those who play, share a seat, teach, or come new."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.web.classroom import Person, Session, ask, person, session
from tests.web.flaws import WIDTHS, flaws, flaws_at

MESSAGES = Path(__file__).resolve().parents[2] / "client/web/src/messages"
REST_MS = 700
"""A debrief is made by a process of its own, which has to start."""
CASES = {"en": ("iraq-2003", "FRA"), "ru": ("tiny", "COR")}
TALK = {
    "en": (
        "Shall we talk before the vote?",
        "Gladly. What do you need from us?",
        "A text that names a last date, and no force before it.",
        "My capital will ask what it gets.",
    ),
    "ru": (
        "Поговорим до голосования?",
        "Охотно. Что вам нужно от нас?",
        "Текст с последним сроком, а до него никакой силы.",
        "В столице спросят, что мы получим.",
    ),
}
LINES = 5
SEEN_BETWEEN = 1440
"""Pictures this wide are looked at narrower too, by the program alone."""


@dataclass
class Look:
    """One width, light and language."""

    width: int
    height: int
    scheme: str
    language: str

    @property
    def name(self) -> str:
        """As it stands in names of files."""
        return f"{self.width}-{self.scheme}-{self.language}"

    def somebody(self, browser: Browser, url: str) -> Person:
        """A new person with such a browser."""
        return person(browser, url, self.width, self.height, self.scheme, self.language)


class Camera:
    """Takes the pictures of one look, numbered in their order, and finds things by the page's own words."""

    def __init__(self, look: Look, folder: Path) -> None:
        self.look = look
        self._folder = folder
        self._number = 0
        self._words: dict[str, str] = json.loads((MESSAGES / f"{look.language}.json").read_text())

    def take(self, who: Person, title: str, *, whole: bool = True) -> None:
        """One picture, once the page has come to rest; what a program can see of its faults is said beside it."""
        self._number += 1
        if whole:
            who.page.evaluate("window.scrollTo(0, 0)")  # what floats stands where it does at first
        who.page.wait_for_timeout(REST_MS)
        between = [width for width in WIDTHS if self.look.width == SEEN_BETWEEN and width not in (360, 820)]
        for flaw in (*flaws(who.page), *flaws_at(who.page, between)):
            print(f"{self.look.name}-{self._number:02d}-{title}: {flaw}", flush=True)
        who.page.screenshot(path=self._folder / f"{self.look.name}-{self._number:02d}-{title}.png", full_page=whole)

    def word(self, key: str) -> str:
        """A message of the page."""
        return self._words[key]

    def press(self, page: Page, key: str) -> None:
        """The first button or link with this message of the page, or of its open dialog."""
        words = re.compile(rf"^\W*{re.escape(self._words[key])}\W*$")
        box = page.locator("dialog[open]")
        room = box if box.count() else page.locator("body")
        room.get_by_role("button", name=words).or_(room.get_by_role("link", name=words)).first.click()

    def field(self, page: Page, key: str, text: str) -> None:
        """Fill the first field with this message of the page as its label."""
        page.get_by_label(self._words[key]).first.fill(text)


def look_at(who: Person, place: str) -> None:
    """Choose one of the places of a seat."""
    who.page.locator(f".tabs [data-place={place}]").click()


def until(who: Person, class_: Session, phase: str, round_: int = 1) -> None:
    """Close steps until this one is open and on the screen."""
    class_.until(phase, round_)
    who.page.locator(f"[data-step*=':{phase}:{round_}']").wait_for()


def tabling(who: Person, camera: Camera) -> None:
    """Table the first draft that can be: without any, the round of ballots would be over as soon as one seat is done."""
    own = who.page.locator("details", has_text=camera.word("chamber.table"))
    if own.get_attribute("open") is None:
        own.locator("summary").click()
    own.locator(".pick button").first.click()
    who.page.locator(".draft").first.wait_for()


def player(who: Person, class_: Session, camera: Camera, seat: str) -> None:
    """From the first page to the ledger."""
    who.open()
    who.page.locator(".tile").first.wait_for()
    camera.take(who, "home")
    who.open("#/rules")
    camera.take(who, "rules")
    who.open(f"#/join/{class_.code}")
    who.page.locator(".seat").first.wait_for()
    camera.take(who, "join")
    who.sit(class_.code, seat)
    camera.take(who, "lobby")
    look_at(who, "role")
    camera.take(who, "role")
    talking(who, class_, camera, seat)
    look_at(who, "desk")
    class_.control(act="start")
    until(who, class_, "briefing")
    camera.take(who, "briefing")
    until(who, class_, "negotiation", 2)
    camera.take(who, "negotiation")
    who.page.locator("#inbox + button").click()
    camera.take(who, "builder", whole=False)
    who.page.keyboard.press("Escape")
    look_at(who, "world")
    camera.take(who, "world")
    look_at(who, "chamber")
    tabling(who, camera)
    camera.take(who, "chamber")
    look_at(who, "desk")
    for phase in ("assembly", "orders", "report"):
        until(who, class_, phase)
        camera.take(who, phase)
    look_at(who, "record")
    camera.take(who, "record")
    who.page.locator(".lead .button").nth(1).click()
    camera.take(who, "ledger")


def talking(who: Person, class_: Session, camera: Camera, seat: str) -> None:
    """A room is opened, and much is said in it by both sides."""
    look_at(who, "talk")
    camera.take(who, "talk-empty")
    who.page.locator(".roomlist .button").first.click()
    camera.take(who, "talk-open", whole=False)
    who.page.locator("dialog[open] input").first.check()
    who.page.locator("dialog[open] .bottom .button").click()
    lands = [str(one["country"]) for one in class_.state()["seats"]]  # type: ignore[attr-defined]  # of JSON
    other = next(land for land in lands if land != seat)
    at = f"{class_.url}/api/sessions/{class_.name}"
    token = str(ask("POST", f"{at}/seats/{other}")["token"])
    words = TALK[camera.look.language]
    for line in range(LINES):
        if line % 2:
            who.page.locator(".talk textarea").fill(words[line % len(words)])
            who.page.locator(".talk textarea").press("Enter")
        else:
            text = " ".join((words[line % len(words)], *words * (line // 2)))
            ask("POST", f"{at}/talk", {"id": f"t{line}", "to": [seat], "text": text}, token)
        who.page.locator(".message").nth(line).wait_for()
    camera.take(who, "talk")


def sharing(who: Person, browser: Browser, camera: Camera) -> None:
    """Two people at one seat: the invitation, the way in, and a sheet that both changed at once."""
    class_ = session(who.url, bots=False)
    class_.until("orders")
    who.sit(class_.code, "COR")
    look_at(who, "role")
    camera.field(who.page, "team.name", "Ada")
    camera.press(who.page, "team.keep")
    camera.press(who.page, "team.invite")
    word = who.page.locator(".invitation").inner_text()
    who.page.locator(".invitation").scroll_into_view_if_needed()
    camera.take(who, "invitation", whole=False)
    ben = camera.look.somebody(browser, who.url)
    ben.open(f"#/join/{class_.code}")
    camera.press(ben.page, "join.others")
    camera.field(ben.page, "join.seat_code", word)
    camera.take(ben, "join-others", whole=False)
    camera.press(ben.page, "join.go")
    look_at(who, "desk")
    for one, arms, gone in ((who, "6", False), (ben, "7", True), (who, "5", True)):
        ben.context.set_offline(gone)
        camera.field(one.page, "hole.guns", arms)
        camera.press(one.page, "orders.note")
        one.page.locator(".drafts").wait_for()
        one.page.wait_for_timeout(REST_MS)
    camera.take(who, "drafts")
    ben.context.set_offline(False)
    ben.page.locator("#clash").wait_for()
    camera.take(ben, "clash")
    ben.context.close()


def instructor(who: Person, camera: Camera, title: str, people: int) -> None:
    """The board and the projector of a session of one's own, and ways to step in."""
    page = who.page
    who.open()
    page.locator(".casehead input").fill(str(people))
    page.locator(".tile", has_text=title).locator("button").click()
    page.locator(".board-seats").first.wait_for()
    camera.take(who, "run")
    run = page.url
    page.goto(run.replace("/run/", "/roles/"))
    page.locator("article").first.wait_for()
    camera.take(who, "roles")
    page.emulate_media(media="print")
    camera.take(who, "roles-print")
    page.emulate_media(media="screen")
    page.goto(run.replace("/run/", "/screen/"))
    page.locator(".qr").wait_for()
    camera.take(who, "screen-lobby")
    page.goto(run)
    camera.press(page, "run.start")
    page.locator("#step-in").wait_for()
    page.locator(".board-seats summary").first.click()
    camera.take(who, "board")
    while page.locator(".steps [aria-current]").inner_text() != camera.word("phase.orders"):
        camera.press(page, "run.force")
        page.wait_for_timeout(REST_MS)
    for key in ("run.pause", "board.inject", "board.override", "preview.label"):
        camera.press(page, key)
        if key == "preview.label":
            page.locator("dialog[open] [aria-busy=false]").wait_for()
        camera.take(who, key.replace(".", "-"), whole=False)
        page.keyboard.press("Escape")
    page.goto(run.replace("/run/", "/screen/"))
    page.locator(".map").wait_for()
    camera.take(who, "screen")


def learner(who: Person, camera: Camera) -> None:
    """The first steps of the tutorial."""
    who.open()
    camera.press(who.page, "home.learn")
    camera.take(who, "tutorial", whole=False)
    look_at(who, "role")
    look_at(who, "desk")
    camera.take(who, "tutorial-offer", whole=False)


def ending(who: Person, browser: Browser, camera: Camera) -> None:
    """A whole game with one roll call, and the debrief as a seat has it."""
    class_ = session(who.url)
    who.sit(class_.code, "COR")
    until(who, class_, "negotiation")
    tabling(who, camera)
    until(who, class_, "assembly")
    who.page.locator(".ballot .button").first.click()
    who.page.locator(".ballot [aria-pressed=true]").first.wait_for()
    while class_.state()["status"] != "over":
        class_.control(act="force", id=f"f{time.time_ns()}")
    who.page.locator("#report").wait_for()
    camera.take(who, "over")
    camera.press(who.page, "debrief.open")
    printed(who)
    camera.take(who, "debrief")
    afterwards(class_, browser, camera)


def afterwards(class_: Session, browser: Browser, camera: Camera) -> None:
    """What the instructor and the projector have when all is over."""
    teacher = camera.look.somebody(browser, class_.url)
    page = teacher.page
    teacher.open()
    ticket = {"session": class_.name, "code": class_.code, "control": class_.control_token, "public": class_.public_token}
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"unipole:ticket:{class_.code}", json.dumps(ticket)])
    teacher.open(f"#/run/{class_.code}")
    page.locator("#records").wait_for()
    camera.take(teacher, "board-over")
    camera.press(page, "purge.label")
    camera.take(teacher, "purge", whole=False)
    page.keyboard.press("Escape")
    camera.press(page, "debrief.open")
    printed(teacher)
    camera.press(page, "debrief.eyes.all")
    page.locator("button.ask").first.click()
    camera.take(teacher, "what-if", whole=False)
    page.keyboard.press("Escape")
    camera.take(teacher, "debrief-all")
    teacher.open(f"#/screen/{class_.code}")
    printed(teacher)
    camera.take(teacher, "slide-1", whole=False)
    for number in (2, 3, 4):
        page.keyboard.press("ArrowRight")
        camera.take(teacher, f"slide-{number}", whole=False)
    teacher.context.close()


def printed(who: Person) -> None:
    """Wait until the debrief is laid out."""
    who.page.locator(".debrief-sheet[aria-busy=false] h1").wait_for()
