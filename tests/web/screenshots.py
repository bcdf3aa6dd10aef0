"""``python -m tests.web.screenshots``: pictures of every page at three widths, in both lights and both languages, for eyes to judge.

``python -m tests.web.screenshots FOLDER 360-light-ru 1440-dark-en`` takes these alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.web.classroom import Person, Session, browsing, person, serving, session

SIZES = {1440: 900, 820: 1100, 360: 740}
SCHEMES = ("light", "dark")
PLACES = {"en": ("Desk", "Talk", "Chamber", "World", "Role", "Record"), "ru": ("Стол", "Беседы", "Зал", "Мир", "Роль", "Летопись")}
REST_MS = 900


class Camera:
    """Takes the pictures of one person's journey, numbered in their order."""

    def __init__(self, who: Person, folder: Path, name: str) -> None:
        self._who = who
        self._folder = folder
        self._name = name
        self._number = 0

    def take(self, title: str, *, whole: bool = True) -> None:
        """One picture, once the page has come to rest."""
        self._number += 1
        self._who.page.wait_for_timeout(REST_MS)
        path = self._folder / f"{self._name}-{self._number:02d}-{title}.png"
        self._who.page.screenshot(path=path, full_page=whole)


def journey(who: Person, class_: Session, camera: Camera, seat: str, language: str) -> None:
    """From the first page to the report."""
    desk, talk, chamber, world, role, record = PLACES[language]
    who.open()
    who.page.locator(".tile").first.wait_for()
    camera.take("home")
    who.open("#/rules")
    camera.take("rules")
    who.open(f"#/join/{class_.code}")
    camera.take("join")
    who.sit(class_.code, seat)
    who.look_at(role)
    camera.take("role")
    talking(who, camera, talk)
    who.look_at(desk)
    class_.control(act="start")
    camera.take("briefing")
    class_.until("negotiation")
    camera.take("first-round")
    class_.until("negotiation", 2)
    camera.take("negotiation")
    who.page.locator("#inbox + button").click()
    camera.take("builder", whole=False)
    who.page.keyboard.press("Escape")
    who.look_at(world)
    camera.take("world")
    who.look_at(chamber)
    camera.take("chamber")
    who.look_at(desk)
    class_.until("assembly")
    camera.take("assembly")
    class_.until("orders")
    camera.take("orders")
    class_.until("report")
    camera.take("report")
    who.look_at(record)
    camera.take("record")
    who.page.locator(".lead .button").nth(1).click()
    camera.take("ledger")


def talking(who: Person, camera: Camera, talk: str) -> None:
    """A room is opened, and something is said in it."""
    who.look_at(talk)
    who.page.locator(".roomlist .button").first.click()
    camera.take("talk-open", whole=False)
    for box in who.page.locator("dialog[open] input").all()[:2]:
        box.check()
    who.page.locator("dialog[open] .bottom .button").click()
    who.page.locator(".talk textarea").fill("?!")
    who.page.locator(".talk textarea").press("Enter")
    camera.take("talk")


def learner(who: Person, camera: Camera) -> None:
    """The first steps of the tutorial."""
    who.open()
    who.page.locator(".hero .row .button").click()
    camera.take("tutorial", whole=False)
    who.page.locator(".tabs [data-place=role]").click()
    who.page.locator(".tabs [data-place=desk]").click()
    camera.take("tutorial-offer", whole=False)


def instructor(who: Person, camera: Camera, title: str) -> None:
    """The board and the projector of a session of one's own, and a seat to whom something was said."""
    who.open()
    who.page.locator(".tile", has_text=title).locator("button").click()
    camera.take("run")
    run = who.page.url
    who.page.goto(run.replace("/run/", "/roles/"))
    who.page.locator("article").first.wait_for()
    camera.take("roles")
    who.page.goto(run.replace("/run/", "/screen/"))
    camera.take("screen-lobby")
    who.page.goto(run)
    who.page.locator(".choices .main").click()
    who.page.locator(".board-seats summary").first.click()
    camera.take("board")
    who.page.locator("section[aria-labelledby=step-in] .button").nth(1).click()
    camera.take("news", whole=False)
    who.page.keyboard.press("Escape")
    who.page.goto(run.replace("/run/", "/screen/"))
    camera.take("screen")


def album(browser: Browser, url: str, folder: Path, wanted: Sequence[str]) -> None:
    """All pictures: the Council case in English, the small case in Russian."""
    for width, scheme, language in product(SIZES, SCHEMES, PLACES):
        name = f"{width}-{scheme}-{language}"
        if wanted and name not in wanted:
            continue
        who = person(browser, url, width, SIZES[width], scheme, language)
        case, seat = ("tiny", "COR") if language == "ru" else ("iraq-2003", "FRA")
        class_ = session(url, case, start=False)
        camera = Camera(who, folder, name)
        journey(who, class_, camera, seat, language)
        instructor(who, camera, "Iraq and the Security Council" if language == "en" else "Корин")
        learner(who, camera)
        who.context.close()
        print(f"{folder}/{name}-*.png")


def main(folder: Path, wanted: Sequence[str]) -> None:
    """Take them."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as url, browsing() as browser:
        album(browser, url, folder, wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), sys.argv[2:])
