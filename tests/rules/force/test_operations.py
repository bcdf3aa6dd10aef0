"""Operations: who may lead and join, how battles are drawn, and what they do."""

from __future__ import annotations

from dataclasses import replace

from rules import orders as o
from rules.bodies.legitimacy import legitimacy, legitimacy_terms, level_weight
from rules.force.operations import OPERATIONS_OPEN_MAX, burden, launch, leader_cost, ordered, partner_cost, sides, success, waiting
from rules.state import Game
from rules.vocabulary import LEVELS, Contribution, Operation
from tests.rules.stage import at, given, refusal

READY = {"1 orders 1": ["ARD announce DOR dorn-force"]}


def prepared() -> Game:
    """The second turn, with Arden's operation against Dorn in preparation."""
    return at("2 orders 1", READY)


def test_an_announcement_makes_sense_or_is_refused() -> None:
    """Known target and issue, not oneself, not twice, not too many, not while one holds the country."""
    game = prepared()
    assert refusal(game, "ARD", o.Announce(target="QQQ", issue="dorn-force")) == ("country/unknown", "target")
    assert refusal(game, "ARD", o.Announce(target="ARD", issue="dorn-force")) == ("operation/invalid", "target")
    assert refusal(game, "ARD", o.Announce(target="BRV", issue="other")) == ("operation/invalid", "issue")
    assert refusal(game, "ARD", o.Announce(target="DOR", issue="dorn-force")) == ("operation/invalid", "target")
    full = tuple(Operation(id=f"o{k}", leader="ARD", target="BRV", issue="dorn-force", turn=1) for k in range(OPERATIONS_OPEN_MAX))
    assert refusal(replace(game, operations=full), "ARD", o.Announce(target="COR", issue="dorn-force")) == ("limit/too-many", "target")
    fought = at("3 orders 1", {**READY, "2 orders 1": ["ARD launch ard-dor-1"]})
    assert given(fought, "ARD", o.Announce(target="DOR", issue="dorn-force")).desk
    holding = replace(fought, operations=(fought.operations[0].model_copy(update={"held": True}),))
    assert refusal(holding, "ARD", o.Announce(target="DOR", issue="dorn-force")) == ("operation/invalid", "target")
    given_up = at("3 orders 1", {**READY, "2 orders 1": ["ARD cancel ard-dor-1"]})
    assert given(given_up, "ARD", o.Announce(target="DOR", issue="dorn-force")).desk


def test_who_leads_and_who_may_join() -> None:
    """Leader and target do not join; strangers do not lead; what is over is over."""
    game = prepared()
    for country in ("ARD", "DOR"):
        assert refusal(game, country, o.Join(operation="ard-dor-1", side="attack", level="full")) == ("operation/invalid", "operation")
    assert refusal(game, "COR", o.Launch(operation="ard-dor-1")) == ("seat/not-yours", "operation")
    assert refusal(game, "COR", o.Cancel(operation="ard-dor-1")) == ("seat/not-yours", "operation")
    assert refusal(game, "COR", o.Join(operation="none", side="attack", level="full")) == ("operation/unknown", "operation")
    over = at("3 orders 1", {**READY, "2 orders 1": ["ARD cancel ard-dor-1"]})
    assert refusal(over, "COR", o.Join(operation="ard-dor-1", side="attack", level="full")) == ("operation/invalid", "operation")


def test_of_launch_and_cancel_the_later_order_counts() -> None:
    """A leader may change its mind until the step closes; only what is still in preparation is carried out."""
    cancelled = at("2 report 1", {**READY, "2 orders 1": ["ARD launch ard-dor-1", "ARD cancel ard-dor-1"]})
    assert cancelled.operations[0].status == "cancelled"
    assert ordered(cancelled) == ()
    launched = at("2 report 1", {**READY, "2 orders 1": ["ARD cancel ard-dor-1", "ARD launch ard-dor-1"]})
    assert launched.operations[0].status == "launched"
    assert ordered(prepared()) == ()
    assert ordered(given(prepared(), "ARD", o.Launch(operation="ard-dor-1"))) == ("ard-dor-1",)


def test_the_later_contribution_counts() -> None:
    """Who joined as a token in one turn may come in full in the next."""
    game = at("3 report 1", {**READY, "2 orders 1": ["COR join ard-dor-1 attack token"], "3 orders 1": ["COR join ard-dor-1 attack full"]})
    assert [(c.country, c.level) for c in game.operations[0].coalition] == [("COR", "full")]


def with_coalition(game: Game, *coalition: Contribution) -> Operation:
    """The operation in preparation, with these contributions."""
    return game.operations[0].model_copy(update={"coalition": coalition})


def helper(country: str, side: str, level: str) -> Contribution:
    """One contribution."""
    return Contribution(country=country, side=side, level=level)  # type: ignore[arg-type]  # a side and a level


