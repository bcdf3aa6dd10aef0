"""How far pledges take the edge off a threat, figure by figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.exact import Array
from rules.pacts import clauses as c
from rules.pacts.conditions import Adopted
from rules.pacts.reassurance import spared, words_to_spare
from rules.pacts.treaties import Commitment, Terms
from rules.parameters import with_overrides
from tests.rules.stage import SPAN, at

PLEDGE = c.Restraint(debtor="DOR", **SPAN, towards="COR")
ARD, BRV, COR, DOR = range(4)


def left(*owed: c.Clause, relief: float = 0.8, institution: int = 0, turn: float = 1) -> Array:
    """What is left of each threat in the eyes of Brava and Corin; they believe in Dorn's word by half, in its malice by a quarter."""
    game = at("1 orders 1")
    game = replace(game, parameters=with_overrides({"restraint_relief": relief}), moment=replace(game.moment, turn=int(turn)))
    terms = [Terms(parties=("DOR", "COR", "BRV"), clauses=owed, institution=institution)] if owed else []
    pacts = [Commitment(id="pact", terms=agreed, since=1) for agreed in terms]
    words = words_to_spare(game, (BRV, COR), np.full((2, 4), 0.5), pacts)
    return spared(words, np.full((2, 4), 0.25), game.parameters)


@pytest.mark.parametrize(
    ("clause", "changes", "brava", "corin"),
    [
        (PLEDGE, {}, 1.0, 0.7),  # 1 - .8 x .5 x .75
        (c.NonAggression(debtor="DOR", **SPAN), {}, 0.7, 0.7),
        (c.NonAggression(debtor="DOR", **SPAN, ally="BRV"), {}, 0.7, 1.0),
        (PLEDGE, {"relief": 0.0}, 1.0, 1.0),
        (PLEDGE, {"turn": 3}, 1.0, 0.7),
        (PLEDGE, {"turn": 0}, 1.0, 0.7),  # before the first turn what is in force counts as in it
        (PLEDGE, {"turn": 4}, 1.0, 1.0),
        (PLEDGE.model_copy(update={"since": 2}), {}, 1.0, 1.0),
        (PLEDGE.model_copy(update={"when": Adopted(issue="dorn-force")}), {}, 1.0, 1.0),
        (PLEDGE.model_copy(update={"short_of": "occupation"}), {}, 1.0, 1.0),
        (c.Consult(debtor="DOR", **SPAN), {}, 1.0, 1.0),
    ],
)
def test_what_a_pledge_leaves_of_a_threat(clause: c.Clause, changes: dict[str, float], brava: float, corin: float) -> None:
    """Only of its author's, only for those it spares, only while it runs without a condition, only if it forbids attacks."""
    found = left(clause, relief=changes.get("relief", 0.8), turn=changes.get("turn", 1))
    assert found[:, DOR].tolist() == pytest.approx([brava, corin], abs=1e-12)
    assert (found[:, :DOR] == 1.0).all()


def test_of_two_pledges_the_better_counts_and_institutions_make_it_firmer() -> None:
    """They do not add up."""
    assert left(PLEDGE, c.NonAggression(debtor="DOR", **SPAN))[1, DOR] == left(PLEDGE)[1, DOR]
    assert left(PLEDGE, institution=3)[1, DOR] < left(PLEDGE)[1, DOR]
    assert (left() == 1.0).all()
