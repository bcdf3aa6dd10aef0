"""``/metrics``: the figures of this server, for its operator alone.

They tell how busy a class is, so they are no business of its guests: a request is answered if it shows the operator's token, or if it comes
from this very machine and through no proxy (behind one, everybody seems to come from here).
"""

from __future__ import annotations

import hmac
import ipaddress

from aiohttp import web

from server.metrics import CONTENT_TYPE, Metrics
from server.reasons import Reason
from server.web.denials import Denied
from server.web.doors import Doors

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


async def figures(metrics: Metrics, doors: Doors, token: str | None, request: web.Request, bearer: str | None) -> web.Response:
    """The page.  Raises Denied."""
    shown = token is not None and bearer is not None and hmac.compare_digest(bearer.encode(), token.encode())
    if not shown and not _is_from_here(doors.address(request), request):
        raise Denied(Reason.TOKEN, "Authorization")
    return web.Response(body=metrics.page(), headers={"Content-Type": CONTENT_TYPE})


def _is_from_here(address: str, request: web.Request) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback and not any(name in request.headers for name in FORWARDED)
    except ValueError:
        return False
