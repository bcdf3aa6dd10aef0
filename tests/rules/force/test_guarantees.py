"""Guarantees: which count, how firmly, and what they bring."""

from __future__ import annotations

import pytest

from rules.force.guarantees import UNGUARDED, charges, guarantees, protected, trusted
from rules.force.threat import defence, everybody
from rules.vocabulary import Commitment, Consult, Terms
from tests.rules.force.pacts import guard, pact
from tests.rules.stage import at


def test_whom_a_clause_protects() -> None:
    """The ally named, or every other party."""
    assert protected(pact(guard("ARD")), guard("ARD")) == ("BRV", "COR")
    assert protected(pact(guard("ARD", "COR")), guard("ARD", "COR")) == ("COR",)


def shields(*treaties: Commitment) -> list[float]:
    """Corin's shield against each state, in the second turn, beyond its own forces."""
    game = at("2 briefing 1")
    own = float(game.world.forces[2])
    return [value - own for value in defence(game, everybody(game), treaties)[2].tolist()]


def test_guarantees_are_counted_once_for_each_pair_and_enemy() -> None:
    """The formal one of two stands, in either order; what ran out does not count; a named enemy is one of all."""
    informal, formal = pact(guard("ARD", "COR"), name="a"), pact(guard("ARD", "COR"), formal=("ARD",), name="b")
    assert shields(informal, formal) == shields(formal, informal) == shields(formal)
    assert shields(informal)[3] < shields(formal)[3]
    assert shields(pact(guard("ARD", "COR", until=1))) == [0.0] * 4
    named = shields(pact(guard("ARD", "COR", against="DOR")))
    assert (named[1], named[3]) == (0.0, shields(informal)[3])
    assert shields(pact(guard("ARD", "COR"), guard("ARD", "COR", against="DOR"))) == shields(informal)


def test_each_pair_has_the_firmest_promise_against_each_enemy() -> None:
    """By pairs in the order of the promises; nobody shields from itself; what binds nobody now is not there."""
    game = at("2 briefing 1")
    narrow = pact(guard("BRV", "COR", against="DOR"), name="narrow")
    treaties = (narrow, pact(guard("ARD", "COR"), guard("ARD", "COR", against="BRV"), formal=("ARD",)))
    found = guarantees(game, range(4), treaties)
    assert (found.rows.tolist(), found.allies.tolist(), found.guarantors.tolist()) == ([2, 2], [2, 2], [1, 0])
    formal = game.parameters.formal_trust
    assert found.firm.tolist() == [[UNGUARDED, UNGUARDED, UNGUARDED, 0.0], [UNGUARDED, formal, formal, formal]]
    assert found.where(found.guarantors == 0).firm.tolist() == [[UNGUARDED, formal, formal, formal]]
    alone = guarantees(game, (2, 0), treaties)
    assert (alone.rows.tolist(), alone.allies.tolist()) == ([0, 0], [2, 2])  # rows of the standpoint, and the states in them
    for nothing in ((), (pact(guard("ARD", "COR", until=1)),), (pact(guard("ARD", "COR", against="ARD")),)):
        assert guarantees(game, range(4), nothing).firm.shape == (0, 4)


def test_promises_that_are_not_of_defence_shield_nobody() -> None:
    """They neither help nor spread a guarantor thin."""
    game = at("1 orders 1")
    defended = pact(guard("ARD", "COR"))
    talks = Commitment(id="talks", terms=Terms(parties=("ARD", "DOR"), clauses=(Consult(debtor="ARD", since=1, until=3),)), since=1)
    assert charges(game, (defended, talks)).tolist() == charges(game, (defended,)).tolist() == [1.0] * 4
    assert charges(game, (defended, pact(guard("ARD", "BRV"), name="more"))).tolist() == [2.0, 1.0, 1.0, 1.0]
    assert charges(game, (defended, defended)).tolist() == [1.0] * 4  # the same country twice is one


def test_trust_is_belief_and_firmness_together() -> None:
    """What doubt is left, firmness takes its part of."""
    assert trusted(0.5, 0.0) == 0.5
    assert trusted(0.5, 0.5) == 0.75
    assert trusted(0.0, 0.2) == pytest.approx(0.2)
    assert trusted(1.0, 0.3) == 1.0
    assert trusted(0.3, 1.0) == 1.0
