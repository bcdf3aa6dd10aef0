"""Names are nouns of the field."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from tests.architecture.names import empty_names
from tests.architecture.places import ROOMS, ROOT, expect_none, python_files


def test_no_class_or_file_has_an_empty_name() -> None:
    """No file, folder or class of the project is called by a word that could mean anything."""
    files = python_files(*ROOMS, "tests", "benchmarks")
    expect_none((p, f) for p in files for f in empty_names(p.relative_to(ROOT), p.read_text()))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("server/utils.py", ""),
        ("server/socket_helpers.py", ""),
        ("server/common/frames.py", ""),
        ("rules/base.py", ""),
        ("rules/orders.py", "class OrderManager: pass"),
        ("rules/orders.py", "def f():\n    class HTTPHandler: pass"),
        ("rules/orders.py", "class Base: pass"),
    ],
)
def test_planted_empty_names_are_found(path: str, source: str) -> None:
    """Files, folders and classes, nested ones too, are all looked at."""
    assert len(empty_names(PurePath(path), source)) == 1


def test_a_military_base_is_a_noun_of_the_field() -> None:
    """`base` is refused as a whole name, not as a word."""
    assert empty_names(PurePath("rules/base_rights.py"), "class GrantBase: pass") == []
