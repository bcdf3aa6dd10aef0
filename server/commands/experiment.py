"""``unipole experiment``: paired games by the file, and what they say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from client.laboratory import reading
from client.laboratory.faults import BadExperiment, Unpaired
from client.laboratory.findings import Outcome, outcome
from client.laboratory.playing import Plan, engine_hash
from client.laboratory.reading import Experiment
from client.laboratory.report.pages import write
from client.laboratory.report.summary import markdown
from client.laboratory.report.tables import summary, unmoved
from client.laboratory.runner import Effort, budget, gathered
from client.laboratory.runner import run as run_one
from client.laboratory.store import Store
from server.commands.misuse import Misuse
from server.commands.progress import bar

__all__ = ("Effort", "plan_of", "report", "run", "show_list")


def show_list(out: Console) -> None:
    """Every experiment that comes with the program."""
    table = Table(title="Experiments", title_justify="left")
    for heading in ("id", "title", "propositions", "claims", "cells"):
        table.add_column(heading)
    for experiment in _loaded(tuple(reading.built_in())):
        data = experiment.data
        cells = 1
        for factor in data.factors:
            cells *= len(factor.levels)
        table.add_row(data.id, data.title, " ".join(data.cites), str(len(data.claim)), str(cells))
    out.print(table)


def plan_of(seed: int, *, tuning: bool) -> Plan:
    """Which seeds are used."""
    return Plan(seed, "tuning" if tuning else "holdout")


def _loaded(names: Sequence[str]) -> list[Experiment]:
    try:
        return [reading.load(name) for name in names]
    except BadExperiment as error:
        raise Misuse(str(error)) from error


def run(
    names: Sequence[str], plan: Plan, effort: Effort, *, every: bool, fresh: bool, jobs: int | None, store: Path, out: Console
) -> bool:
    """Play, show and write the reports.  Whether nothing was contradicted.

    Raises:
        Misuse: a name is unknown, a file cannot be used, or the folder cannot be written to.
    """
    if every == bool(names):
        raise Misuse("Name experiments or files to run, or say --all. `unipole experiment list` shows them.")
    experiments = _loaded(tuple(reading.built_in()) if every else names)
    engine, found = engine_hash(), []
    least, most = budget(experiments, effort)
    out.print(f"{most:,} games." if least == most else f"{least:,} games if all is clear at the first look, {most:,} at most.")
    try:
        with bar(out) as progress:
            for experiment in experiments:
                kept = Store(store, experiment, plan, engine)
                if fresh:
                    kept.discard()
                task = progress.add_task(experiment.data.id, total=None)
                found.append(_one(experiment, plan, effort, kept, jobs or os.cpu_count() or 1, progress, task, engine))
                progress.remove_task(task)
                write([found[-1]], store)
                for notice in found[-1].notices:
                    out.print(f"{experiment.data.id}: {notice}")
    except KeyboardInterrupt:
        out.print(f"What was played is kept in {store}; the same command goes on from there.", soft_wrap=True)
        raise
    except BadExperiment as error:
        raise Misuse(str(error)) from error
    except OSError as error:
        raise Misuse(f"--store: {error}.") from error
    except Unpaired as error:
        raise Misuse(f"{error} Use --fresh.") from error
    _show(found, out)
    out.print(f"Reports are in {write(found, store)}.", soft_wrap=True)
    return not any(finding.verdict == "contradicted" for one in found for finding in one.findings)


def _one(
    experiment: Experiment, plan: Plan, effort: Effort, kept: Store, jobs: int, progress: Progress, task: TaskID, engine: str
) -> Outcome:
    def started(games: int, have: int) -> None:
        progress.update(task, total=games, completed=have)

    results = run_one(experiment, plan, effort, kept, jobs=jobs, started=started, played=lambda n: progress.advance(task, n))
    return outcome(experiment, plan, results, key=kept.key, engine=engine)


def _show(found: Sequence[Outcome], out: Console) -> None:
    """The table of claims, and beneath it which of them could not be judged."""
    out.print(summary(found))
    for one in found:
        for finding in one.findings:
            if unmoved(finding):
                out.print(f"{one.experiment.data.id}, {finding.claim.id}: {unmoved(finding)}")


def report(names: Sequence[str], plan: Plan, *, store: Path, page: Path | None, out: Console) -> None:
    """Judge what is kept again and write the pages, and all on one ``page`` of Markdown if one is named.

    Raises:
        Misuse: nothing is kept, or the folder cannot be written to.
    """
    engine, found = engine_hash(), []
    for experiment in _loaded(names or tuple(reading.built_in())):
        kept = Store(store, experiment, plan, engine)
        results = gathered(kept.read())
        if results:
            found.append(outcome(experiment, plan, results, key=kept.key, engine=engine))
        elif names:
            raise Misuse(f"Nothing is kept for {experiment.data.id} with this seed and these rules. Run it first.")
    if not found:
        raise Misuse(f"Nothing is kept in {store} for these rules. Run an experiment first.")
    try:
        place = write(found, store)
        if page is not None:
            page.write_text(markdown(found), encoding="utf-8")
    except OSError as error:
        raise Misuse(f"{error}.") from error
    _show(found, out)
    out.print(f"Reports are in {place}.", soft_wrap=True)
