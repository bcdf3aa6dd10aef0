"""Dealing work to processes: the same results as in one process, each as it comes."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")
LOTS_A_PROCESS = 4
"""How many lots each process gets of many items: the last one to finish keeps the others waiting for a quarter of its time at most."""
TOGETHER_MIN = 4
"""Items in a lot, as long as every process has one: four games in lockstep make a ninth fewer calls than four alone, sixteen few fewer."""
AHEAD = 2  # jobs for each process that wait in its reach; the rest are not even packed yet


def lots(items: Sequence[Job], processes: int, most: int) -> list[Sequence[Job]]:
    """Items in lots that are done together, at most so many in each and enough lots for every process to have one, or several of many."""
    share = len(items) // max(processes, 1)
    size = min(max(share // LOTS_A_PROCESS, min(share, TOGETHER_MIN), 1), most)
    return [items[begin : begin + size] for begin in range(0, len(items), size)]


def dealt(jobs: Sequence[Job], work: Callable[[Job], Done], processes: int) -> Iterator[Done]:
    """What ``work``, a function that other processes can find, makes of each job; in this process, and in order, if there is but one."""
    if processes <= 1 or len(jobs) <= 1:
        yield from map(work, jobs)
        return
    # Fresh processes: a fork would copy the thread that draws the progress bar, in whatever state it is.
    with ProcessPoolExecutor(min(processes, len(jobs)), get_context("spawn"), _undisturbed) as pool:
        pending: set[Future[Done]] = set()
        try:
            for job in jobs:
                pending.add(pool.submit(_disturbed, work, job))
                if len(pending) > AHEAD * processes:
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _undisturbed() -> None:
    """Ctrl-C reaches all processes.  One that waits for a job holds a lock then, and would take it along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _disturbed(work: Callable[[Job], Done], job: Job) -> Done:
    """A job may be broken off: whoever gave it is told, and ends as well."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return work(job)
    finally:
        _undisturbed()
