"""The debrief for the public holds no secret: whatever the public may not know is changed at random, and the page stays the same."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle
from random import Random

import pytest

from rules import events as ev
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.canonical import canonical
from server.debrief import telling as told_by
from server.debrief.page import debrief
from server.narrate.eyes import through
from server.narrate.turns import Turns
from tests.security.hidden import scrambled
from tests.server.games import played, telling


@pytest.mark.parametrize("seed", range(6))
def test_a_viewer_sees_the_same_game_whatever_is_hidden(seed: int) -> None:
    """Non-interference of the eyes through which all is told, over the games of a session; control sees the difference."""
    rng = Random(seed)
    for turn, viewer in zip(telling("iraq-2003").turns.told, cycle((PUBLIC_VIEWER, "FRA", "USA")), strict=False):
        other = scrambled(turn.after, viewer, rng)
        assert canonical(through(other, viewer)) == canonical(through(turn.after, viewer))
        assert canonical(through(other, UMPIRE_VIEWER)) != canonical(through(turn.after, UMPIRE_VIEWER))


def test_a_seat_reads_what_it_knew() -> None:
    """Its own objectives and agreements, and no others' unless they came to light."""
    own = replace(telling("iraq-2003"), viewer="FRA")
    page, game = plain(debrief(own)), own.opening
    mine = game.atlas.countries.index("FRA")
    assert [aim.sentence for aim in game.atlas.objectives[mine] if aim.sentence not in page] == []
    others = [aim.sentence for row, aims in enumerate(game.atlas.objectives) if row != mine for aim in aims]
    assert [text for text in others if text in page and text not in plain(str(game.atlas.objectives[mine]))] == []
    known = {event.commitment.id for turn in own.turns.told for _, event in turn.events if isinstance(event, ev.CommitmentMade)}
    all_told = [event for turn in telling("iraq-2003").turns.told for _, event in turn.events]
    made = [event.commitment for event in all_told if isinstance(event, ev.CommitmentMade)]
    secret = [commitment for commitment in made if commitment.terms.secret]
    assert {c.id for c in secret if "FRA" in c.terms.parties} <= known
    assert {c.id for c in secret if "FRA" not in c.terms.parties} & known == set()
    assert len(secret) > 5


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
    monkeypatch.setattr(told_by, "Turns", lambda opening, _: Turns(opening, UMPIRE_VIEWER))
    sealed = plain(debrief(telling("iraq-2003", revealed=False)))
    assert [text for text in canaries if text in sealed]
