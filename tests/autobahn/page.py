"""docs/reference/websocket.md: what the suite found, by the chapters of the suite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "websocket.md"
CHAPTERS = {
    "1": "framing",
    "2": "pings and pongs",
    "3": "reserved bits",
    "4": "opcodes",
    "5": "fragments",
    "6": "UTF-8",
    "7": "closing",
    "9": "large messages",
    "10": "fragments by the receiver",
    "12": "compression, which is not agreed to",
    "13": "compression with parameters, which is not agreed to",
}
WELL = ("OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED")
"""Unimplemented is what was not agreed to."""
HEAD = """# The WebSocket and RFC 6455

The doors, the upgrade, the pings and the closing of the server, with an echo in the place of the conversation, against the Autobahn test
suite 25.10.1. `make autobahn` runs it again and writes this page; it needs Python 2.7, so it is no part of `make test`. *Non-strict* is
late but right, *informational* cannot be right or wrong, *unimplemented* is compression, which the server never agrees to.

"""


@dataclass(frozen=True, slots=True)
class Case:
    """What the suite says of one case: of the messages, and of the close."""

    name: str
    behavior: str
    behavior_close: str

    @property
    def is_well(self) -> bool:
        """Neither broke the standard."""
        return self.behavior in WELL and self.behavior_close in WELL

    @property
    def said(self) -> str:
        """The word for the table."""
        return self.behavior if self.is_well else "FAILED"


def table(cases: Iterable[Case], known: Mapping[str, str]) -> str:
    """The whole page."""
    by_chapter: dict[str, Counter[str]] = {chapter: Counter() for chapter in CHAPTERS}
    failed = []
    for case in cases:
        by_chapter[case.name.split(".")[0]][case.said] += 1
        if not case.is_well:
            failed.append(f"- {case.name}: {known.get(case.name, 'not explained yet')}")
    columns = (*WELL, "FAILED")
    lines = ["| chapter | cases | " + " | ".join(word.lower() for word in columns) + " |", "|---|" + "---:|" * (1 + len(columns))]
    whole = sum(by_chapter.values(), Counter[str]())
    rows = [(f"{number} {name}", by_chapter[number]) for number, name in CHAPTERS.items() if by_chapter[number]]
    for title, counts in (*rows, ("all", whole)):
        lines.append(f"| {title} | {counts.total()} | " + " | ".join(str(counts[word]) for word in columns) + " |")
    return HEAD + "\n".join(lines) + "\n" + ("\nWhat failed:\n\n" + "\n".join(failed) + "\n" if failed else "")
