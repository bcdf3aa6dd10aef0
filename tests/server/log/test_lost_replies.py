"""Replies get lost, orders do not: rows == distinct == acknowledged, in order."""

from __future__ import annotations

import asyncio
from pathlib import Path

from server.log.redis import APPEND_SCRIPT
from tests.server.log.lost_replies import write_through_faults

ORDERS = 3000


def test_no_order_is_lost_or_doubled(valkey: str, tmp_path: Path) -> None:
    """Thousands of orders through the bad wire: each is in the log once, where the answer said."""
    through = asyncio.run(write_through_faults(valkey, tmp_path, ORDERS))
    assert through.verdict.is_clean
    assert through.verdict.acked == through.rows
    assert through.swallowed > ORDERS / 100


def test_a_log_that_does_not_know_resends_is_caught(valkey: str, tmp_path: Path) -> None:
    """Control: without the ids, the same wire doubles orders and the judge says so."""
    blind = APPEND_SCRIPT.replace("if #seen > 1 then return seen end", "")
    assert blind != APPEND_SCRIPT
    through = asyncio.run(write_through_faults(valkey, tmp_path, 400, script=blind))
    assert through.swallowed > 0
    assert through.verdict.doubled > 0
    assert through.rows > through.verdict.acked
