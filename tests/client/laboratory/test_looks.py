"""Runs that end as soon as they leave no doubt: at numbers fixed beforehand, never against what all pairs would have said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from client.laboratory import looks
from client.laboratory.estimates import Seen
from client.laboratory.looks import DRAWS_LOOKS, Answer, at_first, beyond, clear, further, settled
from client.laboratory.playing import MAIN, Run, engine_hash
from client.laboratory.reading import Experiment
from client.laboratory.runner import Effort, run, runs
from client.laboratory.schema import Variant
from client.laboratory.store import Store
from tests.client.laboratory.small import ENTRY, small
from tests.client.laboratory.test_experiments import PLAN

CONTROL, TREATMENT = ("control",), ("treatment",)
Games = Mapping[tuple[str, ...], Mapping[int, Seen]]


def seen(control: list[float], treatment: list[float]) -> Games:
    """Games of two cells with these forces of Dorn."""
    return {
        cell: {number: Seen("s", {"forces": value}) for number, value in enumerate(values)}
        for cell, values in ((CONTROL, control), (TREATMENT, treatment))
    }


def halved(pairs: int) -> Games:
    """Pairs in which Dorn has one less of two."""
    return seen([2.0] * pairs, [1.0] * pairs)


def test_few_pairs_that_are_all_alike_are_no_certainty() -> None:
    """One more pair is counted that speaks for the other side."""
    assert not beyond([0.8] * 4, 0.8)
    assert beyond([0.8] * 8, 0.8)
    assert not beyond([-0.1] * 8, 0.9)  # nothing happened in eight games: it may still happen in one of five
    assert not beyond([], 1.0)


@pytest.mark.parametrize("chance", [0.0, 0.1, 0.2, 0.5, 0.9])
def test_stopping_early_hardly_ever_says_what_all_pairs_would_not(chance: float) -> None:
    """Of four hundred runs of a hundred pairs that happen with some chance, at most one is stopped at another verdict."""
    generator = np.random.default_rng(5)
    wrong = 0
    for _ in range(400):
        values = ((generator.random(100) < chance) - 0.2).tolist()
        stop = next((n for n in (12, 25, 50) if beyond(values[:n], 0.8)), 100)
        wrong += (np.mean(values[:stop]) > 0.0) != (np.mean(values) > 0.0)
    assert wrong <= 1


def experiment() -> Experiment:
    """The small experiment, with two hundred pairs and an ablation."""
    text = ENTRY.replace("pairs = 6", "pairs = 200")
    return small(f'{text}\n[[ablation]]\nname = "off"\nsentence = "Off."\nparameters = {{ arms_build = 0 }}\n')


def test_a_claim_that_is_clear_is_not_played_on_and_a_doubtful_one_is() -> None:
    """Fifty pairs suffice where every pair agrees; where they are split, the next look is taken."""
    data, main = experiment(), Run(MAIN, 200)
    assert clear(data, main, {MAIN: halved(50)})
    split = seen([2.0] * 50, [1.0, 2.8] * 25)  # a mean effect just at the bar of 0.1
    assert not clear(data, main, {MAIN: split})
    assert further(data, (main,), {MAIN: 50}, {MAIN: split}) == {MAIN: 100}
    assert further(data, (main,), {MAIN: 200}, {MAIN: split}) == {MAIN: 200}


def test_a_check_is_compared_with_its_own_bar_and_never_outlasts_the_claim() -> None:
    """An ablation that leaves nothing, or everything, is clear; one that leaves half is not, but plays no more pairs than the claim."""
    data = experiment()
    off = Run("ablation:off", 50, change=data.data.ablation[0])
    assert isinstance(off.change, Variant)
    wanted, goals = (Run(MAIN, 200), off), {MAIN: 50, off.name: 25}
    for left in ([2.0] * 25, [1.0] * 25):
        assert further(data, wanted, goals, {MAIN: halved(50), off.name: seen([2.0] * 25, left)}) == goals
    half = {MAIN: halved(50), off.name: seen([2.0] * 25, [1.45, 1.55, 1.5, 1.6, 1.4] * 5)}
    assert further(data, wanted, goals, half) == {MAIN: 50, off.name: 50}
    assert further(data, wanted, {MAIN: 50, off.name: 50}, half) == {MAIN: 50, off.name: 50}


def test_a_check_of_an_effect_that_is_not_there_is_not_played_on() -> None:
    """There is nothing an ablation could take away."""
    data = experiment()
    off = Run("ablation:off", 50, change=data.data.ablation[0])
    none = seen([2.0] * 25, [2.0, 1.9] * 12 + [2.0])
    assert clear(data, off, {MAIN: none, off.name: none})


HOLDS, FAILS, DOUBTFUL = ("holds",), ("fails",), ("doubtful",)


@pytest.mark.parametrize(
    ("said", "whole", "enough"),
    [
        (HOLDS * 20, False, True),
        (HOLDS * 19 + FAILS, False, False),  # it may still be less than four fifths of all
        (HOLDS * 19 + DOUBTFUL, False, False),
        (HOLDS * 34 + FAILS, False, True),
        (HOLDS * 6 + FAILS * 14, False, True),
        (HOLDS * 40 + DOUBTFUL * 10, True, True),  # whatever the doubtful ones say
        (HOLDS * 39 + DOUBTFUL * 11, True, False),
        (HOLDS * 39 + FAILS * 11, True, True),
        (HOLDS * 30 + DOUBTFUL * 9 + FAILS * 11, True, True),
        (("no data",) * 20, False, False),
    ],
)
def test_draws_are_enough_when_no_doubt_could_change_the_answer(said: tuple[Answer, ...], *, whole: bool, enough: bool) -> None:
    """Some of them by a margin of three standard errors from four fifths, all of them by count."""
    assert settled(said, whole=whole) is enough


@pytest.mark.parametrize(("chance", "wrong_max"), [(0.5, 0), (0.7, 0), (0.75, 1), (0.9, 1), (0.98, 0)])
def test_a_part_of_the_draws_hardly_ever_says_what_all_would_not(chance: float, wrong_max: int) -> None:
    """Of four hundred runs of fifty draws that hold with some chance, at most one ends early at another answer."""
    generator, wrong = np.random.default_rng(7), 0
    for _ in range(400):
        said: list[Answer] = ["holds" if each < chance else "fails" for each in generator.random(50).tolist()]
        stop = next((number for number in DRAWS_LOOKS if settled(said[:number], whole=False)), 50)
        wrong += (said[:stop].count("holds") >= 0.8 * stop) != (said.count("holds") >= 40)
    assert wrong <= wrong_max


def test_draws_begin_in_parts_and_only_those_in_doubt_go_on() -> None:
    """Twenty agree and no more are begun; one of them differs and fifteen are; where all are begun, the doubtful play to the end."""
    data = experiment()
    wanted = tuple(Run(f"draw:{number}", 20, draw=number) for number in range(50))
    goals = {one.name: at_first(one) for one in wanted}
    assert sorted(goals.values()) == [0] * 30 + [8] * 20
    clear_, against, unclear = halved(8), seen([2.0] * 8, [3.0] * 8), seen([2.0] * 8, [1.0, 2.9] * 4)
    agree = {one.name: clear_ for one in wanted[:20]}
    assert further(data, wanted, goals, agree) == goals
    then = further(data, wanted, goals, {**agree, "draw:3": against})
    assert [then[one.name] for one in wanted] == [8] * 35 + [0] * 15
    begun, half = dict.fromkeys(goals, 8), {one.name: against if one.draw in range(10) else clear_ for one in wanted}
    assert further(data, wanted, begun, half) == begun
    assert further(data, wanted, begun, {**half, "draw:40": unclear}) == {**begun, "draw:40": 20}
    assert further(data, wanted, begun, {**half, "draw:40": against, "draw:41": unclear}) == begun


def test_the_runner_stops_where_it_is_clear_and_plays_to_the_end_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve pairs are asked for and eight leave no doubt; with a number of games given, or in depth, all are played."""
    monkeypatch.setattr(looks, "MAIN_LOOKS", (8,))
    monkeypatch.setattr("client.laboratory.runner.SKILLS", ())
    monkeypatch.setattr("client.laboratory.runner.DRAWS", 0)
    data = small(ENTRY.replace("pairs = 6", "pairs = 12"))
    store = Store(tmp_path, data, PLAN, engine_hash())
    told: list[tuple[int, int]] = []

    def play(effort: Effort) -> int:
        found = run(data, PLAN, effort, store, jobs=1, started=lambda *games: told.append(games), played=lambda _n: None)
        return len(found[MAIN][CONTROL])

    assert play(Effort()) == 8
    assert told == [(16, 0)]
    assert play(Effort(pairs=12)) == 12
    assert play(Effort()) == 8  # the answer does not hang on what else is kept
    assert [one.pairs for one in runs(data, Effort(deep=True))] == [12]
