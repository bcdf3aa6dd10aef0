"""What a claim can ask about force: sanctions, occupations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rules.exact import frozen
from rules.force import common_forces, operations, sanctions, threat
from rules.state import find_operation
from tests.conformance.cases import Measure, Outcome, place


def pain(outcome: Outcome, country: str) -> float:
    """What sanctions take from a country, by its dependence on those who impose them."""
    return float(sanctions.pain(outcome.game)[place(outcome.game, country)])


def held(outcome: Outcome, name: str) -> bool:
    """Whether the leader of an operation holds what it won."""
    found = find_operation(outcome.game, name)
    return found is not None and found.held


def free_of_the_unipole(outcome: Outcome, country: str) -> float:
    """How far a country can do without the unipole, by forces held in common."""
    row = place(outcome.game, country)
    return float(common_forces.independence(outcome.game, np.array([row]), outcome.game.commitments)[0])


def arms_pay(outcome: Outcome, country: str) -> float:
    """Safety that a country would gain by a tenth more forces."""
    game, row = outcome.game, place(outcome.game, country)
    more = game.world.forces.copy()
    more[row] *= 1.1
    armed = replace(game, world=replace(game.world, forces=frozen(more)))
    now, then = (threat.insecurity(g, threat.everybody(g), g.commitments)[row] for g in (game, armed))
    return float(now - then)


def chance(outcome: Outcome, name: str) -> float:
    """Chance that an operation wins its battle, as its coalition stands."""
    found = find_operation(outcome.game, name)
    assert found is not None, name
    return operations.success(outcome.game, found)


FORCE: tuple[Measure, ...] = (pain, held, free_of_the_unipole, arms_pay, chance)
