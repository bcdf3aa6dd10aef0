"""``python -m tests.web.screenshots``: pictures of every page at three widths, in both lights and both languages, for eyes to judge.

``python -m tests.web.screenshots FOLDER 360-light-ru 1440-dark-en`` takes these alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.web.classroom import browsing, serving, session
from tests.web.scenes import CASES, Camera, Look, ending, instructor, learner, player, sharing

SIZES = {1440: 900, 820: 1100, 360: 740}
SCHEMES = ("light", "dark")
TITLES = {"en": ("Iraq and the Security Council", 27), "ru": ("Корин", 4)}


def album(browser: Browser, url: str, folder: Path, wanted: Sequence[str]) -> None:
    """All pictures: the Council case in English, the small case in Russian."""
    for width, scheme, language in product(SIZES, SCHEMES, TITLES):
        look = Look(width, SIZES[width], scheme, language)
        if wanted and look.name not in wanted:
            continue
        camera = Camera(look, folder)
        case, seat = CASES[language]
        who = look.somebody(browser, url)
        player(who, session(url, case, start=False), camera, seat)
        instructor(who, camera, *TITLES[language])
        learner(who, camera)
        sharing(who, browser, camera)
        ending(who, browser, camera)
        who.context.close()
        print(f"{folder}/{look.name}-*.png", flush=True)


def main(folder: Path, wanted: Sequence[str]) -> None:
    """Take them."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as url, browsing() as browser:
        album(browser, url, folder, wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), sys.argv[2:])
