"""Debriefs and what-ifs over HTTP: who may ask for them, and their answers."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from rules.logbook import pack, write
from rules.view import UMPIRE_VIEWER
from server.debrief.press import Press, TooBusy, Unfit
from server.debrief.what_if import what_if
from server.reasons import Reason
from server.sessions.session import Session
from server.web.denials import Denied
from server.web.forms import Form
from server.web.lobby import Lobby

GAMES_MAX = 200
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Beside the stricter one that the page brings itself, which knows the hash of its style."""


class WhatIf(Form):
    """One order changed, and bots from there on: ``act`` is ``FRA yes``, ``FRA nothing``, or ``FRA`` and an act as JSON."""

    event: Annotated[str, StringConstraints(pattern=r"^\d{1,7}\.\d{1,5}$")]
    act: Annotated[str, StringConstraints(min_length=4, max_length=2000)]
    games: Annotated[int, Field(ge=1, le=GAMES_MAX)] = 50


class Figure(Form):
    """One figure: what happened, and the mean and span of both arms, in words."""

    title: str
    happened: str
    before: str
    after: str


class Forked(Form):
    """What came of it."""

    event: str
    change: str
    games: int
    figures: tuple[Figure, ...]


class Debriefs:
    """The debriefs of one process."""

    def __init__(self, lobby: Lobby, press: Press) -> None:
        self._lobby = lobby
        self._press = press

    async def page(self, session_id: str, bearer: str | None, *, revealed: bool) -> web.Response:
        """The page: for whoever has a token of the session; with all that was secret for control alone.  Raises Denied."""
        session = await self._session(session_id, bearer, control=revealed)
        try:
            text = await self._press.page(session_id, _lines(session), revealed=revealed)
        except (TooBusy, Unfit) as error:
            raise _denied(error) from error
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})

    async def what_if(self, session_id: str, bearer: str | None, wish: WhatIf) -> Forked:
        """A what-if, for control, once it was played.  Raises Denied."""
        session = await self._session(session_id, bearer, control=True)
        try:
            found = await self._press.what_if(session_id, _lines(session), wish.event, wish.act, wish.games)
        except (TooBusy, Unfit) as error:
            raise _denied(error) from error
        told = what_if(session.history.game, found)
        figures = tuple(Figure(title=row.title, happened=row.happened, before=row.before, after=row.after) for row in told.rows)
        return Forked(event=told.place, change=told.change, games=told.games, figures=figures)

    async def _session(self, session_id: str, bearer: str | None, *, control: bool) -> Session:
        proven = None if bearer is None else await self._lobby.admit(session_id, bearer)
        if proven is None or (control and proven.viewer != UMPIRE_VIEWER):
            raise Denied(Reason.TOKEN, "Authorization")
        return (await self._lobby.up_to_date(session_id)).session


def _lines(session: Session) -> list[str]:
    """The log as it stands."""
    history = session.history
    return list(write(history.head, ((pack(entry), 0) for entry in history.entries)))


def _denied(error: TooBusy | Unfit) -> Denied:
    return Denied(Reason.BUSY) if isinstance(error, TooBusy) else Denied(Reason.BAD_REQUEST, "", str(error))
