"""What institutions and authority add to a word, what they cost, and what many pool: in figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.pacts.clauses import Consult, Defend
from rules.pacts.institutions import autonomy_price, bonds, firmness, founding, pooling, reinforcement, setup_share, stiffness, upkeep
from rules.pacts.treaties import Arrangement, Commitment, Terms
from rules.parameters import Setting, with_overrides
from rules.state import Game
from tests.rules.stage import SPAN, at, with_figures

ARD, BRV, COR, DOR = range(4)


def terms(parties: str = "ARD BRV COR", institution: int = 0, arrangement: Arrangement = "alliance", head: str | None = None) -> Terms:
    """Arden owes its help to all others."""
    clauses = (Defend(debtor="ARD", **SPAN), Consult(debtor="BRV", **SPAN))
    return Terms(parties=tuple(parties.split()), clauses=clauses, institution=institution, arrangement=arrangement, head=head)


@pytest.mark.parametrize(
    ("institution", "parties", "changes", "factor"),
    [
        (0, "ARD BRV COR", {}, 1.0),
        (3, "ARD BRV", {}, 1.0),  # a pair has nothing to pool
        (3, "ARD BRV COR", {}, 1.2),  # 1 + .4 x 1 x (1 - 1/2)
        (1, "ARD BRV COR", {}, 1.0 + 0.2 / 3),
        (3, "ARD BRV COR DOR", {}, 1.0 + 0.4 * 2 / 3),
        (3, "ARD BRV COR", {"inst_causal": 0.5}, 1.1),
        (3, "ARD BRV COR", {"inst_causal": 0.0}, 1.0),
    ],
)
def test_what_many_pool(institution: int, parties: str, changes: dict[str, Setting], factor: float) -> None:
    """Not a pair; more with every member and every rung of institutions (S13)."""
    parameters = with_overrides({"inst_causal": 1.0, "inst_pooling": 0.4, **changes})
    agreed = terms(parties, institution)
    assert pooling(agreed, parameters) == pytest.approx(factor)
    game = replace(at("1 orders 1"), parameters=parameters)
    table = reinforcement(game, (Commitment(id="x", terms=agreed, since=1), Commitment(id="y", terms=terms(parties), since=1)))
    expected = np.ones((4, 4))
    expected[[game.atlas.countries.index(c) for c in parties.split()], ARD] = factor
    assert table == pytest.approx(expected)


def test_the_firmest_of_several_counts_and_only_for_whom_it_names() -> None:
    """A guarantee of one ally raises nobody else's help."""
    game = replace(at("1 orders 1"), parameters=with_overrides({"inst_causal": 1.0, "inst_pooling": 0.4}))
    named = terms(institution=3).model_copy(update={"clauses": (Defend(debtor="ARD", **SPAN, ally="COR"),)})
    pacts = [Commitment(id=name, terms=agreed, since=1) for name, agreed in (("a", terms(institution=1)), ("b", named))]
    for order in (pacts, pacts[::-1]):
        assert reinforcement(game, order)[:, ARD].tolist() == pytest.approx([1.0 + 0.2 / 3, 1.0 + 0.2 / 3, 1.2, 1.0])


def test_authority_and_institutions_make_a_word_firmer_and_leaving_dearer() -> None:
    """The head's own word is not made firmer by its authority; formality adds to both."""
    names = {"inst_causal": 1.0, "inst_trust": 0.6, "inst_multi": 0.5, "inst_exit": 0.9, "rung_trust": 0.5, "rung_exit": 2.0}
    parameters = with_overrides({**names, "formal_trust": 0.4})
    loose, firm = terms(), terms(institution=3)
    assert firmness(loose, "ARD", parameters) == 0.0
    assert firmness(firm, "ARD", parameters) == pytest.approx(0.3)  # half of .6 among three
    assert firmness(terms("ARD BRV", institution=3), "ARD", parameters) == pytest.approx(0.6)
    assert firmness(terms(institution=1), "ARD", parameters) == pytest.approx(0.1)
    formal = firm.model_copy(update={"formal": ("ARD",)})
    assert firmness(formal, "ARD", parameters) == pytest.approx(1.0 - 0.6 * 0.7)
    assert firmness(formal, "BRV", parameters) == pytest.approx(0.3)
    empire = terms(arrangement="empire", head="ARD")
    assert firmness(empire, "BRV", parameters) == pytest.approx(0.5)
    assert firmness(empire, "ARD", parameters) == 0.0
    assert [stiffness(t, parameters) for t in (loose, terms(institution=2), empire)] == pytest.approx([1.0, 1.6, 3.0])


