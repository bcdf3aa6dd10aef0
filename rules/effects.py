"""Effects: what a mechanism does to the figures, with the terms that explain it.

A mechanism is a pure function of the game that returns effects.  ``decide`` keeps the new values and drops the terms; ``explain`` runs the
same function on the game before the event and shows the terms.  So explanations need no room in the log and cannot drift from the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import NamedTuple, overload

from rules.events import Moved, Moving, move
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


class Columns(Sequence[Effect]):
    """Effects on many places of one figure, as columns: the records, with their terms, are made for who asks for them.

    The places are all different.  ``terms`` gives those behind the effect of a number.
    """

    __slots__ = ("_terms", "field", "places", "values")

    def __init__(
        self, field: Moving, places: Sequence[tuple[int, ...]], values: Sequence[float], terms: Callable[[int], tuple[Term, ...]]
    ) -> None:
        self.field, self.places, self.values, self._terms = field, places, values, terms

    def __len__(self) -> int:
        """How many figures are moved."""
        return len(self.places)

    @overload
    def __getitem__(self, number: int) -> Effect: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Effect]: ...
    def __getitem__(self, number: int | slice) -> Effect | Sequence[Effect]:
        """One effect, or some."""
        if isinstance(number, slice):
            return [self[k] for k in range(len(self))[number]]
        return Effect(self.field, self.places[number], self.values[number], self._terms(range(len(self))[number]))


Mechanism = Callable[[Game, str], Sequence[Effect]]
"""(game, subject) -> effects.  The subject names what the mechanism is about (a draft, an operation) or is empty."""


def moved(cause: str, game: Game, effects: Sequence[Effect]) -> tuple[Moved, ...]:
    """The event for some effects: one event with all changed values, or none if nothing changed."""
    if not effects:
        return ()
    event = _of_columns(cause, game, effects) if isinstance(effects, Columns) else _of_each(cause, game, effects)
    if not event.moves:
        return ()
    return (event,) if all(all(map(isfinite, move.values)) for move in event.moves) else (Moved.model_validate(event.model_dump()),)


def _of_columns(cause: str, game: Game, columns: Columns) -> Moved:
    field, before = columns.field, getattr(game.world, columns.field).item
    found = [(at, value) for at, value in zip(columns.places, columns.values, strict=True) if value != before(at)]
    return Moved.believed(cause=cause, moves=(move(field, found),) if found else ())


def _of_each(cause: str, game: Game, effects: Sequence[Effect]) -> Moved:
    world = game.world
    return Moved.of(cause, [(field, at, float(value)) for field, at, value, _ in effects if value != getattr(world, field).item(at)])
