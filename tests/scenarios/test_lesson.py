"""Learning aims are read from the README of a scenario."""

from __future__ import annotations

from scenarios import names
from scenarios.lesson import aims, lesson


def test_aims_are_whole_sentences_in_their_order() -> None:
    """Those of the small case; lines that were wrapped are joined, and nothing of the next section is taken along."""
    assert [aim.split()[0] for aim in aims("tiny")] == ["tell", "write", "count"]
    assert aims("tiny")[0] == "tell a threat from a power, and say what made each state afraid;"
    assert aims("iraq-2003")[-1] == "compare a promise with an act, using the debrief."


def test_a_case_without_a_readme_has_none() -> None:
    """And most have some."""
    assert aims("un-193") == ()
    assert sum(bool(aims(name)) for name in names()) >= 12


def test_another_language_has_as_many_aims() -> None:
    """They stand in the same order, so that each is the other's translation."""
    assert [name for name in names() if len(aims(name)) != len(aims(name, "ru"))] == []
    assert [lesson(name).count("\n## ") for name in names()] == [lesson(name, "ru").count("\n## ") for name in names()]
    assert aims("tiny", "ru")[0] == "отличить угрозу от силы и сказать, что напугало каждое государство;"