def test_contributions_weigh_by_level_on_their_side() -> None:
    """Words move no forces; a full contribution moves twice a token one."""
    game = prepared()
    alone = sides(game, with_coalition(game))
    assert sides(game, with_coalition(game, helper("COR", "attack", "statement"))) == alone
    token = sides(game, with_coalition(game, helper("COR", "attack", "token")))
    full = sides(game, with_coalition(game, helper("COR", "attack", "full")))
    helped = sides(game, with_coalition(game, helper("COR", "defence", "full")))
    assert token[1] == full[1] == alone[1]
    assert abs((full[0] - alone[0]) - 2 * (token[0] - alone[0])) < 1e-12
    assert helped[0] == alone[0] < full[0]
    assert abs((helped[1] - alone[1]) - (full[0] - alone[0])) < 1e-12
    chances = [
        success(game, with_coalition(game, *c)) for c in ((helper("COR", "defence", "full"),), (), (helper("COR", "attack", "full"),))
    ]
    assert chances == sorted(chances)


def test_battles_are_won_as_often_as_their_chance_says() -> None:
    """Over many seeds; one seed has one outcome, another branch another."""
    game = prepared()
    weak = replace(game, world=replace(game.world, forces=game.world.forces * 0 + 1.0))
    weak = replace(weak, parameters=replace(weak.parameters, proximity=0.0))
    chance = success(weak, weak.operations[0])
    assert chance == 0.5
    won = [launch(replace(weak, seed=f"seed {k}"), "ard-dor-1").operation.success for k in range(2_000)]
    assert 900 < sum(won) < 1_100
    again = launch(replace(weak, seed="seed 1"), "ard-dor-1")
    assert again.operation.success == won[1]


def test_the_bill_falls_with_legitimacy_and_company() -> None:
    """For the leader and for partners; help for the target carries nothing."""
    game = prepared()
    alone = with_coalition(game)
    assert leader_cost(game, alone, 1.0) == game.parameters.war_cost
    assert leader_cost(game, alone, 0.0) > leader_cost(game, alone, 0.5) > leader_cost(game, alone, 1.0)
    assert burden(game, alone) == burden(game, with_coalition(game, helper("BRV", "defence", "full"))) == 0.0
    company = with_coalition(game, helper("BRV", "attack", "full"))
    assert 0.0 < burden(game, company) < 1.0
    assert leader_cost(game, company, 0.5) < leader_cost(game, alone, 0.5)
    assert partner_cost(game, "statement", 0.0) == 0.0 < partner_cost(game, "token", 1.0) < partner_cost(game, "full", 1.0)


def test_legitimacy_stays_between_nothing_and_one() -> None:
    """Whatever the parts add up to."""
    game = prepared()
    everyone = with_coalition(game, helper("BRV", "attack", "full"), helper("COR", "attack", "full"))
    against = with_coalition(game, helper("BRV", "defence", "full"), helper("COR", "defence", "full"))
    assert legitimacy(game, everyone, authorised=True, refused=False) == 1.0
    assert legitimacy(game, against, authorised=False, refused=True) == 0.0
    parts = legitimacy_terms(game, everyone, authorised=True, refused=False)
    assert [t.value for t in parts] == [
        game.parameters.legitimacy_base,
        game.parameters.legitimacy_council,
        1 - game.parameters.legitimacy_council,
        -0.0,
        -0.0,
        0.0,
    ]
    assert [level_weight(game.parameters, level) for level in LEVELS] == [0.25, 0.5, 1.0]


def test_the_neighbours_of_the_target_are_the_most_alarmed_and_the_leader_is_not() -> None:
    """Beliefs on the leader move in every other row, and in no other column."""
    game = at("2 report 1", {**READY, "2 orders 1": ["ARD launch ard-dor-1"]})
    change = game.world.hostile - at("2 orders 1", READY).world.hostile
    assert (change[1:, 0] > 0).all()
    assert (change[:, 1:] == 0).all()
    assert change[0, 0] == 0


def test_a_leader_outside_the_council_passes_nobody_over() -> None:
    """The council loses authority only to its own members."""
    lines = {**READY, "2 orders 1": ["ARD launch ard-dor-1"]}
    game = at("2 orders 1", READY)
    body = game.atlas.councils[0].model_copy(update={"members": ("BRV", "COR", "DOR")})
    start = at("1 briefing 1")
    lobby = replace(start, moment=replace(start.moment, status="lobby", turn=0, phase="briefing", round=0))
    apart = replace(lobby, atlas=replace(lobby.atlas, councils=(body,)))
    assert at("2 report 1", lines).world.authority[0] < 1.0
    assert at("2 report 1", lines, start=apart).world.authority[0] == 1.0


def test_only_leaders_pay_for_waiting() -> None:
    """Each for its own operations."""
    effects = waiting(prepared(), "")
    assert [(e.field, e.at) for e in effects] == [("war_cost", (0,))]
