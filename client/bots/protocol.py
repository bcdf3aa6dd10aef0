"""What every bot can do, and nothing else: choose acts from what its seat may see."""

from __future__ import annotations

from typing import Protocol

from rules.orders import Act
from rules.state import View


class Bot(Protocol):
    """A player.  It must not keep anything from one game to another, and must choose the same from the same view."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the current step, in order; empty to hold."""
        ...
