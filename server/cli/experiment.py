"""``unipole experiment WORD``: structural experiments on the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from server.cli.options import Flag, Jobs, Seed, console
from server.commands.misuse import FAILED, OK

experiment_app = App(name="experiment", help="Test what theory says on many paired games.", help_format="markdown")
Count = Annotated[int, Parameter(validator=Number(gte=2, lte=100_000))]
STORE = Path("unipole-laboratory")


@experiment_app.command(name="list")
def experiment_list() -> None:
    """List the experiments that come with the program.

    For example:

        unipole experiment list
    """
    from server.commands.experiment import show_list  # the laboratory needs a while to load

    show_list(console())


@experiment_app.command(name="run")
def experiment_run(  # noqa: PLR0913  # each is an option of the command line
    *names: str,
    every: Annotated[bool, Parameter(name="--all", negative=())] = False,
    games: Count | None = None,
    seed: Seed = 7,
    tuning: Flag = False,
    quick: Flag = False,
    deep: Flag = False,
    fresh: Flag = False,
    jobs: Jobs = None,
    store: Path = STORE,
) -> int:
    """Play experiments and say what came of their claims. Code 1 means: something was contradicted.

    All cells play with the same chance, pair by pair. Stopped with Ctrl-C, the same command goes on where it was.

    For example:

        unipole experiment run E1 E6 --quick
        unipole experiment run --all
        unipole experiment run my-experiment.toml --games 400 --seed 11

    Parameters
    ----------
    names
        Ids from `unipole experiment list`, or files of your own.
    every
        Run all experiments that come with the program.
    games
        Paired games in each cell, all of them played; otherwise at most as many as the file says.
    seed
        The number from which all chance is drawn: another number, another fresh draw of worlds and games.
    tuning
        Use the seeds set aside for trying things out; figures are quoted from the others.
    quick
        Forty pairs and no robustness: enough for a lesson.
    deep
        Two hundred pairs instead of twenty for each draw of coefficients, and no run ends early.
    fresh
        Forget what was kept for this and play anew.
    jobs
        How many processes share the games; as many as there are cores if nothing is said.
    store
        Folder for what is kept and for the reports.
    """
    from server.commands.experiment import Effort, plan_of, run  # see list

    plan, effort, out = plan_of(seed, tuning=tuning), Effort(games, quick=quick, deep=deep), console()
    return OK if run(names, plan, effort, every=every, fresh=fresh, jobs=jobs, store=store, out=out) else FAILED


@experiment_app.command(name="report")
def experiment_report(
    *names: str, seed: Seed = 7, tuning: Flag = False, store: Path = STORE, markdown: Path | None = None
) -> None:
    """Write the reports again from what is kept, without playing.

    For example:

        unipole experiment report E1
        unipole experiment report --markdown findings.md

    Parameters
    ----------
    names
        Ids or files; all that come with the program if none is given.
    seed
        The number with which they were run.
    tuning
        They were run on the seeds set aside for trying things out.
    store
        Folder of what was kept.
    markdown
        Also write one page of Markdown with a line for each claim.
    """
    from server.commands.experiment import plan_of, report  # see list

    report(names, plan_of(seed, tuning=tuning), store=store, page=markdown, out=console())
