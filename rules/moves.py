"""Figures that moved: an event holds them in columns, those of one kind together, for most mechanisms move a whole row or table at once.

In a world of 193 states nine tenths of the log are such events.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple, Self

from rules.visibility import PUBLIC, Record, made

Moving = Literal[
    "economy",
    "forces",
    "poles",
    "spending",
    "mustered",
    "reach",
    "wmd",
    "bases",
    "sanctions",
    "insurgency",
    "competence",
    "guns",
    "aid",
    "approval",
    "deference",
    "breaches",
    "war_cost",
    "received",
    "authority",
    "positions",
    "goodwill",
    "hostile",
    "kept",
    "broken",
    "payoff",
    "esteem",
    "yielded",
    "access",
    "leaning",
    "capital",
    "entered",
    "temper",
]


class Change(NamedTuple):
    """One figure's new value: ``world.<field>[at]`` becomes ``value``."""

    field: Moving
    at: tuple[int, ...]
    value: float


class Move(Record):
    """New values of figures of one kind, as columns: ``world.<field>[place] = value`` for each place and the value beside it.

    Of each figure only those are told who may see it.
    """

    field: Annotated[Moving, PUBLIC]
    places: Annotated[tuple[tuple[int, ...], ...], PUBLIC]
    values: Annotated[tuple[float, ...], PUBLIC]


class Moved(Record):
    """Figures of the world took new values; ``cause`` names the mechanism."""

    kind: Annotated[Literal["moved"], PUBLIC] = "moved"
    cause: Annotated[str, PUBLIC]
    moves: Annotated[tuple[Move, ...], PUBLIC]

    @classmethod
    def of(cls, cause: str, changes: Iterable[tuple[Moving, tuple[int, ...], float]]) -> Self:
        """The event of some changes, those of one kind of figure together."""
        columns: dict[Moving, list[tuple[tuple[int, ...], float]]] = {}
        for field, at, value in changes:
            if field not in columns:
                columns[field] = []
            columns[field].append((at, value))
        return cls.believed(cause=cause, moves=tuple([move(field, moved) for field, moved in columns.items()]))

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change by itself."""
        return tuple([Change(m.field, at, value) for m in self.moves for at, value in zip(m.places, m.values, strict=True)])


def move(field: Moving, moved: Iterable[tuple[tuple[int, ...], float]]) -> Move:
    """Some figures of one kind, at least one, with their new values, as columns."""
    places, values = zip(*moved, strict=True)
    return made(Move, {"field": field, "places": places, "values": values})
