"""The pictures of the page as SVG without style attributes: classes take the colours of the page, so a strict policy lets them stand.

Widths are in the units of each picture; the page scales it to the column it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

LABEL_Y = 0.36  # of the letters' size below the middle of a line


def picture(width: float, height: float, parts: Sequence[str], title: str, kind: str) -> Markup:
    """A drawing with a title for those who cannot see it, if the words beside it do not say it all; ``text`` escaped all in ``parts``."""
    told = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    head = f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}" {told}>'
    drawn = f"{head}{''.join(parts)}</svg>"
    return Markup(drawn)  # noqa: S704 - drawn here, from figures and from texts that are escaped


def text(x: float, y: float, said: str, *, kind: str = "", anchor: str = "start", size: float = 14.0) -> str:
    """Letters, with their middle at ``y``."""
    below = y + LABEL_Y * size
    return f'<text class="{kind}" x="{x:.1f}" y="{below:.1f}" font-size="{size:g}" text-anchor="{anchor}">{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle."""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.0):.1f}" height="{height:.1f}"/>'


def line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A disc."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def path(shape: str, kind: str) -> str:
    """A line of any shape."""
    return f'<path class="{kind}" d="{shape}"/>'


SHAPES = ("circle", "square", "up", "diamond", "down", "cross")


def mark(x: float, y: float, shape: str, kind: str, size: float = 5.0) -> str:
    """A mark that tells courses apart without colour."""
    s = size
    match shape:
        case "circle":
            return dot(x, y, s, kind)
        case "square":
            return box(x - s, y - s, 2 * s, 2 * s, kind)
        case "up":
            return path(f"M{x:.1f} {y - 1.2 * s:.1f}l{1.2 * s:g} {2.1 * s:g}h{-2.4 * s:g}z", kind)
        case "diamond":
            return path(f"M{x:.1f} {y - 1.3 * s:.1f}l{1.3 * s:g} {1.3 * s:g}l{-1.3 * s:g} {1.3 * s:g}l{-1.3 * s:g} {-1.3 * s:g}z", kind)
        case "down":
            return path(f"M{x:.1f} {y + 1.2 * s:.1f}l{1.2 * s:g} {-2.1 * s:g}h{-2.4 * s:g}z", kind)
        case _:
            return path(f"M{x - s:.1f} {y - s:.1f}l{2 * s:g} {2 * s:g}m0 {-2 * s:g}l{-2 * s:g} {2 * s:g}", f"{kind} stroked")
