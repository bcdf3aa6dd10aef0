"""The chance of adoption and the power of members, against counting all ways to vote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations, product
from math import comb
from random import Random

import numpy as np
import pytest

from rules.bodies import voting_power
from rules.bodies.decision_rule import ABSENT, NO, YES, Rule, carried, in_favour, of_those_voting, present
from rules.bodies.voting_power import adoption_chance, banzhaf, labour, shapley_shubik
from rules.exact import Array

ONE = (1, 1, 1, 1, 1)
NOBODY = (False,) * 5
RULES: dict[str, Rule] = {
    "three of five": Rule((in_favour(ONE, 3),), NOBODY),
    "three of five with two vetoes": Rule((in_favour(ONE, 3),), (True, True, False, False, False)),
    "majority of those voting": Rule((of_those_voting(ONE, 1, 2, more=True),), NOBODY),
    "two thirds of those voting": Rule((of_those_voting(ONE, 2, 3, more=False), in_favour(ONE, 1)), NOBODY),
    "consensus": Rule((), (True,) * 5),
    "majority and quorum": Rule((of_those_voting(ONE, 1, 2, more=True), present(5, 3)), NOBODY),
    "weights": Rule((in_favour((4, 4, 2, 2, 1), 9),), NOBODY),
    "weights and heads": Rule((in_favour((4, 4, 2, 2, 1), 8), in_favour(ONE, 4, "members in favour")), NOBODY),
    "weights of those voting, a veto": Rule((of_those_voting((3, 2, 2, 1, 1), 1, 2, more=True),), (False, True, False, False, False)),
    "always": Rule((), NOBODY),
    "never": Rule((in_favour(ONE, 6),), NOBODY),
}


def counted(rule: Rule, chance: Array) -> Array:
    """The same by adding up all ways to vote."""
    size, choices = chance.shape
    table = np.zeros(chance.shape)
    for member in range(size):
        for ways in product(range(choices), repeat=size):
            if carried(rule, dict(enumerate(ways))):
                weight = 1.0
                for other, choice in enumerate(ways):
                    weight *= 1.0 if other == member else float(chance[other, choice])
                table[member, ways[member]] += weight
    return table


def chances(seed: int, choices: int) -> Array:
    """Five members' chances, some of them certain."""
    luck = Random(seed)
    raw = np.array([[luck.random() for _ in range(choices)] for _ in range(5)])
    raw[seed % 5] = [1.0, *([0.0] * (choices - 1))]
    shares: Array = raw / raw.sum(axis=-1, keepdims=True)
    return shares


@pytest.mark.parametrize("choices", [3, 4])
@pytest.mark.parametrize("name", RULES)
def test_adoption_is_that_of_all_ways_to_vote(name: str, choices: int) -> None:
    """For each choice of each member; with absence as a fourth choice, and without."""
    for seed in range(3):
        chance = chances(seed, choices)
        assert adoption_chance(RULES[name], chance) == pytest.approx(counted(RULES[name], chance), abs=1e-12)


def test_a_batch_gives_the_bits_of_its_rows() -> None:
    """Leading axes are so many votes side by side."""
    batch = np.stack([np.stack([chances(a * 3 + b, 3) for b in range(3)]) for a in range(2)])
    for rule in RULES.values():
        together = adoption_chance(rule, batch)
        for a, b in product(range(2), range(3)):
            assert together[a, b].tobytes() == adoption_chance(rule, batch[a, b].copy()).tobytes()


def test_a_hundred_and_ninety_three_toss_coins() -> None:
    """The odd one decides: half of all ways carry a draft; and one member's vote matters by the chance of a tie."""
    size = 193
    rule = Rule((of_those_voting((1,) * size, 1, 2, more=True),), (False,) * size)
    table = adoption_chance(rule, np.tile([0.5, 0.5, 0.0], (size, 1)))
    tie = table[7, YES] - table[7, NO]
    assert (table[7, YES] + table[7, NO]) / 2 == pytest.approx(0.5, abs=1e-12)
    assert tie == pytest.approx(comb(192, 96) / 2**192, abs=1e-12)
    assert labour(Rule((of_those_voting((1,) * size, 2, 3, more=False), in_favour((1,) * size, 1)), (False,) * size)) < 200_000


