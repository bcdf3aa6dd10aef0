"""What control can do to a game that runs: put it back, set a figure, bring news, say who plays."""

from __future__ import annotations

import pytest

from rules import events as ev
from rules import orders as o
from rules.decide import decide
from rules.evolve import evolve, evolve_all
from rules.explanation.explain import explain, reason
from rules.past import before, place_of
from rules.problems import problems
from rules.sequence import play_step
from rules.state import Game, World
from rules.turn import clock_id
from rules.umpire.control import axes, names_on
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER, tell, view
from rules.wire.canonical import game_hash
from tests.rules.stage import at, given, refusal, tiny

BUDGET = {"1 orders 1": ["ARD budget 0.1 0"]}


def undo(turn: int, phase: str = "briefing", number: int = 1) -> o.Undo:
    """Back to a step."""
    return o.Undo(turn=turn, phase=phase, round=number, reason="a slip")


def steps_on(game: Game, count: int) -> Game:
    """The game some steps later, with nobody acting."""
    for _ in range(count):
        game = play_step(game, {}).game
    return game


# --- undo -------------------------------------------------------------------------------------------------------------------------------


def test_a_step_undone_is_opened_again_as_it_was() -> None:
    """The same figures, the same tables, the same news; only the branch is another, and with it the clock's id."""
    first = at("1 orders 1", BUDGET)
    later = at("2 negotiation 1", BUDGET)
    again = given(later, "control", undo(1, "orders"))
    assert place_of(again) == (1, "orders", 1)
    assert again.world is first.world or game_hash(again) != game_hash(later)
    assert (again.moment.branch, first.moment.branch) == (1, 0)
    assert clock_id(again.moment) != clock_id(first.moment)
    assert [getattr(again.world, name).tolist() for name in World.__dataclass_fields__] == [
        getattr(first.world, name).tolist() for name in World.__dataclass_fields__
    ]
    assert problems(again) == []


def test_the_entry_of_an_undo_folds_to_the_same_game() -> None:
    """What was decided holds the whole way back: the opening of the step and its news are told anew."""
    game = at("2 negotiation 1")
    events = decide(game, o.Order(id="control:u", author="control", act=undo(2)))
    assert [event.kind for event in events][:2] == ["undone", "step-opened"]
    assert evolve_all(game, events).moment.branch == 1
    with_news = decide(game, o.Order(id="control:u", author="control", act=undo(1)))
    assert [e.text for e in with_news if isinstance(e, ev.NewsRead)] == [item.text for item in game.atlas.news if item.turn == 1]


def test_what_is_undone_cannot_be_gone_back_to() -> None:
    """Steps of the branch that was left are off the way back; an undo can itself be followed by another."""
    game = given(at("2 orders 1"), "control", undo(1, "orders"))
    assert refusal(game, "control", undo(2)) == ("step/unknown", "act")
    assert refusal(game, "control", undo(1, "orders", 7)) == ("step/unknown", "act")
    assert refusal(game, "control", undo(1, "lunch")) == ("step/unknown", "act")
    assert refusal(tiny(), "control", undo(0)) == ("step/unknown", "act")
    twice = given(steps_on(game, 3), "control", undo(1, "negotiation"))
    assert (place_of(twice), twice.moment.branch) == ((1, "negotiation", 1), 2)
    assert before(twice, 1, "orders", 1) is None


def test_the_lobby_is_turn_nought() -> None:
    """The whole game taken back; it can be started again, and its luck is that of another branch."""
    game = given(at("2 orders 1"), "control", undo(0))
    assert (game.moment.status, game.moment.turn, game.moment.branch) == ("lobby", 0, 1)
    assert problems(game) == []
    assert given(game, "control", o.Start()).moment.turn == 1


def test_the_clock_stays_as_it_was_and_what_is_over_goes_on() -> None:
    """A session that is paused stays paused; the end of the last turn can be undone."""
    paused = given(given(at("1 orders 1"), "control", o.Pause(reason="x")), "control", undo(1))
    assert paused.moment.status == "paused"
    over = steps_on(at("3 report 1"), 1)
    assert over.moment.status == "over"
    assert given(over, "control", undo(3, "report")).moment.status == "running"