def priced() -> Game:
    """Forces of 40, 20, 10 and 10; autonomy weighs by its root."""
    names = {"autonomy_power": 0.5, "inst_autonomy": 0.3, "inst_crowd": 1.0, "rung_autonomy": 0.2, "formality_price": 0.05}
    strong = with_figures(at("1 orders 1"), forces=[40.0, 20.0, 10.0, 10.0])
    return replace(strong, parameters=with_overrides({**names, "rung_upkeep": 0.4, "informal_share": 0.0}))


def test_what_institutions_cost_in_autonomy() -> None:
    """By strength, by company, below an authority and not at its head, and for those formally bound who owe something."""
    game = priced()
    firm, empire = terms(institution=3), terms(arrangement="empire", head="ARD")
    assert autonomy_price(game, terms(), "ARD") == 0.0
    spoken = replace(game, parameters=with_overrides({"formality_price": 0.05, "informal_share": 0.2}))
    assert autonomy_price(spoken, terms(), "ARD") == pytest.approx(0.05 * 0.2)  # a word to fight, and no form
    assert autonomy_price(game, terms().model_copy(update={"formal": ("ARD", "COR")}), "ARD") == 0.05
    assert autonomy_price(game, terms().model_copy(update={"formal": ("ARD", "COR")}), "COR") == 0.0  # it owes nothing
    assert autonomy_price(game, firm, "ARD") == pytest.approx(0.6)
    assert autonomy_price(game, firm, "COR") == pytest.approx(0.3)
    assert autonomy_price(game, firm, "DOR") == 0.0
    assert autonomy_price(game, empire, "ARD") == 0.0
    assert autonomy_price(game, empire, "COR") == pytest.approx(0.1)


def test_what_governing_costs_the_head() -> None:
    """By how strong those below are beside it, each counting for one at most."""
    game, empire = priced(), terms(arrangement="empire", head="ARD")
    assert upkeep(game, empire, "ARD") == pytest.approx(0.4 * (0.5 + 0.25))
    assert upkeep(game, empire, "BRV") == 0.0
    assert upkeep(game, terms(head="ARD"), "ARD") == 0.0
    weak = with_figures(game, forces=[1.0, 20.0, 10.0, 10.0])
    assert upkeep(weak, empire, "ARD") == pytest.approx(0.8)
    pacts = (Commitment(id="x", terms=empire, since=1), Commitment(id="y", terms=terms(institution=3), since=1))
    assert bonds(game, np.array([ARD, COR, DOR]), pacts).tolist() == pytest.approx([0.3 + 0.6, 0.1 + 0.3, 0.0])


def test_setting_up_costs_each_party_a_share_of_its_economy_once() -> None:
    """Divided among many."""
    names = {"inst_setup": 0.03, "inst_share": 1.0}
    parameters = with_overrides({**names})
    assert [setup_share(terms(parties, 2), parameters) for parties in ("ARD BRV", "ARD BRV COR")] == pytest.approx([0.02, 0.01])
    game = with_figures(at("1 orders 1"), received=[1.0] * 4, economy=[1000.0, 300.0, 40.0, 120.0])
    made = Commitment(id="new", terms=terms(institution=3), since=1)
    game = replace(game, parameters=parameters, commitments=(*game.commitments, made))
    assert [(e.field, e.at, round(e.value, 9)) for e in founding(game, "new")] == [
        ("received", (ARD,), -14.0), ("received", (BRV,), -3.5), ("received", (COR,), 0.4),
    ]  # fmt: skip
