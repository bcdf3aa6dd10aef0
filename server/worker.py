"""One of several processes behind one port: started by ``server.supervisor``, never by hand.

``python -m server.worker NUMBER PORT [INLET WAY...]`` inherits sockets by their descriptors: the listening one, the one from which it takes
connections that other processes hand over, and the way to each process.  It reads its settings as one line from standard
input (they may hold the password of a Redis, so they do not stand on the command line), and says ``ready`` once it serves.  The end of
standard input means that the supervisor is gone, however it went: the process then stops in good order, as it does on SIGTERM.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from pydantic import TypeAdapter

from server.journal import open_journal
from server.runtime import run, until_told
from server.settings import Settings
from server.web.app import ALONE, Address
from server.web.steering import Steering

READY = "ready"
LINE_BYTES_MAX = 1 << 20
SETTINGS: TypeAdapter[Settings] = TypeAdapter(Settings)


async def work(number: int, descriptors: Sequence[int]) -> None:
    """Serve on inherited sockets until told to stop."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=LINE_BYTES_MAX)
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    settings = SETTINGS.validate_json(await reader.readline())
    open_journal(settings.log_form, settings.log_level, str(number))
    stop = asyncio.Event()

    async def outlive_nobody() -> None:
        await reader.read()
        stop.set()

    with ExitStack() as stack:
        stack.callback(transport.close)
        port, *between = [stack.enter_context(socket.socket(fileno=descriptor)) for descriptor in descriptors]
        steering = Steering(number - 1, between[0], between[1:]) if between else ALONE
        waiting = asyncio.create_task(outlive_nobody(), name="supervisor")
        try:
            await until_told(settings, _ready, port=port, steering=steering, stop=stop)
        finally:
            waiting.cancel()


def _ready(_: Address) -> None:
    print(READY, flush=True)


if __name__ == "__main__":
    run(lambda: work(int(sys.argv[1]), [int(word) for word in sys.argv[2:]]))
