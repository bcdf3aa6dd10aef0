"""Frames: the closed vocabulary of the wire, protocol ``unipole.v1``.  JSON Schema and documents are generated from these models.

A session has a *pace*.  In ``rounds`` every seat sends one envelope a step and the step closes when all are in or time is up; in ``live``
each order is decided as it comes.  Numbers of events count what the viewer itself was told, so they say nothing about what is hidden.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import FailFast, Field, StringConstraints, TypeAdapter

from rules.events import Event
from rules.orders import Act, OrderId
from rules.visibility import OWN, PUBLIC, Record

PROTOCOL = "unipole.v1"
Pace = Literal["rounds", "live"]
SessionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
StepId = Annotated[str, StringConstraints(pattern=r"^clock:\d{1,6}:\d{1,4}:[a-z]{1,16}:\d{1,4}:\d{1,6}$")]


class Hello(Record):
    """First frame of a client: who it is and what it has seen.  ``since`` counts events already told to this viewer."""

    type: Annotated[Literal["hello"], PUBLIC] = "hello"
    protocol: Annotated[Literal["unipole.v1"], PUBLIC] = "unipole.v1"
    session: Annotated[SessionId, PUBLIC]
    token: Annotated[Token, OWN]
    since: Annotated[Annotated[int, Field(ge=0)], PUBLIC] = 0


class Submit(Record):
    """One order (pace ``live``); the same id with the same content may be sent again at any time.

    With ``step``, a clock id, it is for that step alone, and refused once the step has closed.
    """

    type: Annotated[Literal["submit"], PUBLIC] = "submit"
    id: Annotated[OrderId, OWN]
    act: Annotated[Act, OWN]
    step: Annotated[StepId | None, PUBLIC] = None


class Envelope(Record):
    """All acts of a seat for one step (pace ``rounds``).  ``step`` is its clock id; another envelope replaces it until the step closes."""

    type: Annotated[Literal["envelope"], PUBLIC] = "envelope"
    step: Annotated[StepId, PUBLIC]
    acts: Annotated[Annotated[tuple[Act, ...], Field(max_length=64), FailFast()], OWN]


class Look(Record):
    """Ask for the current view."""

    type: Annotated[Literal["look"], PUBLIC] = "look"


class Welcome(Record):
    """Answer to hello.  ``total`` counts the events told to this viewer so far; those after ``since`` follow."""

    type: Annotated[Literal["welcome"], PUBLIC] = "welcome"
    session: Annotated[SessionId, PUBLIC]
    viewer: Annotated[str, PUBLIC]
    pace: Annotated[Pace, PUBLIC]
    total: Annotated[int, PUBLIC]


class Told(Record):
    """Events, the first of which is number ``first`` (from 1) of this viewer."""

    type: Annotated[Literal["told"], PUBLIC] = "told"
    first: Annotated[int, PUBLIC]
    events: Annotated[tuple[Event, ...], PUBLIC]


class Seen(Record):
    """The state as the viewer may know it after ``total`` events, ``step`` being the clock id of the open step.

    ``due_in_ms``: milliseconds until the step closes by time; None while the clock stands still.  ``view``: see ``rules.wire.views``.
    """

    type: Annotated[Literal["seen"], PUBLIC] = "seen"
    total: Annotated[int, PUBLIC]
    step: Annotated[StepId, PUBLIC]
    due_in_ms: Annotated[int | None, PUBLIC]
    view: Annotated[dict[str, object], PUBLIC]


class Acked(Record):
    """The order is durable."""

    type: Annotated[Literal["acked"], PUBLIC] = "acked"
    id: Annotated[OrderId, PUBLIC]


class Refusal(Record):
    """An order, or a frame (then ``id`` is None), was not accepted."""

    type: Annotated[Literal["refusal"], PUBLIC] = "refusal"
    id: Annotated[OrderId | None, PUBLIC]
    code: Annotated[str, PUBLIC]
    field: Annotated[str, PUBLIC]
    sentence: Annotated[str, PUBLIC]


class Receipt(Record):
    """What became of an envelope, once its step closed and everything is durable."""

    type: Annotated[Literal["receipt"], PUBLIC] = "receipt"
    step: Annotated[StepId, PUBLIC]
    accepted: Annotated[tuple[OrderId, ...], PUBLIC]
    refused: Annotated[tuple[Refusal, ...], PUBLIC]


class Held(Record):
    """An envelope lies ready for the close of its step; it is not durable yet, so keep it until the receipt."""

    type: Annotated[Literal["held"], PUBLIC] = "held"
    step: Annotated[StepId, PUBLIC]


class Nudge(Record):
    """Something beside the game is new for this viewer and can be read over HTTP: a seat's order sheet, or what was said in its rooms.

    ``number``: the version of the sheet, or how much was said.  Nudges get lost: read both after a welcome.
    """

    type: Annotated[Literal["nudge"], PUBLIC] = "nudge"
    about: Annotated[Literal["sheet", "talk"], PUBLIC]
    number: Annotated[int, PUBLIC]


FrameIn = Annotated[Hello | Submit | Envelope | Look, Field(discriminator="type")]
FrameOut = Annotated[Welcome | Told | Seen | Acked | Refusal | Receipt | Held | Nudge, Field(discriminator="type")]
InKinds = Hello | Submit | Envelope | Look
OutKinds = Welcome | Told | Seen | Acked | Refusal | Receipt | Held | Nudge
FRAME_IN: TypeAdapter[InKinds] = TypeAdapter(FrameIn)
FRAME_OUT: TypeAdapter[OutKinds] = TypeAdapter(FrameOut)
