"""A server that may lose what it acknowledges is refused, with the remedy."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import redis

from server.log.durability import require_durable
from server.log.errors import LogUnavailable, NotDurable
from server.log.line import RedisLine
from tests.server.log.servers import plain, program

GOOD = {"appendonly": "yes", "appendfsync": "always"}


async def asked(url: str, *, accept_loss: bool = False) -> tuple[str, ...]:
    """The answer of the check."""
    line = RedisLine(url)
    try:
        return await require_durable(line, accept_loss)
    finally:
        await line.aclose()


@pytest.mark.parametrize("kind", ["valkey", "redis"])
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("appendonly", "no"),
        ("appendfsync", "everysec"),
        ("appendfsync", "no"),
        ("no-appendfsync-on-rewrite", "yes"),
        ("maxmemory-policy", "allkeys-lru"),
        ("maxmemory-policy", "volatile-ttl"),
    ],
)
def test_each_danger_is_named(kind: str, setting: str, value: str, tmp_path: Path) -> None:
    """One wrong setting: refused with its name and the command that mends it; allowed only on request."""
    settings = [text for name, wanted in (GOOD | {setting: value}).items() for text in (f"--{name}", wanted)]
    with plain(program(kind), tmp_path, *settings) as url:
        with pytest.raises(NotDurable, match=f"CONFIG SET {setting}") as refused:
            asyncio.run(asked(url))
        assert len(refused.value.complaints) == 2
        assert "--accept-loss" in refused.value.complaints[1]
        complaints = asyncio.run(asked(url, accept_loss=True))
        assert complaints == refused.value.complaints[:1]


def test_the_private_server_is_durable(redis_url: str) -> None:
    """Our own settings pass our own check."""
    assert asyncio.run(asked(redis_url)) == ()


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_a_server_that_keeps_silent_is_refused(kind: str, tmp_path: Path) -> None:
    """Where CONFIG is forbidden nobody can know, and the sentence says so and what to ask for."""
    with plain(program(kind), tmp_path, "--appendonly", "yes", "--appendfsync", "always") as url:
        with redis.Redis.from_url(url) as client:
            client.execute_command("ACL SETUSER", "default", "-config")
        with pytest.raises(NotDurable, match="does not tell its settings"):
            asyncio.run(asked(url))
        (complaint,) = asyncio.run(asked(url, accept_loss=True))
        assert "CONFIG GET" in complaint
        assert "provider" in complaint


def test_a_server_that_is_away_is_not_called_unsafe() -> None:
    """No answer is no verdict."""
    with pytest.raises(LogUnavailable):
        asyncio.run(asked("unix:///nowhere/redis.sock", accept_loss=True))
