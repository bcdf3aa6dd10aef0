"""A sheet to draw on: plots as SVG that stands inside a page and takes the page's own colours and letters.

Drawings are made with stand-ins, six-digit colours that nobody would choose; ``inline`` puts variables of the page in their place, so that
a plot is legible on paper, on a light screen and on a dark one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, FAINT, GOOD, OPEN, BAD = "#010101", "#020202", "#020203", "#020204", "#020205"
LINES = ("#010203", "#010204", "#010205", "#010206", "#010207", "#010208")
LETTERS_POINTS = 11.0
WIDTH_INCHES = 5.6  # narrow, so that the letters stay legible on a phone
_NAMES = {INK: "ink", FAINT: "faint", GOOD: "good", OPEN: "open", BAD: "bad"} | {line: f"line{number}" for number, line in enumerate(LINES)}


@contextmanager
def sheet(height: float, *, grid: Literal["x", "y"] = "x", width: float = WIDTH_INCHES) -> Iterator[tuple[Figure, Axes]]:
    """A figure of ``width`` x ``height`` inches with one pair of axes and a ``grid`` along x, y or both."""
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "unipole", "font.size": LETTERS_POINTS, "font.family": "sans-serif"}):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        figure.patch.set_alpha(0.0)
        axes.patch.set_alpha(0.0)
        axes.tick_params(colors=INK)
        axes.grid(axis=grid, color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(INK)
        yield figure, axes


def inline(figure: Figure) -> str:
    """The drawing as an element: no prologue, no size, no date, and the colours of the page.

    Call it inside ``sheet``: matplotlib sets the letters when it writes.
    """
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    for _ in ("width", "height"):
        text = re.sub(r'(<svg[^>]*?) (?:width|height)="[^"]*"', r"\1", text, count=1)
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"font-family: [^;\"]*", "font-family: inherit", text)
    for stand_in, name in _NAMES.items():
        text = text.replace(stand_in, f"var(--{name})")
    return text
