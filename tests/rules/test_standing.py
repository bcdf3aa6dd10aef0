"""What stands of a log is the same for everybody who tells it: explain, story, chapters and turns."""

from __future__ import annotations

from rules import events as ev
from rules.decide import decide
from rules.evolve import evolve
from rules.labels.chapters import chapters
from rules.orders import CONTROL, Order, Undo
from rules.sequence import Recorded
from rules.standing import Standing
from server.debrief.telling import chapters_of
from server.narrate.turns import Turns
from tests.server.games import played


def test_a_reader_goes_back_to_where_he_stood_as_the_step_opened() -> None:
    """To the latest opening of it, to the lobby from turn 0, and nowhere for any other event."""
    standing = Standing("lobby")
    orders = ev.StepOpened(turn=1, phase="orders", round=1)
    back = ev.Undone(turn=1, phase="orders", round=1, branch=1, reason="again")
    assert standing.after(orders, "first") == "first"
    assert standing.after(orders, "second") == "second"
    assert standing.after(ev.Resumed(), "later") == "later"
    assert standing.after(back, "later") == "second"
    assert standing.after(back.model_copy(update={"turn": 0, "phase": "briefing"}), "later") == "lobby"


def test_all_who_tell_a_game_agree_on_what_was_undone() -> None:
    """A game of two turns, of which the second is undone: labels and pages are told from the same events."""
    match = played("tiny")[1]
    entries = list(match.entries)
    game = match.opening
    for entry in entries:
        for event in entry.events:
            game = evolve(game, event)
    order = Order(id="control:back", author=CONTROL, act=Undo(turn=2, phase="negotiation", reason="again"))
    entries.append(Recorded(order, decide(game, order)))
    told = chapters_of(Turns(match.opening).add_all(entries))
    cut = list(chapters(match.opening, entries))
    assert [chapter.turn for chapter in cut] == [chapter.turn for chapter in told] == [1, 2]
    undone = cut[1].happened
    assert not any(isinstance(item.event, ev.StepOpened) and item.event.phase == "orders" for item in undone)
