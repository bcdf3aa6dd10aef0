"""Campaigns of influence: what each kind moves, in figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.force.economy import means
from rules.orders import Influence
from rules.parameters import with_overrides
from rules.society.influence import check_influence, courted, courtship, ingratiation, lobbying, money, opposition, permeability, ties
from rules.society.reputation import regime_weight
from rules.society.speech import Means
from rules.state import Game, SealedAct
from tests.rules.stage import at, given, refusal, with_figures

ARD, BRV, COR, DOR = range(4)
ISSUE = "dorn-force"


def campaign(by: Means, target: str, effort: float = 0.5, issue: str | None = None) -> Influence:
    """One campaign."""
    return Influence(by=by, target=target, effort=effort, issue=issue)


def run(*acts: tuple[str, Influence], **parameters: float) -> Game:
    """The orders of turn 1 with these campaigns; democracies of .9, .8, .7 and .1; nobody has access, all are indifferent."""
    game = with_figures(at("1 orders 1"), access=[[0.0] * 4] * 4, goodwill=[[0.0] * 4] * 4, approval=[0.5] * 4)
    game = with_figures(game, leaning=[[0.9], [0.6], [0.3], [0.1]])
    ideals = game.atlas.ideal.copy()
    ideals[:, 0] = [0.9, 0.6, 0.3, 0.1]
    desk = tuple(SealedAct(country=country, act=act) for country, act in acts)
    return replace(game, atlas=replace(game.atlas, ideal=ideals), desk=desk, parameters=with_overrides(parameters))


def values(effects: object) -> dict[tuple[str, tuple[int, ...]], float]:
    """Figure -> new value."""
    assert isinstance(effects, list)
    return {(effect.field, effect.at): effect.value for effect in effects}


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (campaign("bond", "QQQ"), "country/unknown", "target"),
        (campaign("bond", "COR"), "influence/invalid", "target"),
        (campaign("bond", "BRV", issue=ISSUE), "influence/invalid", "issue"),
        (campaign("lobby", "BRV"), "influence/invalid", "issue"),
        (campaign("lobby", "BRV", issue="other"), "influence/invalid", "issue"),
    ],
)
def test_campaigns_that_make_no_sense(act: Influence, code: str, field: str) -> None:
    """Another country, and an issue for lobbies alone."""
    assert refusal(at("1 orders 1"), "COR", act) == (code, field)


def test_one_more_campaign_at_the_same_government_takes_no_attention() -> None:
    """At another it does."""
    start = at("1 orders 1")
    game = given(replace(start, parameters=with_overrides({"attention_points": 1.0})), "COR", campaign("bond", "BRV"))
    check_influence(game, "COR", campaign("ingratiate", "BRV"))
    assert refusal(game, "COR", campaign("bond", "ARD")) == ("limit/too-many", "act")


def test_ties_grow_with_effort_where_politics_are_open_and_are_lost_by_neglect() -> None:
    """Bonds and lobbies alone; the unipole is as open as its identity says."""
    acts = (("COR", campaign("bond", "BRV")), ("DOR", campaign("lobby", "ARD", 1.0, ISSUE)), ("BRV", campaign("oppose", "DOR")))
    game = run(*acts, access_step=0.5, permeability=0.5)
    assert [permeability(game, row) for row in range(4)] == pytest.approx([0.45, 0.8, 0.7, 0.1])
    assert values(ties(game, "")) == {("access", (COR, BRV)): pytest.approx(0.2), ("access", (DOR, ARD)): pytest.approx(0.225)}
    table = [[0.0] * 4 for _ in range(4)]
    table[BRV][ARD] = 0.5
    idle = replace(with_figures(game, access=table), parameters=with_overrides({"name_fade": 0.1, "access_step": 0.0}))
    assert values(ties(idle, ""))["access", (BRV, ARD)] == pytest.approx(0.45)


def test_courtship_pleases_and_support_of_an_opposition_angers() -> None:
    """The other government, towards who runs the campaign; several add up."""
    acts = (("COR", campaign("bond", "BRV")), ("COR", campaign("ingratiate", "BRV", 1.0)), ("DOR", campaign("oppose", "BRV")))
    game = run(*acts, bond_goodwill=0.1, ingratiate_goodwill=0.2, oppose_anger=0.3)
    assert values(courtship(game, "")) == {("goodwill", (BRV, COR)): pytest.approx(0.25), ("goodwill", (BRV, DOR)): pytest.approx(-0.15)}


def test_to_adopt_anothers_agenda_costs_at_home_by_how_far_it_is() -> None:
    """And counts as deference to the unipole alone (W139)."""
    game = run(("COR", campaign("ingratiate", "ARD")), ("BRV", campaign("ingratiate", "COR", 1.0)), ingratiate_price=0.2, submission=0.8)
    weight = float(regime_weight(0.7, game.parameters))
    found = values(ingratiation(game, ""))
    assert found["approval", (COR,)] == pytest.approx(0.5 - 0.2 * 0.5 * weight * 0.6)
    assert found["approval", (BRV,)] == pytest.approx(0.5 - 0.2 * 1.0 * float(regime_weight(0.8, game.parameters)) * 0.3)
    before = float(game.world.deference[COR])
    assert values(courted(game, "")) == {("deference", (COR,)): pytest.approx(before + 0.4)}


def test_a_lobby_draws_a_view_towards_its_own_by_openness_and_access() -> None:
    """Twice as much with full access; what it moves the target alone may read (W142)."""
    game = run(("COR", campaign("lobby", "BRV", 0.5, ISSUE)), lobby_pull=0.4)
    effects = list(lobbying(game, ""))
    assert values(effects) == {("leaning", (BRV, 0)): pytest.approx(0.6 - 0.4 * 0.5 * 0.8 * 0.3)}
    assert {term.audience for term in effects[0].terms} == {frozenset({"BRV"})}
    table = [[0.0] * 4 for _ in range(4)]
    table[COR][BRV] = 0.5
    near = with_figures(game, access=table)
    assert values(list(lobbying(near, "")))["leaning", (BRV, 0)] == pytest.approx(0.6 - 0.4 * 0.5 * 0.8 * 1.5 * 0.3)


def test_campaigns_cost_money_and_lobbies_win_some() -> None:
    """In parts of what a country can give in a turn (W113)."""
    game = run(("COR", campaign("lobby", "BRV", 0.5, ISSUE)), ("DOR", campaign("bond", "BRV", 1.0)), influence_cost=0.2, lobby_transfer=0.1)
    received = game.world.received.tolist()
    won = 0.1 * 0.5 * 0.8 * means(game, "BRV")
    found = values(money(game, ""))
    assert found["received", (COR,)] == pytest.approx(received[COR] - 0.2 * 0.5 * means(game, "COR") + won)
    assert found["received", (BRV,)] == pytest.approx(received[BRV] - won)
    assert found["received", (DOR,)] == pytest.approx(received[DOR] - 0.2 * means(game, "DOR"))


def test_an_opposition_is_helped_where_there_can_be_one() -> None:
    """By openness, and never below nothing (W136)."""
    game = run(("COR", campaign("oppose", "BRV")), ("ARD", campaign("oppose", "DOR", 1.0)), oppose_step=0.2)
    assert values(opposition(game, "")) == {("approval", (BRV,)): pytest.approx(0.42), ("approval", (DOR,)): pytest.approx(0.48)}
    weak = with_figures(game, approval=[0.01] * 4)
    assert values(opposition(weak, ""))["approval", (BRV,)] == 0.0


def test_of_several_issues_the_mean_distance_counts() -> None:
    """Not their sum."""
    game = run(("COR", campaign("ingratiate", "ARD", 1.0)), ingratiate_price=0.2)
    ideals = np.array([[0.9, 0.5], [0.6, 0.5], [0.3, 0.1], [0.1, 0.5]])
    wider = replace(with_figures(game, leaning=ideals), atlas=replace(game.atlas, ideal=ideals))
    weight = float(regime_weight(0.7, game.parameters))
    assert values(ingratiation(wider, ""))["approval", (COR,)] == pytest.approx(0.5 - 0.2 * weight * 0.5)