def test_an_undo_that_no_game_gave_changes_nothing() -> None:
    """Folding never fails."""
    game = at("1 orders 1")
    assert evolve(game, ev.Undone(turn=3, phase="orders", round=1, branch=1, reason="x")) is game


def test_a_practice_turn_ends_in_the_lobby() -> None:
    """One act starts it; when the turn is over the game is as it was before, in another branch."""
    opened = given(tiny(), "control", o.Start(practice=True))
    assert opened.moment.practice
    game = opened
    while game.moment.status == "running":
        assert game.moment.turn == 1
        game = play_step(game, {}).game
    assert (game.moment.status, game.moment.branch, game.moment.practice) == ("lobby", 1, False)
    assert game.world is tiny().world
    assert not given(game, "control", o.Start()).moment.practice
    assert given(opened, "control", undo(1)).moment.practice


def test_the_past_is_no_part_of_what_a_game_is() -> None:
    """Two ways to the same state have one hash; no view holds the past."""
    game = at("1 orders 1")
    assert game_hash(evolve(game, ev.NewsRead(text="x"))) == game_hash(game)
    assert not hasattr(view(game, "ARD"), "past")
    assert not hasattr(view(game, "ARD"), "planned")


# --- override ---------------------------------------------------------------------------------------------------------------------------


def test_an_override_says_what_the_rules_had_made_of_the_figure() -> None:
    """As the turn began, as the rules left it, as it is now; the explanation says the same."""
    game = at("2 briefing 1", BUDGET)
    began = float(at("1 orders 1").world.forces[0])
    late = at("1 adjudication 1", BUDGET)
    assert float(game.world.forces[0]) == float(late.world.forces[0])
    (event,) = decide(late, o.Order(id="x", author="control", act=o.Override(figure="forces", at=("ARD",), value=7.0, reason="a slip")))
    assert isinstance(event, ev.Overridden)
    assert (event.before, event.proposed, event.value) == (began, float(late.world.forces[0]), 7.0)
    assert [term.value for term in explain(late, event)] == [event.before, event.proposed, 7.0]
    assert reason(late, event) == "a slip"
    after = evolve(late, event)
    assert float(after.world.forces[0]) == 7.0
    assert after.world.economy is late.world.economy
    assert problems(after) == []


def test_an_override_is_told_to_those_who_see_the_figure() -> None:
    """What only one seat sees of the world, only that seat is told of; what everybody sees, everybody."""
    game = at("1 orders 1")
    (own,) = decide(game, o.Order(id="x", author="control", act=o.Override(figure="hostile", at=("COR", "ARD"), value=0.9, reason="x")))
    (public,) = decide(game, o.Order(id="x", author="control", act=o.Override(figure="approval", at=("COR",), value=0.9, reason="x")))
    told = {viewer for viewer in (*game.atlas.countries, PUBLIC_VIEWER, UMPIRE_VIEWER) if tell(game, own, viewer)}
    assert told == {"COR", UMPIRE_VIEWER}
    assert all(tell(game, public, viewer) for viewer in (*game.atlas.countries, PUBLIC_VIEWER))
    assert explain(game, own, "BRV") == ()


@pytest.mark.parametrize(
    ("figure", "at_", "value", "field"),
    [
        ("luck", ("ARD",), 0.5, "figure"),
        ("payoff", ("ARD", "welfare"), 0.5, "figure"),
        ("__class__", ("ARD",), 0.5, "figure"),
        ("forces", ("QQQ",), 0.5, "at.0"),
        ("forces", ("ARD", "BRV"), 0.5, "at"),
        ("goodwill", ("ARD", "dorn-force"), 0.5, "at.1"),
        ("forces", ("ARD",), -1.0, "value"),
        ("approval", ("ARD",), 1.5, "value"),
    ],
)
def test_an_override_out_of_place_is_refused(figure: str, at_: tuple[str, ...], value: float, field: str) -> None:
    """With the field at fault; and so is one that changes nothing."""
    game = at("1 orders 1")
    act = o.Override(figure=figure, at=at_, value=value, reason="x")
    assert refusal(game, "control", act) == ("override/invalid", field)
    same = o.Override(figure="forces", at=("ARD",), value=float(game.world.forces[0]), reason="x")
    assert refusal(game, "control", same) == ("override/invalid", "value")


