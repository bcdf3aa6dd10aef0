"""A base is opened where it adds more to safety than it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from client.bots.basing import basing, hosting_price, safer_with
from client.bots.dice import Dice
from client.bots.outlook import Outlook
from client.bots.thought import alone
from rules.exact import frozen
from rules.interests.payoff import own_payoff
from rules.orders import BaseRight
from rules.parameters import with_overrides
from rules.state import TERMS, Game
from rules.view import view
from tests.client.bots.test_safety import guard, tiny, under


def guarded(*, hostile: float = 0.9, **parameters: float) -> Game:
    """Arden guards Corin, which fears its neighbour Dorn as much as ``hostile`` says."""
    game = under(tiny(), guard("ARD", "COR"))
    beliefs = game.world.hostile.copy()
    beliefs[2, 3] = hostile
    return replace(game, world=replace(game.world, hostile=frozen(beliefs)), parameters=with_overrides(dict(parameters)))


def opened(game: Game, skill: float = 1000.0) -> list[BaseRight]:
    """What Corin does about bases, as a sharp calculator."""
    acts = alone(basing(Outlook(view(game, "COR"), skill), Dice("base", "1")))
    return [act for act in acts if isinstance(act, BaseRight)]


def test_the_frightened_let_their_protector_in() -> None:
    """Where a neighbour is feared the protector's forces are wanted; where nobody is, or they are dear, they are not."""
    assert opened(guarded()) == [BaseRight(host="COR", guest="ARD", granted=True)]
    assert opened(guarded(hostile=0.0)) == []
    assert opened(guarded(host_autonomy=1.0)) == []
    assert opened(guarded(base_effect=0.0, base_trust=0.0)) == []


def test_only_a_protector_that_is_not_there_yet_is_let_in() -> None:
    """Without a guarantee, or with a base, there is nothing to decide."""
    game = guarded()
    assert opened(replace(game, commitments=())) == []
    bases = game.world.bases.copy()
    bases[2, 0] = 1.0
    assert opened(replace(game, world=replace(game.world, bases=frozen(bases)))) == []


def test_a_base_is_worth_what_the_engine_pays_for_it() -> None:
    """Gain in safety and loss of autonomy are those of the payoff with the base less that without."""
    game = guarded(host_cost=0.0)
    bases = game.world.bases.copy()
    bases[2, 0] = 1.0
    hosted = replace(game, world=replace(game.world, bases=frozen(bases)))
    before, after = (own_payoff(view(each, "COR")) for each in (game, hosted))
    outlook = Outlook(view(game, "COR"), 60.0)
    assert safer_with(outlook, 0) == pytest.approx(float(after[0] - before[0]))
    assert hosting_price(outlook) == pytest.approx(float((before - after)[TERMS.index("autonomy")]))
