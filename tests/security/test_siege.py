"""A short siege ends well, and a siege that does not is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

from tests.security.siege import Siege, lay


def test_a_short_siege_ends_well() -> None:
    """Every connection is closed with a documented code, and none is kept; ``make endurance`` lays long ones."""
    siege = asyncio.run(lay(200, 4))
    assert siege.faults() == [], str(siege)
    assert siege.sent >= 200


def test_what_is_not_as_promised_is_told() -> None:
    """Each fault by itself."""
    well = Siege(codes=Counter({1003: 5, 1007: 2}), waits_s=[0.1])
    assert well.faults() == []
    otherwise = (
        replace(well, codes=Counter({1000: 1})),
        replace(well, left_open=1),
        replace(well, largest_mib=300.0),
        replace(well, waits_s=[]),
    )
    assert [len(siege.faults()) for siege in otherwise] == [1, 1, 1, 1]
