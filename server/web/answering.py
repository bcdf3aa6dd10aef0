"""What every answer over HTTP has in common: how a token, a session and a body are read, and how something is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, TypeAdapter, ValidationError

from rules.wire.frames import SessionId
from server.reasons import Reason
from server.web.denials import Denied

F = TypeVar("F")
BEARER = "Bearer "
DIGITS_MAX = 9
_SESSION: TypeAdapter[str] = TypeAdapter(SessionId)


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that can be asked: what goes in, what comes out, and whether a token is needed."""

    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel] | None
    body: TypeAdapter[object] | None = None
    bearer: str = ""  # who must be named in the Authorization header: "" (nobody), "control", "a seat" and so on
    status: int = 200


def said(form: BaseModel, status: int = 200) -> web.Response:
    """The answer that is a form."""
    return web.json_response(text=form.model_dump_json(), status=status)


def session(request: web.Request) -> str:
    """The session of the path.  Raises Denied if nothing can be called so."""
    name = request.match_info["session"]
    try:
        return _SESSION.validate_python(name)
    except ValidationError:
        raise Denied(Reason.UNKNOWN_SESSION, "session") from None


def bearer(request: web.Request) -> str | None:
    """The token of the Authorization header; tokens are taken from nowhere else."""
    text = request.headers.get("Authorization")
    if text is None:
        return None
    if not text.startswith(BEARER):
        raise Denied(Reason.TOKEN, "Authorization", "Write: Authorization: Bearer TOKEN.")
    return text.removeprefix(BEARER)


async def body(request: web.Request, form: TypeAdapter[F]) -> F:
    """The body as a form.  Raises Denied if it is none."""
    if request.content_type != "application/json":
        raise Denied(Reason.BAD_REQUEST, "Content-Type", "Send a body of type application/json.")
    try:
        return form.validate_json(await request.read())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise Denied(Reason.BAD_REQUEST, path[:120], f"{first['msg']}.") from None


def since(request: web.Request, name: str = "since") -> int:
    """The number of the query ``?since=``, or of another; 0 if there is none.  Raises Denied if it is no number."""
    text = request.query.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX):
        raise Denied(Reason.BAD_REQUEST, name, "Write the number of an event, from 0.")
    return int(text)
