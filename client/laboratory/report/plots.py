"""Plots as SVG that takes the colours of its page: effects with intervals, what ablations leave, effects over drawn coefficients."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from client.laboratory.findings import Check, Finding

INK, FAINT = "#010101", "#020202"
GOOD, OPEN, BAD = "#010203", "#010204", "#010205"
_VARIABLES = {INK: "var(--ink)", FAINT: "var(--faint)", GOOD: "var(--good)", OPEN: "var(--open)", BAD: "var(--bad)"}
COLOURS = {"reproduced": GOOD, "not reproduced": OPEN, "contradicted": BAD, "no data": FAINT}
WIDTH_INCHES, ROW_INCHES, MARGIN_INCHES = 5.6, 0.45, 0.9  # narrow, so that the letters stay legible on a phone
LETTERS_POINTS = 11.0
BARS_MAX = 18


def effects(findings: Sequence[Finding]) -> str:
    """The effect of each claim with its interval, zero and the smallest effect of interest."""
    shown = [finding for finding in findings if finding.found is not None]
    figure, axes = _sheet(len(shown))
    with _style():
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
        return _svg(figure)


def kept(checks: Sequence[Check]) -> str:
    """What each ablation and placebo leaves of an effect."""
    shown = [check for check in checks if check.kept is not None]
    if not shown:
        return ""
    figure, axes = _sheet(len(shown))
    with _style():
        for row, check in enumerate(shown):
            assert check.kept is not None, "only checks that keep something are shown"
            colour = GOOD if check.passed else BAD
            axes.barh(len(shown) - 1 - row, 100.0 * check.kept, color=colour, height=0.6)
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.axvline(100.0, color=INK, linewidth=1.0, linestyle=":")
        axes.set_yticks(range(len(shown)), [f"{check.kind}: {check.name}" for check in reversed(shown)])
        axes.set_xlabel("per cent of the effect that is left", color=INK)
        return _svg(figure)


def draws(finding: Finding) -> str:
    """Effects over drawn coefficients."""
    if not finding.draws:
        return ""
    figure, axes = _sheet(4)
    with _style():
        axes.hist([effect - finding.claim.than for effect in finding.draws], bins=BARS_MAX, color=COLOURS[finding.verdict], edgecolor=INK)
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.set_xlabel("effect with coefficients between half and double", color=INK)
        axes.set_ylabel("draws", color=INK)
        return _svg(figure)


@contextmanager
def _style() -> Iterator[None]:
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "unipole", "font.size": LETTERS_POINTS, "font.family": "sans-serif"}):
        yield


def _sheet(rows: int) -> tuple[Figure, Axes]:
    with _style():
        figure = Figure(figsize=(WIDTH_INCHES, MARGIN_INCHES + ROW_INCHES * max(rows, 1)), layout="constrained")
        axes = figure.add_subplot()
    axes.tick_params(colors=INK)
    axes.patch.set_alpha(0.0)
    axes.grid(axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(y=0.15)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(INK)
    return figure, axes


def _svg(figure: Figure) -> str:
    """The drawing as an inline element: no prologue, no size of its own, the page's colours and letters."""
    figure.patch.set_alpha(0.0)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'(<svg[^>]*?) (?:width|height)="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) (?:width|height)="[^"]*"', r"\1", text, count=1)
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px; font-family: inherit", text)
    for stand_in, variable in _VARIABLES.items():
        text = text.replace(stand_in, variable)
    return text
