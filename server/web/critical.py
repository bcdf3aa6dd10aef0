"""Critical posts: seats and posts of the white cell that a session's plan wants filled before it begins.

They are filled while somebody holds a token for them.  Whoever starts without them says why, which lies on the shelf beside the plan.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from server.log.shelf import Shelf
from server.reasons import Reason
from server.sessions.plans import Plan
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Proven, Tokens
from server.web.denials import Denied

FIELD = "despite"


class Despite(BaseModel):
    """A start although some were missing: which, why, by whom (the post and its device; empty for the session's own control), and when."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    missing: tuple[str, ...]
    reason: str
    by: str
    at_ms: int


async def missing(plan: Plan, tokens: Tokens) -> tuple[str, ...]:
    """The critical posts that nobody holds, in the order of the plan.

    Raises:
        LogUnavailable: the shelf gives no answer.
    """
    held = await tokens.valid(plan.session_id) if plan.critical else {}
    return tuple(holder for holder in plan.critical if holder not in held)


async def require_filled(plan: Plan, tokens: Tokens, reason: str | None) -> tuple[str, ...]:
    """Let a start pass; those who are missing all the same.

    Raises:
        Denied: some are missing, and nobody said why it should begin all the same.
        LogUnavailable: the shelf gives no answer.
    """
    absent = await missing(plan, tokens)
    if absent and reason is None:
        raise Denied(Reason.UNFILLED, "despite", f"Not filled yet: {', '.join(absent)}. Fill them, or say why it begins all the same.")
    return absent


async def keep_despite(world: Surroundings, session_id: str, absent: tuple[str, ...], reason: str | None, by: Proven) -> None:
    """Keep why it began without some, once it has begun.  Raises LogUnavailable."""
    if not absent or reason is None:
        return
    kept = Despite(missing=absent, reason=reason, by=f"{by.viewer}.{by.device}", at_ms=world.clock.now_ms())
    await world.shelf.put(session_id, FIELD, kept.model_dump_json())


async def despite(shelf: Shelf, session_id: str) -> Despite | None:
    """The last start without some, if there was one.  Raises LogUnavailable."""
    text = await shelf.get(session_id, FIELD)
    return None if text is None else Despite.model_validate_json(text)
