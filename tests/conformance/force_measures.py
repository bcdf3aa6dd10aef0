"""What a claim can ask about force: sanctions, occupations."""

from __future__ import annotations

from rules import sanctions
from rules.state import find_operation
from tests.conformance.cases import Measure, Outcome, place


def pain(outcome: Outcome, country: str) -> float:
    """What sanctions take from a country, by its dependence on those who impose them."""
    return float(sanctions.pain(outcome.game)[place(outcome.game, country)])


def held(outcome: Outcome, name: str) -> bool:
    """Whether the leader of an operation holds what it won."""
    found = find_operation(outcome.game, name)
    return found is not None and found.held


FORCE: tuple[Measure, ...] = (pain, held)
