"""The conversation of one seat with its server, over any number of connections, without I/O.

Input are three kinds of call: the wishes of the program (``submit``, ``file``, ``look``), the life of the
connection (``connected``, ``disconnected``) and the frames that arrive (``received``).  Output are two plain
lists, ``outgoing()`` for the socket and ``notices()`` for the program; whoever owns the socket empties both
after every call.

| state | how it is left |
|---|---|
| away | ``connected``: hello goes out with the number of the last event |
| greeting | welcome: all that has no answer goes out again, with the same ids; a refusal is final |
| seated | ``disconnected``, or a gap, which severs the connection so that the next one fills it |
| over | never |

What is promised to the program: events are numbered without gaps and come once; a view never runs ahead of
its events and never goes back; each order and each envelope is answered once.  An answer that says "not now"
is none: what it refuses goes out again after a pause.  Nothing is promised about time.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from client.sdk.errors import TooMuchWaiting
from client.sdk.notices import Answered, Complained, Entered, Filed, News, Notice, Nudged, Pressed, Returned, Severed, Sight
from rules.orders import Act
from rules.state import View
from rules.wire import frames as f
from rules.wire.views import STATIC, BadView, unpack_view

ORDERS_WAITING_MAX: Final = 1024
ENVELOPES_WAITING_MAX: Final = 16
IN_FLIGHT_MAX: Final = 16
"""Orders sent and not answered on one connection: below the burst that a server grants a seat."""
NOT_NOW: Final = frozenset(("limit/too-fast", "server/busy", "log/unavailable"))
"""Codes that ask for the same again, with the same id, in a moment."""
NOT_YET: Final = NOT_NOW | {"limit/too-many", "server/failed"}
"""Codes with which a hello is turned away for now; any other refusal of a hello is final."""


class State(Enum):
    """Where a conversation stands."""

    AWAY = "away"
    GREETING = "greeting"
    SEATED = "seated"
    OVER = "over"


def place(step: str) -> str:
    """A step without the revision of its deadline, which pauses and extensions change."""
    return step.rpartition(":")[0]


class Conversation:
    """One seat's side of the protocol.  ``since`` counts the events that the program knows already."""

    def __init__(self, session: str, token: str, since: int = 0) -> None:
        self.state = State.AWAY
        self.known = since
        """Number of the last event told to the program."""
        self.viewer: str | None = None
        self._hello = f.Hello(session=session, token=token)
        self._orders: dict[str, f.Submit] = {}
        self._envelopes: dict[str, f.Envelope] = {}
        self._sent: set[str] = set()
        self._resting: set[str] = set()
        self._unheld: list[str] = []
        self._resting_places: set[str] = set()
        self._ahead: Sight | None = None
        self._sight: Sight | None = None
        self._static: View | None = None
        self._looking = False
        self._outgoing: list[f.InKinds] = []
        self._notices: list[Notice] = []

    # ---- output ----------------------------------------------------------------------------------

    def outgoing(self) -> list[f.InKinds]:
        """Frames to send now, in order; they are handed out once."""
        frames, self._outgoing = self._outgoing, []
        return frames

    def notices(self) -> list[Notice]:
        """What the program should know now, in order; each is handed out once."""
        notices, self._notices = self._notices, []
        return notices

    # ---- wishes of the program -------------------------------------------------------------------

    def submit(self, order_id: str, act: Act, step: str | None = None) -> None:
        """Send an order until it is answered, for one step alone if its clock id is given.  An id with other content is the caller's fault.

        Raises:
            TooMuchWaiting: too many orders have no answer yet.
            ValueError: the id or the act is none (pydantic's), or the id waits with another act.
        """
        frame = f.Submit(id=order_id, act=act, step=step)
        if self._orders.get(order_id, frame) != frame:
            raise ValueError(f"order {order_id} waits already, with another act")
        if len(self._orders) >= ORDERS_WAITING_MAX:
            raise TooMuchWaiting(f"{len(self._orders)} orders have no answer yet")
        self._orders[order_id] = frame
        self._fill()

    def file(self, step: str, acts: Sequence[Act]) -> None:
        """Send an envelope for a step, in place of an earlier one, until its receipt comes.

        Raises:
            TooMuchWaiting: too many envelopes have no receipt yet.
            ValueError: the step or the acts are none (pydantic's).
        """
        frame = f.Envelope(step=step, acts=tuple(acts))
        if place(step) not in self._envelopes and len(self._envelopes) >= ENVELOPES_WAITING_MAX:
            raise TooMuchWaiting(f"{len(self._envelopes)} envelopes have no receipt yet")
        self._envelopes[place(step)] = frame
        if self.state is State.SEATED:
            self._lay(frame)

    def look(self) -> None:
        """Ask for a view, on this connection and every next one until a view comes."""
        self._looking = True
        if self.state is State.SEATED:
            self._outgoing.append(f.Look())

    def again(self) -> None:
        """Send what the server did not want just now, after the pause it asked for."""
        self._resting = set()
        places, self._resting_places = self._resting_places, set()
        if self.state is State.SEATED:
            self._fill()
            for where in places & self._envelopes.keys():
                self._lay(self._envelopes[where])

    # ---- life of the connection ------------------------------------------------------------------

    def connected(self) -> None:
        """A connection is open and empty."""
        if self.state is not State.OVER:
            self.state = State.GREETING
            self._outgoing = [self._hello.model_copy(update={"since": self.known})]
            self._sent, self._unheld, self._ahead = set(), [], None
            self._resting, self._resting_places = set(), set()

    def disconnected(self) -> None:
        """The connection is gone, with all that was not answered on it."""
        if self.state is not State.OVER:
            self.state = State.AWAY
            self._outgoing = []

    def received(self, frame: f.OutKinds) -> None:
        """A frame arrived on the present connection."""
        if self.state is State.GREETING:
            self._greeted(frame)
        elif self.state is State.SEATED:
            self._seated(frame)

    def _greeted(self, frame: f.OutKinds) -> None:
        if isinstance(frame, f.Refusal):
            self._sever(f"{frame.code}: {frame.sentence}", final=frame.code not in NOT_YET)
        elif not isinstance(frame, f.Welcome):
            self._sever(f"{frame.type} before welcome", final=True)
        elif frame.session != self._hello.session or self.viewer not in (None, frame.viewer):
            self._sever("the server took us for somebody else", final=True)
        elif frame.total < self.known:
            self._sever(f"the server knows {frame.total} events, we know {self.known}", final=True)
        else:
            self.state, self.viewer = State.SEATED, frame.viewer
            self._notices.append(Entered(frame))
            self._resume()

    def _resume(self) -> None:
        self._fill()
        for envelope in self._envelopes.values():
            self._lay(envelope)
        if self._looking:
            self._outgoing.append(f.Look())

    def _seated(self, frame: f.OutKinds) -> None:
        match frame:
            case f.Told():
                self._told(frame)
            case f.Seen():
                self._seen(frame)
            case f.Acked():
                self._answer(frame.id, None)
            case f.Receipt():
                self._filed(frame)
            case f.Held():
                self._held(place(frame.step))
            case f.Refusal():
                self._refused(frame)
            case f.Nudge():
                self._notices.append(Nudged(frame.about, frame.number))
            case f.Welcome():
                self._sever("welcome twice", final=True)

    # ---- events and views ------------------------------------------------------------------------

    def _told(self, frame: f.Told) -> None:
        if frame.first > self.known + 1:
            self._sever(f"events {self.known + 1} to {frame.first - 1} are missing", final=False)
            return
        for event in frame.events[self.known + 1 - frame.first :]:
            self.known += 1
            self._notices.append(News(self.known, event))
        if self._ahead is not None and self._ahead.total <= self.known:
            sight, self._ahead = self._ahead, None
            self._show(sight)

    def _seen(self, frame: f.Seen) -> None:
        if self._static is None and not any(name in frame.view for name in STATIC):
            self.look()
            return
        try:
            view = unpack_view(frame.view, self._static)
        except BadView as error:
            self._sever(f"unreadable view: {error}", final=True)
            return
        self._static, self._looking = view, False
        sight = Sight(frame.total, frame.step, frame.due_in_ms, view)
        if sight.total > self.known:
            self._ahead = sight
        else:
            self._show(sight)

    def _show(self, sight: Sight) -> None:
        if self._sight is not None and sight.total < self._sight.total:
            return
        self._sight = sight
        self._notices.append(sight)
        waiting = self._envelopes.get(place(sight.step))
        if waiting is not None and waiting.step != sight.step:  # the deadline moved: same acts, new revision
            self.file(sight.step, waiting.acts)

    # ---- answers ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self.state is not State.SEATED:
            return
        room = IN_FLIGHT_MAX - len(self._sent)
        waiting = [name for name in self._orders if name not in self._sent and name not in self._resting]
        for order_id in waiting[: max(room, 0)]:
            self._sent.add(order_id)
            self._outgoing.append(self._orders[order_id])

    def _lay(self, envelope: f.Envelope) -> None:
        self._unheld.append(place(envelope.step))
        self._outgoing.append(envelope)

    def _held(self, where: str) -> None:
        if where in self._unheld:
            self._unheld.remove(where)

    def _answer(self, order_id: str, refusal: f.Refusal | None) -> None:
        if self._orders.pop(order_id, None) is not None:
            self._sent.discard(order_id)
            self._notices.append(Answered(order_id, refusal))
            self._fill()

    def _filed(self, receipt: f.Receipt) -> None:
        where = place(receipt.step)
        self._held(where)
        if self._envelopes.pop(where, None) is not None:
            self._notices.append(Filed(where, receipt))

    def _refused(self, frame: f.Refusal) -> None:
        where = self._returned(frame)
        if frame.id in self._orders and frame.code in NOT_NOW:
            self._sent.discard(frame.id)
            self._rest(self._resting, frame.id)
        elif frame.id in self._orders:
            self._answer(frame.id, frame)
        elif where is None:
            self._notices.append(Complained(frame))
        elif frame.code in NOT_NOW:
            self._held(where)
            self._rest(self._resting_places, where)
        else:
            self._held(where)
            del self._envelopes[where]
            self._notices.append(Returned(where, frame))

    def _rest(self, resting: set[str], what: str) -> None:
        resting.add(what)
        self._notices.append(Pressed())

    def _returned(self, frame: f.Refusal) -> str | None:
        """The envelope that a refusal means: the one it names, or the oldest that was not even held."""
        if frame.id is not None:
            return place(frame.id) if place(frame.id) in self._envelopes else None
        if frame.code.startswith("frame/"):  # bytes that were no frame cannot have been an envelope
            return None
        return next((where for where in self._unheld if where in self._envelopes), None)

    def _sever(self, reason: str, *, final: bool) -> None:
        self.state = State.OVER if final else State.AWAY
        self._outgoing = []
        self._notices.append(Severed(reason, final))
