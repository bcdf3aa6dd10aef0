"""Who may come in: origins, addresses, headers; and what is said to those who may not.

Tokens authorise, never cookies, so a page of another site gains nothing by a request in a visitor's name;
all the same a browser's ``Origin`` must be on the list, letter by letter, wherever something can be changed.
A program sends no ``Origin`` and is let through.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import web
from aiohttp.typedefs import Middleware

from server.failures import place_of
from server.log.errors import LogUnavailable
from server.metrics import Metrics
from server.narrate.language import speak
from server.narrate.retold import translated
from server.reasons import Reason
from server.settings import SECOND_MS, Settings
from server.web.denials import Denied
from server.web.languages import language_of
from server.web.rates import Bucket

_journal = logging.getLogger(__name__)
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer, unless it brings its own."""
RATED_BY_SEAT = ("/weigh", "/sheet", "/talk")
"""Asked as often as somebody types; a class behind one address shares nothing but the address, so its seats are counted instead."""
READING = frozenset(("GET", "HEAD", "OPTIONS"))
_NUMBER = re.compile(r"http://(?P<host>(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?)")
_BUCKETS_MAX = 10_000
_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


class Doors:
    """The doors of one process; ``origins`` are complete once the port is known."""

    def __init__(self, settings: Settings, metrics: Metrics | None = None) -> None:
        self._settings = settings
        self._metrics = metrics or Metrics()
        self._posts: dict[str, Bucket] = {}
        self._unproven: Counter[str] = Counter()
        self.origins = frozenset(settings.allowed_origins)

    def open_on(self, host: str, port: int) -> None:
        """Allow pages of this server itself."""
        shown = f"[{host}]" if ":" in host else host
        own = {f"http://{name}:{port}" for name in (*_LOCAL_NAMES, shown)}
        self.origins = self.origins | own

    def address(self, request: web.Request) -> str:
        """Where a request comes from; a listed proxy is believed about it."""
        remote = request.remote or "unknown"
        if remote in self._settings.trusted_proxies:
            forwarded = request.headers.getall("X-Forwarded-For", [""])[-1]  # the lines before came with the request
            return forwarded.rpartition(",")[2].strip() or remote
        return remote

    def check_origin(self, request: web.Request) -> None:
        """Raise Denied for a page of an origin that is not on the list."""
        origins = request.headers.getall("Origin", [])
        if not origins:
            return
        own = origins[0] in self.origins or _is_own_number(origins[0], request.headers.getall("Host", []))
        if len(origins) > 1 or not own:
            raise Denied(Reason.ORIGIN, "Origin")

    def check_rate(self, request: web.Request) -> None:
        """Raise Denied for one change too many from an address."""
        now_s = asyncio.get_running_loop().time()
        if len(self._posts) >= _BUCKETS_MAX:
            self._posts = {a: bucket for a, bucket in self._posts.items() if not bucket.is_full(now_s)}
        address = self.address(request)
        bucket = self._posts.setdefault(address, Bucket(self._settings.limits.posts_rate, now_s))
        if not bucket.take(now_s):
            raise Denied(Reason.TOO_FAST)

    @contextmanager
    def unproven(self, address: str) -> Iterator[Callable[[], None]]:
        """Count a socket that has shown no token yet; the function it gives stops counting it.

        Raises:
            Denied: there are too many from this address.
        """
        if self._unproven[address] >= self._settings.limits.sockets_unproven_per_address_max:
            raise Denied(Reason.TOO_MANY, "", "Too many connections from this address show no token.")
        self._unproven[address] += 1
        counted = True

        def proven() -> None:
            nonlocal counted
            if counted:
                counted = False
                self._unproven[address] -= 1
                if self._unproven[address] <= 0:
                    del self._unproven[address]

        try:
            yield proven
        finally:
            proven()

    def _note(self, request: web.Request, status: int, seconds: float) -> None:
        """Into the journal goes the pattern of the path, without what stands in it, and not who asked."""
        self._metrics.requests.labels(str(status)).inc()
        resource = request.match_info.route.resource
        path = "nowhere" if resource is None else resource.canonical
        fields = {"method": request.method, "path": path, "status": status, "ms": round(seconds * SECOND_MS, 1)}
        _journal.info("request", extra=fields)

    def guard(self) -> Middleware:
        """The middleware around every request."""

        @web.middleware
        async def guarded(request: web.Request, handler: Next) -> web.StreamResponse:
            began_s = asyncio.get_running_loop().time()
            try:
                speak(language_of(request))
                if request.method not in READING:
                    self.check_origin(request)
                    if not request.path.endswith(RATED_BY_SEAT):
                        self.check_rate(request)
                response = await handler(request)
            except Denied as denied:
                response = denial(denied)
            except LogUnavailable:
                response = denial(Denied(Reason.LOG))
            except web.HTTPException as error:
                response = denial(_of_aiohttp(error))
                if allowed := error.headers.get("Allow"):  # RFC 9110 wants it said with a 405
                    response.headers["Allow"] = allowed
            except Exception as error:  # noqa: BLE001 - the last resort: a sentence, and nothing of what failed
                _journal.error("a request failed: %s", place_of(error))
                response = denial(Denied(Reason.FAILED))
            self._note(request, response.status, asyncio.get_running_loop().time() - began_s)
            if not response.prepared:
                for name, value in HEADERS.items():
                    response.headers.setdefault(name, value)
            return response

        return guarded


def _is_own_number(origin: str, hosts: list[str]) -> bool:
    """Whether a page came from the very number (not name) that it speaks to now, as pages do in a class without names.

    A name could be made to point here by its owner after his page was read; a number cannot, so a page from this number is ours.
    """
    number = _NUMBER.fullmatch(origin)
    return number is not None and hosts == [number["host"]]


def denial(denied: Denied) -> web.Response:
    """The answer to a refused request."""
    body = denied.body.model_copy(update={"sentence": translated(denied.body.sentence)})
    return web.json_response(text=body.model_dump_json(), status=denied.status)


def _of_aiohttp(error: web.HTTPException) -> Denied:
    reason = {404: Reason.NOT_FOUND, 413: Reason.TOO_LONG}.get(error.status, Reason.BAD_REQUEST)
    denied = Denied(reason, "", f"{error.reason}.")
    denied.status = error.status
    return denied
