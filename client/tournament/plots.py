"""Plots of a tournament as inline SVG: strengths with their intervals, and gains by seat."""

from __future__ import annotations

from client.paper.sheet import INK, LINES, inline, sheet
from client.tournament.games import Played
from client.tournament.ratings import Ratings
from client.tournament.tables import by_seat

MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")


def strengths(found: Ratings) -> str:
    """Each bot's strength with its interval, the strongest on top."""
    bots = found.bots[::-1]
    with sheet(1.2 + 0.4 * len(bots)) as (figure, axes):
        for height, bot in enumerate(bots):
            axes.plot((bot.low, bot.high), (height, height), color=LINES[0], linewidth=2.0)
            axes.plot((bot.strength,), (height,), marker="o", color=LINES[0])
        axes.axvline(0.0, color=INK, linewidth=1.0, zorder=0)
        axes.set_yticks(range(len(bots)), [bot.bot for bot in bots])
        axes.set_xlabel("strength in log odds, with its 95 % interval", color=INK)
        return inline(figure)


def seats(games: list[Played], scenario: str) -> str:
    """The mean gain of each bot in each seat of a scenario."""
    table = {seat: of for (name, seat), of in by_seat(games).items() if name == scenario}
    bots = sorted({bot for of in table.values() for bot in of})
    with sheet(1.4 + 0.34 * len(table), grid="y") as (figure, axes):
        for number, bot in enumerate(bots):
            points = [(of[bot][0], height) for height, of in enumerate(table.values()) if bot in of]
            mark, colour = MARKS[number % len(MARKS)], LINES[number % len(LINES)]
            axes.plot([x for x, _ in points], [y for _, y in points], color=colour, linestyle="", marker=mark, label=bot)
        axes.set_yticks(range(len(table)), list(table))
        axes.invert_yaxis()
        axes.set_xlabel("mean gain of payoff", color=INK)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, labelcolor=INK)
        return inline(figure)
