"""``unipole tournament``: bots against bots by a file, with ratings."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console
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
        out.print(f"{found.tournament.title}: {len(planned.fixtures)} games of {len(found.bot)} bots on {len(found.scenario)} scenarios.")
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
    except BadTournament as error:
        raise Misuse(str(error)) from error
    except OSError as error:
        raise Misuse(f"--out: {error}.") from error
    out.print(_table(ratings, games))
    out.print(f"Page and tables: {folder / PAGE}", soft_wrap=True)


def _table(ratings: Ratings, games: list[Played]) -> Table:
    table = Table(title=f"Ratings after {len(games)} games", title_justify="left")
    table.add_column("bot")
    for heading in ("strength", "95 %", "gain over the seat's mean", "refused", "failures", "out of time", "s a game"):
        table.add_column(heading, justify="right")
    of = {record.bot: record for record in records(games)}
    for rating in ratings.bots:
        record = of[rating.bot]
        table.add_row(
            rating.bot,
            f"{rating.strength:+.3f}",
            f"{rating.low:+.3f} to {rating.high:+.3f}",
            f"{rating.edge:+.4f}",
            str(record.refused),
            str(record.failures),
            str(record.out_of_time),
            f"{record.seconds:.2f}",
        )
    return table
