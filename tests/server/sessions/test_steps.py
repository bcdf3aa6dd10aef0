"""When a step closes before its time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.sequence import closing, take
from rules.state import Game
from rules.wire import frames as f
from server.sessions.steps import is_complete
from tests.server.sessions.test_history import history
from tests.server.stage import SEATS

BRIEFING: Game = history(1).game
NEGOTIATION: Game = take(BRIEFING, closing(BRIEFING.moment))[0]
PAUSED = replace(NEGOTIATION, moment=replace(NEGOTIATION.moment, status="paused"))
ALL_DONE = replace(NEGOTIATION, moment=replace(NEGOTIATION.moment, done=SEATS))
EVERYBODY = dict.fromkeys(SEATS, ())
NOBODY: dict[str, tuple[()]] = {}


@pytest.mark.parametrize(
    ("game", "pace", "envelopes", "skip", "complete"),
    [
        (BRIEFING, "rounds", NOBODY, True, True),
        (BRIEFING, "rounds", NOBODY, False, False),
        (BRIEFING, "live", NOBODY, True, False),
        (NEGOTIATION, "rounds", EVERYBODY, True, True),
        (NEGOTIATION, "rounds", {"ARD": ()}, True, False),
        (NEGOTIATION, "rounds", NOBODY, True, False),
        (NEGOTIATION, "live", EVERYBODY, True, False),
        (ALL_DONE, "live", NOBODY, True, True),
        (ALL_DONE, "rounds", NOBODY, True, False),
        (PAUSED, "rounds", EVERYBODY, True, False),
        (PAUSED, "live", NOBODY, True, False),
    ],
)
def test_a_step_is_complete_when_all_who_can_act_have_spoken(
    game: Game, pace: f.Pace, envelopes: dict[str, tuple[()]], skip: bool, complete: bool
) -> None:
    """The table of paces and phases."""
    assert is_complete(game, pace, envelopes, skip_reading=skip) is complete
