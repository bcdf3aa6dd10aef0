"""The command line: what it plays, says, checks and refuses, and with which code it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rules.wire.canonical import canonical
from rules.wire.logbook import link, read
from server.cli import app, main
from tests.patience import PATIENCE_S
from tests.server.games import log_file, log_lines

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "serve", "demo", "run", "replay", "verify", "explain", "strategies", "tournament",
    "scenario list", "scenario show", "scenario check", "experiment list", "experiment run", "experiment report",
    "backtest list", "backtest run", "backtest report",
)  # fmt: skip


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal wide enough that no sentence is broken."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of a short game."""
    return log_file(tmp_path, "tiny")


def said(capsys: pytest.CaptureFixture[str], words: list[str], code: int) -> str:
    """What a command printed, after it ended with ``code``."""
    assert main(words) == code
    printed = capsys.readouterr()
    return printed.out if code != 2 else printed.err


def test_what_is_typed_is_read_without_the_engine() -> None:
    """Words, options and help need nothing that takes long to load: that waits for the command that was asked for."""
    code = "import sys, server.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_S, check=True)
    loaded = set(done.stdout.split())
    assert "server" in loaded
    assert loaded.isdisjoint({"numpy", "pydantic", "rules", "scenarios", "client"})


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_examples_that_hold(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command shows at least one line to type, and the parser takes each of them."""
    text = said(capsys, [*command.split(), "--help"], 0)
    examples = re.findall(rf"^\s*unipole ({command}.*?)\s*$", text, flags=re.MULTILINE)
    examples = [example for example in examples if not re.search(r"[A-Z]{4}", example)]  # the line of usage has words in capitals
    assert examples
    for example in examples:
        app.parse_args(example, print_error=False, exit_on_error=False)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["runn", "tiny"], 'Unknown command "runn"'),
        (["run"], "requires an argument"),
        (["run", "tinny"], "Did you mean 'tiny'?"),
        (["run", "no/such/folder"], "there is no such folder"),
        (["run", "tiny", "--sead", "3"], "--seed"),
        (["run", "tiny", "--seed", "-3"], "--seed"),
        (["run", "tiny", "--seed", "x"], "--seed"),
        (["run", "tiny", "--games", "0"], "--games"),
        (["run", "tiny", "--jobs", "0"], "--jobs"),
        (["run", "tiny", "--seats", "ARX=hold"], "Did you mean ARD?"),
        (["run", "tiny", "--log", "no/such/folder/a.jsonl"], "there is no folder"),
        (["verify", "missing.jsonl"], "There is no file"),
        (["replay", "."], "is a folder"),
        (["demo", "--take", "FRX"], "Did you mean 'FRA'?"),
        (["demo", "--scenario", "tinny"], "Did you mean 'tiny'?"),
        (["demo", "--out", "/dev/null/x", "--scenario", "tiny"], "cannot be made"),
        (["serve", "--port", "70000"], "--port"),
        (["scenario", "show", "tinny"], "Did you mean 'tiny'?"),
    ],
)
def test_what_is_typed_wrongly_gets_one_sentence_and_code_2(words: list[str], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names what is wrong; there is no traceback."""
    text = said(capsys, words, 2)
    assert text.startswith("unipole: ")
    assert part in text
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) == 1


