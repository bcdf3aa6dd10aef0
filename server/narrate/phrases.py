"""Words that agree: what a hole of a message asks of its argument, written as the format of the hole.

=====================  ===============================================================================================
``{who:gen}``          a case: nom, gen, dat, acc, ins, pre
``{who:с}``            a preposition with its case, sounded to fit: со Словакией, с Францией; об Ираке, о Франции
``{who:ушёл|ушла|…}``  by gender and number: masculine, feminine, neuter, plural; two parts: singular, plural
``{turns:ход|хода|…}``  by a count: one, few, many; two parts: one, other
``{case:пакт|пакта|…}``  inside a noun: by the case in which it is asked for
=====================  ===============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Self

CASES = ("nom", "gen", "dat", "acc", "ins", "pre")
GENDERS = ("m", "f", "n", "p")
SINGULAR_AND_PLURAL, ONE_FEW_MANY = 2, 3
_HARD_AFTER_S = re.compile(r"[СЗШЖсзшж][бвгджзйклмнпрстфхцчшщ]|[Щщ]")
_PREPOSITIONS = {"с": ("ins", _HARD_AFTER_S, "со"), "о": ("pre", re.compile("[АаЭэИиОоУу]"), "об")}


class Phrase(str):
    """The name of a thing or person: a string that knows its forms and its gender.  As a string it is the nominative."""

    __slots__ = ("forms", "gender")
    forms: tuple[str, ...]
    gender: str

    def __new__(cls, forms: Sequence[str], gender: str = "m") -> Self:
        """Six forms, or one that does for all cases."""
        made = super().__new__(cls, forms[0])
        made.forms, made.gender = tuple(forms), gender
        return made

    def case(self, case: str) -> str:
        """The form of a case."""
        return self.forms[CASES.index(case)] if len(self.forms) > 1 else self.forms[0]

    def __format__(self, asked: str) -> str:
        """The form that a hole asks for."""
        if not asked:
            return str(self)
        if "|" in asked:
            parts = asked.split("|")
            return parts[self.gender == "p"] if len(parts) == SINGULAR_AND_PLURAL else parts[GENDERS.index(self.gender)]
        if asked in _PREPOSITIONS:
            case, hard, long = _PREPOSITIONS[asked]
            form = self.case(case)
            return f"{long if hard.match(form) else asked} {form}"
        return self.case(asked)


class Case(str):
    """The case in which a noun is asked for."""

    __slots__ = ()

    def __format__(self, asked: str) -> str:
        """The part for this case."""
        return asked.split("|")[CASES.index(self)]


class Count(int):
    """A number of things."""

    def __format__(self, asked: str) -> str:
        """The number; or, of several parts, the one that goes with it."""
        if "|" not in asked:
            return format(int(self), asked)
        parts = asked.split("|")
        if len(parts) == SINGULAR_AND_PLURAL:
            return parts[self != 1]
        tens, ones = divmod(abs(self), 10)
        if tens % 10 == 1 or ones == 0 or ones > 4:  # noqa: PLR2004 - Russian counts 2, 3 and 4 apart
            return parts[2]
        return parts[0] if ones == 1 else parts[1]
