"""``unipole tournament``: bots against bots by a file, with ratings."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from client.tournament.file import BadTournament, read
from client.tournament.games import Played
from client.tournament.ratings import Ratings
from client.tournament.run import PAGE, plan, play, report
from client.tournament.tables import records
from server.commands.misuse import Misuse
from server.commands.progress import bar


def tournament(path: Path, out: Console, *, folder: Path, jobs: int | None = None, dry: bool = False) -> None:
    """Play a tournament, or go on with it, and show the ratings.  ``dry``: only say what would be played.

    Raises:
        Misuse: the file, a bot of it or the folder cannot be used.
    """
    try:
        found = read(path)
        planned = plan(found)
        names = ", ".join(stage.scenario for stage in found.scenario)
        out.print(f"{found.tournament.title}: {len(planned.fixtures)} games of {len(found.bot)} bots on {names}.")
        for note in planned.notes:
            out.print(f"Not equal: {note}")
        if dry:
            return
        with bar(out) as progress:
            task = progress.add_task("playing", total=len(planned.fixtures))
            games = play(
                found,
                path.absolute().parent,
                folder,
                jobs or os.cpu_count() or 1,
                lambda done, all_games: progress.update(task, completed=done, total=all_games),
            )
        ratings = report(found, folder, games, planned.notes)
    except KeyboardInterrupt:
        out.print(f"What was played is kept in {folder}; the same command goes on from there.", soft_wrap=True)
        raise
    except BadTournament as error:
        raise Misuse(str(error)) from error
    except OSError as error:
        raise Misuse(f"--out: {error}.") from error
    out.print(_table(ratings, games))
    spoilt = _spoilt(games)
    if spoilt.row_count:
        out.print(spoilt)
    out.print(f"Page and tables: {folder / PAGE}", soft_wrap=True)


def _table(ratings: Ratings, games: list[Played]) -> Table:
    table = Table(title=f"Ratings after {len(games)} games", title_justify="left")
    table.add_column("bot", overflow="fold")
    for heading in ("strength", "95 %", "gain over the seat's mean", "seconds a game"):
        table.add_column(heading, justify="right", overflow="fold")
    seconds = {record.bot: record.seconds for record in records(games)}
    for rating in ratings.bots:
        spread = f"{rating.low:+.3f} to {rating.high:+.3f}"
        table.add_row(rating.bot, f"{rating.strength:+.3f}", spread, f"{rating.edge:+.4f}", f"{seconds[rating.bot]:.2f}")
    return table


def _spoilt(games: list[Played]) -> Table:
    """What went wrong with bots, a row for each with which something did."""
    table = Table(title="What was refused, failed or came too late", title_justify="left")
    table.add_column("bot", overflow="fold")
    for heading in ("acts refused", "failures", "games out of time"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("the first failure", overflow="fold")
    for record in records(games):
        if record.refused or record.failures or record.out_of_time:
            counts = (str(record.refused), str(record.failures), str(record.out_of_time))
            table.add_row(record.bot, *counts, escape(" ".join(record.reason.split())))
    return table
