"""``python -m tests.web.screenshots``: pictures of every page at three widths in both lights, for eyes to judge."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.web.classroom import Person, Session, browsing, person, serving, session

SIZES = {1440: 900, 820: 1100, 360: 740}
SCHEMES = ("light", "dark")
PLACES = {"en": ("Desk", "Chamber", "World", "Role", "Record"), "ru": ("Стол", "Зал", "Мир", "Роль", "Летопись")}
REST_MS = 1500


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
    desk, chamber, world, role, record = PLACES[language]
    who.open()
    camera.take("home")
    who.open(f"#/join/{class_.code}")
    camera.take("join")
    who.sit(class_.code, seat)
    who.look_at(role)
    camera.take("role")
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


def instructor(who: Person, camera: Camera, title: str) -> None:
    """Control and projector of a session of one's own."""
    who.open()
    who.page.locator(".tile", has_text=title).locator("button").click()
    camera.take("run")
    run = who.page.url
    who.page.goto(run.replace("/run/", "/screen/"))
    camera.take("screen-lobby")
    who.page.goto(run)
    who.page.locator(".choices .main").click()
    who.page.goto(run.replace("/run/", "/screen/"))
    camera.take("screen")


def album(browser: Browser, url: str, folder: Path) -> None:
    """All pictures: the Council case in English, and one round of the small case in Russian."""
    for width, height in SIZES.items():
        for scheme in SCHEMES:
            russian = width == 820 and scheme == "dark"
            who = person(browser, url, width, height, scheme, "ru" if russian else "en")
            class_ = session(url, "tiny" if russian else "iraq-2003", start=False)
            camera = Camera(who, folder, f"{width}-{scheme}")
            journey(who, class_, camera, "COR" if russian else "FRA", "ru" if russian else "en")
            instructor(who, camera, "Iraq and the Security Council")
            who.context.close()
            print(f"{width} px, {scheme}: {folder}/{width}-{scheme}-*.png")


def main(folder: Path) -> None:
    """Take them."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as url, browsing() as browser:
        album(browser, url, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
