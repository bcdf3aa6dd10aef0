"""Copies of the frozen pieces of the state with some fields changed, without the price of a constructor.

A game is copied at every event, so this is where much of the time of a game would go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

__all__ = ["built", "changed"]
T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import replace as changed  # checkers know what ``replace`` asks of its fields
else:

    def changed(owner: T, **fields: object) -> T:
        """What ``dataclasses.replace`` gives for a class without slots and without checks of its own."""
        return built(type(owner), {**vars(owner), **fields})


def built(kind: type[T], fields: dict[str, object]) -> T:
    """A frozen dataclass (without slots) of all its fields."""
    made = object.__new__(kind)
    vars(made).update(fields)
    return made
