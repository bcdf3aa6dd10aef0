"""``unipole scenario WORD``: what can be played."""

from __future__ import annotations

from cyclopts import App
from rich.console import Console

from server.commands.misuse import FAILED, OK

scenario_app = App(name="scenario", help="List, read and check scenarios.", help_format="markdown")


@scenario_app.command(name="list")
def scenario_list() -> None:
    """List the scenarios that ship with the program.

    For example:

        unipole scenario list
    """
    from server.commands.scenario import show_list  # see run

    show_list(Console(highlight=False))


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

    show(scenario, Console(highlight=False))


@scenario_app.command(name="check")
def scenario_check(scenario: str, /) -> int:
    """Check whether a scenario can be played and is fit for a class. Code 1 means: do not play it so.

    For example:

        unipole scenario check tiny

    Parameters
    ----------
    scenario
        A name from `unipole scenario list`, or the folder of a scenario of your own.
    """
    from server.commands.scenario import show_check  # see run

    return OK if show_check(scenario, Console(highlight=False)) else FAILED
