"""What follows when a step closes, stage by stage."""

from __future__ import annotations

from rules import events as ev
from rules.adjudication import close_step, mechanism, open_first, run
from rules.effects import Effect, Term, moved
from rules.evolve import evolve_all
from rules.mechanisms import AFTER_LAUNCH, AFTER_VOTE, MECHANISMS
from rules.orders import Advance, Launch
from rules.sequence import closing
from rules.state import Game
from tests.rules.stage import at, given, refusal, tiny


def kinds(game: Game) -> list[str]:
    """The kinds of event when the current step closes."""
    return [event.kind for event in close_step(game)]


def test_the_session_opens_with_the_first_news() -> None:
    """Started, the step, and this turn's bulletins alone."""
    events = open_first(tiny())
    assert [event.kind for event in events] == ["started", "step-opened", "news"]
    news = [item.text for item in tiny().atlas.news if item.turn == 1]
    assert [event.text for event in events if isinstance(event, ev.NewsRead)] == news


def test_steps_that_are_only_read_close_without_more() -> None:
    """And the last of them ends the session."""
    assert kinds(at("1 briefing 1")) == ["step-opened"]
    assert kinds(at("1 report 1")) == ["step-opened", "news"]
    assert kinds(at("3 report 1")) == ["ended"]


def test_after_the_end_nothing_follows() -> None:
    """The clock finds nothing to close."""
    game = at("3 report 1")
    over = evolve_all(game, close_step(game))
    assert over.moment.status == "over"
    act = closing(over.moment).act
    assert isinstance(act, Advance)
    assert refusal(over, "clock", act) == ("game/not-running", "act")


def test_each_stage_sees_what_the_ones_before_it_did() -> None:
    """Stages are run on the game as it then stands."""
    seen: list[tuple[str, ...]] = []

    def say(country: str) -> tuple[ev.EventKinds, ...]:
        return (ev.SeatDone(country=country),)

    def note(game: Game) -> tuple[ev.EventKinds, ...]:
        seen.append(game.moment.done)
        return ()

    _, events = run(at("1 negotiation 1"), [lambda _: say("ARD"), note, lambda _: say("BRV"), note])
    assert [event.kind for event in events] == ["seat-done", "seat-done"]
    assert seen == [("ARD",), ("ARD", "BRV")]


def test_a_quiet_turn_moves_what_moves_by_itself() -> None:
    """Economies, forces, payoffs and what is forgotten or remembered at home, and nothing that somebody did."""
    causes = [event.cause for event in close_step(at("1 orders 1")) if isinstance(event, ev.Moved)]
    assert causes[0] == "growth"
    quiet = {"growth", "programmes", "show of strength", "names fade", "political capital", "price of hosting", "left unattended", "payoff"}
    assert set(causes) <= quiet


def test_causes_name_a_mechanism_and_its_subject() -> None:
    """Every cause of a whole war can be found again in the table of mechanisms."""
    lines = {
        "1 negotiation 1": ["ARD table four 'authorise force' dorn-force DOR true"],
        "1 assembly 1": ["ARD vote four-1-1 yes", "BRV vote four-1-1 no"],
        "1 orders 1": ["ARD announce DOR dorn-force"],
    }
    voting = at("1 assembly 1", lines)
    assert "roll-call" not in kinds(voting)[1:]
    game = given(at("2 orders 1", lines), "ARD", Launch(operation="ard-dor-1"))
    causes = [event.cause for event in close_step(game) if isinstance(event, ev.Moved)]
    assert {cause.partition(": ")[0] for cause in causes} <= set(MECHANISMS)
    assert "cost of the operation: ard-dor-1" in causes
    assert set(AFTER_VOTE) | set(AFTER_LAUNCH) <= set(MECHANISMS)


def test_a_figure_that_stays_is_no_event() -> None:
    """Effects that change nothing are left out; with none left there is no event."""
    game = tiny()
    still = Effect("forces", (0,), float(game.world.forces[0]), (Term("before", 1.0),))
    step = Effect("forces", (1,), 99.0)
    assert moved("test", game, [still]) == ()
    assert [change.at for change in moved("test", game, [still, step])[0].changes] == [(1,)]
    assert mechanism("price of waiting")(game) == ()
