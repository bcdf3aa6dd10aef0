"""What a claim can ask about words, leaders, dialogues and shocks."""

from __future__ import annotations

import numpy as np

from rules.force import appeasement, threat
from rules.society import domestic
from rules.society.reputation import credibility
from rules.view import tell
from tests.conformance.cases import Measure, Outcome


def told(outcome: Outcome, kind: str) -> float:
    """How many events of a kind there were."""
    return float(len([e for entry in outcome.entries for e in entry.events if e.kind == kind]))


def tested(outcome: Outcome, statement: str) -> str:
    """What became of a statement."""
    return next((s.status for s in outcome.game.statements if s.id == statement), "forgotten")


def heard(outcome: Outcome, viewer: str, kind: str) -> float:
    """How many events of a kind a viewer was told."""
    events = [e for entry in outcome.entries for e in entry.events if e.kind == kind]
    return float(len([e for e in events if tell(outcome.game, e, viewer) is not None]))


def gain(outcome: Outcome, who: str, coercer: str) -> float:
    """Share of a threat that giving in takes away, as who gave in believes."""
    game = outcome.game
    at = threat.everybody(game)
    row, column = game.atlas.countries.index(who), game.atlas.countries.index(coercer)
    past = threat.unshielded(
        np.ones_like(at.hostile), threat.defence(game, at, game.commitments), threat.reaching(game, at), game.parameters
    )
    believed = credibility(at.kept, at.broken, game.parameters)
    hope = appeasement.hopes(at.hostile, believed, appeasement.pledged(game, at.rows), game.parameters)
    left = appeasement.appeased(past, appeasement.submission(game, at.rows), hope, game.parameters)
    return 1.0 - float((left / past)[row, column])


def fall(outcome: Outcome, country: str) -> float:
    """Chance that a leader falls this turn."""
    return domestic.chance_of_change(outcome.game, outcome.game.atlas.countries.index(country))


def swing(outcome: Outcome, country: str) -> float:
    """How far a leader's views are from the country's."""
    row = outcome.game.atlas.countries.index(country)
    return float(np.abs(outcome.game.world.leaning[row] - outcome.game.atlas.ideal[row]).max())


def mood(outcome: Outcome, country: str) -> float:
    """How far a leader's temper is from the scenario's weights."""
    return float(np.abs(outcome.game.world.temper[outcome.game.atlas.countries.index(country)] - 1.0).max())


QUESTIONS: tuple[Measure, ...] = (told, tested, heard, gain, fall, swing, mood)
