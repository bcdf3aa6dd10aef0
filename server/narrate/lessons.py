"""How a case is taught, as the instructor reads it: files say names of files and codes, a page says titles and countries."""

from __future__ import annotations

import re

from rules.state import Atlas
from scenarios import load, names
from scenarios.folder import MAIN
from scenarios.lesson import lesson
from server.narrate.language import language, say
from server.narrate.names import within, worded

_QUOTED = re.compile(r"`([\w.-]+)`")
_CODE = re.compile(r"\b[A-Z]{3}\b")


def taught(atlas: Atlas) -> str:
    """Aims, plan and teaching notes of the case that is played; empty if nobody wrote them."""
    land = dict(zip(atlas.countries, atlas.names, strict=True))
    plan = titled(lesson(atlas.scenario, language()))
    return _CODE.sub(lambda found: within(land[found[0]]) if found[0] in land else found[0], plan)


def titled(text: str) -> str:
    """What it cites by the names of folders and files, as people call it."""
    return _QUOTED.sub(lambda found: _named(found[1]), text)


def whole_turns(atlas: Atlas) -> int:
    """How many turns the plan is made for: those of the case, though fewer may be played."""
    return max(atlas.turns, load(atlas.scenario).data.scenario.turns) if atlas.scenario in names() else atlas.turns


def _named(word: str) -> str:
    """What a word of the program is called: another case by its title, its file by what stands in it."""
    if word == MAIN:
        return say("lesson.figures")
    return say("lesson.case", title=worded(load(word).data.scenario.title)) if word in names() else word