def great(vetoes: int) -> Rule:
    """Two thirds of those voting and a quorum, in a body of seventy."""
    size = 70
    tallies = of_those_voting((1,) * size, 2, 3, more=False), in_favour((1,) * size, 1), present(size, 36)
    return Rule(tallies, tuple(k < vetoes for k in range(size)))


def assemblies() -> Array:
    """Three votes: nearly all come, one in two comes, nobody likes the draft."""
    luck = np.random.default_rng(7)
    return np.stack([luck.dirichlet(shares, size=70) for shares in ((60, 20, 9, 0.01), (40, 10, 5, 55), (1, 90, 9, 1))])


@pytest.mark.parametrize("vetoes", [0, 2])
def test_a_quorum_that_is_sure_of_a_great_body_is_left_out(vetoes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes no difference that could be seen, also where absence is likely, alone or beside other votes, and counts less."""
    rule, chance = great(vetoes), assemblies()
    cells: list[int] = []
    honest = voting_power._counted
    monkeypatch.setattr(voting_power, "_counted", lambda rule, chance: _noted(cells, rule, chance, honest))
    found = adoption_chance(rule, chance)
    assert min(cells) < 10_000 < voting_power.COUNTED_TOGETHER < max(cells)  # with the quorum only where it may be missed
    assert all(found[k].tobytes() == adoption_chance(rule, chance[k]).tobytes() for k in range(3))
    monkeypatch.setattr(voting_power, "COUNTED_TOGETHER", 10**9)
    assert found == pytest.approx(adoption_chance(rule, chance), abs=1e-11)
    assert 0.1 < found[1].max() < 0.99


def test_a_quorum_left_out_where_it_may_be_missed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: every tally is taken to be sure."""
    monkeypatch.setattr(voting_power, "MISSED", 1.0)
    short = adoption_chance(great(0), assemblies())
    monkeypatch.setattr(voting_power, "COUNTED_TOGETHER", 10**9)
    assert np.abs(short - adoption_chance(great(0), assemblies())).max() > 0.01


def _noted(cells: list[int], rule: Rule, chance: Array, honest: Callable[[Rule, Array], Array]) -> Array:
    cells.append(voting_power._labour(voting_power._plan(rule, chance.shape[-1])))
    return honest(rule, chance)


def _orders(rule: Rule) -> Iterator[int]:
    """The member that carries the draft in each order of the members."""
    for order in permutations(range(len(rule.veto))):
        votes = dict.fromkeys(order, NO)
        for member in order:
            votes[member] = YES
            if carried(rule, votes):
                yield member
                break


@pytest.mark.parametrize("name", sorted(set(RULES) - {"always", "never"}))
def test_power_is_that_of_all_orders_and_all_coalitions(name: str) -> None:
    """Shapley and Shubik by orders, Banzhaf by coalitions."""
    rule = RULES[name]
    pivots = list(_orders(rule))
    assert shapley_shubik(rule) == tuple(Fraction(pivots.count(k), len(pivots)) for k in range(5))
    swings = [0] * 5
    for ways in product((YES, NO), repeat=5):
        for member in range(5):
            with_yes, without = ({**dict(enumerate(ways)), member: choice} for choice in (YES, NO))
            swings[member] += ways[member] == YES and carried(rule, with_yes) and not carried(rule, without)
    assert banzhaf(rule) == tuple(Fraction(s, sum(swings)) for s in swings)


def test_nobody_has_power_where_nothing_can_be_turned() -> None:
    """A rule that always or never passes a draft."""
    for name in ("always", "never"):
        assert set(shapley_shubik(RULES[name])) == set(banzhaf(RULES[name])) == {Fraction(0)}


def test_who_is_away_neither_carries_nor_stops() -> None:
    """Absence counts for the quorum alone."""
    rule = RULES["majority and quorum"]
    assert carried(rule, {0: YES, 1: YES, 2: NO})
    assert not carried(rule, {0: YES, 1: YES})
    assert not carried(RULES["consensus"], {0: NO})
    assert carried(RULES["consensus"], {0: ABSENT})
