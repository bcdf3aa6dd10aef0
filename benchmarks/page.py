"""The page and the plot of what was measured."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.games import Pace, Split, ThoughtOut

SIZE_INCHES = (9.0, 3.6)
EXPLAINED = """# Speed

How fast bots play in the arena, measured by `make bench`, which writes this page and its plot. Figures are of one
machine on one day and say little about another; ratios within the table were taken in one run and say more.

A game of ours is `octet`: eight seats, twelve turns, every figure and every belief of the full rules, each order
recorded with what came of it. The games of other engines are other games, so the last column compares the pace of
decisions, not the worth of what is decided.
"""
FLOOR = """Milliseconds depend on the machine and on what else it does; calls depend on neither, but are not all alike, so compare
both from one version to the next, and milliseconds only of runs that took turns. Time is spread thin: no function takes as
much as a tenth of it. Of a game of payoff bots a quarter goes into forecasts of votes, a fifth into what might be offered to
whom and who gains by it, a tenth into what follows from texts that are adopted or fail, a twelfth into budgets and operations, a
twentieth into amendments, a twentieth into fears, an eighth into the rules. A turn of a seat takes four thousand calls: five
votes forecast, eight comparisons of what would follow, four pacts weighed. Sixteen games in lockstep have some sixty votes
forecast in one call. Seven of eight forecasts are of something that the player did not ask before, so it is not repetition that
costs: hundreds of terms are weighed for every two or three that are proposed, and what saves time is to ask first what mostly
decides (whether the others would gain). What a player or everybody found out is kept from one step to the next while what it
follows from is the very same ([decision 10](../decisions/0010-bots-think-in-questions.md)),
and what a mechanism moves is written in columns ([decision 8](../decisions/0008-mechanisms-explain-themselves.md)). Of a game of
random bots, which is a game in full with more acts, more drafts and more pacts than one of payoff bots, a fifth goes into drawing
seven hundred legal acts, a sixth into judging them, a sixth into noting which figures moved after eleven hundred mechanisms, of
which more than half find nothing to do, an eighth into sixty votes, a twelfth into the payoffs of twelve turns, a thirtieth into
views; of all other mechanisms none takes more than a hundredth. Many games in lockstep share what is computed over arrays: a game
of payoff bots makes a ninth fewer calls among four than alone, a sixth fewer among sixteen, and from there on no more is gained
(sixty-four go no faster). So few games are dealt to several processes by fours. Each process loads the program anew, which takes as
long as three games of payoff bots; words and help are answered without. The laboratory adds a tenth or less to its games, most of it
for their openings. What is left is two hundred thousand steps of plain Python a game; below it lies only another language, see
[decision 14](../decisions/0014-no-compiled-modules.md).
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A game of another engine on one core."""

    engine: str
    game: str
    games_a_second: float
    decisions_a_second: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of one run; costs are pairs of a size and CPU milliseconds a game."""

    paces: tuple[Pace, ...]
    splits: tuple[Split, ...]
    by_states: tuple[tuple[int, float], ...]
    by_turns: tuple[tuple[int, float], ...]
    large: tuple[int, float]
    thought_out: ThoughtOut
    peers: tuple[Peer, ...]


def page(found: Measured) -> str:
    """The page in Markdown."""
    states, seconds = found.large
    parts = (
        EXPLAINED,
        f"Machine: {platform.machine()}, {found.paces[0].cores} cores, Python {platform.python_version()}.\n",
        "## Games a second\n",
        _games(found),
        "## Where the time goes\n",
        "CPU milliseconds of a game on one core, many games in lockstep, and how many functions it calls, of Python and of C.\n",
        _splits(found.splits),
        FLOOR,
        "## Cost by size\n",
        "![CPU milliseconds of a game against the number of states and of turns](speed.png)\n",
        "Worlds of any size are made of the states of `octet`, repeated around the globe; random bots play.\n",
        _sizes(found),
        f"A turn of {states} states, all of which vote on a draft and set a budget, takes {seconds:.2f} s of CPU.\n",
        _thought_out(found.thought_out),
    )
    return "\n".join(parts)


def _thought_out(bots: ThoughtOut) -> str:
    return (
        f"A game of `{bots.scenario}` in which payoff bots think in all {bots.seats} seats takes {bots.whole:.0f} s of CPU,\n"
        f"its longest step {bots.longest:.1f} s: each player has a forecast of its own for every vote and for every bargain\n"
        "about it, and in a great body each forecast counts the ways of all members.\n"
    )


def _games(found: Measured) -> str:
    rows = ["| engine | game | players | cores | games/s | decisions/s |", "|---|---|---|---|---|---|"]
    rows += [
        f"| unipole | octet, 12 turns | {pace.kind} bots | {pace.cores} | {pace.games_a_second:,.3g} | {pace.orders_a_second:,.0f} |"
        for pace in found.paces
    ]
    rows += [f"| {p.engine} | {p.game} | random | 1 | {p.games_a_second:,.3g} | {p.decisions_a_second:,.0f} |" for p in found.peers]
    return "\n".join(rows) + "\n"


def _splits(splits: tuple[Split, ...]) -> str:
    rows = ["| bots | rules | views | bots | in all | calls |", "|---|---|---|---|---|---|"]
    rows += [f"| {s.kind} | {s.rules:.1f} | {s.views:.1f} | {s.bots:.1f} | {s.whole:.1f} | {s.calls:,.0f} |" for s in splits]
    return "\n".join(rows) + "\n"


def _sizes(found: Measured) -> str:
    rows = ["| states | ms a game | | turns | ms a game |", "|---|---|---|---|---|"]
    rows += [f"| {n} | {a:.0f} | | {t} | {b:.0f} |" for (n, a), (t, b) in zip(found.by_states, found.by_turns, strict=True)]
    return "\n".join(rows) + "\n"


def plot(found: Measured, place: Path) -> None:
    """The costs by size as a picture."""
    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    left, right = figure.subplots(1, 2)
    _curve(left, found.by_states, "states (3 turns)")
    _curve(right, found.by_turns, "turns (8 states)")
    left.set_ylabel("CPU ms a game, random bots")
    figure.savefig(place, dpi=110, metadata={"Software": None})


def _curve(axes: Axes, costs: tuple[tuple[int, float], ...], label: str) -> None:
    sizes, spent = [size for size, _ in costs], [cost for _, cost in costs]
    axes.plot(sizes, spent, marker="o", color="#1f5a8c")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.set_xlabel(label)
    axes.grid(visible=True, color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
