"""How long a test waits for what ought to come at once: far longer than anything takes on a busy machine, so that only a hang meets it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE_S = 120.0
LOOK_S = 0.005


async def until(holds: Callable[[], object]) -> None:
    """Wait for something that happens elsewhere, in another process perhaps, and rings no bell here."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - see above
            await asyncio.sleep(LOOK_S)
