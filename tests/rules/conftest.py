"""What several tests of the rules look at: the events of some random games."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from rules.events import EventKinds
from rules.sequence import Recorded
from tests.rules.random_play import Stroll, Tally
from tests.rules.stage import tiny

GAMES = 70


@pytest.fixture(scope="session")
def strolls() -> tuple[Stroll, ...]:
    """Random games, each played to its end."""
    found = []
    for number in range(GAMES):
        start = replace(tiny(), seed=f"stroll {number}", parameters=replace(tiny().parameters, help_detection=1.0, leak_chance=1.0))
        stroll = Stroll(start, Random(f"stroll {number}"), Tally(), thorough=0.0)
        stroll.play(steps=100)
        found.append(stroll)
    return tuple(found)


@pytest.fixture(scope="session")
def entries(strolls: tuple[Stroll, ...]) -> tuple[Recorded, ...]:
    """Their entries."""
    return tuple(entry for stroll in strolls for entry in stroll.entries)


@pytest.fixture(scope="session")
def told(entries: tuple[Recorded, ...]) -> tuple[EventKinds, ...]:
    """Their events."""
    return tuple(event for entry in entries for event in entry.events)
