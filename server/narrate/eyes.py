"""Whose eyes a game is told through: control sees the game itself, the public a game in which all that is not public is blank.

What is blank is read off the view, which is closed by default: a figure that the view leaves out is nought here, a text or a record that it
leaves out is not there.  So whatever is told of such a game, by whatever code, can name no secret.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from rules.state import Atlas, Game
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER, view

T = TypeVar("T")
ATLASES_KEPT = 64


def through(game: Game, viewer: str) -> Game:
    """The game as control or the public may know it.

    Raises:
        ValueError: the viewer is a seat, which has a view of its own.
    """
    if viewer == UMPIRE_VIEWER:
        return game
    if viewer != PUBLIC_VIEWER:
        raise ValueError(f"a debrief is for control or the public, not for {viewer}")
    seen = view(game, PUBLIC_VIEWER)
    known: dict[str, Any] = {f.name: getattr(seen, f.name, _nothing(f)) for f in fields(game)}
    known["atlas"] = _public_atlas(game.atlas, seen.atlas)
    known["world"] = _blanked(game.world, seen.world)
    return Game(**known)


def _nothing(blank: Field[Any]) -> object:
    """What stands in a field that no view has."""
    return "" if blank.default is MISSING else blank.default


@lru_cache(maxsize=ATLASES_KEPT)
def _public_atlas(atlas: Atlas, seen: Atlas) -> Atlas:
    """One public atlas to each: what is found about an atlas is kept by its identity."""
    return _blanked(atlas, seen)


def _blanked(whole: T, seen: T) -> T:
    """What the public sees of a dataclass, in the shape of the whole."""
    known: dict[str, Any] = {f.name: _shaped(getattr(whole, f.name), getattr(seen, f.name)) for f in fields(whole)}  # type: ignore[arg-type]  # both are dataclasses
    return replace(whole, **known)  # type: ignore[type-var]  # the same


def _shaped(whole: object, seen: object) -> object:
    """``seen``, or where the view has no rows as many blank ones."""
    if isinstance(whole, np.ndarray) and isinstance(seen, np.ndarray):
        if whole.shape == seen.shape:
            return seen
        blank = np.zeros_like(whole)
        blank.setflags(write=False)
        return blank
    if isinstance(whole, tuple) and isinstance(seen, tuple) and len(whole) != len(seen):
        return tuple(type(row)() for row in whole) if whole and isinstance(whole[0], str | tuple) else ()
    return seen
