"""What a claim can ask about treaties: their worth, what leaks, what was told."""

from __future__ import annotations

from rules.exact import total
from rules.force.threat import everybody
from rules.interests.payoff import payoff
from rules.pacts import secrecy
from rules.view import view
from tests.conformance.cases import Measure, Outcome


def whole(outcome: Outcome, country: str) -> float:
    """All terms of a seat's payoff together, as things stand."""
    game = outcome.game
    table = payoff(game, everybody(game), game.world.received, game.commitments)
    return float(total(table[game.atlas.countries.index(country)]))


def leak(outcome: Outcome, name: str) -> float:
    """Chance that a secret commitment comes to light in a turn."""
    game = outcome.game
    return secrecy.leak_chance(game, next(c for c in game.commitments if c.id == name))


def told(outcome: Outcome, kind: str) -> float:
    """How often something of a kind happened."""
    return float(len([e for entry in outcome.entries for e in entry.events if e.kind == kind]))


def parties(outcome: Outcome, name: str) -> str:
    """The parties of a commitment, or ``none`` if it is not in force."""
    return next(("+".join(c.terms.parties) for c in outcome.game.commitments if c.id == name), "none")


def lasts(outcome: Outcome, name: str) -> float:
    """The last turn of a commitment's clauses; 0 if it is not in force."""
    return float(max((clause.until for c in outcome.game.commitments if c.id == name for clause in c.terms.clauses), default=0))


def known(outcome: Outcome, name: str, viewer: str) -> bool:
    """Whether a viewer sees a commitment."""
    return any(c.id == name for c in view(outcome.game, viewer).commitments)


TREATY_QUESTIONS: tuple[Measure, ...] = (whole, leak, told, parties, lasts, known)
