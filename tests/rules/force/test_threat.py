"""Threat, guarantees and security from each standpoint; the four factors are shown by the cases (tests/conformance)."""

from __future__ import annotations

import numpy as np
import pytest

from rules.force.threat import charges, defence, everybody, guarantees, insecurity, offence, protected, threat, trusted
from rules.vocabulary import Commitment, Consult, Defend, Terms
from tests.rules.stage import at, tiny, with_figures


def pact(*clauses: Defend, formal: tuple[str, ...] = (), name: str = "pact") -> Commitment:
    """A treaty of Arden, Brava and Corin."""
    return Commitment(id=name, terms=Terms(parties=("ARD", "BRV", "COR"), clauses=clauses, formal=formal), since=1)


def guard(debtor: str, ally: str | None = None, against: str | None = None, until: int = 3) -> Defend:
    """A promise of defence."""
    return Defend(debtor=debtor, since=1, until=until, ally=ally, against=against)


def test_nobody_threatens_itself_and_threat_has_its_range() -> None:
    """Between nothing and one, zero on the diagonal."""
    felt = threat(tiny(), everybody(tiny()))
    assert np.diagonal(felt).tolist() == [0.0] * 4
    assert (felt >= 0).all()
    assert (felt <= 1).all()
    assert (offence(tiny()) <= 1).all()


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
    assert guarantees(at("2 briefing 1"), everybody(tiny()), (pact(guard("ARD", "COR", until=1)),)) == []


def test_insecurity_falls_with_every_friend_and_grows_with_every_enemy() -> None:
    """Of the row that has them."""
    game = at("1 briefing 1")
    alone = insecurity(game, everybody(game), ())
    guarded = insecurity(game, everybody(game), (pact(guard("ARD", "COR")),))
    assert guarded[2] < alone[2]
    assert guarded[[0, 1, 3]].tolist() == alone[[0, 1, 3]].tolist()
    feared = with_figures(game, hostile=np.where(np.eye(4) > 0, 0.0, 0.9))
    assert (insecurity(feared, everybody(feared), ()) > alone).all()


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
