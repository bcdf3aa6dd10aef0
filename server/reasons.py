"""Why the server says no: codes of its own refusals, and codes with which it closes a socket.

The engine's reasons are in ``rules.errors``, those for bytes that are no frame in ``rules.wire.codec``.  All three
lists are closed; a client may act on any of them.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from rules.orders import OrderId
from rules.wire.frames import Refusal


class Reason(StrEnum):
    """Every reason for which the server itself, and not the engine, refuses."""

    TOKEN = "token/refused"  # noqa: S105 - the name of a reason, no secret
    ROLE = "role/cannot"
    NOT_A_SEAT = "seat/cannot-act"
    TAKEN = "seat/taken"
    UNKNOWN_SEAT = "seat/unknown"
    PACE = "session/pace"
    PARKED = "session/parked"
    UNKNOWN_SESSION = "session/unknown"
    UNKNOWN_SCENARIO = "scenario/unknown"
    BAD_PARAMETER = "parameter/invalid"
    ID_REUSED = "order/id-reused"
    ID_LONG = "order/id-too-long"
    STEP = "step/not-open"
    LEFT_OUT = "step/left-out"
    ENVELOPE_LONG = "envelope/too-long"
    UNFILLED = "start/unfilled"
    AHEAD = "resume/ahead"
    SHEET = "sheet/changed"
    TALK_OFF = "talk/off"
    ORIGIN = "origin/refused"
    TOO_FAST = "limit/too-fast"
    TOO_MANY = "limit/too-many"
    TOO_LONG = "limit/too-long"
    BUSY = "server/busy"
    FAILED = "server/failed"
    LOG = "log/unavailable"
    BAD_REQUEST = "request/invalid"
    NOT_FOUND = "request/unknown"


class CloseCode(IntEnum):
    """Every code with which the server closes a socket (RFC 6455, section 7.4)."""

    GOING_AWAY = 1001  # the server stops: connect again
    UNSUPPORTED = 1003  # text where binary is spoken, or the reverse
    BAD_TEXT = 1007  # not one msgpack or JSON value
    POLICY = 1008  # no valid token, too many sockets or bad frames: do not come back the same way
    TOO_BIG = 1009  # a frame beyond the limits
    INTERNAL = 1011  # our fault: connect again
    TRY_LATER = 1013  # this client reads too slowly: connect again with ``since``


SENTENCES: dict[Reason, str] = {
    Reason.TOKEN: "This token does not open this session.",
    Reason.ROLE: "Your role does not include this. The director hands out roles.",
    Reason.NOT_A_SEAT: "This token watches; it cannot act.",
    Reason.TAKEN: "This seat is taken. The instructor can give out a new token for it.",
    Reason.UNKNOWN_SEAT: "There is no such seat in this scenario.",
    Reason.PARKED: "This session is stopped after repeated failures; the instructor has been told why.",
    Reason.UNKNOWN_SESSION: "There is no such session.",
    Reason.UNKNOWN_SCENARIO: "There is no such scenario; GET /api/scenarios lists them.",
    Reason.ID_REUSED: "This id was used for another order. Choose a new one.",
    Reason.STEP: "This step is not open.",
    Reason.LEFT_OUT: "The step closed without this act: it was refused, came late, or was replaced.",
    Reason.AHEAD: "This session has told you fewer events than you say. Start again with since = 0.",
    Reason.TALK_OFF: "In this session seats do not talk in rooms.",
    Reason.SHEET: "Another device of this seat has changed the sheet. Read it anew; nothing was overwritten.",
    Reason.ORIGIN: "Pages from this origin may not use this server.",
    Reason.TOO_FAST: "Too many requests from this address; wait a moment.",
    Reason.BUSY: "Too much is waiting in this session. Send the same again in a moment.",
    Reason.FAILED: "The server failed over this and has noted it. The game is as it was.",
    Reason.LOG: "It is not known whether this was kept. Send the same again, with the same id.",
    Reason.NOT_FOUND: "There is nothing at this address.",
}


def refusal(reason: Reason, field: str = "", sentence: str = "", order_id: OrderId | None = None) -> Refusal:
    """The frame for a reason; ``sentence`` replaces the usual one."""
    return Refusal(id=order_id, code=reason.value, field=field, sentence=sentence or SENTENCES[reason])
