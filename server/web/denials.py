"""Refusals over HTTP: a reason with a status and the field at fault."""

from __future__ import annotations

from server.reasons import SENTENCES, Reason
from server.web.forms import Denial

STATUS: dict[Reason, int] = {
    Reason.TOKEN: 401,
    Reason.ROLE: 403,
    Reason.NOT_A_SEAT: 403,
    Reason.TAKEN: 409,
    Reason.UNKNOWN_SEAT: 404,
    Reason.PACE: 409,
    Reason.PARKED: 409,
    Reason.UNKNOWN_SESSION: 404,
    Reason.UNKNOWN_SCENARIO: 404,
    Reason.BAD_PARAMETER: 422,
    Reason.ID_REUSED: 409,
    Reason.ID_LONG: 422,
    Reason.STEP: 409,
    Reason.LEFT_OUT: 409,
    Reason.ENVELOPE_LONG: 422,
    Reason.UNFILLED: 409,
    Reason.AHEAD: 409,
    Reason.SHEET: 409,
    Reason.TALK_OFF: 409,
    Reason.ORIGIN: 403,
    Reason.TOO_FAST: 429,
    Reason.TOO_MANY: 429,
    Reason.TOO_LONG: 413,
    Reason.BUSY: 503,
    Reason.FAILED: 500,
    Reason.LOG: 503,
    Reason.BAD_REQUEST: 400,
    Reason.NOT_FOUND: 404,
}
REFUSED_BY_THE_RULES = 409


class Denied(Exception):
    """A request is refused; ``status`` is the HTTP status."""

    def __init__(self, reason: Reason, field: str = "", sentence: str = "") -> None:
        self.status = STATUS[reason]
        self.body = Denial(code=reason.value, field=field, sentence=sentence or SENTENCES[reason])
        super().__init__(self.body.sentence)


class DeniedByTheRules(Denied):
    """The engine refused an order of control."""

    def __init__(self, body: Denial) -> None:
        super().__init__(Reason.FAILED, body.field, body.sentence)
        self.status, self.body = STATUS_OF_CODE.get(body.code, REFUSED_BY_THE_RULES), body


STATUS_OF_CODE = {reason.value: status for reason, status in STATUS.items()}
