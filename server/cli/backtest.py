"""``unipole backtest WORD``: the engine beside cases whose outcome is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from server.cli.options import Seed, console

backtest_app = App(name="backtest", help="Compare the engine with what happened.", help_format="markdown")
Games = Annotated[int, Parameter(validator=Number(gte=2, lte=100_000))]
STORE = Path("unipole-laboratory")


@backtest_app.command(name="list")
def backtest_list() -> None:
    """List the cases that come with the program, and the data that each needs.

    For example:

        unipole backtest list
    """
    from server.commands.backtest import show_list  # the laboratory needs a while to load

    show_list(console())


@backtest_app.command(name="run")
def backtest_run(*names: str, data: Path | None = None, games: Games = 100, seed: Seed = 7, store: Path = STORE) -> None:
    """Predict a case with the engine as it is, and set the prediction beside what happened and beside naive baselines.

    For example:

        unipole backtest run council-iraq-2003 --games 20
        unipole backtest run coalition-iraq-2003 --data my-data

    Parameters
    ----------
    names
        Ids from `unipole backtest list`, or files of your own.
    data
        The folder with the series that a case needs; they are not part of the program.
    games
        How many games bots play, where they play any.
    seed
        The number from which permutations and folds are drawn.
    store
        Folder for the reports.
    """
    from server.commands.backtest import run  # see list

    run(names, data=data, games=games, seed=seed, store=store, out=console())


@backtest_app.command(name="report")
def backtest_report(*, store: Path = STORE) -> None:
    """List the reports that were written.

    For example:

        unipole backtest report

    Parameters
    ----------
    store
        Folder of the reports.
    """
    from server.commands.backtest import report  # see list

    report(store, console())
