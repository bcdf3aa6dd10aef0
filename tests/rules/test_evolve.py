"""The fold: every kind of event has its effect, and only its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import get_args

import pytest

from rules import events as ev
from rules import evolve as fold
from rules.events import EVENT, EventKinds
from rules.evolve import evolve, evolve_all
from rules.orders import Done, Extend, Pause, Resume
from rules.problems import problems
from rules.state import Game
from tests.rules.stage import at, given


def test_every_kind_of_event_is_folded(told: tuple[EventKinds, ...]) -> None:
    """Random games bring forth every kind, and the fold takes each; none of them is left out of the union."""
    kinds = {type(event) for event in told}
    assert kinds == set(get_args(EventKinds))


def test_the_table_of_folds_has_every_kind_of_event_and_no_other() -> None:
    """One line for each, in one of its parts."""
    assert set(fold._FOLDS) == set(get_args(EventKinds))


def test_events_survive_the_log(told: tuple[EventKinds, ...]) -> None:
    """Each event is read back from its JSON as it was."""
    for event in told[::7]:
        assert EVENT.validate_json(event.model_dump_json()) == event


def test_figures_stay_read_only(told: tuple[EventKinds, ...]) -> None:
    """A change of figures makes new arrays and leaves the old game alone."""
    game = at("1 orders 1")
    after = evolve(game, ev.Moved.of("test", [ev.Change("goodwill", (0, 1), -0.5), ev.Change("goodwill", (1, 0), -0.5)]))
    assert (after.world.goodwill[0, 1], after.world.goodwill[1, 0]) == (-0.5, -0.5)
    assert game.world.goodwill[0, 1] != -0.5
    assert not after.world.goodwill.flags.writeable
    assert after.world.forces is game.world.forces
    with pytest.raises(ValueError, match="read-only"):
        after.world.goodwill[0, 0] = 1.0


def test_deadlines_get_a_new_revision() -> None:
    """By a pause, by going on and by more time; a new step begins afresh."""
    game = given(at("1 negotiation 1"), "ARD", Done())
    game = given(given(given(game, "control", Pause(reason="x")), "control", Resume()), "control", Extend(seconds=20))
    game = given(game, "control", Extend(seconds=5))
    assert (game.moment.revision, game.moment.extra_seconds, game.moment.done) == (4, 25, ("ARD",))
    fresh = evolve(game, ev.StepOpened(turn=1, phase="negotiation", round=2)).moment
    assert (fresh.revision, fresh.extra_seconds, fresh.done) == (0, 0, ())


def test_one_events_fold_touches_its_own_part_alone() -> None:
    """A draft tabled changes drafts and nothing else."""
    game = at("2 negotiation 1", {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]})
    withdrawn = evolve(game, ev.DraftWithdrawn(draft="four-1-1", reason="why"))
    assert {f.name for f in fields(Game) if getattr(game, f.name) is not getattr(withdrawn, f.name)} == {"drafts"}
    assert evolve(game, ev.NewsRead(text="x")) is game
    assert evolve_all(game, ()) is game
    assert problems(withdrawn) == []


@pytest.mark.parametrize("fold", [evolve, fold._moment, fold._commitment])
def test_what_is_no_event_is_loud(fold: Callable[[Game, object], Game]) -> None:
    """The list of events is closed: another thing stops the fold at once, in each of its parts."""
    with pytest.raises((AssertionError, KeyError)):
        fold(at("2 orders 1", {"1 orders 1": ["ARD announce DOR dorn-force"]}), Stranger(operation="ard-dor-1", draft="x"))


@dataclass
class Stranger:
    """Not an event, though it names a subject."""

    operation: str
    draft: str


def test_what_does_not_concern_a_subject_is_loud() -> None:
    """The same inside drafts and operations."""
    game = at("2 orders 1", {"1 negotiation 1": ["ARD table four demand dorn-force DOR"], "1 orders 1": ["ARD announce DOR dorn-force"]})
    stranger = Stranger(operation="ard-dor-1", draft="four-1-1")
    with pytest.raises(AssertionError):
        fold._debated(game.drafts[0], stranger)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(AssertionError):
        fold._campaigned(game.operations[0], stranger)  # type: ignore[arg-type]  # as above


def test_what_is_about_a_record_that_is_not_there_changes_nothing() -> None:
    """A viewer folds what it hears of, and need not hold what others hold."""
    game = at("1 orders 1")
    after = evolve(game, ev.DraftWithdrawn(draft="no-such-draft", reason="why"))
    assert after.drafts == game.drafts
    assert evolve(game, ev.CommitmentMade(commitment=game.commitments[0])).commitments == game.commitments * 2


def test_an_amended_draft_is_another_text_that_nobody_has_declared_on() -> None:
    """Action, target and sponsors are the amendment's; the amendment is carried, other drafts stay."""
    lines = ["ARD table four demand dorn-force DOR", "BRV table four 'authorise force' dorn-force DOR"]
    lines += ["COR table four condemn dorn-force DOR false four-1-1", "DOR declare four-1-1 no"]
    game = at("1 negotiation 2", {"1 negotiation 1": lines})
    event = ev.DraftAmended(
        draft="four-1-1", amendment="four-1-3", action="condemn", target="COR", sponsors=("ARD", "COR"), reason="accepted by ARD"
    )
    text, other, amendment = evolve(game, event).drafts
    assert (text.action, text.target, text.sponsors, text.amended, text.declared) == ("condemn", "COR", ("ARD", "COR"), True, ())
    assert (amendment.status, amendment.reason) == ("carried", "accepted by ARD")
    assert other is game.drafts[1]
