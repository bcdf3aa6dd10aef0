"""What if: one order is changed and nothing else; both arms have the same luck; bots' games of a start are kept and set beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from markupsafe import escape

from rules.explanation.story import Page, Story
from rules.orders import CONTROL
from scenarios.chronicle import chronicle
from server.cli import main
from server.debrief import charts, comparison
from server.debrief.forks import BadFork, Change, fork, keep, parsed, stored
from server.debrief.outcomes import measured, played_on, starts
from server.debrief.page import debrief, told
from server.debrief.what_if import what_if
from tests.server.debrief.test_page import faults
from tests.server.games import VOTED, log_file, played, telling


def story() -> Story:
    """A game with a roll call."""
    match = played("tiny")[1]
    return Story(match.opening, match.entries)


def roll_call() -> Page:
    """The first of them."""
    return next(page for page in story().pages if page.event.kind == "roll-call")


def other(ballot: str) -> str:
    """Another ballot."""
    return "no" if ballot == "yes" else "yes"


def changed_vote() -> Change:
    """The ballot of the first voter turned round."""
    page = roll_call()
    assert page.event.kind == "roll-call"
    cast = page.event.ballots[0]
    return parsed(f"{cast.country} {other(cast.choice)}", story(), page.place)


def test_a_change_is_read_as_it_is_typed() -> None:
    """Ballots in any case, nothing, and any act as JSON."""
    place = roll_call().place
    ballot = parsed("cor NO", story(), place)
    assert (ballot.country, ballot.act.kind if ballot.act else "") == ("COR", "vote")
    assert parsed("COR nothing", story(), place).act is None
    act = parsed('COR {"kind": "done"}', story(), place).act
    assert act is not None
    assert act.kind == "done"


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("COR yes", "999.1", "no event 999.1"),
        ("COR yes", "1", "no event 1"),
        ("QQQ yes", "", "no country 'QQQ'"),
        ("COR maybe", "", "says no act"),
        ('COR {"kind": "dance"}', "", "not one of the game's"),
        ("COR yes", "1.1", "no vote on a draft"),
    ],
)
def test_what_cannot_be_changed_is_said(text: str, place: str, says: str) -> None:
    """Each with a sentence."""
    with pytest.raises(BadFork, match=says):
        parsed(text, story(), place or roll_call().place)


def test_only_the_ballot_is_another_and_both_arms_have_the_same_luck() -> None:
    """The roll call of the changed arm differs in one ballot; a change to what was done anyway changes no figure."""
    match, page = played("tiny")[1], roll_call()
    assert page.event.kind == "roll-call"
    cast = page.event.ballots[0]
    same = parsed(f"{cast.country} {cast.choice}", story(), page.place)
    found = fork(match.opening, match.entries, same, 3, 1)
    assert found.before == found.after
    assert found.games == 3
    turned = fork(match.opening, match.entries, changed_vote(), 3, 1)
    assert turned.before == found.before
    assert turned.after != turned.before
    assert {len(values) for figure, values in turned.after.items() if figure != "legitimacy"} == {3}
    assert turned.happened["adopted"] == measured(match.game).figures["adopted"]


def test_steps_that_control_closed_are_steps_too() -> None:
    """Whether the clock or control ended the steps: the same step is played again."""
    match, change = played("tiny")[1], changed_vote()
    orders = [entry.order.model_copy(update={"author": CONTROL}) if entry.order.closes else entry.order for entry in match.entries]
    forced = [replace(entry, order=order) for entry, order in zip(match.entries, orders, strict=True)]
    assert fork(match.opening, forced, change, 1, 1) == fork(match.opening, match.entries, change, 1, 1)


def test_one_or_two_workers_give_the_same() -> None:
    """Games are numbered, not ordered by who is ready first."""
    opening = played("tiny")[1].opening
    wanted = starts(opening, 4, "seed", "test")
    assert dict(played_on(wanted, 1)) == dict(played_on(wanted, 2))


def test_what_the_rules_refuse_is_refused_with_their_sentence() -> None:
    """A vote on a draft that is not there any more, or an offer that never was."""
    match = played("tiny")[1]
    change = parsed('COR {"kind": "sign", "offer": "no-such"}', story(), roll_call().place)
    with pytest.raises(BadFork, match="The rules refuse it"):
        fork(match.opening, match.entries, change, 1, 1)


def test_an_unfinished_step_cannot_be_forked() -> None:
    """Nobody knows yet what the others order."""
    match, page = played("tiny")[1], roll_call()
    upto = int(page.place.partition(".")[0]) - 2
    last = f"{upto}.1"
    cut = match.entries[:upto]
    while cut and cut[-1].order.author == "clock":
        cut = cut[:-1]
        last = f"{len(cut)}.1"
    with pytest.raises(BadFork, match="no step that was closed"):
        fork(match.opening, cut, Change(last, "COR", None), 1, 1)


def test_forks_are_kept_beside_the_log_and_stand_on_the_opened_page(tmp_path: Path) -> None:
    """The same change takes the place of the earlier; the sealed page has none; a broken file counts as none."""
    match, log = played("tiny")[1], tmp_path / "game.jsonl"
    found = fork(match.opening, match.entries, changed_vote(), 2, 1)
    assert stored(log) == []
    keep(log, found)
    path = keep(log, found)
    (again,) = stored(log)
    assert again.change == found.change
    page = debrief(replace(telling("tiny"), forks=(again,)))
    assert faults(page) == []
    assert told(found.change) in page
    assert told(found.change) not in debrief(replace(telling("tiny", revealed=False), forks=(again,)))
    rows = what_if(match.game, again).rows
    assert {row.title for row in rows} >= {"drafts adopted", "operations carried out"}
    path.write_text("[{}]")
    assert stored(log) == []


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Fork, compare, debrief, and what is typed wrongly."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / "cache" / name)
    log, change = log_file(tmp_path, "tiny"), changed_vote()
    assert change.act is not None
    act = f"{change.country} {getattr(change.act, 'choice', '')}"
    assert main(["fork", str(log), change.place, "--act", act, "--games", "2", "--jobs", "1"]) == 0
    assert "with the change" in capsys.readouterr().out
    assert main(["fork", str(log), "1.1", "--act", "COR yes"]) == 2
    assert "is no vote" in capsys.readouterr().err
    assert main(["debrief", str(log), "--compare", "3", "--jobs", "1"]) == 0
    assert "without what was secret" in capsys.readouterr().out
    sealed = log.with_suffix(".html").read_text()
    assert faults(sealed) == []
    assert "Beside 3 games of bots" in sealed
    assert main(["debrief", str(log), "--reveal", "--out", str(tmp_path / "opened.html")]) == 0
    opened = (tmp_path / "opened.html").read_text()
    assert "Beside 3 games of bots" in opened, "games that were played are kept"
    assert "What if …" in opened
    capsys.readouterr()
    for wrong, says in (
        (["debrief", str(log), "--turn", "9"], "the log ends in turn 3"),
        (["debrief", str(tmp_path / "none.jsonl")], "There is no file"),
        (["debrief", str(log), "--out", str(tmp_path)], "cannot be written"),
    ):
        assert main(wrong) == 2
        assert says in capsys.readouterr().err
    head_only = tmp_path / "head.jsonl"
    head_only.write_text(log.read_text().splitlines()[0] + "\n")
    assert main(["debrief", str(head_only)]) == 2
    assert "has not begun" in capsys.readouterr().err


def test_games_of_a_start_are_played_once_and_counted_right(tmp_path: Path) -> None:
    """More are added to those that are kept; smaller, the same and larger add up; a broken file counts as none."""
    head, match = played("tiny")
    first = comparison.prepared(head, match.opening, 2, 1, folder=tmp_path)
    more = comparison.prepared(head, match.opening, 4, 1, folder=tmp_path)
    assert more[:2] == first
    assert len(comparison.kept(head, tmp_path)) == 4
    for spread in comparison.spreads(match.game, more):
        assert spread.below + spread.equal + spread.above == len(spread.others) <= 4
    assert comparison.spreads(match.game, []) == []
    path = comparison.place_of(head, tmp_path)
    path.write_text(json.dumps({"not": "rows"}))
    assert comparison.kept(head, tmp_path) == []
    assert comparison.place_of(head.model_copy(update={"rules_hash": "other"}), tmp_path) != path


def test_history_stands_beside_the_game() -> None:
    """Where the fifteen stood in 2003, and how they voted here."""
    told = telling("iraq-2003", seed=VOTED)
    (history,) = comparison.histories(told.turns.game)
    assert len(history.rows) == 15
    assert {row.then for row in history.rows} == {"in favour", "against", "undecided"}
    game = told.turns.game
    ballots = {b.country: b.choice for b in game.drafts[-1].ballots}
    usa = next(row for row in history.rows if row.name == "United States")
    assert usa.alike == (ballots["USA"] == "yes")
    assert comparison.histories(telling("tiny").turns.game) == []
    page = debrief(told)
    assert all(str(escape(event.text)) in page for event in chronicle("iraq-2003"))


@pytest.mark.parametrize(("value", "others"), [(1.0, (0.0, 1.0, 2.0)), (0.5, (0.1, 0.9)), (200.0, (0.0, 100.0))])
def test_histograms_hold_every_game(value: float, others: tuple[float, ...]) -> None:
    """Columns of counts; the arrow lies inside the picture."""
    drawn = charts.histogram(value, others, mean_of=others)
    assert drawn.count('class="many"') == drawn.count('class="other"') > 0
    assert "NaN" not in drawn
    assert not charts.histogram(value, (value,), mean_of=(value,)), "figures that are all the same make no picture"
