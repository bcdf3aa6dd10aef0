"""From settings to a running server: the private Redis, a Redis that forgets, and a whole session by the SDK."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from client.arena import play
from client.bots.random_legal import RandomLegal
from client.sdk import Lobby, run_bot
from rules.wire.logbook import read, record_hash
from scenarios import opening
from server.log.errors import NotDurable
from server.runtime import run, running
from server.sessions.recovery import scenario_named
from server.settings import Settings
from tests.server.log.servers import plain, program, server
from tests.server.stage import SEATS


def test_a_session_by_the_sdk_on_the_private_redis_is_that_of_the_arena(tmp_path: Path) -> None:
    """Bots over real sockets write the very log that they write in the arena; it outlives the server."""

    async def scene() -> tuple[str, ...]:
        settings = Settings(data_dir=tmp_path)
        async with running(settings) as address, Lobby(address.url) as lobby:
            made = await lobby.make("tiny", "rounds", seed="runtime")
            async with asyncio.TaskGroup() as bots:
                for seat in SEATS:
                    token = await lobby.claim(made.session, seat)
                    bots.create_task(_bot(lobby, made.session, token, seat))
                await lobby.control(made.session, made.control_token, "start")
        async with running(settings) as address, Lobby(address.url) as lobby:
            assert (await lobby.state(made.session)).status == "over"
            return tuple([line async for line in lobby.log(made.session, made.control_token)])

    lines: tuple[str, ...] = ()

    async def whole() -> None:
        nonlocal lines
        lines = await scene()

    run(whole)
    head, entries, chain = read(lines)
    match = play(opening(scenario_named("tiny"), "runtime"), {seat: RandomLegal(seat) for seat in SEATS})
    assert entries == match.entries
    assert chain == record_hash(head, match.entries)


async def _bot(lobby: Lobby, session: str, token: str, seat: str) -> None:
    async with lobby.seat(session, token) as held:
        await run_bot(held, RandomLegal(seat))


def test_a_redis_that_forgets_is_refused_unless_loss_is_accepted(tmp_path: Path) -> None:
    """With a sentence that says how to repair it."""

    async def scene(url: str) -> None:
        with pytest.raises(NotDurable, match="appendonly yes"):
            async with running(Settings(redis_url=url)):
                pass
        async with running(Settings(redis_url=url, accept_loss=True)) as address:
            assert address.socket_url == f"ws://127.0.0.1:{address.port}/ws"

    with plain(program("valkey"), tmp_path) as url:
        asyncio.run(scene(url))


def test_a_redis_that_keeps_what_it_acknowledges_is_taken() -> None:
    """The control of the test above."""

    async def scene(url: str) -> None:
        async with running(Settings(redis_url=url)) as address:
            assert address.port > 0

    with server("valkey") as url:
        asyncio.run(scene(url))
