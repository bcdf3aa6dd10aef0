"""A debrief on paper: by a browser that is there, else with a sentence that says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.cli import main
from server.debrief.pdf import NoBrowser, Unprinted, printed
from tests.server.games import log_file


def test_a_browser_prints_the_page(tmp_path: Path) -> None:
    """The real one, from the command line."""
    target = tmp_path / "game.pdf"
    assert main(["debrief", str(log_file(tmp_path, "tiny")), "--out", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_size > 20_000


def test_without_a_browser_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor by one that fails."""
    page, target = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text("<p>page</p>")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowser, match="chromium"):
        printed(page, target)
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho out of paper >&2\n")
    broken.chmod(0o755)
    with pytest.raises(Unprinted, match="out of paper"):
        printed(page, target)
    assert not target.exists()
