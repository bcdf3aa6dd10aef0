"""Which language a request asks for: ``?lang=ru``, else the first that is spoken here of its Accept-Language, else English."""

from __future__ import annotations

import re

from aiohttp import web

from server.narrate.language import LANGUAGES, Language
from server.reasons import Reason
from server.web.denials import Denied

PARAMETER, HEADER = "lang", "Accept-Language"
WISHES_MAX = 20
_WISH = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,30})?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


def language_of(request: web.Request) -> Language:
    """The language in which a request is answered.

    Raises:
        Denied: it asks by name for a language that the server does not speak.
    """
    named = request.query.get(PARAMETER)
    if named is None:
        return preferred(request.headers.get(HEADER, ""))
    found = next((spoken for spoken in LANGUAGES if spoken == named), None)
    if found is None:
        raise Denied(Reason.BAD_REQUEST, PARAMETER, f"Write one of the languages spoken here: {', '.join(LANGUAGES)}.")
    return found


def preferred(header: str) -> Language:
    """The most wished for of the languages spoken here; the first of them if none is wished for."""
    wishes: list[tuple[float, Language]] = []
    for wish in header.split(",")[:WISHES_MAX]:
        read = _WISH.fullmatch(wish)
        wishes += [(float(read[2] or 1.0), spoken) for spoken in LANGUAGES if read and spoken == read[1].lower()]
    heard = [wish for wish in wishes if wish[0] > 0.0]
    return max(heard, key=lambda wish: wish[0])[1] if heard else LANGUAGES[0]
