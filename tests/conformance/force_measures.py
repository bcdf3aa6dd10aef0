"""What a claim can ask about force: sanctions, occupations."""

from __future__ import annotations

from rules import sanctions
from tests.conformance.cases import Measure, Outcome, place


def pain(outcome: Outcome, country: str) -> float:
    """What sanctions take from a country, by its dependence on those who impose them."""
    return float(sanctions.pain(outcome.game)[place(outcome.game, country)])


FORCE: tuple[Measure, ...] = (pain,)
