"""The page about the format lists every key of the schema and every predicate, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from rules.interests.objectives import WORDS
from rules.parameters import registry
from scenarios.entries import Entry, Figure
from scenarios.faults import inner_model
from scenarios.schema import ScenarioFile, TieKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "scenario-format.md"
_KEY_ROW = re.compile(r"^\| `([a-z_.]+)` \| (yes|no) \| (.+) \|$", re.MULTILINE)
_PREDICATE_ROW = re.compile(r"^\| `([a-z_]+)(\([^`]*\))?` \| (truth|number|payoff) \| .+ \|$", re.MULTILINE)
_KIND_ROW = re.compile(r"^\| `([a-z]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$", re.MULTILINE)


def keys(model: type[BaseModel], prefix: str = "") -> dict[str, tuple[str, str]]:
    """Key path -> (required, meaning) of every field in a model and the tables in it; figures are listed once."""
    found: dict[str, tuple[str, str]] = {}
    for name, info in model.model_fields.items():
        key = f"{prefix}{info.alias or name}"
        if prefix:
            found[key] = ("yes" if info.is_required() else "no", info.description or "")
        inner = inner_model(info.annotation)
        if inner is not None and (not prefix or not issubclass(inner, Figure)):
            found |= keys(inner, f"{key}.")
    return found


def documented(page: str) -> dict[str, tuple[str, str]]:
    """Key path -> (required, meaning) as the page says."""
    return {key: (needed, meaning) for key, needed, meaning in _KEY_ROW.findall(page)}


def test_the_page_lists_every_key_with_its_meaning() -> None:
    """No key without a row, no row without a key, and the same words in both."""
    assert documented(PAGE.read_text(encoding="utf-8")) == keys(ScenarioFile) | keys(Figure, "figure.")


def test_a_key_that_the_page_forgets_is_noticed() -> None:
    """The comparison sees one missing row."""
    page = PAGE.read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| `seat.salience`"))
    assert set(keys(ScenarioFile)) - set(documented(page.replace(row, ""))) == {"seat.salience"}


def test_the_page_lists_every_predicate_with_its_kind() -> None:
    """The table of predicates is the engine's own."""
    rows = {name: kind for name, _, kind in _PREDICATE_ROW.findall(PAGE.read_text(encoding="utf-8"))}
    assert rows == {name: word.kind for name, word in WORDS.items()}


def test_the_page_lists_every_kind_of_tie() -> None:
    """The table of ties is the schema's own."""
    assert set(_KIND_ROW.findall(PAGE.read_text(encoding="utf-8"))) == set(TieKind.__args__)  # type: ignore[attr-defined]  # a literal's members


def test_every_table_is_frozen_and_closed() -> None:
    """No table may be changed after reading, or take unknown keys."""
    tables: list[type[BaseModel]] = [ScenarioFile]
    for table in tables:
        inner = [inner_model(info.annotation) for info in table.model_fields.values()]
        tables.extend(model for model in inner if model is not None and model not in tables)
    assert len(tables) > 15
    for table in tables:
        assert issubclass(table, Entry)
        assert (table.model_config["frozen"], table.model_config["extra"]) == (True, "forbid")


def test_weights_of_ties_are_parameters() -> None:
    """What the page says about weights of ties exists."""
    assert {"tie_trade", "tie_aid", "tie_aspirant", "tie_ally", "friend_goodwill", "rival_goodwill"} <= set(registry())
