"""What a part of the terminal may ask of the person before it."""

from __future__ import annotations

from typing import Protocol


class Prompts(Protocol):
    """How the terminal asks."""

    def pick(self, question: str, labels: list[str]) -> int | None:
        """The index of a choice; None to leave."""
        ...

    def number(self, question: str, largest: float) -> float | None:
        """A number above 0; None to leave."""
        ...

    def yes(self, question: str) -> bool:
        """Yes or no."""
        ...

    def say(self, text: str) -> None:
        """Show a line."""
        ...
