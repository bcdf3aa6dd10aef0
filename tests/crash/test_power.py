"""An acknowledged order survives a power cut, and a store that syncs later than it answers is seen to lose."""

from __future__ import annotations

import pytest

from tests.crash.power import cut
from tests.server.log.servers import program

CUTS = 50


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_no_acknowledged_order_is_lost(kind: str) -> None:
    """A cut is a kill and more: whatever was not synced is gone as well."""
    result = cut(1, CUTS, program(kind))
    assert result.verdict.is_clean
    assert result.verdict.acked >= CUTS


@pytest.mark.parametrize("kind", ["valkey", "redis"])
def test_a_store_that_syncs_each_second_loses(kind: str) -> None:
    """Control: the disk does forget, and the judge does see it."""
    assert cut(2, 5, program(kind), "everysec").verdict.lost > 0
