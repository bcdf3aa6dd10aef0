"""Plots of a tournament as inline SVG: strengths with their intervals, and gains by seat."""

from __future__ import annotations

import io
import re

from matplotlib import rc_context
from matplotlib.figure import Figure

from client.tournament.games import Played
from client.tournament.ratings import Ratings
from client.tournament.tables import by_seat

INK, BLUE, FAINT = "#222222", "#1f6fb2", "#cccccc"
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")


def strengths(found: Ratings) -> str:
    """Each bot's strength with its interval, the strongest on top."""
    bots = found.bots[::-1]
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "unipole", "font.size": 11.0, "font.family": "sans-serif"}):
        figure = Figure(figsize=(6.4, 1.2 + 0.4 * len(bots)), layout="constrained")
        axes = figure.add_subplot()
        for height, bot in enumerate(bots):
            axes.plot((bot.low, bot.high), (height, height), color=BLUE, linewidth=2.0)
            axes.plot((bot.strength,), (height,), marker="o", color=BLUE)
        axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=0)
        axes.set_yticks(range(len(bots)), [bot.bot for bot in bots])
        axes.set_xlabel("strength in log odds, with its 95 % interval", color=INK)
        return _svg(figure)


def seats(games: list[Played], scenario: str) -> str:
    """The mean gain of each bot in each seat of a scenario."""
    table = {seat: of for (name, seat), of in by_seat(games).items() if name == scenario}
    bots = sorted({bot for of in table.values() for bot in of})
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "unipole", "font.size": 11.0, "font.family": "sans-serif"}):
        figure = Figure(figsize=(6.4, 1.4 + 0.34 * len(table)), layout="constrained")
        axes = figure.add_subplot()
        for number, bot in enumerate(bots):
            points = [(of[bot][0], height) for height, of in enumerate(table.values()) if bot in of]
            mark = MARKS[number % len(MARKS)]
            axes.plot([x for x, _ in points], [y for _, y in points], linestyle="", marker=mark, label=bot, alpha=0.8)
        axes.set_yticks(range(len(table)), list(table))
        axes.invert_yaxis()
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel("mean gain of payoff", color=INK)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
        return _svg(figure)


def _svg(figure: Figure) -> str:
    """The drawing as an inline element without dates and names of programs."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
    return re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1), count=1)
