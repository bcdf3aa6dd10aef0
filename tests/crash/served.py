"""A server as a program of its own, to be killed: for each line that it reads it forks a server, which serves until SIGTERM.

``--hasty`` plants the classic fault: orders are acknowledged before they are appended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence

from rules.errors import Refused
from rules.orders import CONTROL
from rules.wire.frames import Acked
from server.runtime import run, until_told
from server.sessions.play import Play
from server.sessions.requests import Ordered
from server.settings import Limits, Rate, Settings
from server.web.app import Address

BUSY_S = 0.02
"""What a hasty server does between its promise and the log takes so long; else a kill hardly ever falls between the two."""


def acknowledge_first() -> None:
    """Plant the fault."""
    real = Play.settle

    async def hasty(play: Play, waiting: Sequence[Ordered]) -> None:
        for request in waiting:
            if request.order.author == CONTROL:  # so that the scene is set in order
                continue
            try:
                play.history.ahead().given(request.order, 0)
            except Refused:
                continue
            request.reply(Acked(id=request.echo))
        await asyncio.sleep(BUSY_S)
        await real(play, waiting)

    setattr(Play, "settle", hasty)  # noqa: B010 - that is the fault, and types would not let it pass


def nursery(live: Callable[[], None]) -> None:
    """A life for every line that is read; says who lives, where it serves (the life does), and how it ended."""
    for _ in sys.stdin:
        begun, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(told)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.read(begun, 1)  # its name is said before its port
            live()
            os._exit(0)
        os.close(begun)
        print("pid", pid, flush=True)
        os.close(told)
        print("code", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def main() -> None:
    """Serve whenever told to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--redis", default=None)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--hasty", action="store_true")
    asked = parser.parse_args()
    if asked.hasty:
        acknowledge_first()
    limits = Limits(live_rate=Rate(1e5, 10**5))  # the killing is the test, not the pace
    settings = Settings(port=asked.port, redis_url=asked.redis, limits=limits)

    def ready(address: Address) -> None:
        print("port", address.port, flush=True)

    nursery(lambda: run(lambda: until_told(settings, ready)))


if __name__ == "__main__":
    main()
