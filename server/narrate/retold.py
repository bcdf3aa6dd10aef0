"""What the rules say in words, in the reader's language.

The rules have one language: a refusal or the reason of an event is a terse English sentence with codes of countries, and stands so in logs
and on the wire.  ``messages/rules.<language>.toml`` holds for each such sentence its pattern, with numbered holes, and what it becomes.
A hole takes codes of countries, one or several, a number, a name, or again a sentence of the rules.  In English those stand there that
people say otherwise; in all others codes become names and nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from server.narrate.amounts import amount
from server.narrate.language import Language, language
from server.narrate.names import called
from server.narrate.patterns import Pattern, patterns
from server.narrate.phrases import Phrase

Naming = Callable[[Sequence[str]], Phrase]
"""Codes of countries to their names, one after the other."""
_CODE = re.compile(r"\b[A-Z]{3}\b")
_CODES = re.compile(r"[A-Z]{3}(?:, [A-Z]{3})*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_ID = re.compile(r"[a-z0-9:.-]*\d[a-z0-9:.-]*")
_DRAFT = re.compile(r"[a-z][a-z0-9-]*-\d+-\d+")
DRAWN = re.compile(r"[0-9a-f]{10}|.+:duty")
"""A name that the rules drew or made of a draft's, and that tells nobody anything."""
_JOINTS = ("; ", ". ", ", ")
KEPT = 4_096
LOOSE = 7  # letters of its own with which a pattern may be found by accident in a text of several parts


class Id(Phrase):
    """The id of a thing.  A reader knows a ``draft`` by turn and number, and others by ``name``, unless the rules drew it."""

    __slots__ = ()

    def __format__(self, asked: str) -> str:
        """The form that a hole asks for."""
        if asked == "draft":
            return "-".join(self.rsplit("-", 2)[1:]) if _DRAFT.fullmatch(self) else str(self)
        if asked == "name":
            return "" if DRAWN.fullmatch(self) else f" {self}"
        return super().__format__(asked)


def codes_alone(codes: Sequence[str]) -> Phrase:
    """Codes stay codes, where nothing is known of the game."""
    return Phrase((", ".join(codes),))


def translated(text: str) -> str:
    """A text of the rules or of the server, by itself: its own language, and codes as they are."""
    return retold(text, codes_alone)


def retold(text: str, naming: Naming) -> str:
    """A text of the rules for the reader: names for codes, and its own language."""
    return _said(language(), text, naming)


def _said(tongue: Language, text: str, naming: Naming) -> str:
    whole = _found(tongue, text)
    if whole is not None and not _by_accident(tongue, *whole):
        pattern, holes = whole
        return pattern.becomes.format(*(_filled(tongue, hole, naming) for hole in holes))
    joint = next((joint for joint in _JOINTS if joint in text), None)
    if joint is None:
        return _CODE.sub(lambda found: naming([found[0]]), text)
    return joint.lstrip(".").join(_said(tongue, part, naming) for part in _parts(text, joint))


def _by_accident(tongue: Language, pattern: Pattern, holes: tuple[str, ...]) -> bool:
    """Whether a pattern with hardly a word of its own was found where its first hole is no word that is known."""
    opening = holes[0] if holes else ""
    is_word = opening.isascii() and opening[:1].islower() and not _ID.fullmatch(opening)
    return pattern.fixed <= LOOSE and is_word and _found(tongue, opening) is None


def _parts(text: str, joint: str) -> list[str]:
    """The text in parts; a full stop stays with its sentence."""
    stop = joint.strip() if joint.startswith(".") else ""
    *others, last = text.split(joint)
    return [*(part + stop for part in others), last]


def _filled(tongue: Language, hole: str, naming: Naming) -> object:
    """What stands in a hole, as something that can take the form it is asked for."""
    if _CODES.fullmatch(hole):
        return naming(hole.split(", "))
    if DRAWN.fullmatch(hole):
        return Id((hole,))
    if _NUMBER.fullmatch(hole):
        return amount(hole)
    said = _said(tongue, hole, naming)
    if said != hole:
        return Phrase((said,))
    known = called(hole)
    return known if len(known.forms) > 1 else Id((hole,))


@lru_cache(maxsize=KEPT)
def _found(tongue: Language, text: str) -> tuple[Pattern, tuple[str, ...]] | None:
    whole = "; " not in text and ", " not in text
    for pattern in patterns("rules", tongue):
        matched = pattern.known.fullmatch(text) if whole or pattern.fixed > LOOSE else None
        if matched:
            return pattern, matched.groups()
    return None
