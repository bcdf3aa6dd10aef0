"""The opening: figures and ties become the state that the rules start from."""

from __future__ import annotations

import numpy as np
import pytest

from rules.decide import decide
from rules.evolve import evolve_all
from rules.force.threat import everybody
from rules.interests.objectives import holds, parse
from rules.interests.payoff import payoff
from rules.orders import CLOCK, CONTROL, Advance, Order, Start
from rules.parameters import BadParameter, default
from rules.problems import problems
from rules.state import Game
from rules.turn import clock_id
from rules.visibility import marks_of
from rules.vocabulary import Defend
from rules.wire.canonical import game_hash
from scenarios import load, names, opening
from scenarios.ties import distance


@pytest.fixture(scope="module")
def tiny() -> Game:
    """The small case, opened."""
    return opening(load("tiny"), "seed")


@pytest.fixture(scope="module")
def iraq() -> Game:
    """The Security Council of 2002, opened."""
    return opening(load("iraq-2003"), "seed")


@pytest.mark.parametrize("name", names())
def test_the_opening_is_sound_and_waits_in_the_lobby(name: str) -> None:
    """No invariant is broken and nothing has begun."""
    game = opening(load(name), "seed")
    assert problems(game) == []
    assert (game.moment.status, game.moment.turn) == ("lobby", 0)


@pytest.mark.parametrize("name", names())
def test_control_can_start_it(name: str) -> None:
    """The first order of control leads to the first turn without a broken invariant."""
    game = opening(load(name), "seed")
    started = evolve_all(game, decide(game, Order(id="a", author=CONTROL, act=Start())))
    assert (started.moment.status, started.moment.turn) == ("running", 1)
    assert problems(started) == []


def test_the_same_inputs_open_the_same_game(tiny: Game) -> None:
    """Equal hashes for equal seeds, another for another seed or parameter."""
    again = game_hash(opening(load("tiny"), "seed"))
    assert again == game_hash(tiny)
    assert again != game_hash(opening(load("tiny"), "other"))
    assert again != game_hash(opening(load("tiny"), "seed", {"growth": 0.02}))


def test_every_array_is_read_only_and_in_row_order(iraq: Game) -> None:
    """Nobody can write to the opening, and all memory is laid out alike."""
    arrays = [
        (name, getattr(part, name))
        for part in (iraq.atlas, iraq.world)
        for name in marks_of(type(part))
        if isinstance(getattr(part, name), np.ndarray)
    ]
    assert len(arrays) > 20
    assert [n for n, a in arrays if a.flags.writeable or not a.flags.c_contiguous or a.dtype != np.float64] == []


def test_figures_are_taken_over(tiny: Game) -> None:
    """The first state of the small case has the numbers of its file."""
    world, atlas = tiny.world, tiny.atlas
    assert (world.economy[0], world.forces[0], world.guns[0]) == (1000.0, 40.0, 0.04)
    assert (atlas.reach[0], atlas.offence[0], world.wmd[0], atlas.democracy[0]) == (10.0, 0.9, 1.0, 0.9)
    assert world.positions.tolist() == [0.2]
    assert (world.approval.tolist(), world.authority.tolist()) == ([0.5] * 4, [1.0])
    assert not world.aid.any()
    assert not world.kept.any()
    assert not world.broken.any()


def test_an_issue_is_about_the_country_that_it_names(tiny: Game, iraq: Game) -> None:
    """The target of an issue is taken over."""
    assert [game.atlas.issues[0].target for game in (tiny, iraq)] == ["DOR", "IRQ"]


def test_ideals_fill_the_line(tiny: Game) -> None:
    """The extremes stand at 0 and 1, the others between them in proportion."""
    assert tiny.atlas.ideal[:, 0].tolist() == [1.0, (1.0 + 1.2) / (2.0 + 1.2), (0.6 + 1.2) / (2.0 + 1.2), 0.0]


def test_distances_are_those_of_the_globe(iraq: Game) -> None:
    """Washington to London is some 5.9 thousand km; the table is symmetric, to the kilometre, and 0 from oneself."""
    table, at = iraq.atlas.distance, iraq.atlas.countries.index
    assert table[at("USA"), at("GBR")] == pytest.approx(5.9, abs=0.05)
    assert table[at("FRA"), at("DEU")] == pytest.approx(0.88, abs=0.05)
    assert np.array_equal(table, table.T)
    assert not np.diag(table).any()
    assert np.array_equal(table, np.round(table, 3))


def test_antipodes_are_half_the_globe_apart() -> None:
    """Rounding of the formula never asks for the arc of more than one."""
    table = distance(np.array([0.0, 0.0, 90.0]), np.array([0.0, 180.0, 0.0]))
    assert table[0].tolist() == [0.0, 20.015, 10.008]


def test_dependence_comes_from_trade_hope_and_shelter(tiny: Game) -> None:
    """Brava: trade .2 and a stronger ally; Corin: trade .15 and hope of entry; nobody depends on itself."""
    table = tiny.atlas.dependence
    assert table[1, 0] == 0.2 + default("tie_ally")
    assert table[2, 0] == 0.15 + default("tie_aspirant")
    assert table[1, 3] == 0.3  # commerce counts like trade
    assert table[0].tolist() == [0.0] * 4
    assert not np.diag(table).any()


