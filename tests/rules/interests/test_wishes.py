"""What can be asked about bases, sanctions and forces in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.interests.objectives import holds, parse
from rules.pacts.clauses import SpendAtLeast
from rules.pacts.treaties import Commitment, Terms
from rules.state import Game
from rules.view import view
from tests.rules.stage import SPAN, at, with_figures

ARD, BRV, COR, DOR = range(4)


@pytest.fixture(scope="module")
def game() -> Game:
    """Arden has bases in Brava and Corin; Brava and Corin keep sanctions against Dorn; Brava and Corin hold forces in common."""
    bases, sanctions = np.zeros((4, 4)), np.zeros((4, 4))
    bases[BRV, ARD] = bases[COR, ARD] = bases[COR, BRV] = 1.0
    sanctions[BRV, DOR], sanctions[COR, DOR], sanctions[DOR, COR] = 0.1, 1.0, 0.5
    owed = (
        SpendAtLeast(debtor="BRV", **SPAN, share=0.01, pooled=True), SpendAtLeast(debtor="BRV", **SPAN, share=0.02, pooled=True),
        SpendAtLeast(debtor="BRV", **SPAN, share=0.5), SpendAtLeast(debtor="COR", **SPAN, share=0.03, pooled=True),
    )  # fmt: skip
    pool = Commitment(id="pool", terms=Terms(parties=("BRV", "COR"), clauses=owed), since=1)
    return replace(with_figures(at("1 orders 1"), bases=bases, sanctions=sanctions), commitments=(pool,))


@pytest.mark.parametrize(
    ("country", "predicate"),
    [
        ("COR", "hosts(self) == 2"),
        ("BRV", "hosts(self) == 1"),
        ("ARD", "hosts(self) == 0"),
        ("ARD", "bases(self) == 2"),
        ("BRV", "bases(self) == 1"),
        ("COR", "bases(self) == 0"),
        ("DOR", "sanctions(self) == 2"),
        ("COR", "sanctions(self) == 1"),
        ("ARD", "sanctions(self) == 0"),
        ("BRV", "pooled(self) == 0.02"),
        ("COR", "pooled(self) == 0.03"),
        ("DOR", "pooled(self) == 0"),
    ],
)
def test_what_a_country_can_ask(game: Game, country: str, predicate: str) -> None:
    """In the whole game and in the country's own view."""
    assert holds(parse(predicate), game, country)
    assert holds(parse(predicate), view(game, country), country)
