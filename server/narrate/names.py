"""What scenarios call things, in the reader's language: states and councils with all their forms, titles, bulletins and sheets.

States are named in ``messages/states.*.toml``, and what many scenarios say alike but for a number or a name, such as an objective, is a
pattern in ``messages/scenarios.*.toml``.  The rest stands with each scenario, in its folder ``ru``: ``texts.toml`` with the English text as
the key, the sheets of its seats, and a README whose learning aims stand in the same order.  What nobody translated stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.folder import MAIN, names
from scenarios.lesson import aims
from server.narrate.language import Language, language, table
from server.narrate.patterns import patterns
from server.narrate.phrases import Count, Phrase

KEPT = 4_096
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def called(text: str) -> Phrase:
    """A state or a council by the name that its scenario gives it."""
    return _names(language()).get(text) or Phrase((text,))


def within(text: str) -> Phrase:
    """A state as it stands inside a sentence: in English some take an article."""
    article = _article(language())
    return Phrase((f"the {text}",)) if article and article.search(text) else called(text)


def worded(text: str) -> str:
    """A title, a bulletin, an objective, a learning aim or a sheet."""
    tongue = language()
    return _texts(tongue).get(text) or _made(tongue, text) or text


@lru_cache(maxsize=KEPT)
def _made(tongue: Language, text: str) -> str:
    """A text that a pattern makes; empty if none does."""
    for pattern in patterns("scenarios", tongue):
        matched = pattern.known.fullmatch(text)
        if matched:
            return pattern.becomes.format(*(_filled(tongue, hole) for hole in matched.groups()))
    return ""


def _filled(tongue: Language, hole: str) -> object:
    """What stands in a hole, as something that can take the form it is asked for."""
    if hole.isdecimal():
        return Count(hole)
    if _NUMBER.fullmatch(hole):
        return Phrase([hole.replace(".", ",")])
    if hole in _names(tongue):
        return _names(tongue)[hole]
    known = _texts(tongue).get(hole)
    if known is None and ", " in hole and not hole.endswith("."):
        return Phrase([", ".join(str(_filled(tongue, part)) for part in hole.split(", "))])
    return Phrase([known or _made(tongue, hole) or hole])


@cache
def _names(tongue: Language) -> Mapping[str, Phrase]:
    tables = [table(files("server.narrate") / "messages" / f"states.{tongue}.toml")]
    tables += [found for translated in _translations(tongue) if isinstance(found := translated.get("names"), dict)]
    return {english: Phrase(row[1:], row[0]) for names in tables for english, row in names.items() if isinstance(row, list)}


@cache
def _article(tongue: Language) -> re.Pattern[str] | None:
    """What finds the names that take an article; None for a language without."""
    found = table(files("server.narrate") / "messages" / f"states.{tongue}.toml").get("article")
    if not isinstance(found, dict):
        return None
    return re.compile(rf"\b({'|'.join(found['words'])})\b|^({'|'.join(found['names'])})$", re.IGNORECASE)


@cache
def _texts(tongue: Language) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for translated in _translations(tongue):
        texts = translated.get("texts")
        found |= texts if isinstance(texts, dict) else {}
    for name in names():
        found |= zip(aims(name), aims(name, tongue), strict=True)
    return found | dict(_sheets(tongue))


def _translations(tongue: Language) -> list[dict[str, object]]:
    folders = [item / tongue / "texts.toml" for item in files("scenarios").iterdir() if (item / MAIN).is_file()]
    return [table(file) for file in folders if file.is_file()]


def _sheets(tongue: Language) -> Iterator[tuple[str, str]]:
    """(sheet, the same in another language) of every sheet that was translated."""
    for folder in files("scenarios").iterdir():
        if (folder / MAIN).is_file() and (folder / tongue / "seats").is_dir():
            for sheet in (folder / tongue / "seats").iterdir():
                yield (folder / "seats" / sheet.name).read_text("utf-8"), sheet.read_text("utf-8")
