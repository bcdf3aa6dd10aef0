"""Why: what was told is taken back to its causes, for those eyes alone."""

from __future__ import annotations

import re

import pytest

from rules import events as ev
from rules.sequence import Recorded
from rules.state import Game
from rules.view import tell
from server.desk.whys import LINES_MAX, why
from tests.rules.explanation.test_causes import played


def numbered(viewer: str) -> tuple[Game, tuple[Recorded, ...], dict[int, ev.EventKinds]]:
    """A game, and what the viewer was told of it by number."""
    opening, entries = played("random")
    told = [event for entry in entries for event in entry.events if tell(opening, event, viewer) is not None]
    return opening, tuple(entries), dict(enumerate(told, start=1))


@pytest.mark.parametrize("viewer", ["COR", "public"])
def test_every_outcome_has_a_reason_and_no_place_in_the_log(viewer: str) -> None:
    """Votes, promises and moved figures say on what they hang; beyond the last event there is nothing."""
    opening, entries, told = numbered(viewer)
    outcomes = {n: event for n, event in told.items() if isinstance(event, ev.RollCall | ev.CommitmentMade | ev.Judged | ev.Moved)}
    assert {event.kind for event in outcomes.values()} >= {"roll-call", "moved"}
    kinds = {event.kind: number for number, event in outcomes.items()}
    for number in kinds.values():
        found = why(opening, entries, viewer, number)
        assert found is not None
        assert found.lines
        assert len(found.lines) <= LINES_MAX
        assert not [line.text for line in found.lines if "(entry" in line.text or re.match(r"\d+\.\d+ ", line.text)]
    assert why(opening, entries, viewer, len(told) + 1) is None
    assert why(opening, entries, viewer, 0) is None
