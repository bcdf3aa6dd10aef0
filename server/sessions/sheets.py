"""Order sheets: what a seat has prepared and not sent, kept on the shelf beside the log, so that no device is the only one to have it.

A sheet has a number that grows with each change.  Who writes says which number he saw; if another device was quicker nothing is written,
and he is told so, so that no device overwrites what it has not seen.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rules.orders import SeatAct
from rules.wire.frames import StepId
from server.log.shelf import Shelf

FIELD = "sheet:"
ACTS_MAX, NOTES_CHARS_MAX = 64, 8000


class Sheet(BaseModel):
    """What a seat has prepared for a step: acts, and notes in whatever form its page likes.  Number 0: there is none yet."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    number: Annotated[int, Field(ge=0)] = 0
    step: StepId | None = None
    acts: Annotated[tuple[Annotated[SeatAct, Field(discriminator="kind")], ...], Field(max_length=ACTS_MAX)] = ()
    notes: Annotated[str, Field(max_length=NOTES_CHARS_MAX)] = ""


class Sheets:
    """The sheets of all sessions."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def read(self, session_id: str, country: str) -> Sheet:
        """The sheet of a seat.

        Raises:
            LogUnavailable: the shelf gives no answer.
        """
        return _parsed(await self._shelf.get(session_id, FIELD + country))

    async def write(self, session_id: str, country: str, wish: Sheet) -> Sheet | None:
        """Put a sheet in the place of the one with the number that ``wish`` names; None if another is there by now.

        Raises:
            LogUnavailable: it may or may not have been kept; the same again settles it.
        """
        seen = await self._shelf.get(session_id, FIELD + country)
        new = wish.model_copy(update={"number": wish.number + 1})
        if _parsed(seen) == new:  # the answer to the first try got lost
            return new
        if _parsed(seen).number != wish.number:
            return None
        kept = await self._shelf.swap(session_id, FIELD + country, seen, new.model_dump_json())
        return new if kept else None


def _parsed(text: str | None) -> Sheet:
    """What lies there; a sheet that these rules cannot read any more is as good as none."""
    if text is None:
        return Sheet()
    try:
        return Sheet.model_validate_json(text)
    except ValidationError:
        return Sheet()
