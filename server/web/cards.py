"""What goes over HTTP about sessions and scenarios that are listed."""

from __future__ import annotations

from rules.wire.frames import Pace
from server.web.forms import Form


class Card(Form):
    """A session in the list.  ``status`` is None while it is not in memory."""

    session: str
    scenario: str
    pace: Pace
    status: str | None


class Cards(Form):
    """All sessions."""

    sessions: tuple[Card, ...]


class ScenarioCard(Form):
    """A scenario in the list: ``minutes`` it takes with a class, ``turn_seconds`` the steps of one turn.

    ``tags`` are the propositions it turns on, ``aims`` what it teaches.
    """

    scenario: str
    title: str
    summary: str
    turns: int
    seats: int
    minutes: int | None
    turn_seconds: int
    tags: tuple[str, ...]
    aims: tuple[str, ...]


class ScenarioCards(Form):
    """All scenarios that ship with the program."""

    scenarios: tuple[ScenarioCard, ...]
