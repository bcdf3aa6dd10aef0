"""What a server keeps of games that ended and people who came and went."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.crash.soak import FILES_MORE_MAX, GROWN_MIB_MAX, Level, Soak, soak

QUIET = Level(memory_mib=100.0, files=30, store_kib=600.0)


def test_games_that_end_leave_no_file_open_and_no_key() -> None:
    """A few games and returns at once; how much memory they take is for the long run, which is warm."""
    found = asyncio.run(soak(3, 60, warm=(1, 20)))
    assert [fault for fault in found.faults() if "grew" not in fault] == []
    assert (found.games, found.returns) == (3, 60)


def test_whatever_is_kept_is_found() -> None:
    """Memory, files, keys: each beyond its bound is a fault, at it none."""
    fine = Soak(1, 1, QUIET, replace(QUIET, memory_mib=100.0 + GROWN_MIB_MAX, files=30 + FILES_MORE_MAX), 0, 1.0)
    assert fine.faults() == []
    for after, left in ((replace(QUIET, memory_mib=101.0 + GROWN_MIB_MAX), 0), (replace(QUIET, files=31 + FILES_MORE_MAX), 0), (QUIET, 1)):
        assert len(replace(fine, after=after, left_keys=left).faults()) == 1
