"""Ending a task for certain, and finishing what must not be left half done.

On Python 3.11 ``asyncio.wait_for`` loses a cancellation that arrives together with the result it waits for,
and the Redis client uses it for every command; a task cancelled once may go on as if nothing had happened.
So the wish is repeated until the task is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

AGAIN_S = 0.2


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel until they are done, one after the other; what they returned or raised does not matter any more."""
    for task in tasks:
        while not task.done():
            task.cancel()
            await asyncio.wait((task,), timeout=AGAIN_S)


async def carried_through(work: Coroutine[Any, Any, None]) -> None:
    """Do it to its end even when whoever waits for it is cancelled, and let the cancellation go on only then."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait((task,))
