"""Tournaments played: nothing that a bot does ends a game, a stopped tournament goes on, and the page stands alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from client.tournament.file import BadTournament, read
from client.tournament.games import Played, play_all
from client.tournament.run import PAGE, RESULTS, plan, play, report
from client.tournament.store import Results, in_order
from server.cli import main

ENTRIES = "tests.client.tournament.entries"
TWO = ['id = "a"\nplays = "hold"', 'id = "b"\nplays = "hold"']
SCRIPT = """
import json, sys
seat = None
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "begin":
        seat = said["seat"]
    elif said["type"] == "choose":
        assert said["view"]["viewer"] == seat and said["seconds_left"] > 0
        acts = [{"kind": "budget", "guns": 0.1, "aid": 0.0}] if said["view"]["moment"]["phase"] == "orders" else []
        print(json.dumps({"acts": acts}), flush=True)
    else:
        break
"""


def written(folder: Path, *bots: str, stage: str = 'scenario = "tiny"\nblocks = 1', rules: str = "") -> Path:
    """A tournament file."""
    lines = ['[tournament]\ntitle = "Test"\nresamples = 10\n', rules, *(f"[[bot]]\n{bot}\n" for bot in bots), f"[[scenario]]\n{stage}\n"]
    path = folder / "cup.toml"
    path.write_text("\n".join(lines))
    return path


def finished(path: Path, jobs: int = 1) -> list[Played]:
    """All its games."""
    return play(read(path), path.parent, path.parent / "out", jobs, lambda done, games: None)


def of_bot(games: list[Played], bot: str) -> list[tuple[int, int, bool]]:
    """(refused, failures, out of time) in each seat of a bot."""
    return [(o.refused, o.failures, o.out_of_time) for game in games for o in game.outcomes if o.bot == bot]


def test_bots_that_fail_cost_themselves_their_turns(tmp_path: Path) -> None:
    """They hold instead, are counted, and the others play on."""
    path = written(
        tmp_path,
        'id = "random"\nplays = "random"',
        f'id = "broken"\nfactory = "{ENTRIES}:broken"',
        f'id = "babbler"\nfactory = "{ENTRIES}:babbler"',
        f'id = "outlaw"\nfactory = "{ENTRIES}:outlaw"',
    )
    games = finished(path)
    assert len(games) == 4
    assert all(failures > 5 for _, failures, _ in of_bot(games, "broken") + of_bot(games, "babbler"))
    assert all(refused > 5 and failures == 0 for refused, failures, _ in of_bot(games, "outlaw"))
    assert all(failures == 0 for _, failures, _ in of_bot(games, "random"))
    reasons = {o.bot: o.reason for game in games for o in game.outcomes}
    assert "fell over" in reasons["broken"]
    assert "no list of acts" in reasons["babbler"]


def test_an_empty_time_bank_means_holding(tmp_path: Path) -> None:
    """To the end of the game, which is played all the same."""
    path = written(tmp_path, 'id = "hold"\nplays = "hold"', f'id = "slow"\nfactory = "{ENTRIES}:slow"', rules="seconds = 0.05")
    games = finished(path)
    assert all(late for _, _, late in of_bot(games, "slow"))
    assert not any(late for _, _, late in of_bot(games, "hold"))


def test_a_program_of_any_language_plays(tmp_path: Path) -> None:
    """By lines of JSON; one that ends, one that says nothing and one that is not there are failures or out of time."""
    (tmp_path / "bot.py").write_text(SCRIPT)
    python = sys.executable
    path = written(
        tmp_path,
        f'id = "script"\nscript = ["{python}", "bot.py"]',
        f'id = "mute"\nscript = ["{python}", "-c", "import time; time.sleep(60)"]',
        f'id = "gone"\nscript = ["{python}", "-c", "pass"]',
        'id = "missing"\nscript = ["./no-such-program"]',
        stage='scenario = "tiny"\ngames = 1',
        rules="seconds = 3",
    )
    games = finished(path)
    assert of_bot(games, "script") == [(0, 0, False)]
    assert of_bot(games, "mute") == [(0, 0, True)]
    assert of_bot(games, "gone")[0][1] > 0
    assert of_bot(games, "missing")[0][1] > 0
    assert "cannot be started" in next(o.reason for o in games[0].outcomes if o.bot == "missing")


def test_a_stopped_tournament_goes_on_where_it_was(tmp_path: Path) -> None:
    """What was played is kept, a torn line is played again, and the outcome is that of one run."""
    path = written(tmp_path, 'id = "random"\nplays = "random"', 'id = "hold"\nplays = "hold"', stage='scenario = "tiny"\nblocks = 2')
    whole = finished(path)
    file = tmp_path / "out" / RESULTS
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    told: list[tuple[int, int]] = []
    again = play(read(path), tmp_path, tmp_path / "out", 1, lambda done, games: told.append((done, games)))
    assert told[0] == (2, 4)
    assert told[-1] == (4, 4)
    assert [timeless(game) for game in again] == [timeless(game) for game in whole]
    changed = written(tmp_path, 'id = "random"\nplays = "random"', 'id = "hold"\nplays = "payoff:0"')
    with pytest.raises(BadTournament, match="belongs to another tournament"):
        finished(changed)
    file.write_bytes(lines[0] + b"{}\n")
    path = written(tmp_path, 'id = "random"\nplays = "random"', 'id = "hold"\nplays = "hold"', stage='scenario = "tiny"\nblocks = 2')
    with pytest.raises(BadTournament, match="line 2: no result"), Results(file, read(path)):
        pass


def timeless(game: Played) -> dict[str, object]:
    """A game without how long bots thought."""
    return game.model_dump(exclude={"outcomes": {"__all__": {"seconds"}}})


def test_processes_change_nothing(tmp_path: Path) -> None:
    """One or two, the games are the same."""
    path = written(tmp_path, 'id = "random"\nplays = "random"', 'id = "hold"\nplays = "hold"')
    alone = finished(path)
    apart = play(read(path), tmp_path, tmp_path / "apart", 2, lambda done, games: None)
    assert [timeless(game) for game in alone] == [timeless(game) for game in apart]


def test_seats_that_are_not_contested_are_played_by_others(tmp_path: Path) -> None:
    """And only the contested ones are counted."""
    stage = 'scenario = "tiny"\nblocks = 1\nseats = ["BRV", "COR"]\nothers = "random"'
    games = finished(written(tmp_path, 'id = "a"\nplays = "random"', 'id = "b"\nplays = "hold"', stage=stage))
    assert all([o.seat for o in game.outcomes] == ["BRV", "COR"] for game in games)
    assert list(play_all([], 1)) == []
    assert in_order(games[::-1]) == games


def test_page_and_tables_tell_all(tmp_path: Path) -> None:
    """Nothing is loaded, every bot is named, notes stand on top, all files are there."""
    holder = 'id = "hold"\ntitle = "<b>Holds</b>"\nplays = "hold"'
    path = written(tmp_path, 'id = "random"\nplays = "random"', holder, 'id = "c"\nplays = "random"')
    games = finished(path)
    found = report(read(path), tmp_path / "out", games, plan(read(path)).notes)
    page = (tmp_path / "out" / PAGE).read_text()
    assert "&lt;b&gt;Holds" in page
    assert "cannot be shared equally" in page
    assert "src=" not in page
    assert "<script" not in page
    assert page.count("<svg") == 2
    assert [r.strength for r in found.bots] == sorted((r.strength for r in found.bots), reverse=True)
    for name, heads in (("games", "game,scenario"), ("ratings", "bot,strength"), ("seats", "scenario,seat"), ("cross", "bot,against")):
        assert (tmp_path / "out" / f"{name}.csv").read_text().startswith(heads)


@pytest.mark.parametrize(
    ("bots", "stage", "said"),
    [
        (['id = "a"\nplays = "chess"', 'id = "b"\nplays = "hold"'], 'scenario = "tiny"\nblocks = 1', "There is no kind of player 'chess'"),
        (['id = "a"\nplays = "hold"', 'id = "a"\nplays = "hold"'], 'scenario = "tiny"\nblocks = 1', "two bots are called a"),
        (['id = "a"', 'id = "b"\nplays = "hold"'], 'scenario = "tiny"\nblocks = 1', "exactly one of plays, factory and script"),
        (TWO, 'scenario = "tiny"', "either blocks or games"),
        (TWO, 'scenario = "tinny"\nblocks = 1', "tinny"),
        (TWO, 'scenario = "tiny"\nblocks = 1\nseats = ["FRA", "COR"]', "has no seat FRA"),
        (TWO, 'scenario = "tiny"\nblocks = 1\nseats = ["COR"]', "at least two seats"),
        (['id = "a"\nplays = "hold"', f'id = "b"\nfactory = "{ENTRIES}:nobody"'], 'scenario = "tiny"\nblocks = 1', "cannot be used"),
        (['id = "a"\nplays = "hold"', f'id = "b"\nfactory = "{ENTRIES}:nothing"'], 'scenario = "tiny"\nblocks = 1', "has no method choose"),
        (TWO, 'scenario = "tiny"\nblocks = 1\n[[scenario]]\nscenario = "tiny"\nblocks = 1', "named twice"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, bots: list[str], stage: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence, with code 2."""
    path = written(tmp_path, *bots, stage=stage)
    assert main(["tournament", str(path), "--out", str(tmp_path / "out"), "--jobs", "1"]) == 2
    assert said in capsys.readouterr().err


