"""The charts of the page: counts against a bar, courses over turns, shares, changes, and spreads of many games."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from server.debrief.ballots import Vote
from server.debrief.drawing import SHAPES, box, line, mark, path, picture, text
from server.debrief.overview import Course
from server.debrief.promises import Tally
from server.debrief.words import say
from server.narrate.amounts import figure

Row = tuple[str, tuple[float | None, ...]]
NAMED_MAX = len(SHAPES)
SHARED_MAX = 8  # names beside one mark; all of them stand in the table
COLUMN = 400.0  # what a phone has room for: letters of 14 are read there, and grow with the column
LARGE = 16.0  # letters of what matters
ROOM = 24.0  # between the numbers of two turns
FINDINGS = ("kept", "excused", "broken")
BINS, WHOLE = 16, 1e-6  # columns of a histogram; how near a figure is to a whole one
NARROW = 26.0  # a part of a bar that is narrower has no room for its number


def vote_bar(vote: Vote) -> Markup:
    """The count of a vote against its bar."""
    width, height, x, parts = COLUMN, 54.0, 0.0, []
    parts.append(box(0, 4, width, 28, "track"))
    for side in vote.sides:
        share = width * side.count / vote.size
        parts.append(box(x, 4, share, 28, side.key))
        if share >= NARROW:
            parts.append(text(x + share / 2, 18, str(side.count), kind=f"on-{side.key}", anchor="middle", size=LARGE))
        x += share
    bar = width * min(vote.needed / vote.size, 1.0)
    parts.append(line(bar, 0, bar, 36, "bar"))
    anchor = "start" if bar < width / 2 else "end"
    parts.append(text(bar, 46, say("votes.needed", number=vote.needed), kind="soft", anchor=anchor, size=15))
    told = ", ".join(f"{side.word} {side.count}" for side in vote.sides)
    return picture(width, height, parts, f"{told}. {say('votes.needed', number=vote.needed)}", "chart")


def tally_bar(tally: Tally, longest: int) -> Markup:
    """How many promises a state kept, was excused from and broke, on one scale for all states."""
    width, x, parts = COLUMN, 0.0, []
    for key in FINDINGS:
        share = width * tally.of(key) / max(longest, 1)
        if tally.of(key):
            parts.append(box(x, 2, share, 22, key))
            if share >= NARROW:
                parts.append(text(x + share / 2, 13, str(tally.of(key)), kind=f"on-{key}", anchor="middle", size=LARGE))
        x += share
    told = ", ".join(f"{say(f'promises.{key}')}: {tally.of(key)}" for key in FINDINGS)
    return picture(width, 26.0, parts, told, "chart")


def share_bar(share: float) -> Markup:
    """A share of 100 per cent as a bar, beside its number."""
    return picture(120.0, 14.0, [box(0, 1, 120, 12, "track"), box(0, 1, 1.2 * share, 12, "yes")], "", "chart small")


def change_bar(gain: float) -> Markup:
    """A gain to the right of the middle, a loss to the left: from -1 to 1; beside its number."""
    start, kind = (60.0, "yes") if gain >= 0.0 else (60.0 + 60.0 * gain, "no")
    parts = [box(start, 1, 60.0 * abs(gain), 12, kind), line(60, 0, 60, 14, "axis")]
    return picture(120.0, 14.0, parts, "", "chart small")


def part_bar(value: float) -> Markup:
    """A part of a legitimacy: to the right what it gave, to the left what it took."""
    return change_bar(max(min(value, 1.0), -1.0))


def issue_course(course: Course) -> Markup:
    """An issue over the turns: how far it moved between its ends."""
    width, height, left, right = COLUMN, 164.0, 26.0, 54.0
    across = _across(len(course.figures), left, width - right)
    up = [14.0 + 104.0 * (1.0 - one) for one in course.figures]
    parts = [line(left, y, width - right, y, "grid") for y in (14, 66, 118)]
    parts += [text(left - 8, y, label, kind="soft", anchor="end") for y, label in ((14, "1"), (66, "½"), (118, "0"))]
    parts.append(path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True)), "course line0"))
    parts += [mark(x, y, "circle", "line0 filled", 4.0) for x, y in zip(across, up, strict=True)]
    parts += _numbers(across, 0, 136.0)
    parts.append(text((left + width - right) / 2, 154, say("alignment.axis"), kind="soft", anchor="middle"))
    parts.append(text(across[-1] + 10, up[-1], course.end, size=LARGE, kind="strong"))
    return picture(width, height, parts, say("overview.issue", title=course.title, start=course.start, end=course.end), "chart")


def _across(count: int, left: float, right: float) -> list[float]:
    return [left + (right - left) * k / max(count - 1, 1) for k in range(count)]


def _numbers(across: Sequence[float], first: int, y: float) -> list[str]:
    """The turns below a chart, as many as have room."""
    apart = across[1] - across[0] if len(across) > 1 else COLUMN
    every = ceil(ROOM / apart)
    return [text(x, y, str(first + k), kind="soft", anchor="middle") for k, x in enumerate(across) if k % every == 0]


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
    named = ", ".join(titles[:SHARED_MAX])
    return named if len(titles) <= SHARED_MAX else say("alignment.shared", names=named, more=len(titles) - SHARED_MAX)


def alignment_chart(rows: Sequence[Row], turns: int) -> Markup:
    """Courses that lie far apart in colour and by mark, the others faint behind them."""
    left, right, top, tall = 36.0, COLUMN - 10.0, 12.0, 240.0
    across = _across(turns, left, right)
    parts = [line(left, top + tall * k / 4, right, top + tall * k / 4, "grid") for k in range(5)]
    parts += [text(left - 8, top + tall * k / 4, str(100 - 25 * k), kind="soft", anchor="end") for k in range(5)]
    parts += _numbers(across, 1, top + tall + 18)
    parts.append(text((left + right) / 2, top + tall + 36, say("alignment.axis"), kind="soft", anchor="middle"))
    for _, figures in rows:
        parts.append(_course(across, figures, top, tall, "faint"))
    for number, (_, figures) in enumerate(courses(rows)):
        kind = f"line{number}"
        parts.append(_course(across, figures, top, tall, kind))
        known = [(x, f) for x, f in zip(across, figures, strict=True) if f is not None]
        parts += [mark(x, top + tall * (1.0 - f / 100.0), SHAPES[number], f"{kind} filled") for x, f in known]
    return picture(COLUMN, top + tall + 46, parts, say("alignment.chart"), "chart")


def alignment_keys(rows: Sequence[Row]) -> list[tuple[Markup, str]]:
    """The marks of the courses that are named, each with its name, for a list beside the chart."""
    return [
        (picture(12.0, 12.0, [mark(6, 6, SHAPES[number], f"line{number} filled", 4.5)], "", "key"), label)
        for number, (label, _) in enumerate(courses(rows))
    ]


def _course(across: Sequence[float], figures: Sequence[float | None], top: float, tall: float, kind: str) -> str:
    points = [f"{x:.1f} {top + tall * (1.0 - f / 100.0):.1f}" for x, f in zip(across, figures, strict=True) if f is not None]
    return path("M" + "L".join(points), f"course {kind}") if points else ""


def histogram(value: float, others: Sequence[float], *, mean_of: Sequence[float] = ()) -> Markup:
    """Many games as columns and this one as an arrow above; ``mean_of`` are games to set beside them, as an outline.

    Figures that are all the same make no picture.
    """
    width, top, tall = 300.0, 26.0, 74.0
    everything = [value, *others, *mean_of]
    low, high = min(everything), max(everything)
    if high - low < WHOLE:
        return Markup()
    whole = all(abs(one - round(one)) < WHOLE for one in everything) and high - low < BINS
    step = 1.0 if whole else (high - low) / BINS
    count = round(high - low) + 1 if whole else BINS
    wide = width / count

    def columns(figures: Sequence[float]) -> list[int]:
        found = [0] * count
        for one in figures:
            found[min(int((one - low) / step + WHOLE), count - 1)] += 1
        return found

    most = max([*columns(others), *columns(mean_of), 1])
    parts = []
    for kind, figures in (("many", others), ("other", mean_of)):
        share = [tall * number / most for number in columns(figures)] if figures else []
        parts += [box(k * wide + 1, top + tall - high_, wide - 2, high_, kind) for k, high_ in enumerate(share) if high_]
    at = (value - low + 0.5) * wide if whole else (value - low) / (high - low) * width
    at = min(max(at, 5.0), width - 5.0)
    parts += [line(0, top + tall, width, top + tall, "axis"), line(at, 16, at, top + tall, "here"), mark(at, 12, "down", "here", 6.0)]
    parts.append(text(0, top + tall + 12, figure(low), kind="soft"))
    parts.append(text(width, top + tall + 12, figure(high), kind="soft", anchor="end"))
    told = say("comparison.chart", value=figure(value), low=figure(low), high=figure(high))
    return picture(width, top + tall + 24, parts, told, "chart")
