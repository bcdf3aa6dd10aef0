"""The charts of the page: counts against a bar, courses over turns, shares, changes, and spreads of many games."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from server.debrief.ballots import Vote
from server.debrief.drawing import SHAPES, box, line, mark, path, picture, text
from server.debrief.overview import Course
from server.debrief.promises import Tally
from server.debrief.words import say
from server.narrate.words import decimal

Row = tuple[str, tuple[float | None, ...]]
NAMED_MAX = len(SHAPES)
GAP = 20.0  # between two labels
FINDINGS = ("kept", "excused", "broken")
BINS, WHOLE = 16, 1e-6  # columns of a histogram; how near a figure is to a whole one
NARROW = 26.0  # a part of a bar that is narrower has no room for its number


def vote_bar(vote: Vote) -> Markup:
    """The count of a vote against its bar."""
    width, height, x, parts = 640.0, 64.0, 0.0, []
    parts.append(box(0, 4, width, 34, "track"))
    for side in vote.sides:
        share = width * side.count / vote.size
        parts.append(box(x, 4, share, 34, side.key))
        parts.append(text(x + share / 2, 21, str(side.count), kind=f"on-{side.key}", anchor="middle", size=19))
        x += share
    bar = width * min(vote.needed / vote.size, 1.0)
    parts.append(line(bar, 0, bar, 44, "bar"))
    anchor = "start" if bar < width / 2 else "end"
    parts.append(text(bar, 54, say("votes.needed", number=vote.needed), kind="soft", anchor=anchor, size=15))
    told = ", ".join(f"{side.word} {side.count}" for side in vote.sides)
    return picture(width, height, parts, f"{told}. {say('votes.needed', number=vote.needed)}", "chart broad")


def tally_bar(tally: Tally, longest: int) -> Markup:
    """How many promises a state kept, was excused from and broke, on one scale for all states."""
    width, x, parts = 400.0, 0.0, []
    for key in FINDINGS:
        share = width * tally.of(key) / max(longest, 1)
        if tally.of(key):
            parts.append(box(x, 2, share, 22, key))
            if share >= NARROW:
                parts.append(text(x + share / 2, 13, str(tally.of(key)), kind=f"on-{key}", anchor="middle", size=15))
        x += share
    told = ", ".join(f"{say(f'promises.{key}')}: {tally.of(key)}" for key in FINDINGS)
    return picture(width, 26.0, parts, told, "chart broad")


def share_bar(share: float) -> Markup:
    """A share of 100 per cent as a bar."""
    return picture(120.0, 14.0, [box(0, 1, 120, 12, "track"), box(0, 1, 1.2 * share, 12, "yes")], f"{share:.0f} %", "chart small")


def change_bar(gain: float) -> Markup:
    """A gain to the right of the middle, a loss to the left: from -1 to 1."""
    start, kind = (60.0, "yes") if gain >= 0.0 else (60.0 + 60.0 * gain, "no")
    parts = [box(start, 1, 60.0 * abs(gain), 12, kind), line(60, 0, 60, 14, "axis")]
    return picture(120.0, 14.0, parts, f"{gain:+.2f}", "chart small")


def part_bar(value: float) -> Markup:
    """A part of a legitimacy: to the right what it gave, to the left what it took."""
    return change_bar(max(min(value, 1.0), -1.0))


def issue_course(course: Course) -> Markup:
    """An issue over the turns: how far it moved between its ends."""
    width, height, left, right = 640.0, 150.0, 40.0, 70.0
    steps = max(len(course.figures) - 1, 1)
    across = [left + (width - left - right) * k / steps for k in range(len(course.figures))]
    up = [14.0 + 104.0 * (1.0 - figure) for figure in course.figures]
    parts = [line(left, y, width - right, y, "grid") for y in (14, 66, 118)]
    parts += [text(left - 8, y, label, kind="soft", anchor="end", size=14) for y, label in ((14, "1"), (66, "½"), (118, "0"))]
    parts.append(path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True)), "course line0"))
    parts += [mark(x, y, "circle", "line0 filled", 4.0) for x, y in zip(across, up, strict=True)]
    parts += [text(x, 138, str(k) if k else say("overview.start"), kind="soft", anchor="middle", size=14) for k, x in enumerate(across)]
    parts.append(text(across[-1] + 12, up[-1], course.end, size=20, kind="strong"))
    return picture(width, height, parts, say("overview.issue", title=course.title, start=course.start, end=course.end), "chart broad")


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
    return titles[0] if len(titles) == 1 else say("alignment.shared", name=titles[0], more=len(titles) - 1)


def spread(heights: Sequence[float]) -> list[float]:
    """Heights of labels that stood at ``heights`` (growing downwards), moved apart so that none covers another."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + GAP) if placed else height)
    return placed