def test_run_plays_and_sums_up(capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each seat, the counts, and the hash that names the game."""
    text = said(capsys, ["run", "tiny", "--seats", "DOR=hold,*=payoff:30"], 0)
    for words in ("ARD Arden", "payoff:30", "hold", "drafts adopted", "promises broken", "1 game in"):
        assert words in text
    assert re.search(r"Hash of the log: [0-9a-f]{64}", text)


def test_run_sums_up_in_russian(capsys: pytest.CaptureFixture[str]) -> None:
    """Every word of it but the kinds of players, with numbers as Russians write them."""
    told = said(capsys, ["run", "tiny", "--seats", "*=hold", "--lang", "ru"], 0)
    assert "выигрыши после 3 ходов" in told
    assert "ARD Арден" in told
    assert not re.search(r"[a-z]{3,}", told.replace("hold", "").partition("Хеш")[0])


def test_a_batch_of_one_is_the_first_of_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one process or two, the games of a seed are the same, and the first is the single game."""
    seats = ["--seats", "*=random", "--seed", "11"]
    alone, one, two = tmp_path / "alone.jsonl", tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    said(capsys, ["run", "tiny", *seats, "--log", str(alone)], 0)
    said(capsys, ["run", "tiny", *seats, "--log", str(one), "--games", "3", "--jobs", "1"], 0)
    text = said(capsys, ["run", "tiny", *seats, "--log", str(two), "--games", "3", "--jobs", "2"], 0)
    assert "means of 3 games" in text
    assert (tmp_path / "one-1.jsonl").read_bytes() == alone.read_bytes()
    for number in (1, 2, 3):
        assert (tmp_path / f"one-{number}.jsonl").read_bytes() == (tmp_path / f"two-{number}.jsonl").read_bytes()
    assert len({(tmp_path / f"one-{number}.jsonl").read_bytes() for number in (1, 2, 3)}) == 3
    assert not one.exists()


def test_another_seed_is_another_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seed is used, in the head and by the bots."""
    paths = [tmp_path / f"{seed}.jsonl" for seed in (1, 2)]
    for seed, path in zip((1, 2), paths, strict=True):
        said(capsys, ["run", "tiny", "--seats", "*=random", "--seed", str(seed), "--log", str(path)], 0)
    heads, entries = zip(*[read(path.read_text().splitlines())[:2] for path in paths], strict=True)
    assert heads[0].seed != heads[1].seed
    assert [e.order.act for e in entries[0]] != [e.order.act for e in entries[1]]


def test_verify_accepts_a_whole_log(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every order decided again, and the hash shown."""
    text = said(capsys, ["verify", str(log)], 0)
    assert "every one decided again with the same result" in text


def _chained(lines: list[str]) -> list[str]:
    """The same lines with hashes that fit, as a forger would write them."""
    chain, out = "", []
    for line in lines:
        fields = json.loads(line)
        chain = link(chain, canonical(fields.get("head", fields.get("entry"))))
        out.append(json.dumps(fields | {"hash": chain}))
    return out


def _forged(lines: list[str], number: int, old: str, new: str) -> list[str]:
    assert old in lines[number - 1]
    return [line.replace(old, new) if at == number else line for at, line in enumerate(lines, start=1)]


def _line_with(lines: list[str], text: str) -> int:
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_verify_finds_a_changed_byte(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The chain of hashes gives the line away."""
    lines = log.read_text().splitlines()
    log.write_text("\n".join(_forged(lines, 3, "negotiation", "assembly")))
    assert "differs in line 3: the hash does not fit" in said(capsys, ["verify", str(log)], 1)


@pytest.mark.parametrize(
    ("text", "old", "new", "found"),
    [
        ('"roll-call"', '"adopted":true', '"adopted":false', "gives another event"),
        ('"choice":"yes"', '"author":"ARD"', '"author":"COR"', "gives another event 1"),
        ('"kind":"vote"', '"draft":"four', '"draft":"five', "would be refused here"),
        ('"kind":"started"', '"practice":false},{', '"practice":false},{"kind":"resumed"},{', "gives 3 events here, 4 in the log"),
        ('"head"', '"growth":', '"groth":', "parameters that this program does not know"),
        ('"head"', '"rules_hash":"', '"rules_hash":"0', "another version of the rules"),
        ('"head"', '"scenario_hash":"', '"scenario_hash":"0', "another version of the scenario"),
    ],
)
def test_verify_finds_a_forged_log(
    log: Path, text: str, old: str, new: str, found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even with hashes that fit: what the rules would not have written is found, with its line."""
    lines = log.read_text().splitlines()
    number = _line_with(lines, text)
    log.write_text("\n".join(_chained(_forged(lines, number, old, new))))
    code = 2 if "does not know" in found else 1
    printed = said(capsys, ["verify", str(log)], code)
    assert found in printed
    assert code == 2 or f"line {number}" in printed


@pytest.mark.parametrize("text", ["", "no log\n", "{}\n", '{"hash": "x", "head": {}}\n', "\x00\n"])
def test_what_is_no_log_is_said_so(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Verify says which line; the others refuse."""
    path = tmp_path / "none.jsonl"
    path.write_text(text)
    assert "differs in line 1" in said(capsys, ["verify", str(path)], 1)
    assert "unipole verify" in said(capsys, ["replay", str(path)], 2)
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in said(capsys, ["verify", str(path)], 2)


def test_replay_tells_each_turn(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Turns, news, votes with their reasons; sealed orders only on request."""
    text = said(capsys, ["replay", str(log)], 0)
    assert [int(n) for n in re.findall(r"^Turn (\d)", text, flags=re.MULTILINE)] == [1, 2, 3]
    assert "Dorn has shown new rockets" in text
    assert "under seal" not in text
    assert "under seal" in said(capsys, ["replay", str(log), "--everything"], 0)
    russian = said(capsys, ["replay", str(log), "--lang", "ru"], 0)
    assert "Дорн показал на параде новые ракеты" in russian
    assert not re.findall(r"\b(?:Turn|Negotiation|round|Hash)\b", russian)


def test_replay_keeps_to_what_a_viewer_may_know(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A seat hears of its own sealed orders and of nobody else's; the public of none."""
    mine = said(capsys, ["replay", str(log), "--viewer", "COR", "--everything"], 0)
    assert "Corin decided, under seal" in mine
    assert not re.search(r"(Arden|Brava|Dorn) decided, under seal", mine)
    assert "under seal" not in said(capsys, ["replay", str(log), "--viewer", "public", "--everything"], 0)
    assert "There is no viewer 'cor'" in said(capsys, ["replay", str(log), "--viewer", "cor"], 2)


def test_explain_shows_the_terms(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A roll call has its count, a moved figure its terms, an opening its order alone."""
    listing = said(capsys, ["explain", str(log)], 0)
    vote = next(line.split()[0] for line in listing.splitlines() if " was adopted (" in line)
    text = said(capsys, ["explain", str(log), vote], 0)
    assert "from: yes 3; no 1; abstentions 0" in text
    payoff = next(line.split()[0] for line in listing.splitlines() if "payoffs of the turn" in line)
    assert "Security in the payoff of Arden became" in said(capsys, ["explain", str(log), payoff, "--depth", "1"], 0)
    assert "Order: control start (entry 1)" in said(capsys, ["explain", str(log), "1.1"], 0)


@pytest.mark.parametrize(
    ("place", "part"), [("12", "names no event"), ("x.1", "names no event"), ("999.1", "entries are 1 to"), ("1.99", "1.1 to 1.3")]
)
def test_explain_refuses_places_that_are_none(log: Path, place: str, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the places that there are."""
    assert part in said(capsys, ["explain", str(log), place], 2)


def test_scenarios_are_listed_shown_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    """All that ship can be played."""
    listing = said(capsys, ["scenario", "list"], 0)
    assert "iraq-2003" in listing
    assert "tiny" in listing
    assert "Your government still rules." in said(capsys, ["scenario", "show", "tiny"], 0)
    for name in ("tiny", "iraq-2003"):
        assert "It can be played." in said(capsys, ["scenario", "check", name, "--games", "0"], 0)


def test_a_scenario_that_must_not_be_played_ends_with_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Loadable, but a role sheet is empty."""
    folder = _copy_of_tiny(tmp_path)
    (folder / "seats" / "COR.md").write_text("")
    assert "Do not play it so." in said(capsys, ["scenario", "check", str(folder)], 1)


def test_a_scenario_of_ones_own_can_be_played_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its folder; a log of it needs the folder again, and says so."""
    folder = _copy_of_tiny(tmp_path)
    text = (folder / "scenario.toml").read_text().replace('id = "tiny"', 'id = "small"', 1)
    (folder / "scenario.toml").write_text(text)
    log = tmp_path / "own.jsonl"
    said(capsys, ["run", str(folder), "--seats", "*=random", "--log", str(log)], 0)
    assert "--scenario" in said(capsys, ["verify", str(log)], 2).replace("\n", " ")
    assert "holds" in said(capsys, ["verify", str(log), "--scenario", str(folder)], 0)


def _copy_of_tiny(place: Path) -> Path:
    folder = place / "case"
    for path in sorted((ROOT / "scenarios" / "tiny").rglob("*")):
        if path.is_file() and path.suffix in (".md", ".toml"):
            target = folder / path.relative_to(ROOT / "scenarios" / "tiny")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return folder


def test_a_reader_that_has_seen_enough_is_no_fault(log: Path) -> None:
    """``unipole replay ... | head`` ends quietly."""
    command = f"{sys.executable} -m server replay {log} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_S, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_serve_says_where_it_listens_and_stops_when_told(tmp_path: Path) -> None:
    """On a port of its own, with a private Redis in a folder of its own; SIGINT, as Ctrl-C sends it, is a good end."""
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data", str(tmp_path / "data")]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert re.match(r"Listening on http://127\.0\.0\.1:\d+\.", first)
    assert (process.returncode, "Stopped." in out, err) == (0, True, "")


def test_serve_says_when_there_is_no_redis(capsys: pytest.CaptureFixture[str]) -> None:
    """An address where nobody answers, and one that is none."""
    assert "gives no answer" in said(capsys, ["serve", "--port", "0", "--redis", "redis://127.0.0.1:1/0"], 2)
    assert "unipole: " in said(capsys, ["serve", "--port", "0", "--redis", "nonsense"], 2)


def test_the_same_log_twice(tmp_path: Path) -> None:
    """Written again, a log is the same to the byte."""
    assert log_lines("tiny") == log_file(tmp_path, "tiny").read_text().splitlines()


def test_games_are_played_with_other_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The value stands in the log, which is verified with it, and under the table; the seeds are the same."""
    usual, other = tmp_path / "usual.jsonl", tmp_path / "other.jsonl"
    said(capsys, ["run", "tiny", "--log", str(usual)], 0)
    told = said(capsys, ["run", "tiny", "--set", "legitimacy_cost=0", "--set", " shelter = 0.5", "--log", str(other)], 0)
    assert "Set for these games: legitimacy_cost = 0, shelter = 0.5." in told
    heads = [json.loads(path.read_text().splitlines()[0])["head"] for path in (usual, other)]
    assert heads[0]["seed"] == heads[1]["seed"]
    assert heads[1]["parameters"] == {**heads[0]["parameters"], "legitimacy_cost": 0.0, "shelter": 0.5}
    said(capsys, ["verify", str(other)], 0)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("shelter", "--set: shelter says no value. Write NAME=VALUE, such as security_value=2."),
        ("shelte=1", "--set: there is no parameter shelte. Did you mean 'shelter'?"),
        ("shelter=much", "--set: shelter = much: must be a number."),
        ("security_value=20", "--set: security_value = 20.0: must lie between 0 and 10 (payoff)."),
    ],
)
def test_a_parameter_that_cannot_be_set_is_refused_in_words(word: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with what would be right."""
    assert sentence in said(capsys, ["run", "tiny", "--set", word], 2)


def test_whoever_mistypes_an_option_is_led_to_the_help_of_that_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Not to the list of all commands."""
    assert said(capsys, ["scenario", "check", "tiny", "--gams", "3"], 2).rstrip().endswith("See `unipole scenario check --help`.")