def test_the_command_plays_and_rates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dry it only plans; wet it prints the table and says where the page is."""
    path = written(tmp_path, 'id = "random"\nplays = "random"', 'id = "hold"\nplays = "hold"')
    assert main(["tournament", str(path), "--out", str(tmp_path / "out"), "--dry"]) == 0
    assert "2 games of 2 bots" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()
    assert main(["tournament", str(path), "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    assert "Ratings after 2 games" in capsys.readouterr().out
    assert main(["tournament", str(tmp_path / "none.toml")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_the_first_tournament_is_in_order() -> None:
    """The example that ships can be read and planned."""
    root = Path(__file__).resolve().parents[3]
    found = plan(read(root / "scenarios" / "tournaments" / "first.toml"))
    assert len(found.fixtures) == 20
    assert found.notes == ()


def test_a_mended_file_may_use_the_folder_of_a_failed_start(tmp_path: Path) -> None:
    """As long as no game was played in it."""
    file = tmp_path / "results.jsonl"
    with Results(file, read(written(tmp_path, *TWO, stage='scenario = "tiny"\nblocks = 1'))):
        pass
    other = read(written(tmp_path, *TWO, stage='scenario = "tiny"\nblocks = 2'))
    with Results(file, other) as results:
        assert results.games == {}
    assert other.hash() in file.read_text()
