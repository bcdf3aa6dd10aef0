"""What scenarios call things, in the reader's language: states and councils with all their forms, titles, bulletins and sheets.

States are named in ``messages/states.*.toml``.  The rest stands with each scenario that was translated, in its folder ``ru``:
``texts.toml`` with the English text as the key, and the sheets of its seats.  What nobody translated stays as the scenario has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from scenarios.folder import MAIN
from server.narrate.language import Language, language, table
from server.narrate.phrases import Phrase


def called(text: str) -> Phrase:
    """A state or a council by the name that its scenario gives it."""
    return _names(language()).get(text) or Phrase((text,))


def worded(text: str) -> str:
    """A title, a bulletin, an objective or a sheet."""
    return _texts(language()).get(text, text)


@cache
def _names(tongue: Language) -> Mapping[str, Phrase]:
    tables = [table(files("server.narrate") / "messages" / f"states.{tongue}.toml")]
    tables += [found for translated in _translations(tongue) if isinstance(found := translated.get("names"), dict)]
    return {english: Phrase(row[1:], row[0]) for names in tables for english, row in names.items() if isinstance(row, list)}


@cache
def _texts(tongue: Language) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for translated in _translations(tongue):
        texts = translated.get("texts")
        found |= texts if isinstance(texts, dict) else {}
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
