"""Forces held in common: whose they are, what they shield, and how free they make their members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.force.common_forces import common_defence, independence, leash, shares_in_common
from rules.force.power import arrival
from rules.pacts.clauses import SpendAtLeast
from rules.pacts.treaties import Commitment, Terms
from rules.parameters import with_overrides
from rules.state import Game
from tests.rules.stage import SPAN, at, with_figures

ARD, BRV, COR, DOR = range(4)


def pooled(*clauses: SpendAtLeast, parties: tuple[str, ...] = ("BRV", "COR")) -> tuple[Commitment, ...]:
    """One treaty about common forces."""
    return (Commitment(id="pool", terms=Terms(parties=parties, clauses=clauses), since=1),)


def owed(debtor: str, share: float, **changes: object) -> SpendAtLeast:
    """A part of a country's economy for the common force."""
    return SpendAtLeast(debtor=debtor, **SPAN, share=share, pooled=True).model_copy(update=changes)


@pytest.fixture
def game() -> Game:
    """Brava spends .04 on 8 of forces, Corin .02 on 1."""
    start = with_figures(at("1 orders 1"), guns=[0.04, 0.04, 0.02, 0.05], forces=[40.0, 8.0, 1.0, 7.0], goodwill=[[0.5] * 4] * 4)
    return replace(start, parameters=with_overrides({"pool_effect": 0.5, "leash_effect": 0.5}))


def test_what_a_pledge_sustains(game: Game) -> None:
    """The part of the forces that the share is of the spending; the larger of two pledges; only while it runs, only if pooled."""
    assert shares_in_common(game, pooled(owed("BRV", 0.01))) == {(BRV, BRV): 2.0, (COR, BRV): 2.0}
    assert shares_in_common(game, pooled(owed("BRV", 0.01), owed("BRV", 0.02)))[COR, BRV] == 4.0
    assert shares_in_common(game, pooled(owed("BRV", 0.02), owed("BRV", 0.01)))[COR, BRV] == 4.0
    assert shares_in_common(game, pooled(owed("BRV", 0.5)))[COR, BRV] == 8.0
    assert shares_in_common(game, pooled(owed("BRV", 0.01, pooled=False))) == {}
    assert shares_in_common(game, pooled(owed("BRV", 0.01, since=2))) == {}
    lobby = replace(game, moment=replace(game.moment, turn=0))
    assert shares_in_common(lobby, pooled(owed("BRV", 0.01)))[COR, BRV] == 2.0  # before the first turn as in it
    assert shares_in_common(with_figures(game, guns=[0.0] * 4), pooled(owed("BRV", 0.01)))[COR, BRV] == 8.0


def test_common_forces_shield_the_others_but_not_against_their_giver(game: Game) -> None:
    """At their place, by the strength of the effect."""
    shield = common_defence(game, (BRV, COR), pooled(owed("BRV", 0.01)))
    there = 0.5 * 2.0 * float(arrival(game)[COR, BRV])
    assert shield.tolist() == [[0.0] * 4, [pytest.approx(there), 0.0, pytest.approx(there), pytest.approx(there)]]


def test_independence_is_what_is_held_in_common_beside_the_unipoles_forces(game: Game) -> None:
    """At each one's place; and it loosens the leash by what the unipole's goodwill was worth (W73)."""
    pacts, near = pooled(owed("BRV", 0.01), owed("COR", 0.01)), arrival(game)
    rows = np.array([COR, DOR])
    own = 2.0 * float(near[COR, BRV]) + 0.5 * float(near[COR, COR])
    free = own / (own + 40.0 * float(near[COR, ARD]))
    assert independence(game, rows, pacts).tolist() == [pytest.approx(free), 0.0]
    worth = game.parameters.dependence_value * float(game.atlas.dependence[COR, ARD]) * 0.5
    assert leash(game, rows, pacts).tolist() == [pytest.approx(-0.5 * free * worth), 0.0]
