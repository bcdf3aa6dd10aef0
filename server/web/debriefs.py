"""Debriefs and what-ifs over HTTP: who may ask for them, and their answers."""

from __future__ import annotations

from aiohttp import web

from rules.state import Game
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.logbook import pack, write
from server.debrief.forks import Fork
from server.debrief.press import Press, TooBusy, Unfit
from server.debrief.what_if import what_if
from server.reasons import Reason
from server.sessions.roles import eyes_of, may
from server.sessions.seal import Change, Contended, change, is_open
from server.sessions.session import Session
from server.sessions.surroundings import Surroundings
from server.web.debrief_forms import Eyes, Figure, Forked, Played, Seal, SealWish, WhatIf, WhatIfs
from server.web.denials import Denied
from server.web.lobby import Lobby

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Beside the stricter one that the page brings itself, which knows the hash of its style."""


class Debriefs:
    """The debriefs of one process."""

    def __init__(self, lobby: Lobby, world: Surroundings, press: Press) -> None:
        self._lobby = lobby
        self._world = world
        self._press = press

    async def page(self, session_id: str, bearer: str | None, eyes: Eyes) -> web.Response:
        """The page: for whoever has a token of the session; with all that was secret for control until it opens that.  Raises Denied."""
        holder = await self._holder(session_id, bearer)
        viewer = eyes_of(holder)
        session = (await self._lobby.up_to_date(session_id)).session
        match eyes:
            case "public":
                viewer = PUBLIC_VIEWER
            case "own" if viewer in (PUBLIC_VIEWER, UMPIRE_VIEWER):
                raise Denied(Reason.NOT_A_SEAT, "Authorization")
            case "own":
                pass
            case "all" if not may(holder, "secrets") and not await is_open(self._world.shelf, session):
                raise Denied(Reason.TOKEN, "Authorization", "What was secret is under seal until the instructor opens it.")
            case "all":
                viewer = UMPIRE_VIEWER
        try:
            text = await self._press.page(session_id, _lines(session), viewer)
        except (TooBusy, Unfit) as error:
            raise _denied(error) from error
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})

    async def seal(self, session_id: str, bearer: str | None, wish: SealWish) -> Seal:
        """Open what was secret to everybody, or close it again, for control.  Raises Denied."""
        await self._lobby.require(session_id, bearer, "appoint")
        session = (await self._lobby.up_to_date(session_id)).session
        if wish.opened and session.history.game.moment.status != "over":
            raise Denied(Reason.STEP, "opened", "What was secret is opened when the game is over.")
        branch = session.history.game.moment.branch
        new = Change(opened=wish.opened, reason=wish.reason, at_ms=self._world.clock.now_ms(), branch=branch)
        try:
            found = await change(self._world.shelf, session_id, new)
        except Contended:
            raise Denied(Reason.BUSY) from None
        return Seal(session=session_id, opened=found[-1].opened, changes=found)

    async def what_if(self, session_id: str, bearer: str | None, wish: WhatIf) -> Forked:
        """A what-if, for control, once it was played.  Raises Denied."""
        await self._lobby.require(session_id, bearer, "secrets")
        session = (await self._lobby.up_to_date(session_id)).session
        try:
            found = await self._press.what_if(session_id, _lines(session), wish.event, wish.act, wish.games)
        except (TooBusy, Unfit) as error:
            raise _denied(error) from error
        return _forked(session.history.game, found)

    async def what_ifs(self, session_id: str, bearer: str | None) -> WhatIfs:
        """How far a what-if has come, and those that were played through this process, for control.  Raises Denied."""
        await self._lobby.require(session_id, bearer, "secrets")
        game = (await self._lobby.room(session_id)).session.history.game
        now = self._press.playing(session_id)
        return WhatIfs(
            playing=None if now is None else Played(event=now.event, act=now.act, done=now.done, games=now.games),
            played=tuple(_forked(game, found) for found in self._press.forks(session_id)),
        )

    async def _holder(self, session_id: str, bearer: str | None) -> str:
        proven = None if bearer is None else await self._lobby.admit(session_id, bearer)
        if proven is None:
            raise Denied(Reason.TOKEN, "Authorization")
        return proven.viewer


def _lines(session: Session) -> list[str]:
    """The log as it stands."""
    history = session.history
    return list(write(history.head, ((pack(entry), 0) for entry in history.entries)))


def _forked(game: Game, found: Fork) -> Forked:
    told = what_if(game, found)
    figures = tuple(Figure(title=row.title, happened=row.happened, before=row.before, after=row.after) for row in told.rows)
    return Forked(event=told.place, change=told.change, games=told.games, figures=figures)


def _denied(error: TooBusy | Unfit) -> Denied:
    return Denied(Reason.BUSY) if isinstance(error, TooBusy) else Denied(Reason.BAD_REQUEST, "", str(error))
