"""A seat held over the network: what a program, a bot or a screen does with it.

``connect`` opens a line and keeps it; whoever awaits an answer meanwhile notices nothing of lost connections but
the time.  A program asks with ``submit`` (pace ``live``) or ``envelope`` (pace ``rounds``), and follows the game
by ``events`` or ``sights``, any number of readers each.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import quote

from client.sdk import notices as n
from client.sdk.answers import Answers, Bell
from client.sdk.backoff import Backoff
from client.sdk.chronicle import Chronicle
from client.sdk.conversation import Conversation, place
from client.sdk.errors import SeatLost
from client.sdk.line import Address, Cut, Line
from rules.events import EventKinds
from rules.orders import Act
from rules.state import View
from rules.wire.codec import MSGPACK, Subprotocol, encode
from rules.wire.frames import Envelope, Receipt, Refusal, Submit, Welcome


class Seat:
    """A seat, or a public viewer, of one session.  Made by ``connect``."""

    def __init__(self, address: Address, conversation: Conversation) -> None:
        self._subprotocol = address.subprotocol
        self._talk = conversation
        self._line = Line(address, conversation, self._noted)
        self._bell = Bell()
        self._chronicle = Chronicle(conversation.known, self._bell)
        self._acks: Answers[None] = Answers()
        self._receipts: Answers[Receipt] = Answers()
        self._welcome: Welcome | None = None
        self._sight: n.Sight | None = None
        self._lost: str | None = None
        self._nudged: dict[str, int] = {}
        self._prefix, self._number = secrets.token_hex(8), 0
        self.complaint: Refusal | None = None
        """The last refusal that belonged to no order: a fault of this program or of the server."""

    # ---- what is known ---------------------------------------------------------------------------

    @property
    def welcome(self) -> Welcome:
        """The server's last welcome: viewer, pace, number of events."""
        assert self._welcome is not None, "a seat is handed out after its welcome"
        return self._welcome

    @property
    def viewer(self) -> str:
        """The country of this seat, or ``"public"``."""
        return self.welcome.viewer

    @property
    def known(self) -> int:
        """How many events were told so far: the ``since`` of a later ``connect``."""
        return self._talk.known

    @property
    def connections(self) -> int:
        """How many times the server welcomed this seat."""
        return self._line.connections

    def events(self, after: int | None = None) -> AsyncIterator[tuple[int, EventKinds]]:
        """(number, event) of every event after number ``after`` (None: of all since ``connect``), as told.

        Any number of readers, each at its own speed.  The events end when the seat is lost or left.

        Raises:
            Overrun: a reader fell behind by more than ``chronicle.EVENTS_KEPT_MAX`` events.
        """
        return self._chronicle.read(after)

    async def view(self, *, fresh: bool = False) -> View:
        """The last view received, or with ``fresh`` the answer to a new question.

        Raises:
            SeatLost: the seat is lost before a view arrives.
        """
        return (await self.sight(fresh=fresh)).view

    async def sight(self, *, fresh: bool = False) -> n.Sight:
        """The last view with its step and deadline; see ``view``."""
        if self._sight is not None and not fresh:
            return self._sight
        if fresh:  # the first view comes by itself, after the welcome
            self._still_held()
            self._talk.look()
            self._line.wake()
        return await self._later(self._sight)

    async def sights(self) -> AsyncIterator[n.Sight]:
        """The present view and every newer one; those that a slow reader missed are left out.

        Raises:
            SeatLost: the seat is lost.
        """
        sight = await self.sight()
        while True:
            yield sight
            sight = await self._later(sight)

    async def _later(self, sight: n.Sight | None) -> n.Sight:
        await self._bell.heard(lambda: self._lost is not None or self._sight is not sight)
        if self._sight is None or self._sight is sight:
            raise SeatLost(self._lost)
        return self._sight

    async def nudged(self, about: Literal["sheet", "talk"], above: int = 0) -> int:
        """Wait until the server says that the seat's order sheet, or its talk, is beyond number ``above``; the number.

        Nudges get lost with a connection: read both over HTTP (``Lobby.sheet``, ``Lobby.talk``) after each welcome.

        Raises:
            SeatLost: the seat is lost.
        """
        await self._bell.heard(lambda: self._lost is not None or self._nudged.get(about, 0) > above)
        self._still_held()
        return self._nudged[about]

    # ---- what is asked ---------------------------------------------------------------------------

    async def submit(self, act: Act, order_id: str | None = None, step: str | None = None) -> str:
        """Give one order (pace ``live``) and return its id when it is durable.

        With ``step``, a clock id, it is for that step alone, and refused (``step/not-open``) when it comes after the step has closed.
        Cancelled or lost, the outcome is unknown; the same act with the same ``order_id`` settles it.

        Raises:
            OrderRefused: the server's no, with code, field and sentence.
            SeatLost: the seat is lost before the answer.
            TooMuchWaiting: too many orders wait for an answer.
            ValueError: the act cannot be sent (a ``BadFrame`` if it is too long).
        """
        self._still_held()
        name = order_id or self._fresh_id()
        encode(Submit(id=name, act=act, step=step), self._subprotocol)
        self._talk.submit(name, act, step)
        self._line.wake()
        await self._acks.to(name)
        return name

    async def envelope(self, acts: Sequence[Act], step: str | None = None) -> Receipt:
        """Hand in all acts for a step (None: the open one) and return the receipt when the step has closed.

        Another envelope for the same step replaces this one; both then get the same receipt.

        Raises:
            OrderRefused: the envelope was refused as a whole; single refused acts stand in the receipt.
            SeatLost: the seat is lost before the receipt.
            TooMuchWaiting: too many envelopes wait for a receipt.
            ValueError: the acts cannot be sent (a ``BadFrame`` if they are too long together).
        """
        named = step or (await self.sight()).step
        self._still_held()
        encode(Envelope(step=named, acts=tuple(acts)), self._subprotocol)
        self._talk.file(named, acts)
        self._line.wake()
        return await self._receipts.to(place(named))

    def _fresh_id(self) -> str:
        self._number += 1
        return f"{self._prefix}:{self._number}"

    def _still_held(self) -> None:
        if self._lost is not None:
            raise SeatLost(self._lost)

    # ---- the line --------------------------------------------------------------------------------

    async def hold(self) -> None:
        """Keep the line until cancelled or lost; ``connect`` does this in a task of its own."""
        reason = "the seat was left"
        try:
            await self._line.hold()
        except Cut as cut:
            reason = str(cut)
        finally:
            self._lost, self._chronicle.closed = reason, True
            self._acks.lose(reason)
            self._receipts.lose(reason)
            self._bell.ring()

    async def entered(self) -> None:
        """Wait for the first welcome.

        Raises:
            SeatLost: the server does not want us, or cannot be reached.
        """
        await self._bell.heard(lambda: self._lost is not None or self._welcome is not None)
        self._still_held()

    def _noted(self, notices: list[n.Notice]) -> None:
        for notice in notices:
            match notice:
                case n.Entered():
                    self._welcome = notice.welcome
                case n.News():
                    self._chronicle.add(notice.number, notice.event)
                case n.Sight():
                    self._sight = notice
                case n.Answered():
                    self._answered(notice)
                case n.Filed():
                    self._receipts.give(notice.place, notice.receipt)
                case n.Returned():
                    self._receipts.refuse(notice.place, notice.refusal)
                case n.Complained():
                    self.complaint = notice.refusal
                case n.Nudged():
                    self._nudged[notice.about] = notice.number
                case n.Pressed() | n.Severed():
                    pass  # for the line alone
        self._bell.ring()

    def _answered(self, notice: n.Answered) -> None:
        if notice.refusal is None:
            self._acks.give(notice.id, None)
        else:
            self._acks.refuse(notice.id, notice.refusal)


@asynccontextmanager
async def connect(
    url: str,
    session: str,
    token: str,
    *,
    since: int = 0,
    subprotocol: Subprotocol = MSGPACK,
    backoff: Backoff | None = None,
) -> AsyncIterator[Seat]:
    """Hold the seat (or public view) that ``token`` opens, for the length of the block.

    ``url`` is the server's ``ws://`` or ``wss://`` address, ``since`` the number of events known already.

    Raises:
        SeatLost: the server does not want us, or cannot be reached for ``backoff.patience_s``.
    """
    seat = Seat(Address(_about(url, session), subprotocol, backoff or Backoff()), Conversation(session, token, since))
    task = asyncio.create_task(seat.hold())
    try:
        await seat.entered()
        yield seat
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()  # a fault of our own is not kept quiet


def _about(url: str, session: str) -> str:
    """The address with the session in it, by which processes and proxies may steer; what counts is the hello."""
    return f"{url}{'&' if '?' in url else '?'}session={quote(session, safe='')}"
