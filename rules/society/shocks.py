"""Shocks: news that changes the world, by turn or by chance, as a scenario's deck says (W150-W153); and decline.

A bulletin without changes is only read.  One with a chance may come in any turn of its span, once; a trend comes in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.chance import draw
from rules.effects import Effect, Term
from rules.society.events import LeaderChanged
from rules.society.rhetoric import BOUNDS
from rules.state import Bulletin, Game, Shift, index

PLENTY: dict[str, tuple[float, float]] = {"economy": (1e-6, 1e12), "forces": (0.0, 1e12)}


def due(game: Game, turn: int) -> tuple[Bulletin, ...]:
    """The bulletins of a turn: the deck's in their order, then those that control has planned."""
    return tuple(item for item in (*game.atlas.news, *game.planned) if _comes(game, item, turn))


def _comes(game: Game, item: Bulletin, turn: int) -> bool:
    if not item.turn <= turn <= max(item.until, item.turn):
        return False
    if item.trend:
        return _drawn(game, item, turn)
    return _drawn(game, item, turn) and not any(_drawn(game, item, earlier) for earlier in range(item.turn, turn))


def _drawn(game: Game, item: Bulletin, turn: int) -> bool:
    """Whether its chance came up; the branch is left out, so that what happened before a rewind has still happened."""
    return item.chance >= 1.0 or draw(game.seed, turn, "shock", item.id, item.turn, item.text) < item.chance


def fallen(item: Bulletin) -> tuple[LeaderChanged, ...]:
    """The change of leader that a bulletin brings, if any."""
    return (LeaderChanged(country=item.new_leader, reason=item.text),) if item.new_leader else ()


def shock(game: Game, subject: str) -> Sequence[Effect]:
    """What a bulletin changes: each figure times one number, plus another."""
    item = next(b for b in game.atlas.news if b.id == subject)
    return [_shifted(game, shift) for shift in item.changes]


def _shifted(game: Game, shift: Shift) -> Effect:
    at = tuple(_place(game, word) for word in shift.at)
    before = float(getattr(game.world, shift.figure)[at])
    low, high = PLENTY.get(shift.figure, BOUNDS.get(shift.figure, (0.0, 1.0)))
    value = min(max(before * shift.times + shift.plus, low), high)
    return Effect(shift.figure, at, value, (Term("before", before), Term("times", shift.times), Term("plus", shift.plus)))


def _place(game: Game, word: str) -> int:
    """The row of a country, or the column of an issue."""
    if word in game.atlas.countries:
        return index(game, word)
    return [issue.id for issue in game.atlas.issues].index(word)


def decline(game: Game, _: str) -> Sequence[Effect]:
    """The first state's economy falls back behind the others' by a constant rate (J6)."""
    row, rate = index(game, game.atlas.unipole), game.parameters.drift
    before = float(game.world.economy[row])
    return (Effect("economy", (row,), before * (1.0 - rate), (Term("before", before), Term("decline", -rate))),)
