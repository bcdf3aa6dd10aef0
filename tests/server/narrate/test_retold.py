"""What the rules say, as people say it: terse sentences with codes and bare shares become whole ones in either language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from server.narrate.language import Language, speaking
from server.narrate.patterns import patterns
from server.narrate.words import in_names
from tests.server.narrate.test_sentences import IRAQ

SAID = tomllib.loads((Path(__file__).parent / "said.toml").read_text("utf-8"))["said"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("row", SAID, ids=lambda row: str(row["rules"]))
def test_what_a_reader_is_told(row: dict[str, str], tongue: Language) -> None:
    """Names for codes, money and shares in one form, no word of the wire."""
    with speaking(tongue):
        assert in_names(IRAQ, row["rules"]) == row[tongue]


def strangers(english: Iterable[str]) -> set[str]:
    """Sentences of the English table that the Russian one, which has all that the rules say, does not know."""
    return set(english) - {pattern.template for pattern in patterns("rules", "ru")}


def test_english_mends_only_what_the_rules_say() -> None:
    """A sentence that the rules no longer say would lie unused."""
    assert strangers(pattern.template for pattern in patterns("rules", "en")) == set()


def test_a_sentence_that_nobody_says_is_found() -> None:
    """What the check above is for."""
    assert strangers(["ran out", "voted maybe as pledged"]) == {"voted maybe as pledged"}
