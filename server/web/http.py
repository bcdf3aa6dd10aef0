"""The HTTP interface: a table of routes, from which the application and ``/openapi.json`` are made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import lru_cache

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from rules.wire.logbook import FORMAT
from server.desk.papers import DeskNow, Ledger, Story, Why
from server.desk.preview import Preview
from server.desk.weights import Weigh, Weighing
from server.log.protocol import Log
from server.reasons import Reason
from server.web import cards, forms
from server.web.answering import Route, bearer, body, said, session, since
from server.web.debrief_forms import Eyes, Forked, Seal, SealWish, WhatIf, WhatIfs
from server.web.debriefs import Debriefs
from server.web.denials import Denied
from server.web.documents import frame_schema, openapi
from server.web.lobby import Lobby
from server.web.records import RECORD_ROUTES, Records
from server.web.seat_http import SEAT_ROUTES, SeatInterface
from server.web.shelf import scenario_cards

_Answer = Awaitable[web.StreamResponse]
Figures = Callable[[web.Request, str | None], Awaitable[web.Response]]
LOG_TYPE = f"application/jsonl; format={FORMAT}"


_NEW = TypeAdapter[object](forms.NewSession)
_WEIGH = TypeAdapter[object](Weigh)
_WHAT_IF = TypeAdapter[object](WhatIf)
_SEAL = TypeAdapter[object](SealWish)
_EYES: TypeAdapter[Eyes] = TypeAdapter(Eyes)
_SHOWN = "a seat, the public, or control; control alone for `?eyes=all` while it is sealed"
_PREVIEW = TypeAdapter[object](forms.Previewed)
_ACT: TypeAdapter[object] = forms.CONTROL_ACT  # type: ignore[assignment]  # an adapter is used for reading only
ROUTES: tuple[Route, ...] = (
    Route("GET", "/api/scenarios", "scenarios", "The scenarios that ship with the program", cards.ScenarioCards),
    Route("GET", "/api/codes/{code}", "find", "The session of a code", forms.Found),
    Route("GET", "/api/sessions", "sessions", "All sessions", cards.Cards),
    Route("POST", "/api/sessions", "make", "Make a session", forms.Made, _NEW, status=201),
    Route("GET", "/api/sessions/{session}", "state", "What everybody may know of it", forms.PublicState),
    Route(
        "POST",
        "/api/sessions/{session}/seats/{country}",
        "claim",
        "Take a free seat, or give any seat a new token",
        forms.SeatToken,
        bearer="control, unless the seat is free",
        status=201,
    ),
    Route(
        "DELETE",
        "/api/sessions/{session}/seats/{country}",
        "revoke",
        "Make a seat's token void",
        forms.Revoked,
        bearer="control",
    ),
    Route(
        "POST",
        "/api/sessions/{session}/control",
        "control",
        "Start, pause, resume, extend, force, undo, override, inject, broadcast, replace, kick, retry, or ask what is wrong",
        forms.ControlDone,
        _ACT,
        bearer="control",
    ),
    Route("GET", "/api/sessions/{session}/watch", "watch", "The token of the public view", forms.Watching),
    Route("GET", "/api/sessions/{session}/control", "panel", "What lies before control", forms.Panel, bearer="secrets"),
    Route("GET", "/api/sessions/{session}/desk", "desk", "What lies before a viewer, in words", DeskNow, bearer="a seat or the public"),
    Route("GET", "/api/sessions/{session}/story", "story", "What a viewer was told, in words", Story, bearer="a seat or the public"),
    Route("GET", "/api/sessions/{session}/why", "why", "Why what a viewer was told happened", Why, bearer="a seat or the public"),
    Route("GET", "/api/sessions/{session}/ledger", "ledger", "The promises that a viewer knows of", Ledger, bearer="a seat or the public"),
    Route("POST", "/api/sessions/{session}/weigh", "weigh", "Acts weighed before they are sent", Weighing, _WEIGH, bearer="a seat"),
    Route("GET", "/api/sessions/{session}/debrief", "debrief", "The page for the talk after the game", None, bearer=_SHOWN),
    Route(
        "POST", "/api/sessions/{session}/what-if", "what_if", "One order changed, played on by bots", Forked, _WHAT_IF, bearer="secrets"
    ),
    Route("GET", "/api/sessions/{session}/what-if", "what_ifs", "How far a what-if has come", WhatIfs, bearer="secrets"),
    Route("POST", "/api/sessions/{session}/seal", "seal", "Open what was secret to everybody, or close it", Seal, _SEAL, bearer="control"),
    Route("POST", "/api/sessions/{session}/preview", "preview", "What may come of the open step", Preview, _PREVIEW, bearer="secrets"),
    *SEAT_ROUTES,
    *RECORD_ROUTES,
    Route("GET", "/api/sessions/{session}/log", "log", "The log as JSON lines", None, bearer="secrets"),
    Route("GET", "/health", "health", "Whether the process lives", forms.Health),
    Route("GET", "/ready", "ready", "Whether it can reach its log", forms.Health),
    Route("GET", "/metrics", "metrics", "Figures for Prometheus", None, bearer="the operator, unless from this machine"),
    Route("GET", "/openapi.json", "openapi", "This interface", None),
    Route("GET", "/schema.json", "schema", "The frames of the socket as JSON Schema", None),
)


@lru_cache(maxsize=1)
def _openapi() -> dict[str, object]:
    return openapi(ROUTES)


class Interface:
    """The answers to the routes; each method is named by a route."""

    def __init__(self, lobby: Lobby, seats: SeatInterface, log: Log, figures: Figures, debriefs: Debriefs, records: Records) -> None:
        self._lobby = lobby
        self._seats = seats
        self._log = log
        self._figures = figures
        self._debriefs = debriefs
        self._records = records

    def routes(self) -> list[web.RouteDef]:
        """For the application."""
        answers: dict[str, Callable[[web.Request], _Answer]] = {
            "scenarios": self.scenarios,
            "sessions": self.sessions,
            "make": self.make,
            "state": self.state,
            "claim": self.claim,
            "revoke": self.revoke,
            "control": self.control,
            "panel": self.panel,
            "preview": self.preview,
            "find": self.find,
            "watch": self.watch,
            "desk": self.desk,
            "story": self.story,
            "why": self.why,
            "ledger": self.ledger,
            "weigh": self.weigh,
            "debrief": self.debrief,
            "what_if": self.what_if,
            "what_ifs": self.what_ifs,
            "seal": self.seal,
            "records": self._records.tables,
            "participation": self._records.participation,
            "people": self._records.people,
            "purge": self._records.purge,
            "log": self.log,
            "health": self.health,
            "ready": self.ready,
            "metrics": self.metrics,
            "openapi": self.openapi,
            "schema": self.schema,
        }
        answers |= self._seats.answers()
        return [web.route(route.method, route.path, answers[route.name]) for route in ROUTES]

    async def scenarios(self, _: web.Request) -> web.Response:
        """GET /api/scenarios."""
        return said(await asyncio.to_thread(scenario_cards))  # reading all cases takes a second, once

    async def find(self, request: web.Request) -> web.Response:
        """GET /api/codes/{code}."""
        return said(await self._lobby.find(request.match_info["code"]))

    async def sessions(self, _: web.Request) -> web.Response:
        """GET /api/sessions."""
        return said(await self._lobby.cards())

    async def make(self, request: web.Request) -> web.Response:
        """POST /api/sessions."""
        wish = await body(request, TypeAdapter(forms.NewSession))
        return said(await self._lobby.make(wish), 201)

    async def state(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}."""
        return said(await self._lobby.state(session(request)))

    async def claim(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/seats/{country}."""
        country = request.match_info["country"]
        return said(await self._lobby.claim(session(request), country, bearer(request)), 201)

    async def watch(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/watch."""
        return said(await self._lobby.watch(session(request)))

    async def revoke(self, request: web.Request) -> web.Response:
        """DELETE /api/sessions/{session}/seats/{country}."""
        country = request.match_info["country"]
        return said(await self._lobby.revoke(session(request), country, bearer(request)))

    async def desk(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/desk."""
        return said(await self._lobby.desk(session(request), bearer(request)))

    async def story(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/story?since=NUMBER."""
        return said(await self._lobby.story(session(request), bearer(request), since(request)))

    async def why(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/why?event=NUMBER."""
        return said(await self._lobby.why(session(request), bearer(request), since(request, "event")))

    async def ledger(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/ledger."""
        return said(await self._lobby.ledger(session(request), bearer(request)))

    async def weigh(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/weigh."""
        wish = await body(request, TypeAdapter(Weigh))
        return said(await self._lobby.weigh(session(request), bearer(request), wish))

    async def control(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/control."""
        wish = await body(request, forms.CONTROL_ACT)
        return said(await self._lobby.control(session(request), bearer(request), wish))

    async def panel(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/control?figure=FIGURE&at=PLACE,PLACE."""
        at = tuple(request.query.get("at", "").split(","))
        return said(await self._lobby.panel(session(request), bearer(request), request.query.get("figure", ""), at))

    async def preview(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/preview."""
        wish = await body(request, TypeAdapter(forms.Previewed))
        return said(await self._lobby.preview(session(request), bearer(request), wish.times))

    async def debrief(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/debrief?eyes=public, own or all."""
        try:
            eyes = _EYES.validate_python(request.query.get("eyes", "public"))
        except ValidationError:
            raise Denied(Reason.BAD_REQUEST, "eyes", "Write public, own or all.") from None
        return await self._debriefs.page(session(request), bearer(request), eyes)

    async def seal(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/seal."""
        wish = await body(request, TypeAdapter(SealWish))
        return said(await self._debriefs.seal(session(request), bearer(request), wish))

    async def what_ifs(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/what-if."""
        return said(await self._debriefs.what_ifs(session(request), bearer(request)))

    async def what_if(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/what-if."""
        wish = await body(request, TypeAdapter(WhatIf))
        return said(await self._debriefs.what_if(session(request), bearer(request), wish))

    async def log(self, request: web.Request) -> web.StreamResponse:
        """GET /api/sessions/{session}/log."""
        lines = await self._lobby.export(session(request), bearer(request))
        response = web.StreamResponse(headers={"Content-Type": LOG_TYPE, "Cache-Control": "no-store"})
        await response.prepare(request)
        async for line in lines:
            await response.write(line.encode() + b"\n")
        await response.write_eof()
        return response

    async def health(self, _: web.Request) -> web.Response:
        """GET /health."""
        return said(forms.Health())

    async def ready(self, _: web.Request) -> web.Response:
        """GET /ready."""
        await self._log.now_ms()
        return said(forms.Health())

    async def metrics(self, request: web.Request) -> web.Response:
        """GET /metrics."""
        return await self._figures(request, bearer(request))

    async def openapi(self, _: web.Request) -> web.Response:
        """GET /openapi.json; made when it is first asked for, since it takes longer than all the rest of a start."""
        return web.json_response(await asyncio.to_thread(_openapi))

    async def schema(self, _: web.Request) -> web.Response:
        """GET /schema.json."""
        return web.json_response(frame_schema())
