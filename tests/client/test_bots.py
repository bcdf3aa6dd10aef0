"""Bots: they play only what is legal, see only their view, and the same view gives the same acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from client.arena import play
from client.bots.payoff_bot import PayoffBot
from client.bots.protocol import Bot
from client.bots.random_legal import ACTS_A_STEP_MAX, RandomLegal
from rules.problems import problems
from rules.state import Game
from rules.view import view
from rules.wire.canonical import canonical
from rules.wire.views import pack_view, unpack_view
from tests.rules.stage import at, tiny
from tests.security.hidden import scrambled

MAKERS: dict[str, Callable[[str], Bot]] = {"payoff": PayoffBot, "random": RandomLegal, "coin": lambda seed: PayoffBot(seed, skill=0.0)}
STEPS = ("1 negotiation 1", "1 negotiation 2", "1 assembly 1", "1 orders 1", "2 orders 1")
LINES = {
    "1 negotiation 1": ["ARD table four 'authorise force' dorn-force DOR true", "BRV propose pact 1", "ARD propose deal 1"],
    "1 orders 1": ["ARD announce DOR dorn-force"],
}
TERMS = {
    "pact": {"parties": ["BRV", "COR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]},
    "deal": {"parties": ["ARD", "COR"], "secret": True, "clauses": [{"kind": "aid", "debtor": "ARD", "to": "COR", "amount": 0.5}]},
}


@pytest.fixture(scope="module")
def moments() -> tuple[Game, ...]:
    """Games with something on the table, in each phase in which seats act."""
    return tuple(at(step, LINES, TERMS) for step in STEPS)


@pytest.mark.parametrize("kind", MAKERS)
def test_whole_sessions_are_sound(kind: str) -> None:
    """Every step leaves a sound game; what was refused was spoilt by another seat in the same step, not wrong from the start."""
    for number in range(3):
        bots = {country: MAKERS[kind](f"{number} {country}") for country in tiny().atlas.countries}
        match = play(replace(tiny(), seed=f"session {number}"), bots, lambda game, _: sound(game))
        assert len([entry for entry in match.entries if entry.order.author not in ("clock", "control")]) > 0
        assert all(declined.refusal.code.value.split("/")[0] in RACES for declined in match.declined), match.declined


RACES = ("draft", "offer", "limit", "commitment", "operation")
"""What another seat's act in the same step can spoil."""


def sound(game: Game) -> None:
    """No broken invariant."""
    assert problems(game) == []


@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_view_gives_the_same_acts(moments: tuple[Game, ...], kind: str) -> None:
    """From the view itself, from a copy that went over the wire, and with everything else in the game changed."""
    for game in moments:
        for country in game.atlas.countries:
            bot = MAKERS[kind]("seed")
            sight = view(game, country)
            acts = bot.choose(sight)
            assert MAKERS[kind]("seed").choose(unpack_view(pack_view(sight))) == acts
            assert bot.choose(view(scrambled(game, country, Random(country)), country)) == acts


def test_another_seed_chooses_otherwise(moments: tuple[Game, ...]) -> None:
    """A bot without skill is a coin, and no two coins fall alike for long."""
    chosen = {seed: [canonical(PayoffBot(seed, skill=0.0).choose(view(game, "COR"))) for game in moments] for seed in ("a", "b", "c")}
    assert len({tuple(acts) for acts in chosen.values()}) > 1


def test_a_random_bot_does_little_at_once(moments: tuple[Game, ...]) -> None:
    """Never more than its limit, never done, and nothing where nothing is open."""
    for game in moments:
        acts = RandomLegal("seed").choose(view(game, "ARD"))
        assert len(acts) <= ACTS_A_STEP_MAX
        assert "done" not in {act.kind for act in acts}
    for bot in (RandomLegal("seed"), PayoffBot("seed")):
        assert bot.choose(view(at("1 briefing 1"), "ARD")) == ()
        assert bot.choose(view(at("1 report 1"), "ARD")) == ()


def test_skill_follows_the_payoff() -> None:
    """Over some sessions calculating players end better than coins do."""
    means = {}
    for name, skill in (("coin", 0.0), ("calculating", 60.0)):
        gains = []
        for number in range(6):
            bots = {c: PayoffBot(f"{number} {c}", skill) for c in tiny().atlas.countries}
            match = play(replace(tiny(), seed=f"skill {number}"), bots)
            gains.append(float((match.game.world.payoff - match.opening.world.payoff).sum()))
        means[name] = sum(gains) / len(gains)
    assert means["calculating"] > means["coin"]