def test_every_figure_that_can_be_set_has_names_for_its_places() -> None:
    """As many names on each axis as the figure has rows or columns."""
    game = at("1 orders 1")
    for figure in World.__dataclass_fields__:
        assert [len(names_on(game, axis)) for axis in axes(game, figure)] == list(getattr(game.world, figure).shape)


# --- news and seats ---------------------------------------------------------------------------------------------------------------------


def test_news_reaches_those_it_is_for() -> None:
    """Everybody, or some seats; at any time, also before the start."""
    for game in (tiny(), at("1 orders 1")):
        (open_,) = decide(game, o.Order(id="x", author="control", act=o.Inject(text="A storm.", reason="x")))
        (closed,) = decide(game, o.Order(id="x", author="control", act=o.Inject(text="A storm.", to=("COR", "ARD"), reason="x")))
        assert tell(game, open_, PUBLIC_VIEWER)
        told = [viewer for viewer in (*game.atlas.countries, PUBLIC_VIEWER) if tell(game, closed, viewer)]
        assert told == ["ARD", "COR"]
        heard = tell(game, closed, "ARD")
        assert isinstance(heard, ev.NewsRead)
        assert heard.witnesses == ()


def test_planned_news_is_read_as_its_turn_opens_and_outlives_an_undo() -> None:
    """Nobody but control knows before; what is undone meanwhile does not take control's plans along."""
    game = at("1 orders 1")
    act = o.Inject(text="The rivers rise.", to=("COR",), turn=2, reason="x")
    (event,) = decide(game, o.Order(id="x", author="control", act=act))
    assert [v for v in (*game.atlas.countries, PUBLIC_VIEWER, UMPIRE_VIEWER) if tell(game, event, v)] == [UMPIRE_VIEWER]
    game = given(evolve(game, event), "control", undo(1))
    news: list[ev.EventKinds] = []
    while game.moment.turn == 1:
        step = play_step(game, {})
        news += [e for entry in step.recorded for e in entry.events if isinstance(e, ev.NewsRead)]
        game = step.game
    assert ev.NewsRead(text="The rivers rise.", witnesses=("COR",)) in news
    assert refusal(game, "control", act) == ("inject/invalid", "turn")
    assert refusal(game, "control", o.Inject(text="x", to=("QQQ",), reason="x")) == ("country/unknown", "to.0")


def test_a_seat_can_be_given_to_a_bot_and_back() -> None:
    """The list of stand-ins is public and survives an undo."""
    game = given(at("2 orders 1"), "control", o.Reseat(country="COR", holder="bot", reason="went home"))
    game = given(game, "control", o.Reseat(country="BRV", holder="bot", reason="went home"))
    assert game.moment.stand_ins == ("COR", "BRV")
    assert given(game, "control", undo(1)).moment.stand_ins == ("COR", "BRV")
    game = given(game, "control", o.Reseat(country="COR", holder="person", reason="came back"))
    assert game.moment.stand_ins == ("BRV",)
    assert refusal(game, "control", o.Reseat(country="QQQ", holder="bot", reason="x")) == ("country/unknown", "country")


def test_the_clock_notes_whose_order_is_missing() -> None:
    """It alone, while the session runs; nothing but the note comes of it."""
    game = at("1 orders 1")
    (event,) = decide(game, o.Order(id="x", author="clock", act=o.Miss(country="COR", instead="bot")))
    assert event == ev.OrderMissed(country="COR", instead="bot")
    assert evolve(game, event) is game
    assert refusal(game, "control", o.Miss(country="COR")) == ("seat/not-yours", "author")
    assert refusal(game, "COR", o.Miss(country="COR")) == ("seat/not-yours", "author")
    assert refusal(tiny(), "clock", o.Miss(country="COR")) == ("game/not-running", "act")
    assert refusal(game, "clock", o.Miss(country="QQQ")) == ("country/unknown", "country")


@pytest.mark.parametrize(
    "act",
    [
        undo(0),
        o.Override(figure="forces", at=("ARD",), value=1.0, reason="x"),
        o.Inject(text="x", reason="x"),
        o.Reseat(country="ARD", holder="bot", reason="x"),
        o.Start(practice=True),
    ],
)
def test_nobody_else_can_do_what_control_does(act: o.Act) -> None:
    """Neither a country nor the clock."""
    for author in ("ARD", "clock"):
        assert refusal(at("1 orders 1"), author, act) == ("seat/not-yours", "author")
