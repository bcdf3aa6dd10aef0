"""The scenarios on offer, with what a lecturer chooses by."""

from __future__ import annotations

from scenarios import names
from scenarios.lesson import aims, turn_seconds
from server.narrate.lessons import titled
from server.narrate.names import worded
from server.sessions.recovery import scenario_named
from server.web.cards import ScenarioCard, ScenarioCards


def scenario_cards() -> ScenarioCards:
    """All scenarios that ship with the program."""
    cards = []
    for name in names():
        data = scenario_named(name).data
        about = data.scenario
        cards.append(
            ScenarioCard(
                scenario=about.id,
                title=worded(about.title),
                summary=worded(about.summary),
                turns=about.turns,
                seats=len(data.seat),
                minutes=about.minutes,
                turn_seconds=turn_seconds(data),
                tags=tuple(about.tags),
                aims=tuple(titled(worded(aim)) for aim in aims(name)),
            )
        )
    return ScenarioCards(scenarios=tuple(cards))
