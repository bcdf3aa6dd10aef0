"""What a running session needs of the world outside, and how it fails when that does not play along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from rules.wire.frames import OutKinds
from server.log.protocol import Log
from server.log.shelf import Shelf
from server.log.snapshots import Snapshots
from server.metrics import Metrics
from server.sessions.clock import LogClock
from server.sessions.courtesy import StandIn
from server.settings import Settings

HeldSeats = Callable[[str], Awaitable[Collection[str]]]
"""(session) -> the viewers for whom somebody has a token."""


def _everywhere(_session_id: str) -> bool:
    """A process alone is the home of every session."""
    return True


class Audience(Protocol):
    """Those who look on through this process.  No method waits."""

    def ring(self, viewers: Collection[str] | None = None) -> None:
        """There may be something new for these viewers to read, or for everybody; whoever has read everything is told nothing."""

    def post(self, viewer: str, frame: OutKinds) -> None:
        """A frame for all devices of one viewer."""

    def viewers(self) -> tuple[str, ...]:
        """Who is here."""

    @property
    def present(self) -> asyncio.Event:
        """Set while anybody is there."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session needs of the world outside."""

    log: Log
    shelf: Shelf
    clock: LogClock
    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    stand_in: StandIn | None = None  # where bots can be asked
    held: HeldSeats | None = None  # who has tokens
    is_home: Callable[[str], bool] = _everywhere
    snapshots: Snapshots | None = None


class Contended(Exception):
    """Other processes were quicker, again and again."""


class Diverged(Exception):
    """The log no longer holds the last entry that was read from it: the store was put back to an earlier state."""