def test_dependence_is_held_below_one() -> None:
    """Weights that are too large do not leave the scale."""
    game = opening(load("tiny"), "seed", {"tie_trade": 3.0, "tie_aspirant": 1.0})
    assert game.atlas.dependence.max() == 1.0


def test_goodwill_and_beliefs_come_from_pacts_rivals_and_wars(tiny: Game) -> None:
    """Friends like each other both ways; old enemies expect the worst of each other; strangers stand at the floor."""
    goodwill, hostile = tiny.world.goodwill, tiny.world.hostile
    assert goodwill[0, 1] == goodwill[1, 0] == default("friend_goodwill")
    assert goodwill[2, 3] == goodwill[3, 2] == -default("rival_goodwill")
    assert goodwill[0, 3] == 0.0
    assert hostile[2, 3] == (default("hostile_base") + default("hostile_rivalry")) + default("hostile_war")
    assert hostile[0, 3] == default("hostile_base")
    assert hostile[0, 1] == hostile[1, 0] == default("hostile_base") * (1.0 - default("hostile_ally"))
    assert not np.diag(goodwill).any()
    assert not np.diag(hostile).any()


def test_who_owes_defence_by_treaty_is_an_ally_whatever_ties_say(iraq: Game) -> None:
    """Belief in hostility is lower among the parties of an open treaty of defence, and at the floor with the difference switched off."""
    at = iraq.atlas.countries.index
    believed = default("hostile_base") * (1.0 - default("hostile_ally"))
    assert iraq.world.hostile[at("DEU"), at("BGR")] == default("hostile_base")
    assert iraq.world.hostile[at("DEU"), at("FRA")] == iraq.world.hostile[at("FRA"), at("DEU")] == believed
    alike = opening(load("iraq-2003"), "seed", {"hostile_ally": 0.0})
    assert alike.world.hostile[at("DEU"), at("FRA")] == default("hostile_base")


def test_half_a_rivalry_counts_half(iraq: Game) -> None:
    """The value of a tie scales belief: a rivalry of one half and a war."""
    at = iraq.atlas.countries.index
    expected = (default("hostile_base") + default("hostile_rivalry") * 0.5) + default("hostile_war")
    assert iraq.world.hostile[at("USA"), at("IRQ")] == expected


def test_treaties_bind_every_party_beyond_the_last_turn(iraq: Game) -> None:
    """One clause of defence a party, formal for all, open, and not run out when the objectives are asked."""
    nato = next(c for c in iraq.commitments if c.id == "nato")
    assert [c.debtor for c in nato.terms.clauses] == list(nato.terms.parties)
    assert all(isinstance(c, Defend) and c.ally is None and c.until > iraq.atlas.turns for c in nato.terms.clauses)
    assert nato.terms.formal == nato.terms.parties
    assert not nato.terms.secret


@pytest.mark.parametrize("name", sorted({name for name in names() if load(name).data.commitment}))
def test_treaties_that_nobody_left_are_in_force_when_the_game_is_over(name: str) -> None:
    """The clock alone plays the game to its end; every objective about a pact must still be able to hold then."""
    game = opening(load(name), "seed")
    game = evolve_all(game, decide(game, Order(id="a", author=CONTROL, act=Start())))
    while game.moment.status == "running":
        now = game.moment
        tick = Advance(turn=now.turn, phase=now.phase, round=now.round, revision=now.revision)
        game = evolve_all(game, decide(game, Order(id=clock_id(now), author=CLOCK, act=tick)))
    assert problems(game) == []
    pacts = [
        (country, aim.predicate)
        for country, aims in zip(game.atlas.countries, game.atlas.objectives, strict=True)
        for aim in aims
        if aim.predicate.startswith("in_force")
    ]
    assert pacts
    assert [p for country, p in pacts if not holds(parse(p), game, country)] == []


def test_payoffs_at_the_start_are_kept(iraq: Game) -> None:
    """The table that objectives compare with is what the rules give for the opening."""
    table = payoff(iraq, everybody(iraq), iraq.world.received, iraq.commitments)
    assert np.array_equal(iraq.atlas.opening, table)
    assert np.array_equal(iraq.world.payoff, table)


def test_parameters_of_the_scenario_and_of_the_session_add_up(tiny: Game) -> None:
    """An override of the session wins over the scenario's, which wins over the default."""
    assert tiny.parameters.unipole_match == 3.0
    assert opening(load("tiny"), "seed", {"unipole_match": 4.0}).parameters.unipole_match == 4.0


@pytest.mark.parametrize("overrides", [{"nonsense": 1.0}, {"growth": 9.0}])
def test_a_wrong_override_is_refused(overrides: dict[str, float]) -> None:
    """Unknown names and values out of bounds do not open a game."""
    with pytest.raises(BadParameter):
        opening(load("tiny"), "seed", overrides)
