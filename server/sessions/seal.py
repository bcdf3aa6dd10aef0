"""The seal on what was secret: when a game is over, its instructor opens it to everybody, and may close it again.

It lies on the shelf beside the log, with a reason for each change, since it is no event of the game: the log is the same whether a class
was shown its secrets or not.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from server.log.shelf import Shelf
from server.sessions.session import Session

FIELD = "seal"
CHANGES_MAX = 50


class Change(BaseModel):
    """The seal was opened or closed, and why; ``branch``: of the game that was over, so that another end is under seal again."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    opened: bool
    reason: Annotated[str, Field(min_length=1, max_length=400)]
    at_ms: int
    branch: int = 0


_CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


class Contended(Exception):
    """Another process was quicker; the same again may work."""


async def changes(shelf: Shelf, session_id: str) -> tuple[Change, ...]:
    """The last changes of a session's seal, the newest last.

    Raises:
        LogUnavailable: the shelf gives no answer.
    """
    return _parsed(await shelf.get(session_id, FIELD))


async def is_open(shelf: Shelf, session: Session) -> bool:
    """Whether everybody may know what was secret: never while the game goes on, even if its end was undone.  Raises LogUnavailable."""
    moment = session.history.game.moment
    if moment.status != "over":
        return False
    found = await changes(shelf, session.plan.session_id)
    return bool(found) and found[-1].opened and found[-1].branch == moment.branch


async def change(shelf: Shelf, session_id: str, wish: Change) -> tuple[Change, ...]:
    """Open or close the seal; durable when this returns.

    Raises:
        Contended: see there.
        LogUnavailable: it may or may not have been changed; the same again settles it.
    """
    seen = await shelf.get(session_id, FIELD)
    found = _parsed(seen)
    if found and (found[-1].opened, found[-1].branch) == (wish.opened, wish.branch):
        return found
    new = (*found, wish)[-CHANGES_MAX:]
    if not await shelf.swap(session_id, FIELD, seen, _CHANGES.dump_json(new).decode()):
        raise Contended(session_id)
    return new


def _parsed(text: str | None) -> tuple[Change, ...]:
    return () if text is None else _CHANGES.validate_json(text)
