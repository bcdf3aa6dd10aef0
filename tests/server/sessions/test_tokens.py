"""Tokens: unguessable, stored as hashes, one a viewer, mortal."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import TypeAdapter

from rules.wire.frames import Token
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


def test_whoever_is_put_out_leaves_no_envelope_and_a_lost_device_takes_none_along() -> None:
    """What waits for the step to close was the word of whoever held the seat."""

    async def scene() -> None:
        shelf, clock = MemoryShelf(), LogClock(memory_log())
        await clock.exact_ms()
        tokens = Tokens(shelf, clock, Limits())
        for seat in ("ARD", "BRV"):
            await tokens.issue("s", seat)
            await shelf.put("s", f"envelope:{seat}", "{}")
        device, _ = await tokens.issue_more("s", "ARD")
        await tokens.revoke("s", "ARD", device)
        assert "envelope:ARD" in await shelf.all("s")
        await tokens.revoke("s", "ARD")
        assert [name for name in await shelf.all("s") if "envelope" in name] == ["envelope:BRV"]

    run_virtually(scene())


@pytest.mark.parametrize("offered", [chr(0xDCFF), chr(0xD800), "ключ", ""])
def test_whatever_is_offered_as_a_token_is_no_fault(offered: str) -> None:
    """Bytes that are no text included."""
    assert len(proof_of(offered)) == 64


def test_an_invitation_ends_with_the_hour_and_with_the_seat() -> None:
    """It lets in nobody else's devices; the next one, a seat given anew or freed void it; a name lives as long as its token."""

    async def scene() -> None:
        shelf, clock = MemoryShelf(), LogClock(memory_log())
        await clock.exact_ms()
        tokens = Tokens(shelf, clock, Limits())
        await tokens.issue("s", "ARD")
        code = await tokens.invite("s", "ARD")
        assert code not in str(await shelf.all("s"))
        assert await tokens.is_invited("s", "ARD", code)
        assert not await tokens.is_invited("s", "BRV", code)
        assert not await tokens.is_invited("s", "ARD", "")
        newer = await tokens.invite("s", "ARD")
        assert not await tokens.is_invited("s", "ARD", code)
        await asyncio.sleep(3_601)
        assert not await tokens.is_invited("s", "ARD", newer)
        for end in (tokens.issue("s", "ARD"), tokens.revoke("s", "ARD")):
            code = await tokens.invite("s", "ARD")
            await end
            assert not await tokens.is_invited("s", "ARD", code)
        token = await tokens.issue("s", "ARD")
        assert await tokens.rename("s", "ARD", "first", "Ada of the Isles")
        assert not await tokens.rename("s", "ARD", "other", "Ben")
        assert [(given.name, given.proof) for given in await tokens.given("s")] == [("Ada of the Isles", proof_of(token))]
        await tokens.issue("s", "ARD")
        assert [given.name for given in await tokens.given("s")] == [""]

    run_virtually(scene())


def test_tokens_do_not_repeat() -> None:
    """A thousand differ."""

    async def scene() -> None:
        tokens = Tokens(MemoryShelf(), LogClock(memory_log()), Limits())
        assert len({await tokens.issue("s", "ARD") for _ in range(1000)}) == 1000

    run_virtually(scene())
