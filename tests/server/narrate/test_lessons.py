"""The plan of a lesson as the page shows it: no code of a country, no name of a file, no number of a proposition."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from scenarios import names
from scenarios.loader import load
from scenarios.opening import opening
from server.narrate.language import Language, speaking
from server.narrate.lessons import taught

PROPOSITION = re.compile(r"\b[A-Z]{1,2}\d+\b")


def codes_in(plan: str, countries: tuple[str, ...]) -> list[str]:
    """Lines with words of the program instead of those of a class."""
    code = re.compile(rf"\b({'|'.join(countries)})\b")
    return [line for line in plan.splitlines() if "`" in line or ".toml" in line or code.search(line) or PROPOSITION.search(line)]


@pytest.mark.parametrize("tongue", get_args(Language))
def test_no_plan_speaks_in_codes(tongue: Language) -> None:
    """In any case that ships, in either language."""
    with speaking(tongue):
        for name in names():
            atlas = opening(load(name), "00").atlas
            assert codes_in(taught(atlas), atlas.countries) == []


def test_codes_are_found() -> None:
    """What the check above is for."""
    plan = "Keep USA for people.\nAsk France.\nPlay `octet`.\nCompare W117."
    assert codes_in(plan, ("USA", "FRA")) == ["Keep USA for people.", "Play `octet`.", "Compare W117."]


def test_countries_and_cases_are_called_by_name() -> None:
    """As they stand in a sentence."""
    with speaking("en"):
        assert "keep the United States, the United Kingdom, France," in taught(opening(load("iraq-2003"), "00").atlas)
        assert "Play it after “Kosovo: force without the Council”" in taught(opening(load("esdp-1999"), "00").atlas)
