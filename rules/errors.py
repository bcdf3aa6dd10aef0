"""Why an order was not accepted.

A closed list of codes, so that a program can act on them, each refusal with the path of the field at fault and a sentence a student
understands.  A refusal never changes the game.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Every reason for which the engine refuses an order."""

    NOT_RUNNING = "game/not-running"
    WRONG_PHASE = "phase/not-now"
    STALE_CLOCK = "clock/stale"
    NOT_YOURS = "seat/not-yours"
    SEAT_DONE = "seat/already-done"
    UNKNOWN_COUNTRY = "country/unknown"
    UNKNOWN_OFFER = "offer/unknown"
    OFFER_INVALID = "offer/invalid"
    OFFER_DECIDED = "offer/already-decided"
    UNKNOWN_COMMITMENT = "commitment/unknown"
    UNKNOWN_DRAFT = "draft/unknown"
    DRAFT_INVALID = "draft/invalid"
    NOT_MEMBER = "council/not-a-member"
    UNKNOWN_OPERATION = "operation/unknown"
    OPERATION_INVALID = "operation/invalid"
    STATEMENT_INVALID = "statement/invalid"
    INFLUENCE_INVALID = "influence/invalid"
    DIALOGUE_INVALID = "dialogue/invalid"
    BUDGET_INVALID = "budget/invalid"
    SANCTION_INVALID = "sanction/invalid"
    BASE_INVALID = "base/invalid"
    UNKNOWN_STEP = "step/unknown"
    OVERRIDE_INVALID = "override/invalid"
    INJECT_INVALID = "inject/invalid"
    TOO_MANY = "limit/too-many"


class Refused(Exception):
    """The engine's no: ``code`` (closed list), ``field`` (path in the order) and ``sentence``."""

    def __init__(self, code: Code, field: str, sentence: str) -> None:
        super().__init__(f"{code.value} [{field}]: {sentence}")
        self.code = code
        self.field = field
        self.sentence = sentence
