"""Drawing the alliances of a turn: a ring of states with the unipole in the middle, lines for ties, arrows for wars."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from markupsafe import Markup

from server.debrief.drawing import box, dot, line, mark, path, picture, text
from server.debrief.ties import Ring, Tie
from server.debrief.words import say

SIZE, MIDDLE, RADIUS = 340.0, 170.0, 118.0
LETTERS, OUT = 12.5, 13.0  # letters beside the ring, and how far from it
BAND, BAND_STEP = 44.0, 7.0  # bands of large pacts, outside the letters
BANDS_MAX = 2
Point = tuple[float, float]


def ring_chart(ring: Ring) -> Markup:
    """The picture of a turn."""
    count = max(len(ring.states), 1)
    angles = {state: 2.0 * pi * (k + 0.5) / count - pi / 2.0 for k, state in enumerate(ring.states)}
    spots = {state: _at(angle, RADIUS) for state, angle in angles.items()} | {ring.unipole: (MIDDLE, MIDDLE)}
    parts = [*_bands(ring, angles)]
    for tie in sorted(ring.ties, key=lambda t: ("words", "help", "firm", "war").index(t.kind)):
        parts += _tie(tie, spots[tie.one], spots[tie.other], ring.unipole)
    for state, stance in zip(ring.states, ring.stances, strict=True):
        parts += [_state(*spots[state], stance), _letters(state, angles[state])]
    parts += [box(MIDDLE - 21, MIDDLE - 13, 42, 26, "hub"), text(MIDDLE, MIDDLE, ring.unipole, kind="on-hub", anchor="middle", size=15)]
    return picture(SIZE, SIZE, parts, _told(ring), "chart ring")


def _at(angle: float, radius: float) -> Point:
    return MIDDLE + radius * cos(angle), MIDDLE + radius * sin(angle)


def _letters(state: str, angle: float) -> str:
    x, y = _at(angle, RADIUS + OUT)
    anchor = "middle" if abs(cos(angle)) < 0.3 else "start" if cos(angle) > 0.0 else "end"  # noqa: PLR2004 - near the top and the bottom
    return text(x, y, state, anchor=anchor, size=LETTERS)


def _state(x: float, y: float, stance: str) -> str:
    match stance:
        case "with":
            return dot(x, y, 5.5, "with")
        case "against":
            return mark(x, y, "diamond", "against", 5.5)
        case "apart":
            return dot(x, y, 5.0, "apart")
        case _:
            return dot(x, y, 2.5, "nothing")


def _bands(ring: Ring, angles: dict[str, float]) -> Iterator[str]:
    """Large pacts: an arc beside each member outside the ring."""
    half = pi / max(len(ring.states), 1) * 0.86
    for number, club in enumerate(ring.clubs[:BANDS_MAX]):
        radius = RADIUS + BAND + BAND_STEP * number
        for state in ring.states:
            if state in club:
                (x, y), (to_x, to_y) = _at(angles[state] - half, radius), _at(angles[state] + half, radius)
                yield path(f"M{x:.1f} {y:.1f}A{radius:g} {radius:g} 0 0 1 {to_x:.1f} {to_y:.1f}", f"band band{number}")


def _tie(tie: Tie, one: Point, other: Point, unipole: str) -> Iterator[str]:
    kind = f"tie {tie.kind}{' fresh' if tie.fresh else ''}{' hidden' if tie.secret else ''}"
    if unipole in (tie.one, tie.other):
        yield line(*one, *other, kind)
    else:
        pull = 0.35  # chords bend towards the middle, so that neighbours' lines leave the rim
        x = MIDDLE + pull * ((one[0] + other[0]) / 2.0 - MIDDLE)
        y = MIDDLE + pull * ((one[1] + other[1]) / 2.0 - MIDDLE)
        yield path(f"M{one[0]:.1f} {one[1]:.1f}Q{x:.1f} {y:.1f} {other[0]:.1f} {other[1]:.1f}", kind)
    if tie.kind == "war":
        yield mark(*other, "cross", "struck", 6.0)


def _told(ring: Ring) -> str:
    names = dict(zip(ring.states, ring.names, strict=True))
    lines = [f"{names.get(t.one, t.one)} – {names.get(t.other, t.other)} ({say(f'ties.{t.kind}')})" for t in ring.ties]
    return f"{ring.title}: {'; '.join(lines) or say('ties.nothing')}"
