"""Who can be answered together: things that share the very same objects (one world's geography, one set of parameters)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def companies(items: Sequence[T], shared: Callable[[T], tuple[object, ...]]) -> list[list[int]]:
    """The numbers of the items in groups, by order of appearance: in a group all that ``shared`` gives is one object or equal text."""
    groups: list[tuple[tuple[object, ...], list[int]]] = []
    for number, item in enumerate(items):
        marks = shared(item)
        for known, numbers in reversed(groups):
            if all(_same(one, other) for one, other in zip(marks, known, strict=True)):
                numbers.append(number)
                break
        else:
            groups.append((marks, [number]))
    return [numbers for _, numbers in groups]


def _same(one: object, other: object) -> bool:
    return one is other or (isinstance(one, str | int) and one == other)
