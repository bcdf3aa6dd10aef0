"""What holds in every game, found out by playing 20,000 of them at random.

2,000 are whole games of the small case; the others are short, with another schedule, length and parameters each, and some of them are
openings of the large case.  They are split into shards, so that both cores of a small machine have work.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from rules.pacts.clauses import Consult, ShareIntelligence
from rules.pacts.treaties import Commitment, Terms
from rules.state import Game
from scenarios import load, opening
from tests.rules.random_play import KINDS, Stroll, Tally, varied
from tests.rules.stage import SPAN

GAMES = 20_000
WHOLE, WHOLE_SHARDS = 2_000, 8
SHORT_SHARDS = 16
LARGE = 320  # of the short games
ACCEPTED_MIN = 200  # of each kind of order, over all whole games
SHORT_STEPS_MAX = 5
DECIDED_MIN = 1_000_000  # orders that were tried, accepted or refused, over all games
WHOLE_DECIDED_MIN = 75_000  # in one shard
SHORT_DECIDED_MIN = 35_000  # in one shard


@pytest.fixture(scope="module")
def tiny() -> Game:
    """The small case, opened."""
    return opening(load("tiny"), "seed")


@pytest.fixture(scope="module")
def allied(tiny: Game) -> Game:
    """The small case with a secret treaty of talks and intelligence besides: something to call, to withhold and to find out."""
    owed = (ShareIntelligence(debtor="BRV", **SPAN), Consult(debtor="COR", **SPAN))
    treaty = Commitment(id="brava-corin", terms=Terms(parties=("BRV", "COR"), clauses=owed, secret=True), since=1)
    return replace(tiny, commitments=(*tiny.commitments, treaty))


@pytest.fixture(scope="module")
def large() -> Game:
    """The large case, opened."""
    return opening(load("iraq-2003"), "seed")


@pytest.mark.parametrize("shard", range(WHOLE_SHARDS))
def test_whole_games_keep_every_promise(tiny: Game, allied: Game, shard: int) -> None:
    """Whole games at random: no broken invariant, no act wrongly listed, no refusal that leaves a mark, the log gives the state again."""
    tally = Tally()
    for number in range(WHOLE // WHOLE_SHARDS):
        rng = Random(f"whole {shard} {number}")
        opened = replace(allied if number % 2 else tiny, seed=f"{shard}.{number}")
        game = Stroll(opened, rng, tally, thorough=0.15).play(steps=1_000)
        assert game.moment.status == "over"
    assert tally.games == WHOLE // WHOLE_SHARDS
    assert tally.tried > 100 * tally.games
    assert tally.decided >= WHOLE_DECIDED_MIN
    rare = {kind: tally.accepted[kind] for kind in KINDS if tally.accepted[kind] < ACCEPTED_MIN / WHOLE_SHARDS}
    assert rare == {}, f"too few of {rare} among {tally.accepted}"


@pytest.mark.parametrize("shard", range(SHORT_SHARDS))
def test_short_games_keep_every_promise(tiny: Game, large: Game, shard: int) -> None:
    """The same from other openings: any schedule, any length, parameters anywhere within their bounds, four seats or twenty-five."""
    tally = Tally()
    count = (GAMES - WHOLE) // SHORT_SHARDS
    for number in range(count):
        rng = Random(f"short {shard} {number}")
        is_large = number < LARGE // SHORT_SHARDS
        steps = rng.randint(1, SHORT_STEPS_MAX)
        Stroll(varied(large if is_large else tiny, rng), rng, tally, thorough=0.02 if is_large else 0.1).play(steps)
    assert tally.games == count
    assert tally.steps > count
    assert tally.decided >= SHORT_DECIDED_MIN
    assert len(tally.refused) >= 10, f"garbage met only {sorted(tally.refused)}"


def test_the_shards_together_decide_on_a_million_orders() -> None:
    """Each shard asserts its own least number; what they add up to is the promise."""
    assert WHOLE_SHARDS * WHOLE_DECIDED_MIN + SHORT_SHARDS * SHORT_DECIDED_MIN >= DECIDED_MIN


def test_every_promise_can_be_broken(tiny: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stroll notices a broken invariant, an act wrongly listed, and a log that does not give the state again."""
    broken: list[str] = []
    for name, fault in FAULTS.items():
        with monkeypatch.context() as patch:
            patch.setattr(f"tests.rules.random_play.{name}", fault)
            try:
                for number in range(3):
                    Stroll(tiny, Random(number), Tally(), thorough=1.0).play(steps=50)
            except AssertionError:
                broken.append(name)
    assert broken == list(FAULTS)


def _drifting(game: Game) -> str:
    _drifting.calls += 1  # type: ignore[attr-defined]  # a counter on the planted function
    return f"{game.seed}{_drifting.calls}"  # type: ignore[attr-defined]  # as above


_drifting.calls = 0  # type: ignore[attr-defined]  # as above

FAULTS = {
    "problems": lambda game: ["turn two"] if game.moment.turn == 2 else [],
    "game_hash": _drifting,
    "decide": lambda game, order: (),
}
