"""``unipole experiment`` and ``unipole backtest`` from the command line: small ones end to end, the example of the how-to, refusals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal wide enough that no word is broken."""
    monkeypatch.setenv("COLUMNS", "220")
    monkeypatch.setenv("NO_COLOR", "1")


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command printed, after it ended with ``code``."""
    assert main(list(words)) == code
    printed = capsys.readouterr()
    return printed.err if code == 2 else printed.out


def test_an_experiment_of_the_program_is_run_kept_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Played in two processes, then told again from what was kept; page and table are there."""
    store = ("--store", str(tmp_path))
    text = said(capsys, "experiment", "run", "E11", "--quick", "--games", "3", "--jobs", "2", *store)
    assert re.search(r"rank .*reproduced │ \d passed", text)
    assert (tmp_path / "reports" / "E11.html").is_file()
    assert (tmp_path / "reports" / "E11.csv").read_text().count("main") == 2
    kept = next(tmp_path.glob("E11-*.jsonl")).read_text()
    page = tmp_path / "findings.md"
    again = said(capsys, "experiment", "report", "E11", "--markdown", str(page), *store)
    lines = page.read_text().splitlines()
    assert "Of 1 experiments, every claim was reproduced in 1, with every check passed in 1; 0 contradicted a claim." in lines
    assert [line.split("|")[1:6:4] for line in lines if line.count("|") == 7][2:] == [
        [" **E11** Sharing the burden of a common defence ", " reproduced "],
        ["  ", " reproduced "],
    ]
    assert again.splitlines()[2:8] == text.splitlines()[-len(again.splitlines()) :][2:8]
    said(capsys, "experiment", "run", "E11", "--quick", "--games", "3", *store)
    assert next(tmp_path.glob("E11-*.jsonl")).read_text() == kept


def test_the_example_of_the_how_to_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first file that the page shows, as it stands there."""
    page = (ROOT / "docs" / "how-to" / "test-a-theory.md").read_text()
    example = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[0]
    (tmp_path / "press.toml").write_text(example)
    words = ("experiment", "run", str(tmp_path / "press.toml"), "--quick", "--games", "3", "--jobs", "1", "--store", str(tmp_path))
    assert main(list(words)) in (0, 1)
    assert "press" in capsys.readouterr().out
    assert (tmp_path / "reports" / "press.html").is_file()


def test_lists(capsys: pytest.CaptureFixture[str]) -> None:
    """Every experiment and every case is listed."""
    text = said(capsys, "experiment", "list")
    assert all(f"E{n} " in text for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16))
    assert "coalition-iraq-2003" in said(capsys, "backtest", "list")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("experiment", "run"), "--all"),
        (("experiment", "run", "E99"), "no such experiment"),
        (("experiment", "report", "E1"), "Nothing is kept"),
        (("backtest", "run"), "Name a backtest"),
        (("backtest", "run", "coalition-iraq-2003"), "Name the folder"),
        (("backtest", "report"), "no reports"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, code 2."""
    at = () if words[:2] == ("experiment", "run") and len(words) == 2 else ("--store", str(tmp_path))
    assert part in said(capsys, *words, *at, code=2)
