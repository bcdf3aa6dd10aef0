"""What was settled when a session was made, kept on the shelf beside its log."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, ValidationError

from rules.wire.frames import Pace
from server.log.shelf import Shelf
from server.sessions.courtesy import Courtesy, Missing
from server.sessions.recovery import CannotContinue, UnknownSession
from server.sessions.talk import Hearing, TalkPolicy

FIELD = "plan"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a running session needs of it."""

    session_id: str
    pace: Pace
    skip_reading: bool
    bots: bool = False  # in live play, act for seats that nobody holds
    away_seconds: int | None = None  # in live play, an early end waits so long for a seat that nobody is at; None: for ever
    hearing: Hearing = field(default_factory=Hearing)
    courtesy: Courtesy = field(default_factory=Courtesy)
    critical: tuple[str, ...] = ()  # seats and posts without which it does not begin, unless control says why


class StoredPlan(BaseModel):
    """The plan as it lies on the shelf."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    scenario: str
    pace: Pace
    skip_reading: bool
    open_seats: bool
    created_ms: int
    bots: bool = False  # plans of older sessions do not say
    talk: TalkPolicy = "open"
    overheard: bool = False
    missing: Missing = "ignore"
    quiet_seconds: int = 0
    quiet_more_seconds: int = 60
    away_seconds: int | None = None
    critical: tuple[str, ...] = ()  # holders that have to be there before the start
    frozen: str = ""
    public_token: str = ""  # in clear: it opens what everybody may know, for any screen that knows the session


async def keep_plan(shelf: Shelf, session_id: str, plan: StoredPlan) -> None:
    """Put a plan on the shelf."""
    await shelf.put(session_id, FIELD, plan.model_dump_json())


async def stored_plan(shelf: Shelf, session_id: str) -> StoredPlan:
    """The plan of a session.

    Raises:
        UnknownSession: there is none.
        CannotContinue: it was written by another version of this program, or spoilt.
    """
    text = await shelf.get(session_id, FIELD)
    if text is None:
        raise UnknownSession(session_id)
    try:
        return StoredPlan.model_validate_json(text)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        sentence = f"The plan of this session cannot be read here ({where or 'not JSON'}). Continue it with the version that began it."
        raise CannotContinue(sentence) from error


async def plan_of(shelf: Shelf, session_id: str) -> Plan:
    """What a running session needs of its plan.

    Raises:
        UnknownSession, CannotContinue: as ``stored_plan``.
    """
    stored = await stored_plan(shelf, session_id)
    courtesy = Courtesy(stored.missing, stored.quiet_seconds, stored.quiet_more_seconds)
    hearing = Hearing(stored.talk, stored.overheard)
    return Plan(session_id, stored.pace, stored.skip_reading, stored.bots, stored.away_seconds, hearing, courtesy, stored.critical)
