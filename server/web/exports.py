"""The log of a session as it is given out: line by line, so that a long one holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from rules.wire.logbook import Head, write
from server.log.protocol import Log
from server.reasons import Reason
from server.web.denials import Denied

PAGE_ENTRIES = 200


async def exported(log: Log, session_id: str) -> AsyncIterator[str]:
    """The lines of a log as it is now.

    Raises:
        Denied: there is none; before the first line.
        LogUnavailable: it cannot be read.
    """
    first = await log.read(session_id, 0, 1)
    if not first:
        raise Denied(Reason.UNKNOWN_SESSION, "session")
    head = Head.model_validate_json(first[0].entry.body)
    rows = list[tuple[bytes, int]]()
    while page := await log.read(session_id, 1 + len(rows), PAGE_ENTRIES):
        rows += [(stored.entry.body, stored.at_ms) for stored in page]
    return _spread(head, rows)


async def _spread(head: Head, rows: list[tuple[bytes, int]]) -> AsyncIterator[str]:
    for number, line in enumerate(write(head, rows)):
        if number % PAGE_ENTRIES == 0:
            await asyncio.sleep(0)
        yield line
