"""What can be asked of a running session: the closed vocabulary between sockets, control room and session.

A request carries the way back: ``answer`` is called once, without waiting, with the frame that answers it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from rules.orders import CONTROL, Order
from rules.view import UMPIRE_VIEWER
from rules.wire.frames import Envelope, OutKinds, Pace, Refusal, Submit
from server.reasons import Reason, refusal
from server.sessions.roles import may

Answer = Callable[[OutKinds], None]
CLIENT_ID_CHARS_MAX = 72
"""The log knows an order by its author and the client's id together, in 80 characters."""


@dataclass(slots=True, eq=False)
class Ordered:
    """An order, live or of control.  ``echo``: the id its author knows it by; ``step``: the clock id of the only step it is for."""

    order: Order
    echo: str
    answer: Answer
    step: str | None = None
    answered: bool = False

    @property
    def name(self) -> str | None:
        """The id that an answer refers to."""
        return self.echo

    def reply(self, frame: OutKinds) -> None:
        """Answer, unless that was done."""
        if not self.answered:
            self.answered = True
            self.answer(frame)


@dataclass(slots=True, eq=False)
class Enclosed:
    """A seat's envelope for one step."""

    country: str
    envelope: Envelope
    answer: Answer
    answered: bool = False

    @property
    def name(self) -> str | None:
        """What an answer refers to: envelopes are known by their step."""
        return self.envelope.step

    def reply(self, frame: OutKinds) -> None:
        """Answer, unless that was done."""
        if not self.answered:
            self.answered = True
            self.answer(frame)


@dataclass(slots=True, eq=False)
class Tick:
    """A look at the clock and at the log, which is said to be at ``version``."""

    version: int
    done: asyncio.Event = field(default_factory=asyncio.Event)


Request = Ordered | Enclosed | Tick


def asked(
    frame: Submit | Envelope, viewer: str, pace: Pace, answer: Answer, critical: Collection[str] = ()
) -> Ordered | Enclosed | Refusal:
    """What a seated client's frame asks of its session, or why it cannot ask that.

    The log knows an order by the author's name and the client's id, so no client can take an id of another
    seat or of the clock.
    """
    if viewer != UMPIRE_VIEWER and not may(viewer, "play"):
        return refusal(Reason.NOT_A_SEAT, order_id=_id(frame))
    if isinstance(frame, Envelope):
        if viewer == UMPIRE_VIEWER:
            return refusal(Reason.NOT_A_SEAT, order_id=frame.step)
        if pace == "live":
            sentence = "This session is live: send each act by a submit frame."
            return refusal(Reason.PACE, "type", sentence, order_id=frame.step)
        return Enclosed(viewer, frame, answer)
    if viewer != UMPIRE_VIEWER and pace == "rounds":
        sentence = "This session runs in rounds: send all acts of a step in one envelope."
        return refusal(Reason.PACE, "type", sentence, order_id=frame.id)
    if len(frame.id) > CLIENT_ID_CHARS_MAX:
        sentence = f"Choose ids of at most {CLIENT_ID_CHARS_MAX} characters."
        return refusal(Reason.ID_LONG, "id", sentence, order_id=frame.id)
    if critical and frame.act.kind == "start":
        return refusal(Reason.UNFILLED, "act", "This session has critical posts: start it over HTTP.", order_id=frame.id)
    author = CONTROL if viewer == UMPIRE_VIEWER else viewer
    return Ordered(Order.believed(id=f"{author}:{frame.id}", author=author, act=frame.act), frame.id, answer, frame.step)


def _id(frame: Submit | Envelope) -> str:
    return frame.id if isinstance(frame, Submit) else frame.step
