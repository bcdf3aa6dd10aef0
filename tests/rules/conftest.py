"""What several tests of the rules look at: the events of some random games."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rules.adjudication import close_step
from rules.events import EventKinds
from rules.orders import Cancel
from rules.sequence import Recorded
from tests.rules.random_play import Stroll, Tally
from tests.rules.stage import at, given, tiny, with_figures

GAMES = 70


@pytest.fixture(scope="session")
def strolls() -> tuple[Stroll, ...]:
    """Random games, each played to its end."""
    found = []
    for number in range(GAMES):
        rare = replace(tiny().parameters, help_detection=1.0, leak_chance=1.0, turnover=0.3)
        start = replace(tiny(), seed=f"stroll {number}", parameters=rare)
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
    """Their events, and those of a country that is won, held and left, which chance seldom brings about."""
    won = with_figures(tiny(), forces=np.array([4000.0, 8.0, 1.0, 7.0]))
    lines = {"1 orders 1": ["ARD announce DOR dorn-force"], "2 orders 1": ["ARD launch ard-dor-1"]}
    game = given(at("3 orders 1", lines, start=won), "ARD", Cancel(operation="ard-dor-1"))
    return (*(event for entry in entries for event in entry.events), *close_step(game))
