"""Who can be answered together: things that share the very same objects (one world's geography, one set of parameters)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rules.lately import mark

T = TypeVar("T")


def companies(items: Sequence[T], shared: Callable[[T], tuple[object, ...]]) -> list[list[int]]:
    """The numbers of the items in groups, by order of appearance: in a group all that ``shared`` gives is one object or equal text."""
    groups: dict[tuple[object, ...], list[int]] = {}
    held = [shared(item) for item in items]  # so that no other object can have come by the place of one of these
    for number, marks in enumerate(held):
        groups.setdefault(mark(marks), []).append(number)
    return list(groups.values())
