"""Notices: the closed list of what a conversation tells the program around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.events import EventKinds
from rules.state import View
from rules.wire.frames import Receipt, Refusal, Welcome


@dataclass(frozen=True, slots=True)
class Entered:
    """The server knows us; what was missed follows."""

    welcome: Welcome


@dataclass(frozen=True, slots=True)
class News:
    """Event number ``number`` of this viewer (from 1, without gaps and never twice)."""

    number: int
    event: EventKinds


@dataclass(frozen=True, slots=True)
class Sight:
    """The state after ``total`` events, all of which were told before.

    ``step`` is the clock id of the open step; ``due_in_ms`` the time until it closes, None while the clock
    stands still.
    """

    total: int
    step: str
    due_in_ms: int | None
    view: View


@dataclass(frozen=True, slots=True)
class Answered:
    """An order is durable, or refused."""

    id: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Filed:
    """The step of an envelope closed; ``place`` names the step without the revision of its deadline."""

    place: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Returned:
    """An envelope was refused as a whole."""

    place: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Complained:
    """The server refused a frame that belongs to no order."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Pressed:
    """The server asks for a pause: call ``again`` after a while."""


@dataclass(frozen=True, slots=True)
class Severed:
    """This connection is of no use: close it; come back unless it is ``final``."""

    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class Nudged:
    """Something beside the game is new: the seat's order sheet (``sheet``) or what was said in its rooms (``talk``)."""

    about: Literal["sheet", "talk"]
    number: int


Notice = Entered | News | Sight | Answered | Filed | Returned | Complained | Pressed | Severed | Nudged
