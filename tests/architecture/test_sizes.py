"""Files and functions stay short."""

from __future__ import annotations

import pytest

from tests.architecture.places import ROOMS, ROOT, Finding, expect_none, python_files
from tests.architecture.sizes import FILE_LINES_MAX, FUNCTION_LINES_MAX, too_long


def test_every_file_and_function_fits() -> None:
    """No file or function of the four rooms exceeds its limit."""
    files = python_files(*ROOMS)
    assert files
    expect_none((p, f) for p in files for f in too_long(p.read_text()))


def test_a_planted_long_file_and_a_planted_long_function_are_found() -> None:
    """At the limit nothing is said; one line above it, both are."""
    statement = "    pass\n"
    assert too_long("x = 1\n" * FILE_LINES_MAX) == []
    assert len(too_long("x = 1\n" * (FILE_LINES_MAX + 1))) == 1
    assert too_long("def f():\n" + statement * (FUNCTION_LINES_MAX - 1)) == []
    assert [f.line for f in too_long("async def f():\n" + statement * FUNCTION_LINES_MAX)] == [1]


def test_a_finding_fails_the_test_that_expects_none() -> None:
    """All findings are shown, in order, each with its place."""
    found = [(ROOT / "b.py", Finding(2, "wrong")), (ROOT / "a.py", Finding(1, "worse"))]
    with pytest.raises(AssertionError, match=r"(?s)a\.py:1: worse.b\.py:2: wrong"):
        expect_none(iter(found))
