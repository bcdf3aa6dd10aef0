"""``unipole fork``: what if one order of a log had been another, played on by bots many times."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules.explanation.story import Story
from server.commands.logs import open_log
from server.commands.misuse import Misuse
from server.commands.progress import bar
from server.debrief.forks import BadFork, Fork, fork, keep, parsed
from server.debrief.what_if import what_if
from server.debrief.words import say


def run_fork(
    path: Path, place: str, act: str, out: Console, *, games: int, jobs: int | None, scenario: str | None = None, count: bool = False
) -> None:
    """Play both arms, print what came of them, and keep it beside the log; ``count`` prints a line a game instead of a bar.

    Raises:
        Misuse: the log, the event or the act cannot be used, or the outcome cannot be kept.
    """
    log = open_log(path, scenario)
    story = Story(log.opening, log.entries)
    try:
        change = parsed(act, story, place)
        workers = jobs or os.cpu_count() or 1
        with bar(out, hidden=count) as progress:
            task = progress.add_task("playing", total=2 * games)

            def track(done: int) -> None:
                progress.update(task, completed=done)
                if count:
                    print(done, flush=True)

            found = fork(log.opening, log.entries, change, games, workers, track)
        kept = keep(path, found)
    except BadFork as error:
        raise Misuse(str(error)) from error
    except OSError as error:
        raise Misuse(f"{path}: what was played cannot be kept beside the log: {error.strerror}.") from error
    _show(story, found, out)
    out.print(f"Kept in {kept}; `unipole debrief {path} --reveal` shows it.", soft_wrap=True)


def _show(story: Story, found: Fork, out: Console) -> None:
    told = what_if(story.game, found)
    table = Table(title=f"What if, at {told.place} … {escape(told.change)}? {told.games} games each", title_justify="left")
    table.add_column(say("what_if.figure"))
    for heading in ("what_if.happened", "what_if.before", "what_if.after"):
        table.add_column(say(heading), justify="right")
    for row in told.rows:
        table.add_row(escape(row.title), row.happened, row.before, row.after)
    out.print(table)
    out.print("Means of the games, and in brackets the span of the middle four fifths. Bots play all seats from that step on.")
