"""What is noted of a failure."""

from __future__ import annotations

from server.failures import place_of


def test_a_failure_is_noted_by_kind_and_place_without_its_words() -> None:
    """The text of an error may quote an order."""
    try:
        float("attack at dawn")
    except ValueError as error:
        noted = place_of(error)
    else:
        noted = ""
    assert noted.startswith("ValueError at test_failures.py:")
    assert "dawn" not in noted
    assert place_of(KeyError("dawn")) == "KeyError"
