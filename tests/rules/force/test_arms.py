"""What is spent on arms, reach and weapons, and what others give: figure by figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.effects import Effect
from rules.force.arms import deliveries, helped, investment, mobilisation, programmes, projection
from rules.parameters import with_overrides
from rules.state import INVESTMENT, MOBILISATION, PROGRAMME, PROJECTION, SPENDING, Game
from rules.vocabulary import Payment
from tests.rules.stage import at, with_figures

ARD, BRV, COR, DOR = range(4)


def spending(*items: tuple[int, int, float]) -> list[list[float]]:
    """Shares by (country, purpose, share)."""
    table = np.zeros((4, len(SPENDING)))
    for row, purpose, share in items:
        table[row, purpose] = share
    rows: list[list[float]] = table.tolist()
    return rows


def quiet(**parameters: float) -> Game:
    """Nothing called up, spent or begun; economies of 1000, 300, 40 and 120."""
    start = at("1 orders 1")
    game = with_figures(start, mustered=[0.0] * 4, spending=spending(), wmd=[0.0] * 4, reach=start.atlas.reach)
    return replace(game, parameters=with_overrides(parameters))


def values(effects: object) -> dict[tuple[str, tuple[int, ...]], float]:
    """Figure -> new value."""
    assert isinstance(effects, list)
    assert all(isinstance(effect, Effect) for effect in effects)
    return {(effect.field, effect.at): effect.value for effect in effects}


def test_those_called_up_arrive_after_a_lag() -> None:
    """A part of those who wait joins the forces; new ones are called up by the money (W8)."""
    game = quiet(mobilisation_lag=4.0, muster_yield=0.5)
    assert mobilisation(game, "") == []
    waiting = with_figures(game, mustered=[0.0, 8.0, 0.0, 0.0], forces=[40.0, 8.0, 1.0, 7.0])
    assert values(mobilisation(waiting, "")) == {("mustered", (BRV,)): 6.0, ("forces", (BRV,)): 10.0}
    called = with_figures(waiting, spending=spending((BRV, MOBILISATION, 0.02), (COR, MOBILISATION, 0.1)))
    found = values(mobilisation(called, ""))
    assert found["mustered", (BRV,)] == pytest.approx(9.0)  # 8 - 2 + .5 x .02 x 300
    assert found["mustered", (COR,)] == pytest.approx(2.0)
    assert found["forces", (COR,)] == 1.0
    terms = [[term.value for term in effect.terms] for effect in mobilisation(called, "")][:2]
    assert terms[0] == pytest.approx([8.0, 3.0, -2.0])
    assert terms[1] == pytest.approx([8.0, 2.0])


def given(*payments: tuple[str, str, float, str], **parameters: float) -> Game:
    """A turn with aid in kind."""
    sent = tuple(Payment.model_validate({"sender": s, "receiver": r, "amount": a, "form": f}) for s, r, a, f in payments)
    return replace(quiet(**parameters), payments=sent)


def test_arms_that_others_give_join_the_forces() -> None:
    """All givers together, arms alone (W56)."""
    game = given(("ARD", "COR", 2.0, "arms"), ("BRV", "COR", 1.0, "arms"), ("ARD", "DOR", 1.0, "money"), arms_transfer=0.5)
    before = float(game.world.forces[COR])
    assert values(deliveries(game, "")) == {("forces", (COR,)): pytest.approx(before + 1.5)}
    assert helped(game, "arms") == {COR: 3.0}
    assert helped(game, "money") == {DOR: 1.0}


def test_know_how_is_worth_what_the_giver_knows() -> None:
    """A giver without a programme has none to give (W68)."""
    game = with_figures(given(("ARD", "DOR", 2.0, "programme"), ("BRV", "DOR", 5.0, "programme")), wmd=[0.5, 0.0, 0.0, 0.0])
    assert helped(game, "programme") == {DOR: 1.0}


def test_reach_is_built_and_wears_back_to_what_it_was_at_the_start() -> None:
    """Never below that (W10)."""
    game = quiet(reach_build=10.0, reach_wear=0.25)
    assert projection(game, "") == []
    home = float(game.atlas.reach[BRV])
    built = with_figures(game, spending=spending((BRV, PROJECTION, 0.02)))
    assert values(projection(built, "")) == {("reach", (BRV,)): pytest.approx(home * 1.2)}
    reach = game.atlas.reach.copy()
    reach[BRV] = home + 4.0
    worn = with_figures(game, reach=reach)
    assert values(projection(worn, "")) == {("reach", (BRV,)): pytest.approx(home + 3.0)}
    assert [term.value for term in projection(worn, "")[0].terms] == pytest.approx([home + 4.0, 0.0, -1.0])
    reach[BRV] = home - 1.0
    assert values(projection(with_figures(game, reach=reach), ""))["reach", (BRV,)] == home


def test_weapons_come_nearer_by_money_and_help_decay_when_idle_and_stay_when_there() -> None:
    """From nothing to armed (W54)."""
    game = quiet(programme_yield=0.1, know_how=2.0, programme_decay=0.25)
    assert programmes(game, "") == []
    own = with_figures(game, spending=spending((DOR, PROGRAMME, 0.01)))
    assert values(programmes(own, "")) == {("wmd", (DOR,)): pytest.approx(0.12)}
    helped_too = replace(with_figures(own, wmd=[1.0, 0.0, 0.0, 0.2]), payments=given(("ARD", "DOR", 1.0, "programme")).payments)
    found = programmes(helped_too, "")
    assert values(found) == {("wmd", (DOR,)): pytest.approx(0.52)}  # .2 + .1 x (1.2 + 2 x 1)
    assert [term.value for term in found[0].terms] == pytest.approx([0.2, 1.2, 1.0, 0.32, 0.0])
    idle = with_figures(game, wmd=[1.0, 0.0, 0.0, 0.4])
    assert values(programmes(idle, "")) == {("wmd", (DOR,)): pytest.approx(0.3)}
    assert [term.value for term in programmes(idle, "")[0].terms] == pytest.approx([0.4, 0.0, 0.0, 0.0, -0.1])
    nearly = with_figures(own, wmd=[0.0, 0.0, 0.0, 0.95])
    assert values(programmes(nearly, "")) == {("wmd", (DOR,)): 1.0}


def test_investment_adds_to_growth_by_its_share() -> None:
    """Nothing for nothing."""
    game = with_figures(quiet(invest_yield=0.2), spending=spending((COR, INVESTMENT, 0.1)))
    assert [investment(game, row) for row in range(4)] == pytest.approx([0.0, 0.0, 0.02, 0.0])
