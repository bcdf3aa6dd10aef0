"""A whole session inside this program by the ways that everybody takes: private Redis, server, lobby over HTTP, seats over WebSockets.

The server listens on a free loopback port and keeps its log in a temporary folder; both are gone when the session is over.  What is shown
comes from the log that control may read, so the demo sees nothing that the server would not say.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from client.bots.protocol import Bot
from client.sdk import Seat, run_bot
from client.sdk.lobby import Lobby, Made
from rules.sequence import Recorded
from rules.wire.canonical import canonical
from rules.wire.logbook import unpack
from server.runtime import running
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Stage:
    """A session that waits to be started, its lobby, and the seats that were connected for bots and for people."""

    lobby: Lobby
    made: Made
    onlooker: Seat
    seats: Mapping[str, Seat]


@asynccontextmanager
async def staged(scenario: str, seed: str, countries: Sequence[str]) -> AsyncIterator[Stage]:
    """A server with one session, and every country's seat connected.

    Raises:
        LobbyRefused: the server does not make the session.
        NoRedisBinary, RedisDidNotStart, OSError: the server cannot be started.
    """
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="unipole-"))
        address = await stack.enter_async_context(running(Settings(data_dir=Path(folder))))
        lobby = await stack.enter_async_context(Lobby(address.url))
        made = await lobby.make(scenario, "rounds", seed=seed, open_seats=False)
        onlooker = await stack.enter_async_context(lobby.seat(made.session, made.public_token))
        seats = {}
        for country in countries:
            token = await lobby.claim(made.session, country, made.control_token)
            seats[country] = await stack.enter_async_context(lobby.seat(made.session, token))
        yield Stage(lobby, made, onlooker, seats)


async def play_bots(stage: Stage, bots: Mapping[str, Bot]) -> None:
    """Let every bot play its seat until the session is over.

    Raises:
        SeatLost: a seat is lost.
    """
    async with asyncio.TaskGroup() as group:
        for country, bot in bots.items():
            group.create_task(run_bot(stage.seats[country], bot))


async def lines(stage: Stage) -> list[str]:
    """The log of the session so far."""
    return [line async for line in stage.lobby.log(stage.made.session, stage.made.control_token)]


async def entries(stage: Stage) -> AsyncIterator[Recorded]:
    """Every entry of the log as it is written, until the session is over."""
    known = 1  # the head is the first line
    async for sight in stage.onlooker.sights():
        found = await lines(stage)
        for line in found[known:]:
            yield unpack(canonical(json.loads(line)["entry"]))
        known = len(found)
        if sight.view.moment.status == "over":
            return
