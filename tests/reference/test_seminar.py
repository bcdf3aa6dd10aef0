"""Every line of what a class may rely on names tests with a browser that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.reference.__main__ import FOLDER

ROOT = Path(__file__).resolve().parents[2]
LINES = 10
NAMED = re.compile(r"`(tests/web/\w+\.py)::(\w+)`")


def lost(text: str) -> list[str]:
    """Tests that are named and do not exist, and lines without any."""
    found = [f"{path}::{name}" for path, name in NAMED.findall(text) if name not in _tests(ROOT / path)]
    rows = re.findall(r"^\| (\d+) \|(.*)", text, flags=re.MULTILINE)
    numbers = [number for number, row in rows if NAMED.search(row)]
    return found + [f"line {number}" for number in range(1, LINES + 1) if str(number) not in numbers]


def _tests(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_line_has_its_tests() -> None:
    """A test that was renamed, and a line without one, are found."""
    text = (FOLDER / "seminar.md").read_text()
    assert lost(text) == []
    assert lost(text.replace("::test_russian_is_whole", "::test_russian_is_half")) == ["tests/web/test_journey.py::test_russian_is_half"]
    assert lost(re.sub(r"^\| 7 \|.*\n", "", text, flags=re.MULTILINE)) == ["line 7"]
