"""Who may do what, when: control, the clock and the seats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules import decide as judge
from rules import orders as o
from rules.decide import decide
from rules.errors import Code, Refused
from rules.orders import Advance, Extend, Order, Pause, Resume, Start
from rules.sequence import closing
from rules.state import Game
from rules.turn import TABLE, open_acts
from tests.rules.random_play import stale
from tests.rules.stage import at, given, refusal, tiny

PAUSE = Pause(reason="lunch")


def test_only_control_controls() -> None:
    """Neither a country nor the clock can start, stop or lengthen."""
    for act in (Start(), PAUSE, Resume(), Extend(seconds=5)):
        assert refusal(tiny(), "ARD", act) == ("seat/not-yours", "author")
        assert refusal(tiny(), "clock", act) == ("seat/not-yours", "author")


def test_control_has_its_order() -> None:
    """Start once, pause what runs, resume what stands, give time to either; nothing after the end."""
    lobby, running = tiny(), at("1 briefing 1")
    paused = given(running, "control", PAUSE)
    over = replace(running, moment=replace(running.moment, status="over"))
    fits = {
        "lobby": {"start"},
        "running": {"pause", "extend"},
        "paused": {"resume", "extend"},
        "over": set(),
    }
    for game in (lobby, running, paused, over):
        for act in (Start(), PAUSE, Resume(), Extend(seconds=5)):
            if act.kind in fits[game.moment.status]:
                assert decide(game, Order(id="x", author="control", act=act))
            else:
                assert refusal(game, "control", act) == ("game/not-running", "act")


def test_the_clock_closes_only_the_current_step() -> None:
    """A clock of another step, of an old deadline or of a session that stands can do nothing."""
    game = at("1 negotiation 1")
    now = closing(game.moment).act
    assert isinstance(now, Advance)
    assert decide(game, Order(id="x", author="clock", act=now))
    assert decide(game, Order(id="x", author="control", act=now))
    assert refusal(game, "ARD", now) == ("seat/not-yours", "author")
    for wrong in ({"turn": 2}, {"phase": "orders"}, {"round": 2}, {"revision": 1}):
        assert refusal(game, "clock", now.model_copy(update=wrong)) == ("clock/stale", "act")
    assert refusal(game, "clock", stale(game)) == ("clock/stale", "act")
    assert refusal(given(game, "control", PAUSE), "clock", now) == ("game/not-running", "act")
    longer = given(game, "control", Extend(seconds=30))
    assert refusal(longer, "clock", now) == ("clock/stale", "act")


def test_seats_act_when_their_phase_is_open() -> None:
    """Not in the lobby, not from elsewhere, not in a pause, not out of phase, not after they said they were done."""
    game = at("1 negotiation 1")
    assert refusal(tiny(), "ARD", o.Done()) == ("game/not-running", "act")
    assert refusal(game, "QQQ", o.Done()) == ("seat/not-yours", "author")
    assert refusal(game, "ARD", o.Budget(guns=0.1, aid=0.0)) == ("phase/not-now", "act.kind")
    assert refusal(given(game, "control", PAUSE), "ARD", o.Done()) == ("game/not-running", "act")
    done = given(game, "ARD", o.Done())
    assert done.moment.done == ("ARD",)
    assert refusal(done, "ARD", o.Done()) == ("seat/already-done", "author")


def test_sealed_acts_wait_and_open_ones_do_not() -> None:
    """A sealed act lies on the desk of its author; the later one on the same subject takes the earlier one's place."""
    game = at("1 orders 1")
    game = given(game, "ARD", o.Budget(guns=0.1, aid=0.0))
    game = given(game, "ARD", o.Budget(guns=0.2, aid=0.0))
    game = given(game, "ARD", o.Aid(to="COR", amount=0.1))
    game = given(game, "ARD", o.Aid(to="BRV", amount=0.1))
    assert [s.act.kind for s in game.desk] == ["budget", "aid", "aid"]
    assert game.desk[0].act == o.Budget(guns=0.2, aid=0.0)


def test_every_kind_of_act_is_either_open_or_sealed() -> None:
    """Were the table of phases to open an act in the wrong way, it would be refused, not raised."""
    sealed, plain = judge._check_sealed, judge._open_act
    game = at("1 orders 1")
    with pytest.raises(Refused) as caught:
        plain(game, "ARD", Order(id="x", author="ARD", act=o.Budget(guns=0.1, aid=0.0)))
    assert caught.value.code is Code.WRONG_PHASE
    with pytest.raises(Refused, match="done is not sealed"):
        sealed(game, "ARD", o.Done())
    kinds = {kind for row in TABLE for kind in row.earlier | row.last}
    assert kinds == set(o.seat_kinds()) - {"done"}


def test_what_is_open_is_said_in_the_refusal() -> None:
    """The sentence names phase, round and the acts that are possible instead."""
    game: Game = at("1 briefing 1")
    with pytest.raises(Refused, match=r"vote is not possible in briefing, round 1; possible now: nothing\."):
        decide(game, Order(id="x", author="ARD", act=o.Vote(draft="d", choice="yes")))
    with pytest.raises(Refused, match=r"possible now: .*propose.*sign"):
        decide(at("1 negotiation 1"), Order(id="x", author="ARD", act=o.Vote(draft="d", choice="yes")))
    assert open_acts(game) == frozenset()
