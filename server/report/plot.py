"""The plot of alignment over turns, as SVG that takes its colours and letters from the page it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from client.paper.sheet import FAINT, INK, LETTERS_POINTS, LINES, inline, sheet

Row = tuple[str, tuple[float | None, ...]]
MARKS = ("o", "s", "^", "D", "v", "P")
NAMED_MAX = len(LINES)
GAP = 6.5  # between two labels, in per cent of the scale
HEIGHT_INCHES = 4.4


def alignment_svg(rows: Sequence[Row], turns: int, unipole: str) -> str:
    """The plot: courses that lie far apart in colour and by name, the others faint behind them."""
    with sheet(HEIGHT_INCHES, grid="y") as (figure, axes):
        for _, figures in rows:
            _line(axes, figures, FAINT, None)
        named = courses(rows)
        heights = spread([figures[-1] or 0.0 for _, figures in named])
        for number, (label, figures) in enumerate(named):
            _line(axes, figures, LINES[number], MARKS[number])
            place = axes.annotate(label, (turns, heights[number]), (9, 0), textcoords="offset points", color=LINES[number], va="center")
            place.set_annotation_clip(False)
        _frame(axes, turns, unipole)
        return inline(figure)


def courses(rows: Sequence[Row]) -> list[Row]:
    """The courses to name, with the label of the states that share each: at most six, evenly from the nearest to the farthest."""
    shared: dict[tuple[float | None, ...], list[str]] = {}
    for title, figures in rows:
        shared.setdefault(figures, []).append(title)
    found = [(_label(titles), figures) for figures, titles in shared.items()]
    if len(found) <= NAMED_MAX:
        return found
    last = len(found) - 1
    return [found[place] for place in sorted({round(k * last / (NAMED_MAX - 1)) for k in range(NAMED_MAX)})]


def _label(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"


def spread(heights: Sequence[float]) -> list[float]:
    """Heights of labels that stood at ``heights`` (falling), moved apart so that none covers another."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - GAP) if placed else height)
    below = min(placed, default=0.0)
    lift = max(0.0, -below)
    return [height + lift for height in placed]


def _line(axes: Axes, figures: Sequence[float | None], colour: str, mark: str | None) -> None:
    points = [(turn, figure) for turn, figure in enumerate(figures, start=1) if figure is not None]
    across, up = [x for x, _ in points], [y for _, y in points]
    width = 1.0 if mark is None else 2.0
    axes.plot(across, up, color=colour, linewidth=width, marker=mark or "", markersize=6.0, zorder=1 if mark is None else 2)


def _frame(axes: Axes, turns: int, unipole: str) -> None:
    axes.set_ylim(-5.0, 108.0)
    axes.set_xlim(0.8, turns + 0.2)
    axes.set_xticks(range(1, turns + 1))
    axes.set_yticks([0, 25, 50, 75, 100], ["0 against", "25", "50 apart", "75", "100 with"])
    axes.set_xlabel("turn", color=INK)
    axes.set_title(f"Standing with {unipole}", color=INK, loc="left", fontsize=LETTERS_POINTS)
