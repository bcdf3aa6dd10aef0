"""``unipole scenario WORD``: what can be played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from server.cli.options import Jobs, console
from server.commands.misuse import FAILED, OK

scenario_app = App(name="scenario", help="List, read and check scenarios.", help_format="markdown")


@scenario_app.command(name="list")
def scenario_list() -> None:
    """List the scenarios that ship with the program.

    For example:

        unipole scenario list
    """
    from server.commands.scenario import show_list  # see run

    show_list(console())


@scenario_app.command(name="show")
def scenario_show(scenario: str, /) -> None:
    """Show what a scenario is about: turns, issues, councils, treaties, seats and their objectives.

    For example:

        unipole scenario show tiny

    Parameters
    ----------
    scenario
        A name from `unipole scenario list`, or the folder of a scenario of your own.
    """
    from server.commands.scenario import show  # see run

    show(scenario, console())


@scenario_app.command(name="check")
def scenario_check(
    scenario: str,
    /,
    *,
    games: Annotated[int, Parameter(validator=Number(gte=0, lte=100_000))] = 200,
    jobs: Jobs = None,
    record: Path | None = None,
) -> int:
    """Check whether a scenario can be played, is fit for a class, and is balanced. Code 1 means: do not play it so.

    Balance is found by games of mixed company, players of several kinds and skills drawn by chance: an objective that is reached in
    none of them, or in all, is named with its seat and the reason.

    For example:

        unipole scenario check tiny
        unipole scenario check my-case --games 0

    Parameters
    ----------
    scenario
        A name from `unipole scenario list`, or the folder of a scenario of your own.
    games
        How many games to play for the balance; 0 for none.
    jobs
        How many processes share the games; all cores unless said otherwise.
    record
        A JSON file in which the shares are kept, beside those of other scenarios.
    """
    from server.commands.scenario import show_check  # see run

    return OK if show_check(scenario, games, jobs, record, console()) else FAILED
