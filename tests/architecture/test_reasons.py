"""Every exception from a tool has its reason beside it."""

from __future__ import annotations

import pytest

from tests.architecture.places import ROOT, expect_none, python_files
from tests.architecture.reasons import bare_exceptions, bare_ignores

PROJECT = ROOT / "pyproject.toml"


def test_every_exception_in_the_code_has_a_code_and_a_reason() -> None:
    """No comment of the project silences a tool without saying what and why."""
    files = python_files(".")
    expect_none((p, f) for p in files for f in bare_exceptions(p.read_text()))


def test_every_rule_switched_off_has_a_reason() -> None:
    """No style rule is off without a reason on its line."""
    expect_none((PROJECT, f) for f in bare_ignores(PROJECT.read_text()))


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: E501",
        "# noqa: because the line is long",
        "# type: ignore",
        "# type: ignore[arg-type]",
        "# type: ignore  # the stubs are wrong here",
        "# pragma: no cover",
        "# pragma: no branch - why",
    ],
)
def test_planted_bare_exceptions_are_found(comment: str) -> None:
    """A code without a reason and a reason without a code both count."""
    assert bare_exceptions(f"x = 1  {comment}\n")


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: E501 - the address cannot be broken",
        "# type: ignore[arg-type]  # the stubs know no sub-streams",
        "# pragma: no cover - runs only on macOS",
        "# a plain remark",
    ],
)
def test_exceptions_with_reasons_are_left_alone(comment: str) -> None:
    """Code and reason together are enough."""
    assert bare_exceptions(f"x = 1  {comment}\n") == []


def test_a_planted_rule_without_a_reason_is_found() -> None:
    """Taking one reason out of the project file is noticed."""
    text = PROJECT.read_text()
    reason = next(line for line in text.splitlines() if line.lstrip().startswith('"D105"'))
    planted = text.replace(reason, reason.partition("#")[0].rstrip())
    assert len(bare_ignores(planted)) == 1
    assert len(bare_ignores(text.replace(reason, '    "D105", "D107",  # two at once'))) == 1
