"""Whose eyes a game is told through: control sees the game itself, others a game in which all that they may not know is blank.

What is blank is read off the view, which is closed by default: a figure that the view leaves out is nought here, a text or a record that it
leaves out is not there.  So whatever is told of such a game, by whatever code, can name no secret.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from rules.state import Atlas, Game
from rules.view import UMPIRE_VIEWER, view
from rules.visibility import Mark, marks_of

T = TypeVar("T")
ATLASES_KEPT = 64


def through(game: Game, viewer: str) -> Game:
    """The game as a viewer may know it: control, the public or a seat."""
    if viewer == UMPIRE_VIEWER:
        return game
    seen = view(game, viewer)
    known: dict[str, Any] = {f.name: getattr(seen, f.name, _nothing(f)) for f in fields(game)}
    row = game.atlas.countries.index(viewer) if viewer in game.atlas.countries else None
    known["atlas"] = _seen_atlas(game.atlas, seen.atlas, row)
    known["world"] = _blanked(game.world, seen.world, row)
    return Game(**known)


def _nothing(blank: Field[Any]) -> object:
    """What stands in a field that no view has."""
    return "" if blank.default is MISSING else blank.default


@lru_cache(maxsize=ATLASES_KEPT)
def _seen_atlas(atlas: Atlas, seen: Atlas, row: int | None) -> Atlas:
    """One blanked atlas to each: what is found about an atlas is kept by its identity."""
    return _blanked(atlas, seen, row)


def _blanked(whole: T, seen: T, row: int | None) -> T:
    """What is seen of a dataclass, in the shape of the whole."""
    marks = marks_of(type(whole))
    known: dict[str, Any] = {}
    for field in fields(whole):  # type: ignore[arg-type]  # both are dataclasses
        own = row if marks[field.name] is Mark.OWN else None
        known[field.name] = _shaped(getattr(whole, field.name), getattr(seen, field.name), own)
    return replace(whole, **known)  # type: ignore[type-var]  # the same


def _shaped(whole: object, seen: object, own: int | None) -> object:
    """``seen``, with blank rows where the view has none; a seat sees of some tables its ``own`` row alone."""
    if isinstance(whole, np.ndarray):
        if own is None and isinstance(seen, np.ndarray) and whole.shape == seen.shape:
            return seen
        blank = np.zeros_like(whole)
        if own is not None:
            blank[own] = seen
        blank.setflags(write=False)
        return blank
    if isinstance(whole, tuple) and whole and isinstance(whole[0], str | tuple) and (own is not None or len(whole) != len(seen)):  # type: ignore[arg-type]  # of tables, views are tables
        rows = [type(row)() for row in whole]
        if own is not None:
            rows[own] = seen
        return tuple(rows)
    if isinstance(whole, tuple) and isinstance(seen, tuple) and len(whole) != len(seen):
        return ()
    return seen
