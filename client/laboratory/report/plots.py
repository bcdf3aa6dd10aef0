"""Plots as SVG that takes the colours of its page: effects with intervals, what ablations leave, effects over drawn coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from client.laboratory.findings import Check, Finding
from client.paper.sheet import BAD, FAINT, GOOD, INK, OPEN, inline, sheet

COLOURS = {"reproduced": GOOD, "not reproduced": OPEN, "contradicted": BAD, "no data": FAINT}
ROW_INCHES, MARGIN_INCHES = 0.45, 0.9
BARS_MAX = 18


def effects(findings: Sequence[Finding]) -> str:
    """The effect of each claim with its interval, zero and the smallest effect of interest."""
    shown = [finding for finding in findings if finding.found is not None]
    with _rows(len(shown)) as (figure, axes):
        for row, finding in enumerate(shown):
            found, claim = finding.found, finding.claim
            assert found is not None, "only claims with an estimate are shown"
            colour, height = COLOURS[finding.verdict], len(shown) - 1 - row
            axes.plot([found.low - claim.than, found.high - claim.than], [height, height], color=colour, linewidth=3.0)
            axes.plot([found.mean - claim.than], [height], color=colour, marker="o", markersize=8.0)
            edges = [claim.least, -claim.least] if claim.sign == "0" else [claim.least if claim.sign == "+" else -claim.least]
            axes.plot(edges, [height] * len(edges), color=INK, marker="|", markersize=14.0, linestyle="none")
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.set_yticks(range(len(shown)), [finding.claim.id for finding in reversed(shown)])
        axes.set_xlabel("effect; | marks the smallest effect of interest", color=INK)
        return inline(figure)


def kept(checks: Sequence[Check]) -> str:
    """What each ablation and placebo leaves of an effect."""
    shown = [check for check in checks if check.kept is not None]
    if not shown:
        return ""
    with _rows(len(shown)) as (figure, axes):
        for row, check in enumerate(shown):
            assert check.kept is not None, "only checks that keep something are shown"
            colour = GOOD if check.passed else BAD
            axes.barh(len(shown) - 1 - row, 100.0 * check.kept, color=colour, height=0.6)
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.axvline(100.0, color=INK, linewidth=1.0, linestyle=":")
        axes.set_yticks(range(len(shown)), [f"{check.kind}: {check.name}" for check in reversed(shown)])
        axes.set_xlabel("per cent of the effect that is left", color=INK)
        return inline(figure)


def draws(finding: Finding) -> str:
    """Effects over drawn coefficients."""
    if not finding.draws:
        return ""
    with _rows(4) as (figure, axes):
        beyond = [effect - finding.claim.than for effect in finding.draws.values()]
        axes.hist(beyond, bins=BARS_MAX, color=COLOURS[finding.verdict], edgecolor=INK)
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.set_xlabel("effect with coefficients between half and double", color=INK)
        axes.set_ylabel("draws", color=INK)
        return inline(figure)


def depends(finding: Finding, values: Sequence[float]) -> str:
    """Effects of the draws against the coefficient they depend on most.  ``values``: of that coefficient, draw by draw."""
    with _rows(5) as (figure, axes):
        axes.plot(values, list(finding.draws.values()), color=COLOURS[finding.verdict], marker="o", linestyle="none")
        axes.axhline(finding.claim.than, color=INK, linewidth=1.0)
        axes.set_xlabel(finding.depends[0].coefficient, color=INK)
        axes.set_ylabel("effect", color=INK)
        return inline(figure)


@contextmanager
def _rows(count: int) -> Iterator[tuple[Figure, Axes]]:
    """A sheet as high as so many rows need."""
    with sheet(MARGIN_INCHES + ROW_INCHES * max(count, 1)) as (figure, axes):
        axes.margins(y=0.15)
        yield figure, axes
