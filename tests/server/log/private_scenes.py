"""What tests of the private server do again and again."""

from __future__ import annotations

from pathlib import Path

from server.log.line import LineLimits, RedisLine
from server.log.private import PrivateRedis
from server.log.protocol import Appended
from server.log.redis import RedisLog
from tests.server.log.contract import entry

PATIENT = LineLimits(retries_max=60, backoff_base_s=0.01, backoff_cap_s=0.2)
"""A line that outlasts any restart, however busy the machine."""


async def append(server: PrivateRedis, version: int) -> None:
    """Append one entry to the game ``game``."""
    line = RedisLine(server.url, PATIENT)
    assert isinstance(await RedisLog(line).append("game", version, [entry(f"o{version}")]), Appended)
    await line.aclose()


async def version(server: PrivateRedis) -> int:
    """How many entries the game ``game`` has."""
    line = RedisLine(server.url, PATIENT)
    found = await RedisLog(line).version("game")
    await line.aclose()
    return found


def lives(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
