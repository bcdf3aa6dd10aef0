"""The end of the demo: a fresh game of the same case among bots, open in a browser, to watch or to take a seat in.

Its first briefing is over at once, so that whoever opens the page can act; bots play every seat that nobody takes.  The clock stands still
until somebody takes one, who then has time to read who that is.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from client.sdk.lobby import Lobby, Made
from server.narrate.language import say
from server.runtime import running
from server.settings import Settings
from server.tasks import ended
from server.web.pages import BUILT, FIRST
from server.web.wishes import code_of

BRIEFING = "briefing"
LOOK_S = 0.5
READING_S = 180
"""More for the first step: one reads a role and the first offers before one acts."""


async def leave_open(scenario: str, stay_s: float | None, out: Console) -> None:
    """Serve until SIGTERM or Ctrl-C, and for ``stay_s`` at most.

    Raises:
        LobbyRefused: the server does not make the session.
        NoRedisBinary, RedisDidNotStart, OSError: the server cannot be started.
    """
    with TemporaryDirectory(prefix="unipole-") as folder, _told_to_stop() as stop:
        async with running(Settings(data_dir=Path(folder))) as address, Lobby(address.url) as lobby:
            made = await lobby.make(scenario, "live", bots=True)
            await lobby.control(made.session, made.control_token, "start")
            if (await lobby.state(made.session)).phase == BRIEFING:
                await lobby.control(made.session, made.control_token, "force")
            await lobby.control(made.session, made.control_token, "pause", reason=say("demo.waits"))
            beginning = asyncio.create_task(_begun_by_somebody(lobby, made))
            _say(out, address.url, code_of(made.session), stay_s)
            with suppress(TimeoutError):  # nobody is there to stop it
                await asyncio.wait_for(stop.wait(), stay_s)
            await ended(beginning)
    out.print(say("demo.stopped"))


async def _begun_by_somebody(lobby: Lobby, made: Made) -> None:
    """Let the clock run as soon as a seat is taken."""
    while not any(seat.claimed for seat in (await lobby.state(made.session)).seats):  # noqa: ASYNC110 - a claim rings no bell out here
        await asyncio.sleep(LOOK_S)
    await lobby.control(made.session, made.control_token, "resume")
    await lobby.control(made.session, made.control_token, "extend", seconds=READING_S)


@contextmanager
def _told_to_stop() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for wish in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wish, stop.set)
    try:
        yield stop
    finally:
        for wish in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(wish)


def _say(out: Console, url: str, code: str, stay_s: float | None) -> None:
    out.print()
    out.rule(f"[bold]{say('demo.now-you')}[/bold] {say('demo.begun-anew')}", align="left")
    out.print(say("demo.learn", url=f"{url}/"), soft_wrap=True)
    out.print(say("demo.take-seat", url=f"{url}/#/join/{code}"), soft_wrap=True)
    out.print(say("demo.watch", url=f"{url}/#/screen/{code}"), soft_wrap=True)
    if not (BUILT / FIRST).is_file():
        out.print(say("demo.no-page"), soft_wrap=True)
    if stay_s is None:
        out.print(say("demo.until-stopped"), soft_wrap=True)
    else:
        out.print(say("demo.by-itself", seconds=round(stay_s)), soft_wrap=True)
