"""One socket as a state machine without I/O: messages in; requests, frames to send and a close code out.

    awaiting-hello --hello--> checking --seat()--> seated
          |                      |                   |
          +---- anything else ---+--- turn_away() ---+---> closed

``receive`` takes one message.  Then the shell acts on ``requests`` and sends ``frames`` (both are emptied by
whoever takes them), waits ``rest_s`` seconds before it reads on, and closes the socket once ``closing`` is
set.  A flood is answered by reading slower, not by refusing: the sender's own buffers fill up, nothing is
lost, and an honest client with much to say is only delayed.

Messages that are no frame: wrong kind 1003, not one value 1007, beyond a limit 1009.  A well-spelt message
that is no frame of the protocol is refused with the path of the fault, and the socket stays open, since
programs that play make such mistakes; too many in a row close it (1008).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rules.wire.codec import BadFrame, FrameCode, decode
from rules.wire.frames import Envelope, Hello, InKinds, Look, Refusal, Submit
from server.reasons import CloseCode, Reason, refusal
from server.settings import Limits
from server.web.rates import Bucket


class State(StrEnum):
    """Where a socket stands."""

    AWAITING_HELLO = "awaiting-hello"
    CHECKING = "checking"
    SEATED = "seated"
    CLOSED = "closed"


KINDS: dict[State, tuple[type[InKinds], ...]] = {
    State.AWAITING_HELLO: (Hello,),
    State.CHECKING: (),
    State.SEATED: (Submit, Envelope, Look),
    State.CLOSED: (),
}
"""The frames that each state takes."""

CLOSE_CODES: dict[FrameCode, CloseCode] = {
    FrameCode.KIND: CloseCode.UNSUPPORTED,
    FrameCode.LONG: CloseCode.TOO_BIG,
    FrameCode.SYNTAX: CloseCode.BAD_TEXT,
    FrameCode.LIMIT: CloseCode.TOO_BIG,
    FrameCode.INVALID: CloseCode.POLICY,
}
"""With what a message that is no frame closes the socket, if it does."""

FOR_NOW = frozenset((Reason.LOG, Reason.BUSY, Reason.FAILED))
"""Reasons to turn a hello away that may be gone in a moment."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Why a socket is closed; the reason is at most 123 bytes."""

    code: CloseCode
    reason: str


@dataclass(slots=True)
class Connection:
    """The machine.  ``now_s`` is always a monotonic clock's."""

    subprotocol: str
    limits: Limits
    state: State = State.AWAITING_HELLO
    requests: list[InKinds] = field(default_factory=list)
    frames: list[Refusal] = field(default_factory=list)
    closing: Closing | None = None
    rest_s: float = 0.0
    _bucket: Bucket | None = None
    _bad_in_a_row: int = 0

    def receive(self, data: bytes | str, now_s: float) -> None:
        """Take one message.  After the close nothing is taken any more."""
        if self.state is State.CLOSED:
            return
        self.rest_s = self._bucket.borrow(now_s) if self._bucket is not None else 0.0
        try:
            frame = self._decoded(data)
        except BadFrame as error:
            self._bad(error)
            return
        self._bad_in_a_row = 0
        if not isinstance(frame, KINDS[self.state]):
            self.close(CloseCode.POLICY, f"{frame.type} is not expected now ({self.state.value})")
            return
        if self.state is State.AWAITING_HELLO:
            self.state = State.CHECKING
        self.requests.append(frame)

    def seat(self, bucket: Bucket) -> None:
        """The hello was accepted; ``bucket`` is shared by all sockets of the seat."""
        if self.state is State.CHECKING:
            self.state = State.SEATED
            self._bucket = bucket

    def turn_away(self, reason: Reason) -> None:
        """The hello was not accepted: say why and close."""
        if self.state is State.CHECKING:
            said = refusal(reason)
            self.frames.append(said)
            self.close(CloseCode.TRY_LATER if reason in FOR_NOW else CloseCode.POLICY, said.code)

    def close(self, code: CloseCode, reason: str) -> None:
        """Close, once: the first reason stands."""
        if self.state is not State.CLOSED:
            self.state = State.CLOSED
            self.closing = Closing(code, reason[:120])

    def _decoded(self, data: bytes | str) -> InKinds:
        if len(data) > self.limits.frame_in_bytes_max:
            raise BadFrame(FrameCode.LONG, "The frame is longer than this server takes.")
        return decode(data, self.subprotocol)

    def _bad(self, error: BadFrame) -> None:
        said = Refusal(id=None, code=error.code.value, field=error.field, sentence=error.sentence)
        self.frames.append(said)
        self._bad_in_a_row += 1
        stays = error.code is FrameCode.INVALID and self.state is State.SEATED
        if not stays or self._bad_in_a_row > self.limits.bad_frames_max:
            self.close(CLOSE_CODES[error.code], error.code.value)
