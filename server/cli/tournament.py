"""``unipole tournament`` as it is typed."""

from __future__ import annotations

from pathlib import Path

from server.cli.options import Flag, Jobs, console


def tournament(
    file: Path,
    /,
    *,
    out: Path = Path("unipole-tournament"),
    jobs: Jobs = None,
    dry: Flag = False,
) -> None:
    """Play bots against bots by a file, seats balanced, and rate them. Stopped, it goes on where it was.

    For example:

        unipole tournament scenarios/tournaments/first.toml
        unipole tournament mine.toml --out mine --jobs 4

    Parameters
    ----------
    file
        The tournament: bots, scenarios, games, time. Its format is in docs/reference/tournament-format.md.
    out
        Folder for the results, the tables and the page. What was played there already is not played again.
    jobs
        How many processes share the games; as many as there are cores if nothing is said.
    dry
        Only say what would be played, and what the design cannot make equal.
    """
    from server.commands.tournament import tournament as work  # bots and plots need a while to load

    work(file, console(), folder=out, jobs=jobs, dry=dry)
