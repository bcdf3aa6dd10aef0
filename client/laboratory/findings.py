"""What an experiment found: for each claim the estimate and verdict, and the checks that tell an effect of the mechanism from one that is
written into the engine or comes from chance.

An ablation passes when it takes away at least half of the effect, a placebo when it leaves at least four fifths, a null bot when it does
not show the effect, another skill of the bots when the verdict stays; over drawn coefficients the share is reported in which the estimate
itself still holds, and on which of them the effect depends.  Checks speak only to claims that were reproduced: there is nothing to take
away from an effect that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from client.laboratory.dependence import Dependence, dependences
from client.laboratory.design import Cell, cells, changes, contrast, title
from client.laboratory.estimates import (
    HELD_MIN,
    KEPT_BY_ABLATION_MAX,
    KEPT_BY_PLACEBO_MIN,
    Estimate,
    Games,
    Word,
    differences,
    estimate,
    holds,
    middle,
    verdict,
)
from client.laboratory.openings import opened
from client.laboratory.playing import MAIN, Plan, coefficients
from client.laboratory.reading import Experiment, casting
from client.laboratory.runner import DRAWS, SKILLS, Results, name_of, variants
from client.laboratory.schema import Claim
from rules.parameters import Setting
from rules.wire.canonical import game_hash

Kind = Literal["ablation", "placebo", "null", "skill"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a claim: its estimate, how much of the effect was kept, and whether it passed (None: it says nothing here)."""

    kind: Kind
    name: str
    sentence: str
    found: Estimate | None
    verdict: Word
    kept: float | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one claim."""

    claim: Claim
    levels: tuple[tuple[str, float | None], ...]
    found: Estimate | None
    verdict: Word
    checks: tuple[Check, ...]
    draws: Mapping[int, float]
    held: float | None
    depends: tuple[Dependence, ...]

    @property
    def sound(self) -> bool:
        """Whether the claim was reproduced and no check speaks against it."""
        failed = any(check.passed is False for check in self.checks)
        return self.verdict == "reproduced" and not failed and (self.held is None or self.held >= HELD_MIN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An experiment with all that was found."""

    experiment: Experiment
    plan: Plan
    key: str
    engine: str
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    pairs: int


def outcome(experiment: Experiment, plan: Plan, results: Results, *, key: str, engine: str) -> Outcome:
    """Judge all claims."""
    drawn = {number: coefficients(experiment, plan, number) for number in range(DRAWS) if f"draw:{number}" in results}
    found = tuple(_finding(experiment, plan, claim, results, drawn) for claim in experiment.data.claim)
    pairs = max((len(games) for games in results.get(MAIN, {}).values()), default=0)
    return Outcome(experiment, plan, key, engine, found, tuple(_notices(experiment)), pairs)


def _finding(
    experiment: Experiment, plan: Plan, claim: Claim, results: Results, drawn: Mapping[int, Mapping[str, Setting]]
) -> Finding:
    weights = contrast(experiment.data, claim)
    main = results.get(MAIN, {})
    found = estimate(differences(main, weights, claim.metric), plan.seed)
    word = verdict(claim, found)
    checks = tuple(_checks(experiment, plan, claim, results)) if word == "reproduced" else ()
    means = {number: _mean(results[f"draw:{number}"], weights, claim) for number in drawn}
    effects = {number: value.mean for number, value in means.items() if value is not None}
    held = [holds(claim, value) for value in means.values() if value is not None]
    return Finding(
        claim=claim,
        levels=tuple((title(experiment.data, cell), _level(main, cell, claim.metric)) for cell in weights),
        found=found,
        verdict=word,
        checks=checks,
        draws=effects,
        held=len([one for one in held if one]) / len(held) if held else None,
        depends=dependences(effects, drawn, plan.seed),
    )


def _mean(games: Games, weights: Mapping[Cell, float], claim: Claim) -> Estimate | None:
    """The estimate of a draw, without an interval: its pairs are too few for one."""
    return middle(differences(games, weights, claim.metric)) if all(cell in games for cell in weights) else None


def _level(games: Games, cell: Cell, metric: str) -> float | None:
    values = [seen.values.get(metric) for seen in games.get(cell, {}).values()]
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _checks(experiment: Experiment, plan: Plan, claim: Claim, results: Results) -> Iterator[Check]:
    weights = contrast(experiment.data, claim)
    for kind, variant in variants(experiment):
        games = results.get(name_of(kind, variant), {})
        if variant.claims and claim.id not in variant.claims:
            continue
        found = estimate(differences(games, weights, claim.metric), plan.seed) if games else None
        numbers = {n for cell in weights for n in games.get(cell, {})}
        same = {cell: {n: s for n, s in results[MAIN][cell].items() if n in numbers} for cell in weights}
        kept = _kept(claim, found, estimate(differences(same, weights, claim.metric), plan.seed))
        word = verdict(claim, found)
        yield Check(kind, variant.name, variant.sentence, found, word, kept, _passed(kind, claim, kept, word))  # type: ignore[arg-type]  # a kind of variant is a kind of check
    for factor in SKILLS:
        games = results.get(f"skill:{factor:g}", {})
        if games:
            found = estimate(differences(games, weights, claim.metric), plan.seed)
            word = verdict(claim, found)
            sentence = "The bots' skill, the lambda of their logit choice, is another."
            yield Check("skill", f"{factor:g} times", sentence, found, word, None, word == "reproduced")


def _kept(claim: Claim, found: Estimate | None, main: Estimate | None) -> float | None:
    """The share of the main effect, on the same pairs, that is left."""
    if found is None or main is None or claim.sign == "0" or main.mean == claim.than:
        return None
    return (found.mean - claim.than) / (main.mean - claim.than)


def _passed(kind: str, claim: Claim, kept: float | None, word: Word) -> bool | None:
    if word == "no data" and kind != "null":
        return None
    match kind:
        case "null":
            return None if claim.sign == "0" else word != "reproduced"
        case "ablation":
            return None if kept is None else kept <= KEPT_BY_ABLATION_MAX
        case _:
            return None if kept is None else kept >= KEPT_BY_PLACEBO_MIN


def _notices(experiment: Experiment) -> Iterator[str]:
    """What a reader should be warned of: cells that differ in nothing."""
    seen: dict[object, str] = {}
    data = experiment.data
    for cell in cells(data):
        made = changes(data, cell)
        game = opened(experiment.scenario, made, "notice", groups=data.groups, spread={}, coefficients={})
        script = tuple((tuple(repr(o) for o in change.orders), tuple(repr(w) for w in change.withhold)) for change in made)
        mark = (game_hash(game), script, casting(made))
        if mark in seen:
            yield f"The cells \"{seen[mark]}\" and \"{title(data, cell)}\" are the same: what sets them apart changes nothing."
        seen.setdefault(mark, title(data, cell))
