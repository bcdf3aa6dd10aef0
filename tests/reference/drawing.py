"""Small plots of response curves as plain SVG: four panels, two by two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, GAP = 300.0, 190.0, 46.0, 34.0, 70.0
COLOURS = ("#1b6ca8", "#c0392b", "#2e7d32", "#8e5a0b")
STEPS, APART = 41, 12.0
Line = tuple[str, list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small plot."""

    title: str
    across: str
    lines: Sequence[Line]


def figure(panels: Sequence[Panel]) -> str:
    """Four panels, two by two, as SVG."""
    wide, high = 2 * (WIDTH + GAP), 2 * (HEIGHT + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" font-family="sans-serif" font-size="11">',
        f'<rect width="{wide:.0f}" height="{high:.0f}" fill="white"/>',
    ]
    for number, panel in enumerate(panels):
        parts += _panel(panel, (number % 2) * (WIDTH + GAP) + LEFT, (number // 2) * (HEIGHT + GAP) + TOP)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, left: float, top: float) -> list[str]:
    points = [point for _, line in panel.lines for point in line]
    x_low, x_high = min(x for x, _ in points), max(x for x, _ in points)
    y_high = max(y for _, y in points) or 1.0
    parts = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{WIDTH - GAP:.1f}" height="{HEIGHT:.1f}" fill="none" stroke="#999"/>',
        f'<text x="{left:.1f}" y="{top - 10:.1f}" font-weight="bold">{panel.title}</text>',
        f'<text x="{left:.1f}" y="{top + HEIGHT + 14:.1f}">{x_low:g}</text>',
        f'<text x="{left + WIDTH - GAP:.1f}" y="{top + HEIGHT + 14:.1f}" text-anchor="end">{x_high:g}</text>',
        f'<text x="{left + (WIDTH - GAP) / 2:.1f}" y="{top + HEIGHT + 14:.1f}" text-anchor="middle">{panel.across}</text>',
        f'<text x="{left - 4:.1f}" y="{top + 9:.1f}" text-anchor="end">{y_high:.2g}</text>',
        f'<text x="{left - 4:.1f}" y="{top + HEIGHT:.1f}" text-anchor="end">0</text>',
    ]
    taken: list[float] = []
    for colour, (name, line) in zip(COLOURS, panel.lines, strict=False):
        places = [
            (left + (x - x_low) / (x_high - x_low) * (WIDTH - GAP), top + HEIGHT * (1.0 - max(y, 0.0) / y_high)) for x, y in line
        ]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        label = places[-1][1] + 4.0
        while any(abs(label - other) < APART for other in taken):
            label += APART
        taken.append(label)
        parts.append(f'<text x="{left + WIDTH - GAP + 4:.1f}" y="{label:.1f}" fill="{colour}">{name}</text>')
    return parts


def curve(function: Callable[[float], float], low: float, high: float) -> list[tuple[float, float]]:
    """Points of a function over a range."""
    grid = [low + (high - low) * k / (STEPS - 1) for k in range(STEPS)]
    return [(x, function(x)) for x in grid]
