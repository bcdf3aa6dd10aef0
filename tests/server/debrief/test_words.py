"""The words of the debrief: every message is used, every message that is asked for exists, nothing is left to fill in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from pydantic import BaseModel

import server.debrief
from rules.pacts.clauses import Clause
from rules.view import UMPIRE_VIEWER
from server.debrief.overview import LANES, TOGETHER
from server.debrief.page import PARTS, debrief
from server.debrief.telling import Telling
from server.debrief.words import catalogue, count, say
from server.narrate.amounts import amount
from server.narrate.language import speaking
from tests.server.games import played
from tests.server.narrate.catalogues import differences, holes
from tests.server.narrate.test_languages import latin

FOLDER = Path(server.debrief.__file__).parent
ALTERNATIVE = re.compile(r"""else ["']([a-z_]+\.[a-z_-]+)["']""")
WORD = re.compile(r"""(?:say|count)\(\s*f?["']([a-z_]+\.[a-z_-]*)""")


def asked() -> set[str]:
    """The keys, or beginnings of keys, that code and templates ask for."""
    sources = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*") if path.suffix in (".py", ".jinja")]
    return {found for text in sources for pattern in (WORD, ALTERNATIVE) for found in pattern.findall(text)}


def unused(keys: set[str]) -> set[str]:
    """Messages that nobody asks for: neither by their key nor by a beginning that is completed as the page is made."""
    begun = tuple(key for key in asked() if key.endswith((".", "_")) or f"{key}_one" in catalogue())
    return {key for key in keys if key not in asked() and not (begun and key.startswith(begun)) and not key.endswith(".title")}


def test_every_message_is_used_and_every_key_exists() -> None:
    """In both directions."""
    keys = set(catalogue())
    assert unused(keys) == set()
    assert unused(keys | {"page.forgotten"}) == {"page.forgotten"}
    missing = {key for key in asked() if key not in keys and not any(known.startswith(key) for known in keys)}
    assert missing == set()


def test_what_is_completed_as_the_page_is_made_is_there() -> None:
    """Lanes, parts, kinds of clauses and of what is told together."""
    keys = set(catalogue())
    kinds = {member.model_fields["kind"].default for member in _members()}
    assert {f"clause.{kind}" for kind in kinds} == {key for key in keys if key.startswith("clause.")}
    assert {f"timeline.{lane}" for lane in LANES} <= keys
    assert {f"together.{kind}" for kind in TOGETHER} == {key for key in keys if key.startswith("together.")}
    assert {f"{part}.title" for part in PARTS} <= keys


def _members() -> tuple[type[BaseModel], ...]:
    union, _ = get_args(Clause)
    return get_args(union)


def test_a_hole_is_an_error() -> None:
    """No message, or an argument too few."""
    with pytest.raises(KeyError):
        say("page.no_such")
    with pytest.raises(KeyError):
        say("page.turn")
    assert count("headline.broken", 1, all=2) != count("headline.broken", 2, all=2)


def test_messages_can_be_filled_in() -> None:
    """Braces are well formed in all of them."""
    for key, message in catalogue().items():
        assert message.strip() == message, key
        names = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
        assert "" not in names, key
        assert message.format_map(dict.fromkeys(names, amount("2")))


def test_both_languages_say_the_same_things() -> None:
    """Each message in English has one in Russian, and no other argument is asked for."""
    english, russian = catalogue("en"), catalogue("ru")
    assert differences(english, russian) == []
    assert {key for key, message in russian.items() if holes(message) - holes(english[key]) - {"number"}} == set()


def test_a_page_in_russian() -> None:
    """The page speaks Russian throughout, and says so to screen readers."""
    _, match = played("tiny", "*=random", 3)
    with speaking("ru"):
        page = debrief(Telling(match.opening, match.entries, "0" * 64, viewer=UMPIRE_VIEWER))
    assert '<html lang="ru">' in page
    shown = re.sub(r"<style>.*?</style>|<code.*?</code>|<[^>]+>", "\n", page, flags=re.DOTALL)
    words = {word for word in latin(shown) if word.islower() and len(word) > 2}
    assert words == set()