def alignment_chart(rows: Sequence[Row], turns: int) -> Markup:
    """Courses that lie far apart in colour, by mark and by name, the others faint behind them."""
    width, left, right, top, tall = 760.0, 44.0, 190.0, 12.0, 300.0
    across = [left + (width - left - right) * k / max(turns - 1, 1) for k in range(turns)]
    parts = [line(left, top + tall * k / 4, width - right, top + tall * k / 4, "grid") for k in range(5)]
    parts += [text(left - 8, top + tall * k / 4, str(100 - 25 * k), kind="soft", anchor="end") for k in range(5)]
    parts += [text(x, top + tall + 20, str(k + 1), kind="soft", anchor="middle") for k, x in enumerate(across)]
    parts.append(text((left + width - right) / 2, top + tall + 42, say("alignment.axis"), kind="soft", anchor="middle"))
    for _, figures in rows:
        parts.append(_course(across, figures, top, tall, "faint"))
    named = courses(rows)
    ends = spread([top + tall * (1.0 - (figures[-1] or 0.0) / 100.0) for _, figures in named])
    for number, ((label, figures), y) in enumerate(zip(named, ends, strict=True)):
        kind = f"line{number}"
        parts.append(_course(across, figures, top, tall, kind))
        known = [(x, f) for x, f in zip(across, figures, strict=True) if f is not None]
        parts += [mark(x, top + tall * (1.0 - f / 100.0), SHAPES[number], f"{kind} filled") for x, f in known]
        parts.append(mark(width - right + 16, y, SHAPES[number], f"{kind} filled"))
        parts.append(text(width - right + 28, y, label, kind=f"{kind} lettered", size=15))
    height = max(top + tall + 54, (ends[-1] if ends else 0.0) + 14)
    return picture(width, height, parts, say("alignment.chart"), "chart broad")


def _course(across: Sequence[float], figures: Sequence[float | None], top: float, tall: float, kind: str) -> str:
    points = [f"{x:.1f} {top + tall * (1.0 - f / 100.0):.1f}" for x, f in zip(across, figures, strict=True) if f is not None]
    return path("M" + "L".join(points), f"course {kind}") if points else ""


def histogram(value: float, others: Sequence[float], *, mean_of: Sequence[float] = ()) -> Markup:
    """Many games as columns and this one as an arrow above; ``mean_of`` are games to set beside them, as an outline."""
    width, top, tall = 420.0, 26.0, 74.0
    everything = [value, *others, *mean_of]
    low, high = min(everything), max(everything)
    whole = all(abs(figure - round(figure)) < WHOLE for figure in everything) and high - low < BINS
    step = 1.0 if whole else max((high - low) / BINS, 1e-9)
    count = round(high - low) + 1 if whole else BINS
    wide = width / count

    def columns(figures: Sequence[float]) -> list[int]:
        found = [0] * count
        for figure in figures:
            found[min(int((figure - low) / step + WHOLE), count - 1)] += 1
        return found

    most = max([*columns(others), *columns(mean_of), 1])
    parts = []
    for kind, figures in (("many", others), ("other", mean_of)):
        share = [tall * number / most for number in columns(figures)] if figures else []
        parts += [box(k * wide + 1, top + tall - high_, wide - 2, high_, kind) for k, high_ in enumerate(share) if high_]
    at = (value - low + 0.5) * wide if whole else min((value - low) / max(high - low, 1e-9), 1.0) * width
    at = min(max(at, 5.0), width - 5.0)
    parts += [line(0, top + tall, width, top + tall, "axis"), line(at, 16, at, top + tall, "here"), mark(at, 12, "down", "here", 6.0)]
    parts.append(text(0, top + tall + 12, _figure(low), kind="soft", size=13))
    parts.append(text(width, top + tall + 12, _figure(high), kind="soft", anchor="end", size=13))
    told = say("comparison.chart", value=_figure(value), low=_figure(low), high=_figure(high))
    return picture(width, top + tall + 22, parts, told, "chart")


def _figure(value: float) -> str:
    return decimal(value, ".0f" if abs(value - round(value)) < WHOLE else ".2f")
