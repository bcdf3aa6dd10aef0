"""A step lasts as long as it should, whatever the clocks say meanwhile, and the test would notice if it did not."""

from __future__ import annotations

import asyncio
from unittest.mock import patch

import pytest

from server.sessions.clock import StepClock
from tests.crash.clocks import run
from tests.server.log.servers import program

ALL_FORTH = (35, 47, 153, 155, 181, 351)
"""Seeds whose first three jumps lead forth, by seconds and more."""
TRIES_MAX = 12
"""Where in a step a jump falls is up to the machine, and one in six of these runs closes a step early; so often each is tried."""


def test_no_step_is_closed_early_though_clocks_are_set(capsys: pytest.CaptureFixture[str]) -> None:
    """By up to an hour, forth and back; every step is closed once, and the last jump freezes nothing."""
    result = asyncio.run(run(1, 6, program("valkey")))
    with capsys.disabled():
        print(f"\nclocks: {result}")
    assert result.steps > 0
    assert (result.early, result.doubled) == (0, 0)


def test_a_step_that_goes_by_the_jumping_clock_is_found() -> None:
    """The control: servers that believe the store's clock close a step as soon as it is set forth."""
    with patch.object(StepClock, "_jumped_ms", lambda *_: 0):
        assert any(asyncio.run(run(seed, 3, program("valkey"))).early for seed in ALL_FORTH * TRIES_MAX)
