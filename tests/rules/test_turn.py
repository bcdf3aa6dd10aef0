"""The turn as a table: what comes after what, and how long it may take."""

from __future__ import annotations

from dataclasses import replace

from rules.state import Atlas, Moment, Step
from rules.turn import TABLE, clock_id, following, open_acts, phase, rounds, seconds, seconds_after
from tests.rules.stage import at, tiny


def scheduled(*steps: tuple[str, int], turns: int = 2) -> Atlas:
    """The atlas with another schedule."""
    schedule = tuple(Step(phase=name, rounds=count, seconds=10) for name, count in steps)  # type: ignore[arg-type]  # cases name real phases
    return replace(tiny().atlas, schedule=schedule, turns=turns)


def walked(atlas: Atlas) -> list[tuple[int, str, int]]:
    """All steps of a session."""
    moment = Moment(status="running")
    found: list[tuple[int, str, int]] = []
    while (step := following(atlas, moment)) is not None:
        found.append(step)
        moment = replace(moment, turn=step[0], phase=step[1], round=step[2])
    return found


def test_phases_and_rounds_follow_the_schedule() -> None:
    """Phases without rounds are skipped, turns follow each other, and the last has an end."""
    assert walked(scheduled(("negotiation", 2), ("orders", 1))) == [
        (1, "negotiation", 1),
        (1, "negotiation", 2),
        (1, "orders", 1),
        (2, "negotiation", 1),
        (2, "negotiation", 2),
        (2, "orders", 1),
    ]
    assert walked(scheduled(("briefing", 0), ("report", 1), turns=1)) == [(1, "report", 1)]
    assert len(walked(tiny().atlas)) == 3 * 7


def test_times_are_those_of_the_phase_and_what_control_added() -> None:
    """A phase that is not in the schedule takes no time."""
    atlas = scheduled(("orders", 1))
    assert seconds(atlas, Moment(phase="orders", extra_seconds=5)) == 15
    assert seconds(atlas, Moment(phase="report")) == 0
    assert rounds(atlas, "assembly") == 0


def test_the_rest_of_the_game_takes_its_time() -> None:
    """Rounds and turns are counted; what was added to the open step does not come again."""
    atlas = scheduled(("negotiation", 2), ("orders", 1), turns=2)
    assert seconds_after(atlas, Moment()) == 60
    assert seconds_after(atlas, Moment(turn=1, phase="negotiation", round=2, extra_seconds=99)) == 40
    assert seconds_after(atlas, Moment(turn=2, phase="orders", round=1)) == 0


def test_a_closed_phase_is_open_to_nobody() -> None:
    """Ballots only in the last round of the assembly; done goes with whatever is open."""
    assert open_acts(at("1 briefing 1")) == frozenset()
    assert open_acts(at("1 assembly 1")) == {"vote", "motive", "done"}
    two = replace(tiny().atlas, schedule=(Step(phase="assembly", rounds=2, seconds=1),))
    assert "vote" not in open_acts(at("1 assembly 1", start=replace(tiny(), atlas=two)))
    assert "vote" in open_acts(at("1 assembly 2", start=replace(tiny(), atlas=two)))
    assert [phase(row.name) for row in TABLE] == list(TABLE)


def test_clock_ids_name_step_and_deadline() -> None:
    """So that of many clocks one wins, and a stale one never."""
    assert clock_id(Moment(branch=1, turn=2, phase="orders", round=1, revision=3)) == "clock:1:2:orders:1:3"
