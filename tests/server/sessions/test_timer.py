"""The deadline as a function of events and the times beside them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rules import events as ev
from rules.evolve import evolve
from rules.orders import CONTROL, Start
from rules.state import Game
from scenarios import opening
from server.sessions.recovery import scenario_named
from server.sessions.timer import Timer, turned
from tests.server.stage import eventually, staged
from tests.simulation.loop import run_virtually

OPENED = ev.StepOpened(turn=1, phase="negotiation", round=1)
GAME: Game = evolve(evolve(opening(scenario_named("tiny"), "timer"), ev.Started()), OPENED)
SECONDS = 180


def after(*steps: tuple[ev.EventKinds, int]) -> Timer:
    """The timer after events at times in ms."""
    timer, game = Timer(), GAME
    for event, at_ms in steps:
        game = evolve(game, event)
        timer = turned(timer, event, game, at_ms)
    return timer


def test_a_step_has_its_seconds_from_its_opening() -> None:
    """Whatever was before."""
    assert after((OPENED, 1000)) == Timer(due_ms=1000 + SECONDS * 1000)
    assert after((OPENED, 0), (ev.Paused(reason="x"), 5), (ev.Resumed(), 6), (OPENED, 9)) == Timer(due_ms=9 + SECONDS * 1000)


@given(st.integers(0, SECONDS * 1000), st.integers(0, 10**7), st.integers(1, 1000))
def test_a_pause_takes_no_time(played_ms: int, paused_ms: int, more_s: int) -> None:
    """However long, and whether the extension comes in it or before it."""
    pause, resume, extend = ev.Paused(reason="x"), ev.Resumed(), ev.Extended(seconds=more_s)
    end_ms = played_ms + paused_ms
    due_ms = SECONDS * 1000 + paused_ms + more_s * 1000
    assert after((OPENED, 0), (pause, played_ms), (extend, played_ms), (resume, end_ms)).due_ms == due_ms
    assert after((OPENED, 0), (extend, 0), (pause, played_ms), (resume, end_ms)).due_ms == due_ms


def test_a_pause_after_the_time_leaves_nothing() -> None:
    """It does not owe time either."""
    assert after((OPENED, 0), (ev.Paused(reason="x"), 10**9)) == Timer(left_ms=0)


def test_the_end_has_no_deadline_and_other_events_leave_it() -> None:
    """Only the moment's events touch the timer."""
    assert after((OPENED, 0), (ev.Ended(), 5)) == Timer()
    assert after((OPENED, 0), (ev.SeatDone(country="ARD"), 5)) == after((OPENED, 0))
    assert replace(Timer(due_ms=1), due_ms=None) == Timer()


def test_no_clock_runs_after_a_practice_turn() -> None:
    """By its own clock it comes to its end, and the lobby waits for control."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.order(CONTROL, "practice", Start(practice=True))
            await eventually(lambda: stage.history.game.moment.turn == 1)
            await eventually(lambda: stage.status == "lobby")
            assert stage.history.timer == Timer()

    run_virtually(scene())
