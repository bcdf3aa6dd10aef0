"""Running an experiment: which games are missing, played on all cores, kept as they come, and judged at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from client.dealing import dealt
from client.laboratory.design import Cell, cells
from client.laboratory.estimates import Seen
from client.laboratory.looks import at_first, further
from client.laboratory.playing import MAIN, Plan, Record, Run, records
from client.laboratory.reading import Experiment, read
from client.laboratory.schema import Variant
from client.laboratory.store import Store

BATCH = 10  # games a process takes at once: enough to go in lockstep, few enough that the bar moves and little is lost
CHECK_PAIRS_MAX = 50  # pairs of ablations, placebos, null bots and other skills: the main games are compared with themselves
DRAWS, DRAW_PAIRS, DRAW_PAIRS_DEEP = 50, 20, 200
QUICK_PAIRS = 40
SKILLS = (0.5, 2.0)
Results = dict[str, dict[Cell, dict[int, Seen]]]
"""Kept games by run, cell and number."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is played: ``pairs`` None as the file says; ``quick`` without robustness; ``deep`` with many pairs a draw."""

    pairs: int | None = None
    quick: bool = False
    deep: bool = False

    @property
    def to_the_end(self) -> bool:
        """Whether all pairs are played, however clear the first ones are."""
        return self.quick or self.deep or self.pairs is not None


def runs(experiment: Experiment, effort: Effort) -> tuple[Run, ...]:
    """Everything that is played for an experiment."""
    data = experiment.data
    pairs = effort.pairs or (QUICK_PAIRS if effort.quick else data.pairs)
    check = min(pairs, CHECK_PAIRS_MAX)
    found = [Run(MAIN, pairs)]
    found += [Run(name_of(kind, variant), check, change=variant) for kind, variant in variants(experiment)]
    if not effort.quick:
        found += [Run(f"skill:{factor:g}", check, skill=factor) for factor in SKILLS]
        each = DRAW_PAIRS_DEEP if effort.deep else DRAW_PAIRS
        found += [Run(f"draw:{number}", each, draw=number) for number in range(DRAWS)]
    return tuple(found)


def variants(experiment: Experiment) -> Iterator[tuple[str, Variant]]:
    """(kind, variant) of everything the file plays again with a change."""
    data = experiment.data
    for kind, listed in (("ablation", data.ablation), ("placebo", data.placebo), ("null", data.null)):
        yield from ((kind, variant) for variant in listed)


def name_of(kind: str, variant: Variant) -> str:
    """The name of a variant's run."""
    return f"{kind}:{variant.name}"


def budget(experiments: Sequence[Experiment], effort: Effort) -> tuple[int, int]:
    """How many games the experiments take: if every run is clear at its first look, and if none ends early."""
    least = most = 0
    for experiment in experiments:
        each = runs(experiment, effort)
        count = len(cells(experiment.data))
        most += count * sum(one.pairs for one in each)
        least += count * sum(_first_goal(one, effort) for one in each)
    return least, most


def _first_goal(one: Run, effort: Effort) -> int:
    return one.pairs if effort.to_the_end else at_first(one)


@dataclass(frozen=True, slots=True)
class Job:
    """Some games of a cell, for a process that has to read the experiment itself."""

    text: str
    folder: Path
    plan: Plan
    run: Run
    cell: Cell
    numbers: tuple[int, ...]


def missing(experiment: Experiment, plan: Plan, wanted: Sequence[Run], kept: Results) -> list[Job]:
    """The games that are still to be played, in batches; main games first, all cells of a pair close together."""
    jobs: list[Job] = []
    for run in wanted:
        have = kept.get(run.name, {})
        for first in range(0, run.pairs, BATCH):
            block = range(first, min(first + BATCH, run.pairs))
            for cell in cells(experiment.data):
                numbers = tuple(n for n in block if n not in have.get(cell, {}))
                if numbers:
                    jobs.append(Job(experiment.text, experiment.folder, plan, run, cell, numbers))
    return jobs


def gathered(found: Iterator[Record]) -> Results:
    """Records by run, cell and number."""
    results: Results = {}
    for record in found:
        results.setdefault(record.run, {}).setdefault(record.cell, {})[record.number] = record.seen
    return results


def run(
    experiment: Experiment,
    plan: Plan,
    effort: Effort,
    store: Store,
    *,
    jobs: int,
    started: Callable[[int, int], None],
    played: Callable[[int], None],
) -> Results:
    """Play what is missing and return everything that was asked for.

    ``started`` is told how many games there are in all and how many are kept, again whenever it turns out that more are wanted; ``played``
    how many more came in.  What came in is on disk.
    """
    wanted, kept = runs(experiment, effort), gathered(store.read())
    goals = {one.name: _first_goal(one, effort) for one in wanted}
    while True:
        now = tuple(replace(one, pairs=goals[one.name]) for one in wanted)
        todo = missing(experiment, plan, now, kept)
        games = len(cells(experiment.data)) * sum(goals.values())
        started(games, games - sum(len(job.numbers) for job in todo))
        for batch in dealt(todo, work, jobs):
            store.add(batch)
            for record in batch:
                kept.setdefault(record.run, {}).setdefault(record.cell, {})[record.number] = record.seen
            played(len(batch))
        results = {one.name: {cell: _first(kept, one, cell) for cell in cells(experiment.data)} for one in now}
        ahead = goals if effort.to_the_end else further(experiment, wanted, goals, results)
        if ahead == goals:
            return results
        goals = ahead


def _first(kept: Results, one: Run, cell: Cell) -> dict[int, Seen]:
    """The games of a cell that a run asks for; more may be kept."""
    return {number: seen for number, seen in kept.get(one.name, {}).get(cell, {}).items() if number < one.pairs}


_READ: dict[tuple[str, Path], Experiment] = {}


def work(job: Job) -> list[Record]:
    """Play one batch; the experiment is read once a process."""
    at = (job.text, job.folder)
    if at not in _READ:
        _READ.clear()
        _READ[at] = read(job.text, job.folder)
    return list(records(_READ[at], job.plan, job.run, job.cell, job.numbers))
