"""Payoffs: what the engine counts is what the seat can count for itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rules.force.threat import defence, everybody, insecurity, own, threat
from rules.interests.payoff import council_weight, own_payoff, payoff
from rules.pacts.institutions import bonds
from rules.state import TERMS, Game
from rules.view import view
from rules.vocabulary import Commitment, Defend
from rules.vocabulary import Terms as Words
from tests.rules.random_play import Stroll
from tests.rules.stage import at, tiny


def table(game: Game) -> list[list[float]]:
    """The engine's payoffs."""
    rows: list[list[float]] = payoff(game, everybody(game), game.world.received, game.commitments).tolist()
    return rows


def test_a_seat_counts_its_own_payoff_to_the_bit(strolls: tuple[Stroll, ...]) -> None:
    """From its view alone, in the middle and at the end of random games; so do its threats and its defence."""
    for stroll in strolls[:15]:
        game = stroll.game
        counted, at_all = table(game), everybody(game)
        for row, country in enumerate(game.atlas.countries):
            sight = view(game, country)
            assert own_payoff(sight).tolist() == counted[row]
            assert threat(sight, own(sight)).tolist() == [threat(game, at_all)[row].tolist()]
            assert defence(sight, own(sight), sight.commitments).tolist() == [defence(game, at_all, game.commitments)[row].tolist()]
            assert insecurity(sight, own(sight), sight.commitments).tolist() == [float(insecurity(game, at_all, game.commitments)[row])]


def test_the_score_is_the_payoff_at_the_end_of_the_turn() -> None:
    """What is stored is what is counted."""
    game = at("1 report 1", {"1 orders 1": ["ARD budget 0.05 0.001", "ARD aid COR 1"]})
    assert game.world.payoff.tolist() == table(game)


def test_weights_weigh() -> None:
    """A term of weight 0 is nothing, of weight 2 twice as much."""
    game = tiny()
    before = table(game)
    weights = game.atlas.weights.copy()
    weights[0, TERMS.index("security")], weights[1, TERMS.index("policy")] = 0.0, 2.0
    after = table(replace(game, atlas=replace(game.atlas, weights=weights)))
    assert after[0][TERMS.index("security")] == 0.0
    assert after[1][TERMS.index("policy")] == 2.0 * before[1][TERMS.index("policy")]
    assert after[2:] == before[2:]


def test_only_debtors_are_bound() -> None:
    """A formal party that owes nothing gives up nothing; each treaty counts once."""
    game = tiny()
    words = Words(parties=("ARD", "COR"), formal=("ARD", "COR"), clauses=(Defend(debtor="ARD", since=1, until=1, ally="COR"),) * 2)
    bound = bonds(game, np.arange(4), (Commitment(id="x", terms=words, since=1),))
    assert bound.tolist() == [game.parameters.formality_price, 0.0, 0.0, 0.0]


def test_power_in_councils_is_by_state_and_council() -> None:
    """Shape [state, council]; a world without councils has none."""
    game = tiny()
    assert council_weight(game).shape == (4, 1)
    assert council_weight(replace(game, atlas=replace(game.atlas, councils=()))).shape == (4, 0)
    assert abs(float(council_weight(game)[:, 0].sum()) - 1.0) < 1e-12
