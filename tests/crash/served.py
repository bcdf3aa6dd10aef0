"""A server as a program of its own, to be killed: prints its port, then serves until SIGTERM.

``--hasty`` plants the classic fault: orders are acknowledged before they are appended.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rules.errors import Refused
from rules.frames import Acked
from rules.orders import CONTROL
from server.runtime import run, until_told
from server.sessions.play import Play
from server.sessions.requests import Ordered
from server.settings import Limits, Rate, Settings
from server.web.app import Address


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
        await real(play, waiting)

    setattr(Play, "settle", hasty)  # noqa: B010 - that is the fault, and types would not let it pass


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--redis", default=None)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--hasty", action="store_true")
    asked = parser.parse_args()
    if asked.hasty:
        acknowledge_first()
    limits = Limits(live_rate=Rate(1e5, 10**5))  # the killing is the test, not the pace
    settings = Settings(port=asked.port, redis_url=asked.redis, data_dir=asked.data, limits=limits)

    def ready(address: Address) -> None:
        print(address.port, flush=True)

    run(lambda: until_told(settings, ready))


if __name__ == "__main__":
    main()
