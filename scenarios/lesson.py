"""What a scenario is for in a class: the learning aims in the README of its folder, or of a folder for another language in it."""

from __future__ import annotations

import re

from scenarios.folder import built_in

ABOUT = "README.md"
HEADINGS = {"en": "Learning aims", "ru": "Чему учит"}
AIM = re.compile(r"^\d+\. (.*?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)


def aims(name: str, language: str = "en") -> tuple[str, ...]:
    """The learning aims of a scenario that ships with the program, in order; none if its README has none, or there is no README."""
    folder = built_in(name)
    file = (folder if language == "en" else folder / language) / ABOUT
    if not file.is_file():
        return ()
    section = re.compile(rf"^## {HEADINGS[language]}$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    found = section.search(file.read_text(encoding="utf-8"))
    return tuple(" ".join(aim.split()) for aim in AIM.findall(found[1])) if found else ()
