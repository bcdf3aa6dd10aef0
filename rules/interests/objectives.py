"""Objectives: a small language in which a role says what it wants to hold at the end.

    [not] name[(subject)] [comparison (number | start [(+ | -) number])]

The subject is ``self`` (the country whose objective it is) or the id of an issue or commitment in double
quotes.  A comparison is one of ``>= <= > < == !=``.  ``start`` is the same payoff term at the opening and
stands beside payoff terms only.  Reading a predicate never looks at a game; asking whether it holds never
changes one.  What can be asked is in ``rules.interests.wishes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from operator import eq, ge, gt, le, lt, ne
from typing import Literal

import numpy as np

from rules.interests.wishes import WORDS, BadPredicate, Kind, Subject
from rules.state import TERMS, Sight, View, index

__all__ = ["COMPARISONS", "LENGTH_MAX", "SAME_PAYOFF", "WORDS", "BadPredicate", "Predicate", "holds", "measured", "parse"]

Comparison = Callable[[float, float], bool]
COMPARISONS: dict[str, Comparison] = {">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt}
LENGTH_MAX = 200
SAME_PAYOFF = 1e-6
"""Payoffs closer to the start than this count as the start: nobody can see or feel the difference."""
_ID = r"[a-z0-9][a-z0-9.:-]{0,63}"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that was read.  ``bound`` is None for a truth, a number, or ``"start"``."""

    negated: bool
    name: str
    subject: str
    comparison: str
    bound: float | Literal["start"] | None
    offset: float = 0.0  # from the start


def holds(predicate: Predicate, sight: Sight, country: str) -> bool:
    """Whether a predicate holds for a country, in the whole game or in that country's own view.

    Raises:
        BadPredicate: it names an issue that the game does not have.
        ValueError: there is no such country, or the view is another's and the predicate needs private
        figures.
    """
    if country not in sight.atlas.countries:
        raise ValueError(f"there is no country {country} in this game")
    value, bound = measured(predicate, sight, country)
    found = value != 0.0 if bound is None else COMPARISONS[predicate.comparison](value, bound)
    return found != predicate.negated


def measured(predicate: Predicate, sight: Sight, country: str) -> tuple[float, float | None]:
    """What a predicate finds for a country, and the number it is compared with (None for a truth); raises like ``holds``."""
    value = WORDS[predicate.name].ask(sight, country, predicate.subject)
    if predicate.bound != "start":
        return value, predicate.bound
    bound = _start(sight, country, predicate.name) + predicate.offset
    return (bound if abs(value - bound) <= SAME_PAYOFF else value), bound


def _start(sight: Sight, country: str, term: str) -> float:
    terms = np.atleast_1d(sight.atlas.opening) if isinstance(sight, View) else sight.atlas.opening[index(sight, country)]
    return float(terms[TERMS.index(term)])


def parse(text: str) -> Predicate:
    """Read a predicate.

    Raises:
        BadPredicate: with the position of the first character that does not fit, and the remedy.
    """
    if len(text) > LENGTH_MAX:
        raise BadPredicate(LENGTH_MAX, "the predicate is too long.", f"Use at most {LENGTH_MAX} characters.")
    reader = _Reader(text)
    negated = reader.take(r"not\b") is not None
    start = reader.at
    name = reader.take(r"[a-z_]+") or ""
    if name not in WORDS:
        close = get_close_matches(name, sorted(WORDS), n=1)
        remedy = f"Did you mean {close[0]}?" if close else f"Use one of: {', '.join(sorted(WORDS))}."
        raise BadPredicate(start, f"{name or reader.here()} is not a predicate.", remedy)
    word = WORDS[name]
    subject = "" if word.subject == "nothing" else _subject(reader, name, word.subject)
    comparison, bound = _bound(reader, word.kind)
    offset = _offset(reader) if bound == "start" else 0.0
    if not reader.ended():
        raise reader.misfit("End the predicate here; make two objectives of two wishes.")
    return Predicate(negated, name, subject, comparison, bound, offset)


class _Reader:
    """A place in a text; ``at`` never stands on a blank."""

    def __init__(self, text: str) -> None:
        self.text = text.rstrip()
        self.at = len(self.text) - len(self.text.lstrip())

    def take(self, pattern: str) -> str | None:
        """The text that fits here, stepping over it and the blanks after it; None if it does not fit."""
        match = re.compile(rf"({pattern})\s*").match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[1]

    def ended(self) -> bool:
        return self.at == len(self.text)

    def here(self) -> str:
        return "the end" if self.ended() else self.text[self.at :].split()[0]

    def misfit(self, remedy: str) -> BadPredicate:
        return BadPredicate(self.at, f"{self.here()} does not fit here.", remedy)


def _subject(reader: _Reader, name: str, subject: Subject) -> str:
    wanted = "self" if subject == "self" else f'"{subject}-id"'
    pattern = r"self\b" if subject == "self" else f'"{_ID}"'
    found = ""
    for part in (r"\(", pattern, r"\)"):
        taken = reader.take(part)
        if taken is None:
            raise reader.misfit(f"Write {name}({wanted}).")
        found = taken if part == pattern else found
    return found.strip('"')


def _bound(reader: _Reader, kind: Kind) -> tuple[str, float | Literal["start"] | None]:
    signs = "|".join(COMPARISONS)
    if kind == "truth":
        if re.match(signs, reader.text[reader.at :]):
            raise reader.misfit("This predicate is true or false: leave the comparison out.")
        return "", None
    comparison = reader.take(signs)
    if comparison is None:
        raise reader.misfit(f"A comparison is needed here, one of: {' '.join(COMPARISONS)}.")
    number = reader.take(r"-?[0-9]+(?:\.[0-9]+)?(?![\w.])")
    if number is not None:
        return comparison, float(number)
    if kind == "payoff" and reader.take(r"start\b"):
        return comparison, "start"
    raise reader.misfit("Compare with a number or with start." if kind == "payoff" else "Compare with a number.")


def _offset(reader: _Reader) -> float:
    """``- 0.05`` after ``start``; nothing is 0."""
    sign = reader.take(r"[+-]")
    if sign is None:
        return 0.0
    number = reader.take(r"[0-9]+(?:\.[0-9]+)?(?![\w.])")
    if number is None:
        raise reader.misfit("Say how far from the start, such as start - 0.05.")
    return float(f"{sign}{number}")
