"""The debrief for the public holds no secret: whatever the public may not know is changed at random, and the page stays the same."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from rules.canonical import canonical
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from server.debrief import telling as told_by
from server.debrief.page import debrief
from server.narrate.eyes import through
from tests.security.hidden import scrambled
from tests.server.games import played, telling


@pytest.mark.parametrize("seed", range(6))
def test_the_public_sees_the_same_game_whatever_is_hidden(seed: int) -> None:
    """Non-interference of the eyes through which all is told, over the games of a session; control sees the difference."""
    rng = Random(seed)
    for turn in telling("iraq-2003").turns.told:
        other = scrambled(turn.after, PUBLIC_VIEWER, rng)
        seen = through(turn.after, PUBLIC_VIEWER)
        assert canonical(through(other, PUBLIC_VIEWER)) == canonical(seen)
        assert canonical(through(other, UMPIRE_VIEWER)) != canonical(through(turn.after, UMPIRE_VIEWER))


def test_a_seat_has_a_view_of_its_own() -> None:
    """These eyes are for control and the public alone."""
    with pytest.raises(ValueError, match="not for FRA"):
        through(played("iraq-2003")[1].opening, "FRA")


def secrets(scenario: str, seed: int) -> list[str]:
    """Texts that only the revealed page may have: terms of secret agreements, payments, objectives, payoffs and secret sheets."""
    found = telling(scenario, "", seed)
    game = found.turns.game
    texts = [aim.sentence for row in game.atlas.objectives for aim in row]
    hidden = {"commitment-made", "aid-sent", "judged", "offer-made", "offer-signed", "offer-rejected", "offer-closed", "act-sealed"}
    open_too = {line.sentence for turn in telling(scenario, "", seed, revealed=False).turns.told for line in turn.lines}
    lines = [line for turn in found.turns.told for line in turn.lines if line.secret and line.kind in hidden]
    texts += [line.sentence for line in lines if line.sentence not in open_too]  # two promises may sound alike
    return [*texts, *(line for brief in game.atlas.secret_briefs for line in brief.splitlines() if len(line) > 40)]


@pytest.mark.parametrize(("scenario", "seed"), [("iraq-2003", 7), ("tiny", 3)])
def test_no_secret_is_on_the_page_until_it_is_opened(scenario: str, seed: int) -> None:
    """Canaries of every kind: none on the sealed page, objectives and agreements on the opened one."""
    canaries = secrets(scenario, seed)
    sealed, opened = plain(debrief(telling(scenario, "", seed, revealed=False))), plain(debrief(telling(scenario, "", seed)))
    assert [text for text in canaries if text in sealed] == []
    assert len([text for text in canaries if text in opened]) > 10
    assert "What was secret is not on this page" in sealed
    assert "What was secret is not on this page" not in opened


def plain(page: str) -> str:
    """A page without its marks."""
    return re.sub(r"&#39;", "'", re.sub(r"<[^>]+>", "", page))


def test_secret_sheets_of_the_scenario_change_nothing() -> None:
    """A page of another opening, with other briefs, objectives, weights and beliefs, is the same."""
    _, match = played("tiny")
    whole = telling("tiny", revealed=False)
    other = replace(whole, opening=scrambled(match.opening, PUBLIC_VIEWER, Random(1), seed=match.opening.seed))
    assert debrief(other) == debrief(whole)


def test_numbers_count_no_secrets() -> None:
    """Places on the sealed page are those of the public's own count, as it has them on the socket; none is a place of the log."""
    told = telling("iraq-2003", revealed=False)
    page = debrief(told)
    known = [shown for _, shown in sorted(told.turns.numbers.items(), key=lambda item: int(item[1]))]
    assert known == [str(number + 1) for number in range(len(known))]
    assert len(known) < len(told.story.pages)
    assert not re.search(r">\d+\.\d+</(a|span)>|\(entry \d+\)|id=\"w\d+\.", page)
    assert re.search(r">\d+\.\d+</(a|span)>", debrief(telling("iraq-2003")))


def test_a_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A telling that looks through the eyes of control gives secrets away, and the test above sees it."""
    canaries = secrets("iraq-2003", 7)
    monkeypatch.setattr(told_by, "PUBLIC_VIEWER", UMPIRE_VIEWER)
    sealed = plain(debrief(telling("iraq-2003", revealed=False)))
    assert [text for text in canaries if text in sealed]
