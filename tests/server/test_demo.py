"""The demo: a real server, real sockets, the same game as in the arena, and a good end whatever happens."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from client.sdk import Lobby, SeatLost
from rules.orders import Done
from rules.wire.logbook import read, record_hash
from server.cli import main
from tests.patience import LOOK_S, PATIENCE_S
from tests.server.debrief.test_page import faults
from tests.server.games import played

ROOT = Path(__file__).resolve().parents[2]


def hash_of(folder: Path) -> str:
    """The last hash of the log that a demo wrote."""
    return read((folder / "game.jsonl").read_text().splitlines())[2]


@pytest.mark.parametrize("scenario", ["tiny", "iraq-2003"])
def test_the_server_plays_the_game_of_the_arena(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through private Redis, server, HTTP and sockets the log has the hash of ``unipole run`` with the same seed."""
    assert main(["demo", "--scenario", scenario, "--seed", "7", "--no-open", "--no-serve", "--out", str(tmp_path)]) == 0
    head, match = played(scenario, "", 7)
    assert hash_of(tmp_path) == record_hash(head, match.entries)
    shown = capsys.readouterr().out
    assert "every one decided again with the same result" in " ".join(shown.split())
    assert [int(n) for n in re.findall(r"^Turn (\d) of", shown, flags=re.MULTILINE)] == list(range(1, match.opening.atlas.turns + 1))
    assert faults((tmp_path / "debrief.html").read_text()) == []


def test_another_seed_is_another_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seed that is typed is the one that is played."""
    main(["demo", "--scenario", "tiny", "--seed", "8", "--no-open", "--no-serve", "--out", str(tmp_path)])
    assert "Seed 8" in (tmp_path / "debrief.html").read_text()
    hashes = {seed: record_hash(head, match.entries) for seed in (7, 8) for head, match in [played("tiny", "", seed)]}
    assert hash_of(tmp_path) == hashes[8] != hashes[7]
    capsys.readouterr()


def _demo(folder: Path, *words: str, temporary: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "server", "demo", "--scenario", "tiny", "--no-open", "--out", str(folder), *(words or ("--no-serve",))]
    env = os.environ | {"PYTHONUNBUFFERED": "1", "COLUMNS": "160"} | ({"TMPDIR": str(temporary)} if temporary else {})
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=env)


def test_a_person_plays_from_a_pipe(tmp_path: Path) -> None:
    """Typed ahead: the sheet is shown, a draft is tabled, the game is played to its end by holding."""
    with _demo(tmp_path, "--take", "cor") as process:
        out, err = process.communicate("1\n1\ndone\n", timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    for words in ("You play Corin", "Known to you alone", "[you can expect", "• Corin put draft 1-", "holds from now on.", "The end"):
        assert words in out
    assert "Corin was played by a person" in (tmp_path / "debrief.html").read_text()
    authors = {entry.order.author for entry in read((tmp_path / "game.jsonl").read_text().splitlines())[1]}
    assert "COR" in authors


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well_while_a_person_thinks(wish: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C, or a wish from outside: one word, code 130, no traceback, nothing left behind."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))  # short: a socket's path has few bytes
    with _demo(tmp_path, "--take", "COR", temporary=place) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "What do you do?" in line:
                break
        assert list(place.iterdir()), "the private Redis has a folder while the demo runs"
        process.send_signal(wish)
        _, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (130, "Stopped.\n")
    end = time.monotonic() + PATIENCE_S
    while list(place.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(place.iterdir()) == []
    place.rmdir()


@pytest.mark.parametrize(
    "trouble", [SeatLost("the server went away"), TimeoutError("too slow"), ExceptionGroup("", [OSError("no more room")])]
)
def test_a_lost_server_gets_a_sentence(
    trouble: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Out of whatever groups it comes, the cause is said in one line, with code 2."""

    async def lost(*_: object) -> None:
        raise trouble

    monkeypatch.setattr("server.demo.play.play_bots", lost)
    assert main(["demo", "--scenario", "tiny", "--no-open", "--no-serve", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("unipole: The demo cannot go on: ")
    assert str(_innermost(trouble)) in said
    assert len(said.splitlines()) == 1


def _innermost(error: BaseException) -> BaseException:
    return _innermost(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    """``unipole demo | head`` ends quietly, and takes its server with it."""
    command = f"{sys.executable} -m server demo --scenario tiny --no-open --out {tmp_path} | head -3"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_S, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_at_the_end_a_fresh_game_can_be_watched_and_joined(wish: signal.Signals, tmp_path: Path) -> None:
    """Until somebody stops it, which is a good end: seats are free, talks are open, everybody may watch, the clock waits for a person."""

    async def scene(address: str, code: str) -> None:
        async with Lobby(address) as lobby:
            (card,) = [card for card in await lobby.sessions() if card.session.endswith(code)]
            before = await lobby.state(card.session)
            assert (before.phase, before.status) == ("negotiation", "paused")
            async with lobby.seat(card.session, await lobby.claim(card.session, "COR")) as seat, asyncio.timeout(PATIENCE_S):
                while (await seat.view(fresh=True)).moment.status != "running":  # noqa: ASYNC110 - asked anew
                    await asyncio.sleep(LOOK_S)
                await seat.submit(Done())

    with _demo(tmp_path, "--serve") as process:
        assert process.stdout is not None
        shown = iter(process.stdout)
        address, code = next(line for line in shown if "take a free seat" in line).split()[-1].split("/#/join/")
        assert f"{address}/#/screen/{code}" in next(shown)
        asyncio.run(scene(address, code))
        process.send_signal(wish)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("Stopped.\n")


def test_without_a_terminal_it_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so."""
    monkeypatch.setattr("server.demo.play.STAY_SECONDS", 0.1)
    assert main(["demo", "--scenario", "tiny", "--no-open", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Without a terminal it ends by itself in" in shown
    assert shown.endswith("Stopped.\n")
