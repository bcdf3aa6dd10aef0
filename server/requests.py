"""What can be asked of a running session: the closed vocabulary between sockets, control room and session.

A request carries the way back: ``answer`` is called once, without waiting, with the frame that answers it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from rules.frames import Envelope, OutKinds
from rules.orders import Order

Answer = Callable[[OutKinds], None]


@dataclass(slots=True, eq=False)
class Ordered:
    """An order, live or of control.  ``echo`` is the id under which its author knows it."""

    order: Order
    echo: str
    answer: Answer
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
    def name(self) -> None:
        """Envelopes are known by their step, so no id."""
        return

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
