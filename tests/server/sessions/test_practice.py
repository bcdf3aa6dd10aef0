"""A practice turn leaves nothing behind: no clock runs in the lobby after it."""

from __future__ import annotations

from rules.orders import CONTROL, Start
from server.sessions.timer import Timer
from tests.server.stage import eventually, staged
from tests.simulation.loop import run_virtually


def test_no_clock_runs_after_a_practice_turn() -> None:
    """By its own clock it comes to its end, and the lobby waits for control."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.order(CONTROL, "practice", Start(practice=True))
            await eventually(lambda: stage.history.game.moment.turn == 1)
            await eventually(lambda: stage.status == "lobby")
            assert stage.history.timer == Timer()

    run_virtually(scene())
