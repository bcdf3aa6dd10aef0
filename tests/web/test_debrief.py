"""The debrief as it is read: on a phone, a tablet, a laptop and all between, in both lights and languages, with everything unfolded."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from server.debrief.page import debrief
from server.narrate.language import Language, speaking
from tests.server.games import VOTED, telling
from tests.web.classroom import session
from tests.web.conftest import Newcomer
from tests.web.flaws import flaws
from tests.web.scenes import printed

WIDTHS = (360, 500, 700, 820, 1000, 1440)
GAMES = {"iraq-2003": ("", VOTED), "tiny": ("*=random", 3), "gulf-small-states": ("", 12)}
"""A game of votes, one of broken words, one of war: seats and seed."""
UNFOLD = "document.querySelectorAll('details').forEach((one) => (one.open = true))"
PLANTED = {
    "cut": ".run span { width: 4px }",
    "tiny": "svg.chart text { font-size: 4px }",
    "overlap": ".ring text { font-size: 40px }",
    "sideways": ".timeline { width: 2000px }",
    "sideways: section": "section { overflow-x: auto } .timeline { width: 2000px }",
}
"""A kind of flaw, and a style that brings it about."""


@cache
def written(case: str, language: Language) -> str:
    """The page of a game with all its secrets."""
    seats, seed = GAMES[case]
    with speaking(language):
        return debrief(telling(case, seats, seed))


def laid(browser: Browser, folder: Path, html: str, scheme: str = "light") -> Page:
    """A page that stands alone, with everything unfolded."""
    file = folder / "debrief.html"
    file.write_text(html, encoding="utf-8")
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    page.goto(file.as_uri())
    page.evaluate(UNFOLD)
    return page


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("case", GAMES)
def test_a_debrief_is_whole_at_every_width(browser: Browser, tmp_path: Path, case: str, language: Language) -> None:
    """Nothing is cut, lies on something else, scrolls sideways or is too small to read."""
    page = laid(browser, tmp_path, written(case, language), "dark" if language == "ru" else "light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert flaws(page) == [], width
    page.close()


def test_a_debrief_is_whole_inside_the_page(url: str, newcomer: Newcomer) -> None:
    """As a seat has it, and part by part on the projector."""
    class_ = session(url)
    seat = newcomer(width=360, height=740)
    seat.sit(class_.code, "COR")
    while class_.state()["status"] != "over":
        class_.control(act="force", id=f"f{time.time_ns()}")
    seat.page.locator("#report").wait_for()
    seat.page.get_by_text("Open the debrief").first.click()
    printed(seat)
    seat.page.evaluate(UNFOLD.replace("document.", "document.querySelector('.debrief-sheet > div').shadowRoot."))
    wall = newcomer(width=360, height=740)
    wall.open(f"#/screen/{class_.code}")
    printed(wall)
    for width in WIDTHS:
        seat.page.set_viewport_size({"width": width, "height": 900})
        assert flaws(seat.page) == [], width
    chooser = wall.page.locator(".slides select")
    chooser.wait_for()
    for part in chooser.locator("option").all():
        chooser.select_option(str(part.get_attribute("value")))
        for width in WIDTHS:
            wall.page.set_viewport_size({"width": width, "height": 900})
            assert flaws(wall.page) == [], (width, part.inner_text())


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_in_a_debrief_is_found(browser: Browser, tmp_path: Path, kind: str) -> None:
    """Letters cut, too small or one on another, and what scrolls, the page or a box in it."""
    html = written("iraq-2003", "en").replace("</style>", f"{PLANTED[kind]}</style>", 1)
    start, _, rest = html.partition('<meta http-equiv="Content-Security-Policy"')
    page = laid(browser, tmp_path, start + rest.partition(">")[2])
    page.set_viewport_size({"width": 360, "height": 900})
    assert any(flaw.startswith(kind) for flaw in flaws(page))
    page.close()
