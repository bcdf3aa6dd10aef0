"""Effects: what a mechanism does to the figures, with the terms that explain it.

A mechanism is a pure function of the game that returns effects.  ``decide`` keeps the new values and drops the terms; ``explain`` runs the
same function on the game before the event and shows the terms.  So explanations need no room in the log and cannot drift from the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rules.events import Moved, Moving
from rules.state import Game


class Term(NamedTuple):
    """One number of an explanation, and the countries that may read it (None: everybody)."""

    name: str
    value: float
    audience: frozenset[str] | None = None


class Effect(NamedTuple):
    """``world.<field>[at]`` becomes ``value``, because of ``terms``."""

    field: Moving
    at: tuple[int, ...]
    value: float
    terms: tuple[Term, ...] = ()


Mechanism = Callable[[Game, str], Sequence[Effect]]
"""(game, subject) -> effects.  The subject names what the mechanism is about (a draft, an operation) or is empty."""


def current(game: Game, effect: Effect) -> float:
    """The figure's value before the effect."""
    value: float = getattr(game.world, effect.field).item(effect.at)
    return value


def moved(cause: str, game: Game, effects: Sequence[Effect]) -> tuple[Moved, ...]:
    """The event for some effects: one event with all changed values, or none if nothing changed."""
    if not effects:
        return ()
    changes = tuple([{"field": e.field, "at": e.at, "value": e.value} for e in effects if e.value != current(game, e)])
    return (Moved.model_validate({"cause": cause, "changes": changes}),) if changes else ()  # one check for all is cheaper than one each
