"""The HTTP interface of seats: their devices, their order sheets and their rooms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from pydantic import TypeAdapter

from server.web.answering import Route, bearer, body, said, session, since
from server.web.parlour import Parlour
from server.web.seat_forms import Devices, DeviceToken, Invitation, Named, Posts, Roles, Sheet
from server.web.seats import Seats
from server.web.talk_forms import Rule, Saying, TalkNow

_Answer = Awaitable[web.StreamResponse]
_SHEET, _SAYING, _RULE = TypeAdapter[object](Sheet), TypeAdapter[object](Saying), TypeAdapter[object](Rule)
_NAMED = TypeAdapter[object](Named)
LINES_TYPE = "application/jsonl"
SEAT_ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/sessions/{session}/seats/{country}/devices", "devices", "The devices of a seat", Devices, bearer="the seat or control"
    ),
    Route(
        "POST",
        "/api/sessions/{session}/seats/{country}/devices",
        "admit",
        "A token for one more device",
        DeviceToken,
        bearer="the seat, its invitation, or control",
        status=201,
    ),
    Route(
        "PUT",
        "/api/sessions/{session}/seats/{country}/devices/{device}",
        "rename",
        "Name whoever uses a device",
        Devices,
        _NAMED,
        bearer="the seat or control",
    ),
    Route(
        "POST",
        "/api/sessions/{session}/seats/{country}/invitation",
        "invite",
        "A code that lets more devices in",
        Invitation,
        bearer="the seat or control",
        status=201,
    ),
    Route(
        "DELETE",
        "/api/sessions/{session}/seats/{country}/devices/{device}",
        "dismiss",
        "Make the token of one device void",
        Devices,
        bearer="the seat or control",
    ),
    Route("GET", "/api/sessions/{session}/posts", "posts", "The posts of the white cell", Posts, bearer="anybody with a token"),
    Route("GET", "/api/sessions/{session}/roles", "roles", "The lesson, and the role sheets of all seats", Roles, bearer="secrets"),
    Route("GET", "/api/sessions/{session}/sheet", "sheet", "What the seat has prepared", Sheet, bearer="a seat"),
    Route("PUT", "/api/sessions/{session}/sheet", "keep", "Keep what the seat has prepared", Sheet, _SHEET, bearer="a seat"),
    Route("GET", "/api/sessions/{session}/talk", "hear", "What a seat hears in its rooms", TalkNow, bearer="a seat, answer or note"),
    Route(
        "POST", "/api/sessions/{session}/talk", "say", "Say something to some seats", TalkNow, _SAYING, bearer="a seat, or note", status=201
    ),
    Route(
        "POST", "/api/sessions/{session}/talk/{message}", "rule", "Let a held message pass or withhold it", TalkNow, _RULE, bearer="answer"
    ),
    Route("GET", "/api/sessions/{session}/talk/log", "talk_log", "All that was said, as JSON lines", None, bearer="secrets"),
)


class SeatInterface:
    """The answers to the routes of seats; each method is named by a route."""

    def __init__(self, seats: Seats, parlour: Parlour) -> None:
        self._seats = seats
        self._parlour = parlour

    def answers(self) -> dict[str, Callable[[web.Request], _Answer]]:
        """By the names of the routes."""
        return {
            "devices": self.devices,
            "admit": self.admit,
            "dismiss": self.dismiss,
            "rename": self.rename,
            "invite": self.invite,
            "posts": self.posts,
            "roles": self.roles,
            "sheet": self.sheet,
            "keep": self.keep,
            "hear": self.hear,
            "say": self.say,
            "rule": self.rule,
            "talk_log": self.talk_log,
        }

    async def devices(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/seats/{country}/devices."""
        return said(await self._seats.devices(session(request), request.match_info["country"], bearer(request)))

    async def admit(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/seats/{country}/devices."""
        return said(await self._seats.admit(session(request), request.match_info["country"], bearer(request)), 201)

    async def dismiss(self, request: web.Request) -> web.Response:
        """DELETE /api/sessions/{session}/seats/{country}/devices/{device}."""
        country, device = request.match_info["country"], request.match_info["device"]
        return said(await self._seats.dismiss(session(request), country, device, bearer(request)))

    async def rename(self, request: web.Request) -> web.Response:
        """PUT /api/sessions/{session}/seats/{country}/devices/{device}."""
        country, device = request.match_info["country"], request.match_info["device"]
        wish = await body(request, TypeAdapter(Named))
        return said(await self._seats.rename(session(request), country, device, bearer(request), wish))

    async def invite(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/seats/{country}/invitation."""
        return said(await self._seats.invite(session(request), request.match_info["country"], bearer(request)), 201)

    async def posts(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/posts."""
        return said(await self._seats.posts(session(request), bearer(request)))

    async def roles(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/roles."""
        return said(await self._seats.roles(session(request), bearer(request)))

    async def sheet(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/sheet."""
        return said(await self._seats.sheet(session(request), bearer(request)))

    async def keep(self, request: web.Request) -> web.Response:
        """PUT /api/sessions/{session}/sheet."""
        wish = await body(request, TypeAdapter(Sheet))
        return said(await self._seats.keep(session(request), bearer(request), wish))

    async def hear(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/talk?since=NUMBER."""
        return said(await self._parlour.hear(session(request), bearer(request), since(request)))

    async def say(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/talk."""
        wish = await body(request, TypeAdapter(Saying))
        return said(await self._parlour.say(session(request), bearer(request), wish), 201)

    async def rule(self, request: web.Request) -> web.Response:
        """POST /api/sessions/{session}/talk/{message}."""
        wish = await body(request, TypeAdapter(Rule))
        return said(await self._parlour.rule(session(request), bearer(request), request.match_info["message"], wish))

    async def talk_log(self, request: web.Request) -> web.Response:
        """GET /api/sessions/{session}/talk/log."""
        lines = await self._parlour.lines(session(request), bearer(request))
        return web.Response(text="".join(f"{line}\n" for line in lines), content_type=LINES_TYPE)
