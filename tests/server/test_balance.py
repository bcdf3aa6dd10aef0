"""Balance: mixed company, shares of objectives reached, what fails and why, and the file in which results are kept."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from client.bots.mixed import DECK, company
from client.bots.seats import Casting, bots
from rules.vocabulary import Objective
from scenarios import load
from server.cli import main
from server.commands.balance import Balance, Reached, record, show, summed
from server.commands.matches import Score
from server.narrate.outcome import Aim

COUNTRIES = ("ARD", "BRV", "COR", "DOR")
AIM = Objective(id="calm", sentence="Calm.", predicate="welfare(self) >= start")


def test_company_is_mixed_and_the_same_for_the_same_number() -> None:
    """Every card of the deck turns up, each is a player that exists, and a game's company is drawn from its number alone."""
    drawn = [company(1, number, COUNTRIES) for number in range(200)]
    assert {card for game in drawn for card in game.values()} == set(DECK)
    assert company(1, 7, COUNTRIES) == drawn[7]
    assert company(2, 7, COUNTRIES) != drawn[7]
    assert len(bots(drawn[0], str)) == len(COUNTRIES)
    assert Casting("random") in DECK


def scored(number: int, *values: float) -> Score:
    """A game in which each of the four seats ended with its value."""
    aims = tuple((Aim(AIM, value >= 0.0, value, 0.0),) for value in values)
    zeros = (0.0,) * 4
    return Score(number, 0, 0, 0, 0, zeros, zeros, aims, 0, 0, "")


def test_shares_are_counted_and_the_extremes_named() -> None:
    """Half, never, always; with the span of what was found."""
    found = summed(load("tiny"), [scored(0, 0.1, -0.2, 0.3, -1.0), scored(1, -0.1, -0.4, 0.3, 1.0)])
    assert [one.share for one in found.reached] == [0.5, 0.0, 1.0, 0.5]
    assert [(one.seat, one.verdict) for one in found.failing] == [("BRV", "impossible"), ("COR", "trivial")]
    assert (found.failing[0].lowest, found.failing[0].highest) == (-0.4, -0.2)
    text = io.StringIO()
    show(found, Console(file=text, width=160))
    spans = ("-0.4 to -0.2", "2 games: 4 objectives, reached in 0 to 100 per cent")
    wanted = ("nobody ever reached it", "everybody always reached it", *spans)
    assert all(words in text.getvalue() for words in wanted)


def test_results_are_kept_beside_each_other(tmp_path: Path) -> None:
    """A second scenario joins the first; the same again takes its place."""
    path = tmp_path / "b.json"
    one = Balance("small", 4, (Reached("ARD", "calm", "welfare(self) >= start", 4, 1, -1.0, 1.0),))
    record(one, path)
    record(replace(one, scenario="other"), path)
    record(replace(one, games=8), path)
    kept = json.loads(path.read_text())
    assert list(kept) == ["other", "small"]
    assert kept["small"] == {"games": 8, "seed": 20, "seats": {"ARD": {"calm": 0.25}}}


def test_check_plays_for_the_balance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two games decide little, so something fails; the result is kept; a file that is none is refused."""
    path = tmp_path / "b.json"
    assert main(["scenario", "check", "tiny", "--games", "2", "--jobs", "1", "--record", str(path)]) == 1
    said = capsys.readouterr().out
    assert "2 games:" in said
    assert "Do not play it so." in said
    assert set(json.loads(path.read_text())["tiny"]["seats"]) == set(COUNTRIES)
    path.write_text("no json")
    assert main(["scenario", "check", "tiny", "--games", "2", "--jobs", "1", "--record", str(path)]) == 2
    assert "--record" in capsys.readouterr().err
