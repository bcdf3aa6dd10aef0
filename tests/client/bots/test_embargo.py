"""Sanctions are set as far as they are owed and worth it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from client.bots.dice import Dice
from client.bots.embargo import embargoes, ties_cut
from client.bots.outlook import Outlook
from rules.exact import frozen
from rules.orders import Sanction
from rules.state import Game
from rules.view import view
from rules.vocabulary import Commitment, KeepSanctions, Terms
from tests.client.bots.test_sparing import threatened

ARDEN, BRAVA, CORVIA, DORN = range(4)
DUTY = Commitment(
    id="duty",
    terms=Terms(
        parties=("ARD", "BRV", "COR"),
        clauses=tuple(KeepSanctions(debtor=c, since=1, until=4, target="DOR", level=0.5) for c in ("ARD", "BRV", "COR")),
        formal=("ARD", "BRV"),
    ),
    since=1,
)


def world(dependence: float = 0.0, level: float = 0.0, duty: tuple[Commitment, ...] = ()) -> Game:
    """Brava depends on Dorn so much, keeps sanctions of that level against it, and owes what it owes; nobody fears anybody."""
    game = threatened()
    leaning, kept = game.atlas.dependence.copy(), game.world.sanctions.copy()
    leaning[:, DORN], kept[BRAVA, DORN] = dependence, level
    figures = replace(game.world, sanctions=frozen(kept), hostile=frozen(game.world.hostile * 0.0))
    return replace(game, atlas=replace(game.atlas, dependence=frozen(leaning)), world=figures, commitments=duty)


def chosen(game: Game) -> list[Sanction]:
    """What a calculating Brava does."""
    return embargoes(Outlook(view(game, "BRV"), 10_000.0), Dice("seed", "step"))


def test_what_is_owed_is_kept_unless_it_costs_too_much() -> None:
    """A duty is worth the name that keeping it makes; who depends on the target breaks it."""
    assert chosen(world(duty=(DUTY,))) == [Sanction(target="DOR", level=0.5)]
    assert chosen(world(dependence=1.0, duty=(DUTY,))) == []


def test_without_a_duty_nobody_cuts_ties_for_nothing() -> None:
    """They are lifted where they cost more than the trouble, and left where they cost nothing."""
    assert chosen(world()) == []
    assert chosen(world(level=1.0)) == []
    assert chosen(world(dependence=0.5, level=1.0)) == [Sanction(target="DOR", level=0.0)]


def test_common_sanctions_cost_members_and_target() -> None:
    """By dependence; nothing if nobody would be bound."""
    game = world(dependence=0.4)
    council = game.atlas.councils[0].id
    cost = ties_cut(Outlook(view(game, "BRV"), 60.0), council, "DOR")
    p = game.parameters
    assert cost[BRAVA] == pytest.approx((p.sanction_own + p.dependence_value * p.sanction_goodwill) * p.sanction_duty * 0.4)
    free = replace(game, parameters=replace(p, sanction_duty=0.0))
    assert not ties_cut(Outlook(view(free, "BRV"), 60.0), council, "DOR").any()
