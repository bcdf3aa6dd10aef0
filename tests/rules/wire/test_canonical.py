"""One spelling for every value, and hashes that tell games apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.exact import frozen
from rules.vocabulary import Ballot
from rules.wire.canonical import canonical, digest, game_hash
from tests.rules.stage import tiny


def test_values_have_one_spelling() -> None:
    """Keys are sorted, arrays and tuples are lists, records and dataclasses are maps, text is UTF-8, nothing is spaced."""
    assert canonical({"b": (1, 2.5), "a": None, "c": [True, "é"]}) == '{"a":null,"b":[1,2.5],"c":[true,"é"]}'.encode()
    assert canonical(np.array([[1.0, 0.1]])) == b"[[1.0,0.1]]"
    assert canonical(Ballot(country="ARD", choice="no")) == b'{"because":null,"choice":"no","country":"ARD"}'
    assert canonical(tiny().moment).startswith(b'{"branch":0,')
    assert canonical({3: "x"}) == b'{"3":"x"}'


def test_what_has_no_spelling_is_an_error() -> None:
    """Sets have no order, and infinity no digits."""
    with pytest.raises(TypeError, match="set has no canonical form"):
        canonical({1, 2})
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("inf"))


def test_equal_games_have_equal_hashes_and_others_do_not() -> None:
    """Any change, down to the last bit of one figure, is another game."""
    game = tiny()
    assert game_hash(game) == game_hash(replace(game)) == digest(game)
    forces = game.world.forces.copy()
    forces[0] = np.nextafter(forces[0], 1e9)
    assert game_hash(replace(game, world=replace(game.world, forces=frozen(forces)))) != game_hash(game)
    assert game_hash(replace(game, seed="other")) != game_hash(game)
