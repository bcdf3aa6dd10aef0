"""What an effect depends on: found where it is planted, not found where there is none, and told in tables and pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from client.laboratory.dependence import DRAWS_MIN, dependences, spearman, standing
from client.laboratory.playing import Plan, coefficients
from client.laboratory.report.pages import page, table
from client.laboratory.report.tables import checks
from client.laboratory.runner import Effort
from rules.chance import draw
from tests.client.laboratory.small import small
from tests.client.laboratory.test_experiments import CARRIED, judged

NAMES = [f"c{n}" for n in range(150)]
DRAWS = {number: {name: draw("dependence", number, name) for name in NAMES} for number in range(50)}


def noise(number: int, key: str) -> float:
    """A figure of chance for a draw."""
    return draw("noise", key, number)


def test_what_moves_an_effect_is_found_among_many_by_sign_and_weight() -> None:
    """Two of forty coefficients carry it, one up and one down; the weightier comes first, and is found among 150 too."""
    effects = {n: 3.0 * DRAWS[n]["c7"] - 2.4 * DRAWS[n]["c31"] + 0.2 * noise(n, "a") for n in DRAWS}
    few = {n: {name: drawn[name] for name in NAMES[:40]} for n, drawn in DRAWS.items()}
    found = dependences(effects, few, 1)
    assert [(one.coefficient, one.correlation > 0.0) for one in found] == [("c7", True), ("c31", False)]
    assert dependences(effects, DRAWS, 1)[0] == found[0]


def test_chance_alone_is_seldom_taken_for_it() -> None:
    """Of a hundred effects without any cause, at most a tenth is ascribed to something; without the bar nearly all would be."""
    ascribed = [bool(dependences({n: noise(n, f"free {case}") for n in DRAWS}, DRAWS, case)) for case in range(100)]
    assert sum(ascribed) <= 10
    free = [noise(n, "free 0") for n in DRAWS]
    furthest = max(abs(spearman(free, [drawn[name] for drawn in DRAWS.values()])) for name in NAMES)
    assert furthest > 0.28, "one alone would be believed at this correlation in 50 draws"


@pytest.mark.parametrize(
    "effects", [dict.fromkeys(DRAWS, 1.0), {n: DRAWS[n]["c7"] for n in range(DRAWS_MIN - 1)}], ids=["all alike", "too few"]
)
def test_nothing_is_said_of_effects_that_do_not_differ_or_are_few(effects: dict[int, float]) -> None:
    """A correlation with a constant is nought, and nine draws say nothing."""
    assert dependences(effects, DRAWS, 1) == ()


def test_rank_correlation() -> None:
    """By hand: perfect, reversed, with ties, and of something constant."""
    assert spearman([1, 2, 3], [10, 20, 30]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert spearman([1, 2, 3, 4], [1, 1, 2, 2]) == pytest.approx(0.894, abs=1e-3)
    assert spearman([1, 2, 3], [5, 5, 5]) == 0.0
    assert list(standing([4.0, 4.0])) == [0.0, 0.0]


def test_a_run_finds_what_its_effect_depends_on_and_reports_say_it(tmp_path: Path) -> None:
    """More guns give more forces by what arms build: the run finds that coefficient, the line of checks, the page and its plot show it."""
    found = judged(CARRIED, tmp_path, Effort(pairs=2))
    finding = found.findings[0]
    assert finding.depends[0].coefficient == "arms_build"
    assert ", depends on arms_build +0." in checks(finding)
    text = page(found)
    assert "<code>arms_build</code>" in text
    free = replace(finding, depends=(), draws={number: value for number, value in finding.draws.items() if number != 3})
    bare = replace(found, findings=(free,))
    assert "depends on" not in checks(free)
    assert text.count("<svg") == page(bare).count("<svg") + 1
    runs = [line.split(",")[6] for line in table(bare).splitlines()]
    assert "draw:3" not in runs
    assert "draw:4" in runs


def test_the_draws_of_an_experiment_are_read_by_number() -> None:
    """The coefficients are those with which the games of that draw were played: an effect that is one of them is found."""
    experiment, plan = small(CARRIED), Plan(7, "holdout")
    drawn = {number: coefficients(experiment, plan, number) for number in range(20)}
    effects = {number: float(one["shelter"]) for number, one in drawn.items()}
    first = dependences(effects, drawn, plan.seed)[0]
    assert first.coefficient == "shelter"
    assert first.correlation == pytest.approx(1.0)
