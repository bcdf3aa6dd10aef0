"""What is worth proposing: institutions where they pay, and no more aid than there is."""

from __future__ import annotations

from dataclasses import replace

from client.bots.appraisal import Table, lay
from client.bots.bargaining import thought_out
from client.bots.outlook import Outlook
from client.bots.thought import alone
from rules.exact import frozen
from rules.pacts.treaties import INSTITUTION_MAX
from rules.parameters import Parameters, with_overrides
from rules.state import Game
from rules.view import view
from rules.vocabulary import Defend, GiveAid, Operation
from tests.client.bots.test_sparing import threatened

BRAVA, CORVIA, DORN = 1, 2, 3


def afraid(parameters: Parameters) -> Game:
    """Brava and Corvia are equals, near each other and Dorn, which both fear and have a quarrel with; nobody trusts anybody much."""
    game = replace(threatened(), operations=(), commitments=(), parameters=parameters)
    world, atlas = game.world, game.atlas
    hostile, goodwill, forces, broken = world.hostile * 0.0, world.goodwill.copy(), world.forces.copy(), world.broken + 6.0
    hostile[[BRAVA, CORVIA], DORN], goodwill[[BRAVA, CORVIA], DORN] = 0.9, -0.5
    forces[[BRAVA, CORVIA]], forces[DORN] = 6.0, 14.0
    figures = {"hostile": hostile, "goodwill": goodwill, "forces": forces, "broken": broken, "reach": world.reach * 0.0 + 5.0}
    world = replace(world, **{name: frozen(array) for name, array in figures.items()})
    return replace(game, world=world, atlas=replace(atlas, distance=frozen(atlas.distance * 0.1)))


def table(game: Game, country: str) -> Table:
    """What a country bargains over."""
    return alone(lay(Outlook(view(game, country), 60.0), ()))


def institutions(parameters: Parameters) -> set[int]:
    """How institutionalised the pacts of defence are that Corvia thinks of."""
    found = alone(thought_out(table(afraid(parameters), "COR")))
    return {terms.institution for terms, _ in found if any(isinstance(c, Defend) for c in terms.clauses)}


def test_institutions_are_thought_of_where_they_are_worth_their_price() -> None:
    """Much trust for little autonomy; none if they cause nothing, or cost much."""
    assert institutions(with_overrides({"inst_trust": 0.8, "inst_autonomy": 0.0, "inst_setup": 0.0})) & {1, 2, INSTITUTION_MAX}
    assert institutions(with_overrides({"inst_causal": 0.0})) <= {0}
    assert institutions(with_overrides({"inst_autonomy": 1.0})) <= {0}


def test_nobody_offers_more_aid_than_it_can_pay() -> None:
    """The offers of a leader that looks for partners fit its fund together."""
    game = threatened()
    operation = Operation(id="ard-1", leader="ARD", target="DOR", issue="dorn-force", turn=1)
    leader = view(replace(game, operations=(operation,)), "ARD")
    found = alone(thought_out(alone(lay(Outlook(leader, 60.0), ()))))
    promised = [c.amount for terms, _ in found for c in terms.clauses if isinstance(c, GiveAid) and c.debtor == "ARD"]
    assert promised
    assert sum(promised) <= leader.parameters.aid_share_max * float(leader.world.economy[0])
