"""``unipole backtest``: predictions of known cases, measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from client.laboratory.backtests.format import built_in, load
from client.laboratory.backtests.running import FOLDER, Compared, compare, write
from client.laboratory.faults import BadExperiment
from scenarios.faults import BadScenario
from server.commands.misuse import Misuse
from server.commands.progress import bar


def show_list(out: Console) -> None:
    """Every backtest that comes with the program."""
    table = Table(title="Backtests", title_justify="left")
    table.add_column("id", no_wrap=True)
    table.add_column("title")
    table.add_column("data it needs", no_wrap=True)
    for name in built_in():
        test = load(name)
        table.add_row(test.id, test.title, "\n".join(test.needs) or "none", end_section=True)
    out.print(table)


def run(names: Sequence[str], *, data: Path | None, games: int, seed: int, store: Path, out: Console) -> None:
    """Predict, compare, show and write the pages.

    Raises:
        Misuse: a name is unknown, data are missing, or the folder cannot be written to.
    """
    if not names:
        raise Misuse("Name a backtest. `unipole backtest list` shows them.")
    try:
        for test in [load(name) for name in names]:
            with bar(out) as progress:
                task = progress.add_task(test.id, total=None)
                found = compare(test, data, games, seed, _told(progress, task))
            _show(found, out)
            out.print(f"The report is in {write(found, store)}.", soft_wrap=True)
    except (BadExperiment, BadScenario) as error:
        raise Misuse(str(error)) from error
    except OSError as error:
        raise Misuse(f"{error}.") from error


def _told(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    return lambda done, of: progress.update(task, completed=done, total=of)


def _show(found: Compared, out: Console) -> None:
    table = Table(title=found.test.title, title_justify="left")
    for heading in ("measure", "prediction", "figure", "dealt at random (95 %)", "cases"):
        table.add_column(heading, overflow="fold")
    for measure, scores in found.scores:
        for number, score in enumerate(scores):
            dealt = "" if score.chance is None else "{:.4f} ({:.4f} to {:.4f})".format(*score.chance)
            name = f"engine: {score.column}" if number == 0 else f"baseline: {score.column}"
            table.add_row(measure.title if number == 0 else "", name, f"{score.value:.4f}", dealt, str(score.cases))
        table.add_section()
    out.print(table)
    for note in found.cases.notes:
        out.print(note)


def report(store: Path, out: Console) -> None:
    """The pages in the folder.

    Raises:
        Misuse: there are none.
    """
    pages = sorted((store / FOLDER).glob("*.html"))
    if not pages:
        raise Misuse(f"There are no reports in {store}. Run a backtest first.")
    for page in pages:
        out.print(str(page), soft_wrap=True)
