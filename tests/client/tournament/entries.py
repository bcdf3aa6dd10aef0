"""Bots for the tests of tournaments: one that fails, one that dawdles, one that asks for what is not allowed, one that answers nonsense."""

from __future__ import annotations

from dataclasses import dataclass
from time import sleep
from typing import cast

from rules.orders import Act, Launch
from rules.state import View


@dataclass
class Broken:
    """Raises in every step."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """Never gives an answer."""
        raise RuntimeError(f"{view.viewer} fell over")


@dataclass
class Slow:
    """Sleeps before it holds."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """Takes a while."""
        sleep(0.02)
        return ()


@dataclass
class Outlaw:
    """Launches what does not exist, in whatever phase."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """One act that the rules refuse."""
        return (Launch(operation="no-such-thing"),)


@dataclass
class Babbler:
    """Answers with something else than acts."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """No acts."""
        return cast(tuple[Act, ...], ("attack!",))


def broken(country: str, seed: str) -> Broken:
    """A bot that raises."""
    return Broken()


def slow(country: str, seed: str) -> Slow:
    """A bot that dawdles."""
    return Slow()


def outlaw(country: str, seed: str) -> Outlaw:
    """A bot that breaks rules."""
    return Outlaw()


def babbler(country: str, seed: str) -> Babbler:
    """A bot that talks nonsense."""
    return Babbler()


def nothing(country: str, seed: str) -> object:
    """No bot at all."""
    return object()
