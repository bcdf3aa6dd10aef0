"""The page: the built web client as files in memory, under a policy that lets nothing but itself run.

Vite names every file but the first by its content, so those may be kept for ever and the first is asked for each time.  Addresses in the
page are relative, so that it works below any path that a proxy gives it.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

import client

BUILT = Path(client.__file__).parent / "web" / "dist"
"""Where ``make setup`` puts what it builds."""
FIRST = "index.html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
UNBUILT = (
    "The page of this server was not built. Run `make setup` on a machine with Node.js 20 or newer, then start the server again.\n"
    "Programs can use the server as it is: openapi.json says how.\n"
)
PACKINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings and the ending of a file packed so, the smallest first."""
TEXTS = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"})


@dataclass(frozen=True, slots=True)
class File:
    """One file of the page, as it is and packed."""

    kind: str
    tag: str
    bodies: dict[str, bytes]  # by content coding; "" is the file as it is
    cache: str


class Pages:
    """The page of one process; without a build its address says how to make one."""

    def __init__(self, folder: Path = BUILT) -> None:
        self._files = _read(folder) if (folder / FIRST).is_file() else {}

    def routes(self) -> list[web.RouteDef]:
        """For the application."""
        return [web.get("/", self.first), web.get("/assets/{name}", self.asset), web.get("/{name:icon\\.svg}", self.asset)]

    async def first(self, request: web.Request) -> web.StreamResponse:
        """GET /."""
        if not self._files:
            return web.Response(text=UNBUILT, status=503)
        return _answer(request, self._files[FIRST])

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """GET /assets/{name}."""
        file = self._files.get(request.path.removeprefix("/"))
        if file is None:
            raise web.HTTPNotFound
        return _answer(request, file)


def _read(folder: Path) -> dict[str, File]:
    files = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in PACKINGS.values() or path.name.startswith("."):
            continue
        name = path.relative_to(folder).as_posix()
        bodies = {"": path.read_bytes()}
        for coding, ending in PACKINGS.items():
            packed = path.with_name(path.name + ending)
            if packed.is_file():
                bodies[coding] = packed.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        cache = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
        files[name] = File(kind, f'"{hashlib.sha256(bodies[""]).hexdigest()[:20]}"', bodies, cache)
    return files


def _answer(request: web.Request, file: File) -> web.Response:
    headers = {
        "Cache-Control": file.cache,
        "Content-Security-Policy": POLICY,
        "ETag": file.tag,
        "Vary": "Accept-Encoding",
        "Content-Type": f"{file.kind}; charset=utf-8" if file.kind in TEXTS else file.kind,
    }
    if request.headers.get("If-None-Match") == file.tag:
        return web.Response(status=304, headers=headers)
    wanted = {part.partition(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    coding = next((name for name in PACKINGS if name in wanted and name in file.bodies), "")
    if coding:
        headers["Content-Encoding"] = coding
    return web.Response(body=file.bodies[coding], headers=headers)
