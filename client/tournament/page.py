"""The page of a tournament: one file that loads nothing."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from client.paper.site import templates
from client.tournament.file import Entrant, Tournament
from client.tournament.games import Played
from client.tournament.plots import seats as seats_plot
from client.tournament.plots import strengths
from client.tournament.ratings import Ratings
from client.tournament.tables import by_seat, cross, records

TEMPLATE = "page.html.jinja"


def how(bot: Entrant) -> str:
    """What stands behind a bot, in a few words."""
    return bot.plays or bot.factory or " ".join(bot.script or ())


def page(tournament: Tournament, games: list[Played], found: Ratings, said: tuple[str, ...]) -> str:
    """The page as text."""
    site = templates("client.tournament")
    order = [rating.bot for rating in found.bots]
    scenarios = [stage.scenario for stage in tournament.scenario if any(game.scenario == stage.scenario for game in games)]
    svg = Markup  # drawn here from figures and from ids, which hold no markup
    return site.get_template(TEMPLATE).render(
        title=tournament.tournament.title,
        rules=tournament.tournament,
        games=len(games),
        bots={bot.id: (bot.title, how(bot)) for bot in tournament.bot},
        ratings=found.bots,
        seats=found.seats,
        records={record.bot: record for record in records(games)},
        cross=cross(games),
        order=order,
        by_seat=by_seat(games),
        notes=said,
        strengths=svg(strengths(found)),
        plots=[(name, svg(seats_plot(games, name))) for name in scenarios],
    )


def write_page(path: Path, tournament: Tournament, games: list[Played], found: Ratings, said: tuple[str, ...]) -> None:
    """Write the page.

    Raises:
        OSError: it cannot be written.
    """
    path.write_text(page(tournament, games, found, said), encoding="utf-8")
