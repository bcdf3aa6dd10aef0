"""Orders through a wire that loses replies and cuts requests: what the log has, beside what was acknowledged."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from server.log.line import LineLimits, RedisLine
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.server.log.test_contract import fresh_game
from tests.server.log.wire import Fault, Way, faulty_wire
from tests.server.log.witness import Verdict, Witness, verdict_on, write

WRITERS = 8
GAMES = 3
LIMITS = LineLimits(reply_timeout_s=0.1, retries_max=3, backoff_base_s=0.001, backoff_cap_s=0.01)
SHARES: dict[Way, tuple[float, float]] = {"request": (0.05, 0.0), "reply": (0.05, 0.004)}
"""The share of pieces that are cut and silenced, by way."""


@dataclass(frozen=True)
class Through:
    """What came through: the verdict, how many rows there are, and how many replies were lost."""

    verdict: Verdict
    rows: int
    swallowed: int


async def write_through_faults(url: str, folder: Path, orders: int, *, seed: int = 1, script: str = APPEND_SCRIPT) -> Through:
    """So many orders, of one to three entries each."""
    chance = random.Random(seed)

    def fault(way: Way) -> Fault:
        cut, silent = SHARES[way]
        drawn = chance.random()
        return Fault.CUT if drawn < cut else Fault.SILENCE if drawn < cut + silent else Fault.NONE

    witness = Witness()
    games = [fresh_game("lost") for _ in range(GAMES)]
    honest = RedisLine(url)
    async with asyncio.timeout(120 + orders / 5), faulty_wire(url, folder, fault) as wire:
        line = RedisLine(wire.url, LIMITS)
        log = RedisLog(line, script=script)
        await asyncio.gather(*(write(log, witness, games[n % GAMES], f"w{n}", range(orders // WRITERS)) for n in range(WRITERS)))
        await line.aclose()
    try:
        checked = RedisLog(honest)
        rows = sum([await checked.version(game) for game in games])
        verdict = await verdict_on(checked, witness)
    finally:
        await honest.aclose()
    swallowed = wire.faults.get(("reply", Fault.CUT), 0) + wire.faults.get(("reply", Fault.SILENCE), 0)
    return Through(verdict, rows, swallowed)
