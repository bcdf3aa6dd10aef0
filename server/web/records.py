"""Records over HTTP, for control: who took part as one table, and all tables in three formats with their codebook."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable
from importlib.util import find_spec

from aiohttp import web

from server.debrief.press import Press, TooBusy, Unfit
from server.keep.people import NotTheSame
from server.keep.purging import Absent, Proof, Unwritten
from server.keep.store import InTheWay
from server.reasons import Reason
from server.records.designs import ALL
from server.records.people import crowd_of, people
from server.records.tables import Table, codebook
from server.records.writing import CODEBOOK, Format, contents
from server.sessions.hall import Hall
from server.sessions.recovery import CannotContinue
from server.sessions.surroundings import Surroundings
from server.sessions.tokens import Tokens
from server.web.answering import Route, bearer, said, session
from server.web.denials import Denied
from server.web.lobby import Lobby

FORMATS: tuple[Format, ...] = ("csv", "jsonl", "parquet") if find_spec("pyarrow") else ("csv", "jsonl")
"""Parquet is written where its library is installed."""
PARTICIPATION, PEOPLE_FILE = "participation.csv", "people.csv"
UNKEPT = "This server keeps its sessions in memory alone: they are gone when it stops."
Purge = Callable[[str], Awaitable[Proof]]
"""Removes what people left in a session.  Raises Absent, InTheWay, NotTheSame, CannotContinue, Unwritten."""
RECORD_ROUTES = (
    Route("GET", "/api/sessions/{session}/records", "records", "All tables with their codebook, packed", None, bearer="secrets"),
    Route("GET", "/api/sessions/{session}/records/participation", "participation", "Who took part, as CSV", None, bearer="secrets"),
    Route("GET", "/api/sessions/{session}/records/people", "people", "Who of a seat's people did what, as CSV", None, bearer="control"),
    Route("POST", "/api/sessions/{session}/purge", "purge", "Remove what people left, with proof", Proof, bearer="control"),
)


class Records:
    """The records of the sessions of one process."""

    def __init__(self, lobby: Lobby, hall: Hall, press: Press, world: Surroundings, tokens: Tokens, purge: Purge | None) -> None:
        self._lobby = lobby
        self._world = world
        self._tokens = tokens
        self._hall = hall
        self._press = press
        self._purge = purge

    async def tables(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/records: a zip file."""
        files = await self._files(session_id := session(request), bearer(request), FORMATS)
        files |= await asyncio.to_thread(contents, [await self._people(session_id, names=False)], FORMATS)
        files[CODEBOOK] = codebook(ALL).encode()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(files.items()):
                archive.writestr(f"{session_id}/{name}", content)
        return web.Response(body=packed.getvalue(), content_type="application/zip")

    async def participation(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/records/participation."""
        files = await self._files(session(request), bearer(request), ("csv",))
        return web.Response(body=files[PARTICIPATION], content_type="text/csv", charset="utf-8")

    async def people(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/records/people, with ?names=true by the names that people gave."""
        session_id = session(request)
        await self._lobby.require(session_id, bearer(request), "appoint")
        names = request.query.get("names", "false")
        if names not in ("true", "false"):
            raise Denied(Reason.BAD_REQUEST, "names", "Write true or false.")
        table = await self._people(session_id, names=names == "true")
        return web.Response(body=contents([table], ("csv",))[PEOPLE_FILE], content_type="text/csv", charset="utf-8")

    async def _people(self, session_id: str, *, names: bool) -> Table:
        room, world = await self._lobby.room(session_id), self._world
        await room.attendance.keep(session_id, world.shelf, self._tokens)
        seats = room.session.history.game.atlas.countries
        return people(await crowd_of(session_id, seats, world.log, world.shelf, self._tokens), names=names)

    async def purge(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/purge: when the game is over; every token is void from then on."""
        session_id = session(request)
        await self._lobby.require(session_id, bearer(request), "appoint")
        if self._purge is None:
            raise Denied(Reason.NOT_FOUND, "session", UNKEPT)
        if (await self._lobby.up_to_date(session_id)).session.history.game.moment.status != "over":
            raise Denied(Reason.STEP, "session", "People are removed when the game is over.")
        await self._hall.forget(session_id)
        try:
            return said(await self._purge(session_id))
        except (NotTheSame, CannotContinue, Unwritten) as error:
            raise Denied(Reason.FAILED, "session", f"Nothing was removed: {error}") from error
        except (Absent, InTheWay):
            raise Denied(Reason.BUSY) from None
        finally:
            await self._hall.forget(session_id)

    async def _files(self, session_id: str, token: str | None, formats: tuple[Format, ...]) -> dict[str, bytes]:
        """For control alone.  Raises Denied."""
        lines = [line async for line in await self._lobby.export(session_id, token)]
        try:
            return await self._press.records(lines, formats)
        except TooBusy:
            raise Denied(Reason.BUSY) from None
        except Unfit as error:
            raise Denied(Reason.BAD_REQUEST, "", str(error)) from error
