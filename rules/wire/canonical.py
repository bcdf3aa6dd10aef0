"""One spelling for everything that is stored or compared: canonical JSON, and hashes of it.

Keys are sorted, numbers are written with the fewest digits that give the same double, nothing infinite is allowed.  A field that does not
take part in comparisons is left out: the past of a game follows from its log.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import json.encoder
from functools import cache

import numpy as np
from pydantic import BaseModel

from rules.state import Game

_quoted = json.encoder.encode_basestring


@cache
def _compared(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that take part in comparisons."""
    return tuple(f.name for f in dataclasses.fields(kind) if f.compare)


def _unfolded(value: object) -> object:
    """A record, a dataclass or an array as JSON has it, one level deep: the encoder asks again for what is in it."""
    if isinstance(value, BaseModel):
        return vars(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _compared(type(value))}
    raise TypeError(f"{type(value).__name__} has no canonical form")


_SPELLING = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False, default=_unfolded
)


def canonical(value: object) -> bytes:
    """The canonical JSON of a value, UTF-8."""
    return _SPELLING.encode(value).encode()


def quoted(text: str) -> bytes:
    """The canonical JSON of a text."""
    return _quoted(text).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def game_hash(game: Game) -> str:
    """The identity of a state: equal hashes mean equal games."""
    return digest(game)
