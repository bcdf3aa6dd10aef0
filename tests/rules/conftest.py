"""What several tests of the rules look at: the events of some random games."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rules.adjudication import close_step
from rules.decide import decide
from rules.events import EventKinds
from rules.orders import Cancel, Dialogue, Order, Sponsor
from rules.sequence import Recorded
from tests.rules.random_play import Stroll, Tally
from tests.rules.stage import at, given, tiny, with_figures

GAMES = 70


@pytest.fixture(scope="session")
def strolls() -> tuple[Stroll, ...]:
    """Random games, each played to its end."""
    found, tally = [], Tally()
    likely = replace(tiny().parameters, help_detection=1.0, leak_chance=1.0, turnover=1.0, exposure=1.0)
    generous = with_figures(replace(tiny(), parameters=likely), aid=[likely.aid_share_max] * 4)
    for number in range(GAMES):
        stroll = Stroll(replace(generous, seed=f"stroll {number}"), Random(f"stroll {number}"), tally, thorough=0.0)
        stroll.play(steps=100)
        found.append(stroll)
    return tuple(found)


@pytest.fixture(scope="session")
def entries(strolls: tuple[Stroll, ...]) -> tuple[Recorded, ...]:
    """Their entries."""
    return tuple(entry for stroll in strolls for entry in stroll.entries)


@pytest.fixture(scope="session")
def told(entries: tuple[Recorded, ...]) -> tuple[EventKinds, ...]:
    """Their events, and what chance seldom brings about: a country won, held and left, talks, a secret found out, a text amended."""
    won = with_figures(tiny(), forces=np.array([4000.0, 8.0, 1.0, 7.0]))
    lines = {"1 orders 1": ["ARD announce DOR dorn-force"], "2 orders 1": ["ARD launch ard-dor-1"]}
    game = given(at("3 orders 1", lines, start=won), "ARD", Cancel(operation="ard-dor-1"))
    return (*(event for entry in entries for event in entry.events), *close_step(game), *_diplomacy())


def _diplomacy() -> tuple[EventKinds, ...]:
    """Two who come to the same talks, a secret that leaks at once, a fabrication found out, an amendment taken over."""
    leaky = replace(tiny(), parameters=replace(tiny().parameters, leak_chance=1.0, exposure=1.0))
    secret = {"secret": {"parties": ["BRV", "COR"], "secret": True, "clauses": [{"kind": "consult", "debtor": "BRV"}]}}
    lines = {
        "1 negotiation 1": [
            "BRV propose secret 1", "ARD table four demand dorn-force DOR", "COR table four condemn dorn-force DOR false four-1-1",
        ],
        "1 negotiation 2": ["COR sign @BRV", "DOR state frame COR null null null true"],
    }
    talks = at("1 orders 1", lines, secret, start=leaky)
    for country in ("ARD", "BRV"):
        talks = given(talks, country, Dialogue(host="ARD", issue="dorn-force"))
    taken_over = decide(at("1 negotiation 2", lines, secret), Order(id="taken-over", author="ARD", act=Sponsor(draft="four-1-2")))
    return (*close_step(talks), *taken_over)
