"""Sentences that are known by their pattern: an English one with numbered holes, and what it becomes in another language.

``messages/<name>.<language>.toml`` holds them in groups.  ``{0}`` takes anything, ``{0:d}`` whole numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from server.narrate.language import Language, table

_HOLES = {None: "", "d": r"(\d+)"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with holes, and the same in another language; ``fixed`` counts the letters of its own."""

    template: str
    known: re.Pattern[str]
    becomes: str
    fixed: int


@cache
def patterns(name: str, tongue: Language) -> tuple[Pattern, ...]:
    """All patterns of a file, those with most words of their own first; none for a language without such a file."""
    file = files("server.narrate") / "messages" / f"{name}.{tongue}.toml"
    groups = table(file) if file.is_file() else {}
    pairs: dict[str, str] = {}
    for group in groups.values():
        assert isinstance(group, Mapping), "sentences stand in groups"
        pairs |= group
    longest_first = sorted(pairs.items(), key=lambda pair: (-_fixed(pair[0]), pair[0]))
    return tuple(Pattern(known, _expression(known), becomes, _fixed(known)) for known, becomes in longest_first)


def _expression(known: str) -> re.Pattern[str]:
    pieces = Formatter().parse(known)
    return re.compile("".join(re.escape(text) + _HOLES.get(form, "(.+?)") for text, _, form, _ in pieces), re.DOTALL)


def _fixed(known: str) -> int:
    return sum(len(text) for text, _, _, _ in Formatter().parse(known))
