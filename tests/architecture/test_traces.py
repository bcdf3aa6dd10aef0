"""Tracked files name no machine, no registry and no unfinished work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.places import ROOT, expect_none, tracked
from tests.architecture.traces import PATTERNS, traces

SLASH, DOT, DASH = "/", ".", "-"  # planted traces are put together here, so that this file carries none


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # pictures and other bytes are not prose
        return ""


def test_no_tracked_file_carries_a_trace() -> None:
    """Every text that is or would be committed is clean."""
    files = tracked()
    assert ROOT / "pyproject.toml" in files
    expect_none((p, f) for p in files for f in traces(_text(p)))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a path of one machine", f"see {SLASH}work/x"),
        ("a path of one machine", f"{SLASH}root/.bashrc"),
        ("the address of a package registry", f"https://files{DOT}pythonhosted{DOT}org"),
        ("the address of a package registry", f"--extra-index{DASH}url https://x"),
        ("the address of a package registry", '"resolved": ' + '"https://x/y.tgz"'),
        ("a mark of unfinished work", "# TO" + "DO: more"),
        ("a mark of unfinished work", "raise NotImplemented" + "Error"),
    ],
)
def test_planted_traces_are_found(kind: str, text: str) -> None:
    """Each kind is found, on its line."""
    assert [(f.line, f.sentence) for f in traces(f"first line\n{text}\n")] == [(2, kind)]


def test_locks_are_complete_and_hashed() -> None:
    """Each line of a lock is a version with hashes, an origin remark, or empty: no option, no address."""
    line = re.compile(r"[a-z0-9-]+==\S+( ; .*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*|")
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        assert [text for text in lines if not line.fullmatch(text)] == []
    assert not line.fullmatch("aiohttp==3.14.5")
    assert not line.fullmatch("-c somewhere")


def test_there_are_patterns() -> None:
    """No pattern matches the file that states it."""
    assert len(PATTERNS) == 3
    assert traces((ROOT / "tests" / "architecture" / "traces.py").read_text()) == []
