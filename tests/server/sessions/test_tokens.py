"""Tokens: unguessable, stored as hashes, one a viewer, mortal."""

from __future__ import annotations

import asyncio

from pydantic import TypeAdapter

from rules.frames import Token
from server.log.shelf import MemoryShelf
from server.sessions.clock import LogClock
from server.sessions.tokens import Tokens, proof_of
from server.settings import Limits
from tests.server.stage import memory_log
from tests.simulation.loop import run_virtually


def test_the_life_of_a_token() -> None:
    """Issued, valid for its session and viewer alone, replaced, revoked, expired; never stored."""

    async def scene() -> None:
        shelf, clock = MemoryShelf(), LogClock(memory_log())
        await clock.exact_ms()
        tokens = Tokens(shelf, clock, Limits(token_days_max=1.0))
        first = await tokens.issue("s", "ARD")
        assert TypeAdapter(Token).validate_python(first)
        assert first not in str(await shelf.all("s"))
        proven = await tokens.proven("s", first)
        assert proven is not None
        assert (proven.viewer, proven.proof) == ("ARD", proof_of(first))
        assert await tokens.proven("t", first) is None
        other = await tokens.issue("s", "BRV")
        second = await tokens.issue("s", "ARD")
        assert await tokens.proven("s", first) is None
        assert await tokens.proven("s", second) is not None
        await tokens.revoke("s", "ARD")
        assert await tokens.proven("s", second) is None
        assert await tokens.proven("s", other) is not None
        await asyncio.sleep(86_401)
        assert await tokens.proven("s", other) is None
        assert await tokens.valid("s") == {}

    run_virtually(scene())


def test_tokens_do_not_repeat() -> None:
    """A thousand differ."""

    async def scene() -> None:
        tokens = Tokens(MemoryShelf(), LogClock(memory_log()), Limits())
        assert len({await tokens.issue("s", "ARD") for _ in range(1000)}) == 1000

    run_virtually(scene())
