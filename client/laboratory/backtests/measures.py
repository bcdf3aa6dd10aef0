"""How well predictions agree with what happened, and how well they would by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from client.laboratory.agreement import area, kendall_tau
from client.laboratory.backtests.cases import Cases
from client.laboratory.backtests.fits import chances, standardised
from client.laboratory.backtests.format import Measure

Floats = npt.NDArray[np.float64]
FOLDS, REPEATS = 5, 20
PERMUTATIONS = 500
EDGE = 1e-6  # chances are kept this far from 0 and 1 in log loss


@dataclass(frozen=True, slots=True)
class Score:
    """A measure of one column; ``chance`` is its mean and 95 % range when predictions are dealt to the units at random."""

    column: str
    value: float
    cases: int
    chance: tuple[float, float, float] | None


def scores(cases: Cases, measure: Measure, seed: int) -> list[Score]:
    """The engine's score first, with what chance would give, then those of the baselines, all on the same rows."""
    wanted = (measure.truth, measure.prediction, *measure.baselines, *((measure.by,) if measure.by else ()))
    rows = cases.complete(wanted)
    found = []
    for name in (measure.prediction, *measure.baselines):
        value = _scored(cases, measure, name, rows, seed)
        dealt = _dealt(cases, measure, name, rows, seed) if name == measure.prediction and rows and not measure.calibrated else None
        found.append(Score(name, value, len(rows), dealt))
    return found


def _scored(cases: Cases, measure: Measure, name: str, rows: Sequence[int], seed: int) -> float:
    said, truth = np.array(cases.column(name, rows)), np.array(cases.column(measure.truth, rows))
    if not len(rows):
        return float("nan")
    if measure.calibrated:
        return _folded(said, truth, MEASURES[measure.kind], seed)
    return _within(cases, measure, said, truth, rows)


def _within(cases: Cases, measure: Measure, said: Floats, truth: Floats, rows: Sequence[int]) -> float:
    """The measure, over all rows or as the mean over groups of rows."""
    compare = MEASURES[measure.kind]
    if measure.by is None:
        return compare(said, truth)
    groups = np.array(cases.column(measure.by, rows))
    return float(np.mean([compare(said[groups == g], truth[groups == g]) for g in np.unique(groups)]))


def _dealt(cases: Cases, measure: Measure, name: str, rows: Sequence[int], seed: int) -> tuple[float, float, float]:
    """The same when the predictions are dealt out at random: with their names shuffled, no fit may be left."""
    said, truth = np.array(cases.column(name, rows)), np.array(cases.column(measure.truth, rows))
    generator = np.random.default_rng(seed)
    draws = PERMUTATIONS if len(rows) <= FEW else PERMUTATIONS // 10
    values = [_within(cases, measure, generator.permutation(said), truth, rows) for _ in range(draws)]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(np.mean(values)), float(low), float(high)


FEW = 500  # rows from which fewer permutations will do


def _folded(said: Floats, truth: Floats, compare: Callable[[Floats, Floats], float], seed: int) -> float:
    """Mean over repeated folds: chances of held-out units by a logistic fit of the one score on the others."""
    generator = np.random.default_rng(seed)
    values = []
    for _ in range(REPEATS):
        place = generator.permutation(len(said)) % FOLDS
        chances = np.empty(len(said))
        for fold in range(FOLDS):
            chances[place == fold] = _logistic(said[place != fold], truth[place != fold], said[place == fold])
        values.append(compare(chances, truth))
    return float(np.mean(values))


def _logistic(score: Floats, hit: Floats, asked: Floats) -> Floats:
    """Chances by a logistic regression on one standardised score."""
    both = np.concatenate([score, asked])[:, None]
    on = np.arange(len(both)) < len(score)
    return chances(standardised(both, on), np.concatenate([hit, np.zeros(len(asked))]), on)[0][len(score) :]


def _tau(said: Floats, truth: Floats) -> float:
    return kendall_tau(said.tolist(), truth.tolist())


def _auc(said: Floats, truth: Floats) -> float:
    return area(said.tolist(), [value > 0.5 for value in truth])  # noqa: PLR2004  # 0 no, 1 yes


def _brier(said: Floats, truth: Floats) -> float:
    return float(np.mean((said - truth) ** 2))


def _log_loss(said: Floats, truth: Floats) -> float:
    kept = np.clip(said, EDGE, 1.0 - EDGE)
    return float(-np.mean(truth * np.log(kept) + (1.0 - truth) * np.log(1.0 - kept)))


def _rmse(said: Floats, truth: Floats) -> float:
    return float(np.sqrt(np.mean((said - truth) ** 2)))


def _correlation(said: Floats, truth: Floats) -> float:
    if said.std() == 0.0 or truth.std() == 0.0:
        return 0.0
    return float(np.corrcoef(said, truth)[0, 1])


def _share(said: Floats, truth: Floats) -> float:
    return float(np.mean(said == truth))


MEASURES: dict[str, Callable[[Floats, Floats], float]] = {
    "tau": _tau,
    "auc": _auc,
    "brier": _brier,
    "log loss": _log_loss,
    "rmse": _rmse,
    "correlation": _correlation,
    "share": _share,
}
