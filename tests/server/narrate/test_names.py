"""Names of states: alone, and inside an English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from scenarios import load, names
from server.narrate.language import speaking
from server.narrate.names import within

KINDS = re.compile(r"republic|kingdom|union|states|federation|emirate|island|empire|commonwealth|sultanate|coalition", re.IGNORECASE)
PLAIN = {"Barbados", "Belarus", "Cyprus", "Honduras", "Laos", "Mauritius", "Saint Kitts and Nevis", "Saint Vincent and the Grenadines"}
"""Names that end in an s and are no plural; of pairs of islands none takes an article."""
TITLES = {country.name for scenario in names() for country in load(scenario).data.country}


def bare(titles: Iterable[str]) -> set[str]:
    """Names that a sentence would give without the article that they need."""
    suspects = {title for title in titles if KINDS.search(title) or (title.endswith("s") and title not in PLAIN)}
    with speaking("en"):
        return {title for title in suspects if not within(title).startswith("the ")}


def test_states_of_all_scenarios_take_their_article() -> None:
    """No scenario calls a state so that an English sentence about it lacks an article."""
    assert bare(TITLES) == set()


def test_a_state_without_its_article_is_found() -> None:
    """What the check above is for."""
    assert bare({"Arden", "Spice Sultanate", "Windwards"}) == {"Spice Sultanate", "Windwards"}


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("United States", "the United States"),
        ("Soviet Union", "the Soviet Union"),
        ("Gulf states", "the Gulf states"),
        ("Seychelles", "the Seychelles"),
        ("France", "France"),
        ("Iraq under occupation", "Iraq under occupation"),
        ("Yugoslavia (Serbia and Montenegro)", "Yugoslavia (Serbia and Montenegro)"),
        ("Unionville", "Unionville"),
    ],
)
def test_the_article_inside_a_sentence(title: str, said: str) -> None:
    """Kinds of states and plurals have one, whole words only; no other language has any."""
    with speaking("en"):
        assert within(title) == said
    with speaking("ru"):
        assert not within(title).startswith("the ")
