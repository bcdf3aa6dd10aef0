"""``unipole tournament`` as it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console


def tournament(
    file: Path,
    /,
    *,
    out: Path = Path("unipole-tournament"),
    jobs: Annotated[int | None, Parameter(validator=Number(gte=1, lte=1024))] = None,
    dry: Annotated[bool, Parameter(negative=())] = False,
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

    work(file, Console(highlight=False), folder=out, jobs=jobs, dry=dry)
