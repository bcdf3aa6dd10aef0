"""Chance as a pure function of what it is for.

There is no generator to carry along: a draw is the keyed hash of (secret seed, purpose ...), so the same question has the same answer
whoever asks and in whatever order, and a preview asks with another seed.
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache

import numpy as np

from rules.exact import Array

Key = str | int
_DIGEST_BYTES = 16
_DRAW_BYTES = 8
_FRACTION_BITS = 53
_FRACTION = 1.0 / (1 << _FRACTION_BITS)  # a power of two: multiplying by it is exact


@lru_cache(maxsize=4096)
def _key(seed: str) -> bytes:
    return hashlib.sha256(seed.encode()).digest()


def _digest(seed: str, purpose: tuple[Key, ...], size_bytes: int = _DIGEST_BYTES) -> bytes:
    text = "\x1f".join(map(str, purpose)).encode()
    return hashlib.blake2b(text, key=_key(seed), digest_size=size_bytes).digest()


def draw(seed: str, *purpose: Key) -> float:
    """A number in [0, 1), uniform over seeds, fixed for one seed and purpose."""
    return (int.from_bytes(_digest(seed, purpose)[:_DRAW_BYTES], "big") >> (64 - _FRACTION_BITS)) * _FRACTION


def draw_many(seed: str, count: int, *purpose: Key) -> tuple[float, ...]:
    """Up to eight independent numbers like ``draw``'s from one hash."""
    numbers = struct.unpack(f">{count}Q", _digest(seed, purpose, _DRAW_BYTES * count))
    return tuple([(number >> (64 - _FRACTION_BITS)) * _FRACTION for number in numbers])


def token(seed: str, *purpose: Key) -> str:
    """A short name (10 hexadecimal digits) that tells nothing about how many others there are."""
    return _digest(seed, purpose).hex()[:10]


def derive(seed: str, *purpose: Key) -> str:
    """A new seed for one purpose, from which the old one cannot be found."""
    return _digest(seed, purpose).hex()


def pick(seed: str, probabilities: Array, *purpose: Key) -> int:
    """An index drawn with the given probabilities (shape [option], summing to 1)."""
    ladder = np.add.accumulate(probabilities)
    place = int(np.searchsorted(ladder, draw(seed, *purpose) * float(ladder[-1]), side="right"))
    return min(place, len(probabilities) - 1)
