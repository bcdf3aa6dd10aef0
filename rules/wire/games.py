"""A whole game as plain values and back, bit for bit: what a snapshot beside a log holds.

What stays as it was at the opening (the atlas, the parameters, the seed) is left to the opening, and the past to the log.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, get_type_hints

from rules.copying import changed
from rules.lately import Later
from rules.state import Game
from rules.visibility import Mark
from rules.wire.views import BadView, Read, packed_value, reader

LEFT_OUT: Final = ("atlas", "parameters", "seed", "past")


def pack_game(game: Game) -> dict[str, object]:
    """The game as maps, lists, strings and numbers."""
    return {name: packed_value(getattr(game, name)) for name in _readers()}


def unpack_game(packed: Mapping[str, object], opening: Game, past: Callable[[], Game] | None) -> Game:
    """The game of plain values that was opened as ``opening``; ``past`` gives the game before its open step, None if none was opened.

    Raises:
        BadView: these are not the values of a game.
    """
    if packed.keys() != _readers().keys():
        raise BadView("", "These are not the fields of a game.")
    fields = {name: read(packed[name], name) for name, read in _readers().items()}
    return changed(opening, **fields, past=None if past is None else Later(past))  # type: ignore[arg-type]  # each read by its own hint


@cache
def _readers() -> dict[str, Read]:
    """One reader for each field that is packed; all of a field is there, whoever may see it."""
    hints = get_type_hints(Game)
    return {f.name: reader(hints[f.name], Mark.PUBLIC) for f in dataclasses.fields(Game) if f.name not in LEFT_OUT}
