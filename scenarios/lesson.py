"""What a scenario is for in a class, and how it is taught: the README of its folder, or of a folder for another language in it."""

from __future__ import annotations

import re

from rules.turn import TABLE
from scenarios.folder import built_in
from scenarios.schema import ScenarioFile

ABOUT = "README.md"
HEADINGS = {"en": "Learning aims", "ru": "Чему учит"}
SOURCES = "\n## How the figures were made"
"""With this begins what is about the data and no more about the lesson."""
CODES = re.compile(
    r"\s*\((?:`[\w-]+`|[A-Z]{1,2}\d+)(?:,\s+(?:`[\w-]+`|[A-Z]{1,2}\d+))*\)"  # (W59, W154)
    r"|(?<=\()[A-Z]{1,2}\d+; "  # (W158; compare ...)
    r"|\s+(?:on|о) [A-Z]{1,2}\d+(?=:)|\s+(?:Compare|Сравните с) [A-Z]{1,2}\d+\.|\s+\(order `\w+`\)"
)
"""Propositions that a line rests on, and names of orders, for whoever reads the file; a class knows nothing of them."""
AIM = re.compile(r"^\d+\. (.*?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)


def lesson(name: str, language: str = "en") -> str:
    """Aims, plan and teaching notes of a scenario that ships with the program, as Markdown; empty if nobody wrote them."""
    folder = built_in(name)
    file = (folder if language == "en" else folder / language) / ABOUT
    return CODES.sub("", file.read_text(encoding="utf-8").partition(SOURCES)[0]) if file.is_file() else ""


def aims(name: str, language: str = "en") -> tuple[str, ...]:
    """The learning aims of a scenario, in order; none if nobody wrote them."""
    section = re.compile(rf"^## {HEADINGS[language]}$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    found = section.search(lesson(name, language))
    return tuple(" ".join(aim.split()) for aim in AIM.findall(found[1])) if found else ()


def turn_seconds(data: ScenarioFile) -> int:
    """How long one turn takes if every round uses its time."""
    timings = [data.schedule.of(row.name) for row in TABLE]
    return sum(int(timing.rounds) * int(timing.seconds) for timing in timings)
