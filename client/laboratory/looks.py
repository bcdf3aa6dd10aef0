"""When enough pairs were played: numbers at which a run is looked at are fixed beforehand, and it ends at the first that leaves no doubt.

What is asked of a run compares a mean with a bar: the least effect of a claim; for an ablation half of what the same pairs show without
it, for a placebo four fifths.  There is no doubt if the mean lies three standard errors from the bar (Haybittle 1971, Peto et al. 1976:
so wide a margin at the looks on the way leaves the error of the last as it is).  One more pair is counted that speaks as strongly as any
seen for the other side, so that a few pairs that are all alike do not look like certainty.

Of the draws of coefficients it is asked whether a claim holds in four fifths of them.  A part of them is played first, and the others if
that leaves a doubt; a draw that says neither yes nor no is played on only where it could change the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Literal

import numpy as np

from client.laboratory.design import Cell, contrast
from client.laboratory.estimates import HELD_MIN, KEPT_BY_ABLATION_MAX, KEPT_BY_PLACEBO_MIN, Games, Seen, holds, middle, paired
from client.laboratory.playing import MAIN, Run
from client.laboratory.reading import Experiment
from client.laboratory.schema import Claim
from rules.exact import add

ERRORS = 3.0  # standard errors
MAIN_LOOKS, CHECK_LOOKS, DRAW_LOOKS = (25, 50, 100), (12, 25), (8,)
"""Pairs after which a run is looked at, if it has more; checks of a claim play no more pairs than the claim itself took."""
DRAWS_LOOKS = (20, 35)
"""Draws after which the share is looked at in which a claim holds, if there are more."""
KEPT = {"ablation": KEPT_BY_ABLATION_MAX, "placebo": KEPT_BY_PLACEBO_MIN}


def looks(run: Run) -> tuple[int, ...]:
    """The numbers of pairs at which a run may end."""
    on_the_way = {"main": MAIN_LOOKS, "draw": DRAW_LOOKS}.get(_kind(run), CHECK_LOOKS)
    return (*(pairs for pairs in on_the_way if pairs < run.pairs), run.pairs)


def at_first(run: Run) -> int:
    """How many pairs of a run are played before anything is looked at."""
    return 0 if run.draw is not None and run.draw >= DRAWS_LOOKS[0] else looks(run)[0]


def further(experiment: Experiment, wanted: Sequence[Run], goals: Mapping[str, int], results: Mapping[str, Games]) -> dict[str, int]:
    """How many pairs each run has to reach next; the same as before for those that have said what they can."""
    found = dict(goals)
    for run in wanted:  # the claims themselves come first
        if run.draw is not None:
            continue
        most = run.pairs if run.name == MAIN else min(run.pairs, found[MAIN])
        ahead = [pairs for pairs in looks(run) if goals[run.name] < pairs]
        if ahead and ahead[0] <= most and not clear(experiment, run, results):
            found[run.name] = ahead[0]
    return found | _further_draws(experiment, [run for run in wanted if run.draw is not None], goals, results)


def _further_draws(
    experiment: Experiment, draws: Sequence[Run], goals: Mapping[str, int], results: Mapping[str, Games]
) -> dict[str, int]:
    """The draws to begin with, or to play on: none where what was played answers for every claim."""
    begun, fresh = [run for run in draws if goals[run.name]], [run for run in draws if not goals[run.name]]
    doubtful: set[str] = set()
    answered = True
    for claim in experiment.data.claim:
        said = {run.name: _answer(experiment, claim, run, results) for run in begun}
        if not settled(list(said.values()), whole=not fresh):
            answered = False
            doubtful |= {name for name, answer in said.items() if answer == "doubtful"}
    if answered:
        return {}
    if fresh:
        upto = next((number for number in DRAWS_LOOKS if number > len(begun)), len(draws))
        return {run.name: looks(run)[0] for run in fresh[: upto - len(begun)]}
    return {run.name: run.pairs for run in draws if run.name in doubtful}


Answer = Literal["holds", "fails", "doubtful", "no data"]


def _answer(experiment: Experiment, claim: Claim, run: Run, results: Mapping[str, Games]) -> Answer:
    """What a draw says of a claim."""
    apart = _effects(claim, contrast(experiment.data, claim), results.get(run.name, {}))
    values = [value + claim.than for value in apart.values()]
    if not values:
        return "no data"
    if len(values) < run.pairs and not _clear(experiment, claim, run, results):
        return "doubtful"
    return "holds" if holds(claim, middle(values)) else "fails"


def settled(said: Sequence[Answer], *, whole: bool) -> bool:
    """Whether draws say if a claim holds in enough of all: of the ``whole`` by count, of a part by a wide margin, doubts or no doubts."""
    known = [answer for answer in said if answer != "no data"]
    least, most = ([float(answer == "holds" or (answer == "doubtful" and hope)) for answer in known] for hope in (False, True))
    if whole:
        bar = HELD_MIN * len(known)
        return add(least) >= bar or add(most) < bar
    answers = {bool(np.mean(held) > HELD_MIN) for held in (least, most) if held}
    return len(answers) == 1 and all(beyond([each - HELD_MIN for each in held], HELD_MIN) for held in (least, most))


def clear(experiment: Experiment, run: Run, results: Mapping[str, Games]) -> bool:
    """Whether the games of a run leave no doubt about any claim that it speaks to."""
    asked: tuple[str, ...] = getattr(run.change, "claims", ()) or tuple(claim.id for claim in experiment.data.claim)
    return all(_clear(experiment, claim, run, results) for claim in experiment.data.claim if claim.id in asked)


def _clear(experiment: Experiment, claim: Claim, run: Run, results: Mapping[str, Games]) -> bool:
    weights = contrast(experiment.data, claim)
    main, own = (_effects(claim, weights, results.get(name, {})) for name in (MAIN, run.name))
    if _kind(run) not in ("main", "draw") and not holds(claim, middle([value + claim.than for value in main.values()])):
        return True  # there is no effect that a check could speak to
    scale = max((abs(value) for value in (*main.values(), *own.values())), default=0.0)
    return all(beyond(values, scale) for values in _against(claim, run, main, own))


def _effects(claim: Claim, weights: Mapping[Cell, float], games: Mapping[Cell, Mapping[int, Seen]]) -> dict[int, float]:
    found = paired(games, weights, claim.metric) if all(cell in games for cell in weights) else {}
    return {number: value - claim.than for number, value in found.items()}


def _against(claim: Claim, run: Run, main: Mapping[int, float], own: Mapping[int, float]) -> Iterator[list[float]]:
    """The distances of the pairs from each bar that the mean has to be clear of."""
    part = KEPT.get(_kind(run))
    if part is None:
        bars = {"0": (-claim.least, claim.least), "+": (claim.least,), "-": (-claim.least,)}[claim.sign]
        yield from ([value - bar for value in own.values()] for bar in bars)
    elif claim.sign != "0":
        yield [own[number] - part * main[number] for number in own if number in main]


def beyond(values: Sequence[float], scale: float) -> bool:
    """Whether the mean of some values is surely not nothing.  ``scale``: how strongly a pair can speak."""
    if not values:
        return False
    side = float(np.sign(np.mean(values)))
    sample = np.array([*values, -side * max(scale, float(np.max(np.abs(values))))])
    error = float(np.std(sample, ddof=1)) / sqrt(len(sample))
    return side * float(np.mean(sample)) > ERRORS * error


def _kind(run: Run) -> str:
    return run.name.partition(":")[0]
