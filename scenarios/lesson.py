"""What a scenario is for in a class: the learning aims in the README of its folder."""

from __future__ import annotations

import re

from scenarios.folder import built_in

ABOUT = "README.md"
AIMS = re.compile(r"^## Learning aims$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
AIM = re.compile(r"^\d+\. (.*?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)


def aims(name: str) -> tuple[str, ...]:
    """The learning aims of a scenario that ships with the program, in order; none if its README has none, or there is no README."""
    file = built_in(name) / ABOUT
    if not file.is_file():
        return ()
    found = AIMS.search(file.read_text(encoding="utf-8"))
    return tuple(" ".join(aim.split()) for aim in AIM.findall(found[1])) if found else ()
