"""A what-if as plain records for the page and the terminal: what happened, and both arms as a mean with the span of most games."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.exact import add
from rules.state import Game
from server.debrief.forks import Fork
from server.debrief.outcomes import of_a_hundred, title_of
from server.debrief.words import say
from server.narrate.amounts import figure
from server.narrate.words import heading

LOW, HIGH = 0.1, 0.9  # the span that is named leaves out a tenth of the games on either side


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what happened, and the games of both arms."""

    title: str
    happened: str
    before: str
    after: str
    value: float | None
    arms: tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A fork, told."""

    place: str
    change: str
    games: int
    rows: tuple[Row, ...]


def what_if(game: Game, fork: Fork) -> WhatIf:
    """A fork with its figures in words."""
    rows = tuple(_row(game, fork, column) for column in dict.fromkeys((*fork.before, *fork.after)))
    return WhatIf(fork.place, fork.change, fork.games, rows)


def _row(game: Game, fork: Fork, column: str) -> Row:
    happened = of_a_hundred(column, fork.happened[column]) if column in fork.happened else None
    before, after = (tuple(of_a_hundred(column, value) for value in arm.get(column, ())) for arm in (fork.before, fork.after))
    shown = say("page.none") if happened is None else figure(happened)
    return Row(_title(game, column), shown, _span(before), _span(after), happened, (before, after))


def _title(game: Game, column: str) -> str:
    kind, _, country = column.partition(":")
    if kind != "payoff":
        return title_of(game, column)
    return say("what_if.payoff", name=heading(game, country))


def _span(values: Sequence[float]) -> str:
    if not values:
        return say("page.none")
    ranked = sorted(values)
    low, high = ranked[int(LOW * (len(ranked) - 1))], ranked[round(HIGH * (len(ranked) - 1))]
    return say("what_if.mean", mean=figure(float(add(ranked)) / len(ranked)), low=figure(low), high=figure(high))
