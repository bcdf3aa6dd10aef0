"""Ending a task for certain.

On Python 3.11 ``asyncio.wait_for`` loses a cancellation that arrives together with the result it waits for,
and the Redis client uses it for every command; a task cancelled once may go on as if nothing had happened.
So the wish is repeated until the task is done.
"""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN_S = 0.2


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel until they are done, one after the other; what they returned or raised does not matter any more."""
    for task in tasks:
        while not task.done():
            task.cancel()
            await asyncio.wait((task,), timeout=AGAIN_S)
