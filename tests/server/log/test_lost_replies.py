"""Replies get lost, orders do not: rows == distinct == acknowledged, in order.

``UNIPOLE_ORDERS`` sets how many orders go through a wire that loses one reply in twenty and cuts one
request in twenty.
"""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest

from server.log.line import LineLimits, RedisLine
from server.log.redis import APPEND_SCRIPT, RedisLog
from tests.server.log.test_contract import fresh_game
from tests.server.log.wire import Fault, Way, faulty_wire
from tests.server.log.witness import Verdict, Witness, verdict_on, write

ORDERS = int(os.environ.get("UNIPOLE_ORDERS", "3000"))
WRITERS = 8
GAMES = 3
LIMITS = LineLimits(reply_timeout_s=0.1, retries_max=3, backoff_base_s=0.001, backoff_cap_s=0.01)


def lossy(seed: int) -> tuple[random.Random, dict[Way, tuple[float, float]]]:
    """A seeded chance, and the share of pieces cut and silenced, by way."""
    return random.Random(seed), {"request": (0.05, 0.0), "reply": (0.05, 0.004)}


async def write_through_faults(url: str, folder: Path, script: str, orders: int) -> tuple[Verdict, int, int]:
    """The verdict, how many rows there are, and how many replies were lost."""
    chance, shares = lossy(1)

    def fault(way: Way) -> Fault:
        cut, silent = shares[way]
        drawn = chance.random()
        return Fault.CUT if drawn < cut else Fault.SILENCE if drawn < cut + silent else Fault.NONE

    witness = Witness()
    games = [fresh_game("lost") for _ in range(GAMES)]
    honest = RedisLine(url)
    async with asyncio.timeout(60 + orders / 20), faulty_wire(url, folder, fault) as wire:
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
    return verdict, rows, swallowed


@pytest.mark.timeout(120 + ORDERS / 20)
def test_no_order_is_lost_or_doubled(valkey: str, tmp_path: Path) -> None:
    """Thousands of orders through the bad wire: each is in the log once, where the answer said."""
    verdict, rows, swallowed = asyncio.run(write_through_faults(valkey, tmp_path, APPEND_SCRIPT, ORDERS))
    assert verdict.is_clean
    assert verdict.acked == rows
    assert swallowed > ORDERS / 100


def test_a_log_that_does_not_know_resends_is_caught(valkey: str, tmp_path: Path) -> None:
    """Control: without the ids, the same wire doubles orders and the judge says so."""
    blind = APPEND_SCRIPT.replace("if #seen > 1 then return seen end", "")
    assert blind != APPEND_SCRIPT
    verdict, rows, swallowed = asyncio.run(write_through_faults(valkey, tmp_path, blind, 400))
    assert swallowed > 0
    assert verdict.doubled > 0
    assert rows > verdict.acked
