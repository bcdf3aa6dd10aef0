"""A step is the envelopes in the order of the seats and then the clock, whoever was first to send."""

from __future__ import annotations

from itertools import permutations

from client.bots.random_legal import RandomLegal
from rules import orders as o
from rules.evolve import evolve_all
from rules.orders import Act
from rules.sequence import awaited, closing, order_id, play_step, take
from rules.turn import clock_id
from rules.view import view
from rules.wire.canonical import game_hash
from tests.rules.random_play import Stroll, fingerprint
from tests.rules.stage import at, tiny


def test_the_order_of_arrival_does_not_matter() -> None:
    """All orders of four envelopes give one game, in every phase in which seats act."""
    for step in ("1 negotiation 1", "1 negotiation 2", "1 assembly 1", "1 orders 1"):
        game = at(step, {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]})
        envelopes = {c: RandomLegal(f"bot {step}").choose(view(game, c)) for c in game.atlas.countries}
        outcomes = {game_hash(play_step(game, {c: envelopes[c] for c in order}).game) for order in permutations(envelopes)}
        assert len(outcomes) == 1


def test_what_is_refused_is_left_out_and_the_rest_stands() -> None:
    """With the refusal; ids follow the seat and the place in its envelope."""
    game = at("1 orders 1")
    acts: tuple[Act, ...] = (o.Budget(guns=0.1, aid=0.0), o.Vote(draft="x", choice="yes"), o.Aid(to="COR", amount=0.1))
    played = play_step(game, {"ARD": acts})
    assert [entry.order.id for entry in played.recorded] == ["ARD:0:1:orders:1:0", "ARD:0:1:orders:1:2", clock_id(game.moment)]
    assert [(d.order.id, d.refusal.field) for d in played.declined] == [("ARD:0:1:orders:1:1", "act.kind")]
    assert all(declined.refusal.__traceback__ is None for declined in played.declined), "what is refused holds no frame, and so no game"
    assert order_id(game.moment, "ARD", 2) == "ARD:0:1:orders:1:2"
    assert closing(game.moment).author == "clock"


def test_seats_are_awaited_where_they_can_act() -> None:
    """Not while news and results are read, nor before the start."""
    assert awaited(tiny()) == ()
    assert awaited(at("1 briefing 1")) == ()
    assert awaited(at("1 report 1")) == ()
    assert awaited(at("1 orders 1")) == tiny().atlas.countries


def test_applying_at_once_is_applying_the_events(strolls: tuple[Stroll, ...]) -> None:
    """The state that closing a step leaves is the one its events give, for every entry of random games."""
    for stroll in strolls[:3]:
        game = stroll.opening
        for entry in stroll.entries:
            after, recorded = take(game, entry.order)
            assert recorded == entry
            game = evolve_all(game, entry.events)
            assert fingerprint(after) == fingerprint(game)


def test_what_is_believed_would_have_passed() -> None:
    """Orders, and acts that wait on the desk, are put together without a check that they would stand."""
    for step in ("1 negotiation 1", "1 assembly 1", "1 orders 1"):
        game = at(step, {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]})
        envelopes = {c: RandomLegal(f"bot {step}").choose(view(game, c)) for c in game.atlas.countries}
        for entry in play_step(game, envelopes).recorded:
            for made in (entry.order, *entry.events):
                assert type(made).model_validate(made.model_dump()) == made
                assert list(vars(made)) == list(type(made).model_fields)
