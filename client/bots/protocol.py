"""What every bot can do, and nothing else: choose acts from what its seat may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self, runtime_checkable

from rules.orders import Act
from rules.state import View


class Bot(Protocol):
    """A player.  It must not keep anything from one game to another, and must choose the same from the same view."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the current step, in order; empty to hold."""
        ...


@runtime_checkable
class Panel(Bot, Protocol):
    """A kind of bot that can think for many seats, of one game or of several, in one call.

    Whatever it shares between them to save work, each bot must choose what ``choose`` would have chosen from its view alone.
    """

    @classmethod
    def choose_together(cls, bots: Sequence[Self], views: Sequence[View]) -> Sequence[tuple[Act, ...]]:
        """The acts of each of ``bots``, all of this kind, from the view at the same place."""
        ...
