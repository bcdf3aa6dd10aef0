"""What can go wrong for a program that holds a seat.  A refused order is an answer, a lost seat the end."""

from __future__ import annotations

from rules.wire.frames import Refusal


class OrderRefused(Exception):
    """The server's no to an order or an envelope: ``code`` (closed list), ``field`` (path), ``sentence``."""

    def __init__(self, code: str, field: str, sentence: str) -> None:
        super().__init__(f"{code} [{field}]: {sentence}")
        self.code = code
        self.field = field
        self.sentence = sentence

    @classmethod
    def of(cls, refusal: Refusal) -> OrderRefused:
        """The exception for a refusal frame."""
        return cls(refusal.code, refusal.field, refusal.sentence)


class SeatLost(ConnectionError):
    """The seat cannot be held any longer: refused at the door, unreachable for too long, or closed here.

    Orders without an answer may or may not be in the log; the same ids sent again settle it.
    """


class TooMuchWaiting(Exception):
    """More orders or envelopes wait for an answer than the client keeps."""


class Overrun(Exception):
    """A reader of events fell so far behind that the next ones are no longer kept."""


class LobbyRefused(Exception):
    """The lobby's no: HTTP ``status``, ``code``, ``field``, ``sentence``."""

    def __init__(self, status: int, code: str, field: str, sentence: str) -> None:
        super().__init__(f"{status} {code} [{field}]: {sentence}")
        self.status = status
        self.code = code
        self.field = field
        self.sentence = sentence
