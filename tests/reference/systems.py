"""The register of systems and the switches where sources disagree, read from their files, and the pages made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conformance.cases import all_cases

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS, SWITCHES = ROOT / "docs" / "reference" / "systems.toml", ROOT / "docs" / "theory" / "switches.toml"
CORE = Path(__file__).parent / "core.toml"
LISTS = ("modules", "orders", "parameters", "scenarios", "cases")
NOTE = "Written by `python -m tests.reference`; a test compares the two, and another sees to it that every name exists.\n"
_CITED = re.compile(r"\b([WIJS])(\d{1,3})(?:\s*(?:-|–|to)\s*\1?(\d{1,3}))?\b")


@dataclass(frozen=True)
class Row:
    """A row of either file: its number and name, and what it lists."""

    number: int
    name: str
    kind: str
    cites: tuple[str, ...]
    positions: str
    lists: dict[str, tuple[str, ...]]

    @property
    def empty(self) -> tuple[str, ...]:
        """The lists with nothing in them."""
        return tuple(name for name, items in self.lists.items() if not items)


def _rows(path: Path, key: str, lists: Iterable[str]) -> tuple[Row, ...]:
    found = []
    for table in tomllib.loads(path.read_text())[key]:
        held = {name: tuple(table[name]) for name in lists}
        cites = tuple(table.get("cites", ()))
        found.append(Row(table["number"], table["name"], table.get("kind", ""), cites, table.get("positions", ""), held))
    return tuple(found)


def systems() -> tuple[Row, ...]:
    """The systems that the engine is to have."""
    return _rows(SYSTEMS, "system", LISTS)


def switches() -> tuple[Row, ...]:
    """The disagreements of the sources."""
    return _rows(SWITCHES, "switch", ("parameters", "cases"))


def cited_in(text: str) -> set[str]:
    """The propositions that a text names, ranges such as W4-W8 included."""
    found: set[str] = set()
    for letter, first, last in _CITED.findall(text):
        found.update(f"{letter}{number}" for number in range(int(first), int(last or first) + 1))
    return found


@cache
def cited() -> frozenset[str]:
    """The propositions that a case, an experiment or a page of the theory names."""
    found = {source for case in all_cases() for source in case.cites}
    for folder, pattern in (("docs/theory", "*.md"), ("scenarios/experiments", "*.toml")):
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.name != "switches.md":  # a table of contents is no sentence
                found |= cited_in(path.read_text())
    return frozenset(found)


def core() -> tuple[list[str], list[str]]:
    """The core propositions, and of these the ones that are admitted to be cited nowhere yet."""
    table = tomllib.loads(CORE.read_text())
    return table["core"].split(), table["uncited"].split()


def _listed(items: Iterable[str], *, code: bool = True) -> str:
    return ", ".join(f"`{item}`" if code else item for item in items) or "–"


def systems_page() -> str:
    """Where each system lives and what shows it."""
    parts = [
        "# Systems\n",
        NOTE,
        "What the engine models: where it lives, what a player does with it, its parameters, and the scenarios and cases that use it.\n",
    ]
    for row in systems():
        parts += [f"## {row.number}. {row.name}\n", f"{row.kind.capitalize()}; {' '.join(row.cites)}.\n"]
        parts.append("| | |\n|---|---|\n" + "".join(f"| {name} | {_listed(row.lists[name])} |\n" for name in LISTS))
    return "\n".join(parts)


def switches_page() -> str:
    """Where the sources disagree and what takes a side."""
    parts = [
        "# Where the sources disagree\n",
        NOTE,
        "Each disagreement is a parameter, a named switch or an argument of a report; the cases show both sides.\n",
    ]
    for row in switches():
        parts += [f"## {row.number}. {row.name}\n", f"{row.positions or 'Not written yet.'}\n"]
        parts.append("| | |\n|---|---|\n" + "".join(f"| {name} | {_listed(row.lists[name])} |\n" for name in ("parameters", "cases")))
    return "\n".join(parts)
