"""Treaties of defence on the small stage."""

from __future__ import annotations

from rules.vocabulary import Commitment, Defend, Terms


def pact(*clauses: Defend, formal: tuple[str, ...] = (), name: str = "pact") -> Commitment:
    """A treaty of Arden, Brava and Corin."""
    return Commitment(id=name, terms=Terms(parties=("ARD", "BRV", "COR"), clauses=clauses, formal=formal), since=1)


def guard(debtor: str, ally: str | None = None, against: str | None = None, until: int = 3) -> Defend:
    """A promise of defence."""
    return Defend(debtor=debtor, since=1, until=until, ally=ally, against=against)
