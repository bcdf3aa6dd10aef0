"""Threat, guarantees and security from each standpoint; the four factors are shown by the cases (tests/conformance)."""

from __future__ import annotations

import numpy as np

from rules.threat import everybody, guarantees, insecurity, offence, protected, threat
from rules.vocabulary import Commitment, Defend, Terms
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


def test_guarantees_are_counted_once_for_each_pair_and_enemy() -> None:
    """The formal one of two stands; what ran out does not count; against one enemy is another thing than against all."""
    game = at("2 briefing 1")
    informal, formal = pact(guard("ARD", "COR"), name="a"), pact(guard("ARD", "COR"), formal=("ARD",), name="b")
    assert guarantees(game, everybody(game), (informal, formal)) == [(2, 0, None, 1.0)]
    assert guarantees(game, everybody(game), (formal, informal)) == [(2, 0, None, 1.0)]
    assert guarantees(game, everybody(game), (pact(guard("ARD", "COR", until=1)),)) == []
    both = pact(guard("ARD", "COR"), guard("ARD", "COR", against="DOR"))
    assert [item[2] for item in guarantees(game, everybody(game), (both,))] == [None, 3]


def test_insecurity_falls_with_every_friend_and_grows_with_every_enemy() -> None:
    """Of the row that has them."""
    game = tiny()
    alone = insecurity(game, everybody(game), ())
    guarded = insecurity(game, everybody(game), (pact(guard("ARD", "COR")),))
    assert guarded[2] < alone[2]
    assert guarded[[0, 1, 3]].tolist() == alone[[0, 1, 3]].tolist()
    feared = with_figures(game, hostile=np.where(np.eye(4) > 0, 0.0, 0.9))
    assert (insecurity(feared, everybody(feared), ()) > alone).all()
