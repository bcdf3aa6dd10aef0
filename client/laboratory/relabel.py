"""Other names for the same figures, to prove that nothing hangs on a name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from rules.parameters import Parameters
from rules.state import Game
from rules.visibility import Record


def relabelled(game: Game, names: Mapping[str, str]) -> Game:
    """The game with country ids exchanged by ``names`` (a permutation of some of them); every figure stays in its row."""
    renamed = _renamed(game, names)
    assert isinstance(renamed, Game), "renaming keeps the shape"
    return renamed


def _renamed(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if isinstance(value, Record):
        return value.model_copy(update={name: _renamed(getattr(value, name), names) for name in type(value).model_fields})
    if dataclasses.is_dataclass(value) and not isinstance(value, Parameters | type):
        changes = {f.name: _renamed(getattr(value, f.name), names) for f in dataclasses.fields(value)}
        return type(value)(**changes)
    return value
