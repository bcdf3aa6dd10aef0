"""Whose war it would be, and so who asks for a mandate, follows from what leading it is worth: from no name and from no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from client.bots.assembly import possible_drafts
from client.bots.campaign import campaign
from client.bots.dice import Dice
from client.bots.joining import joined
from client.bots.leading import in_good_hands, whose_war, with_mandate
from client.bots.outlook import Outlook, leader_value
from client.bots.thought import alone
from rules.exact import frozen
from rules.orders import Announce
from rules.parameters import Setting
from rules.state import Game
from rules.view import view
from rules.vocabulary import Operation
from scenarios import load
from scenarios.opening import opening

ARMS = "ornak-arms"


def octet(switches: Mapping[str, Setting] | None = None) -> Game:
    """Eight states at the start of a turn, before anybody spoke: Halden is the unipole, and Ornak's arms are in question."""
    game = opening(load("octet"), "s", switches)
    return replace(game, moment=replace(game.moment, status="running", turn=1, phase="negotiation", round=1))


def askers(game: Game) -> list[str]:
    """Who might ask for a mandate for force."""
    thought_of = {c: possible_drafts(Outlook(view(game, c), 60.0)) for c in game.atlas.countries}
    return [country for country, drafts in thought_of.items() if any(d.action == "authorise force" for d in drafts)]


def leaders(game: Game) -> set[str]:
    """Whose war each state takes it for."""
    return {whose_war(Outlook(view(game, c), 60.0), "ORN", ARMS) for c in game.atlas.countries if c != "ORN"}


def able_second(game: Game, *, disarmed: bool) -> Game:
    """The same world where Vesper is stronger than Halden and minds Ornak's arms as much, and Halden may have lost its own forces."""
    first, second = (game.atlas.countries.index(country) for country in ("HAL", "VES"))
    forces, ideal, salience = game.world.forces.copy(), game.atlas.ideal.copy(), game.atlas.salience.copy()
    forces[second], ideal[second], salience[second] = forces[first] * 2.0, ideal[first], salience[first]
    if disarmed:
        forces[first] = 1.0
    atlas = replace(game.atlas, ideal=frozen(ideal), salience=frozen(salience))
    return replace(game, world=replace(game.world, forces=frozen(forces)), atlas=atlas)


def test_the_place_of_the_unipole_says_nothing() -> None:
    """The same state asks for the mandate whoever is called the unipole."""
    game = octet()
    called = [replace(game, atlas=replace(game.atlas, unipole=country)) for country in ("HAL", "VES", "SUN")]
    assert [askers(each) for each in called] == [["HAL"]] * 3
    assert [leaders(each) for each in called] == [{"HAL"}] * 3


def test_whoever_could_win_it_at_a_gain_asks_for_it() -> None:
    """The second state asks where it has the forces and a reason; nobody where neither it nor the first has any forces."""
    second = able_second(octet(), disarmed=True)
    assert second.atlas.unipole == "HAL"
    assert askers(second) == ["VES"]
    assert leaders(second) == {"VES"}
    both = np.where(np.isin(np.array(second.atlas.countries), ("HAL", "VES")), 1.0, second.world.forces)
    assert askers(replace(second, world=replace(second.world, forces=frozen(both)))) == []


def test_nobody_asks_for_what_changes_nothing() -> None:
    """Where legitimacy has no price, and no council's authority is at stake, a mandate is worth no trouble."""
    priceless: dict[str, Setting] = {"legitimacy_cost": 0, "standing_value": 0}
    assert askers(octet()) == ["HAL"]
    assert askers(octet(priceless)) == []


def test_who_prepares_a_war_at_a_gain_leads_it() -> None:
    """An announcement says whose war it will be, unless even a mandate could not make it worth while."""
    game, plan = octet(), Operation.believed(id="plan", leader="VES", target="ORN", issue=ARMS, turn=1)
    assert leaders(replace(game, operations=(plan,))) == {"HAL"}
    able = able_second(game, disarmed=False)
    for leader in ("VES", "HAL"):
        announced = replace(able, operations=(plan.model_copy(update={"leader": leader}),))
        assert with_mandate(Outlook(view(announced, "SUN"), 60.0), announced.operations[0]) > 0.0
        assert leaders(announced) == {leader}


def test_who_leaves_a_war_to_another_prepares_none() -> None:
    """What another prepares at a gain need not be prepared twice; what it prepares at a loss may be."""
    able, plan = able_second(octet(), disarmed=False), Operation.believed(id="plan", leader="HAL", target="ORN", issue=ARMS, turn=1)
    free = replace(able, parameters=replace(able.parameters, war_cost=0.001))  # a war that either would prepare
    for game, announced in ((free, True), (replace(free, operations=(plan,)), False)):
        eyes = Outlook(view(game, "VES"), 60.0)
        acts = alone(campaign(eyes, Dice("s", "1")))
        assert in_good_hands(eyes, "ORN", ARMS) is not announced
        assert any(isinstance(act, Announce) and act.target == "ORN" for act in acts) is announced


def test_a_leader_counts_on_those_who_would_come_of_themselves() -> None:
    """They carry a share and lend legitimacy; where a leader's goodwill and opinion at home are worth nothing, nobody is counted on."""
    game = opening(load("iraq-2003"), "s")
    eyes = Outlook(view(game, "USA"), 60.0)
    plan = Operation.believed(id="plan", leader="USA", target="IRQ", issue="iraq-force", turn=1)
    together = joined(eyes, plan)
    assert len(together.coalition) > 3
    without, with_them = (leader_value(eyes, o, authorised=False, refused=True) for o in (plan, together))
    assert without < with_them
    nothing = Outlook(view(opening(load("iraq-2003"), "s", {"join_goodwill": 0, "opinion": 0}), "USA"), 60.0)
    assert joined(nothing, plan).coalition == ()
