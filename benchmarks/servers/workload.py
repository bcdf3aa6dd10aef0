"""The workload that every server meets, and what is measured of it.

A driver is a program that makes sessions, takes their seats over sockets and lets each seat send one order after the other.  It is told the
workload on its command line, says ``made``, ``connected`` and at last a line of JSON, and waits for a line before each step, so that
whoever runs it can weigh the server between the steps.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Workload:
    """So many sessions of so many seats; with ``every_s`` a seat sends that often, else as soon as its last order was answered."""

    sessions: int
    seats: int
    seconds: float
    every_s: float = 0.0

    @property
    def arguments(self) -> list[str]:
        """For the command line of a driver."""
        return [str(self.sessions), str(self.seats), str(self.seconds), str(self.every_s)]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a driver counted: answers, over how long, and how long one took."""

    answers: int
    seconds: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Found:
    """One server under one workload.  CPU is that of all its processes, stores included; that of its driver stands beside it."""

    server: str
    durable: str
    workload: Workload
    answers: Answers
    cpu_s: float
    kib_per_session: float
    kib_per_socket: float
    driver_s: float = 0.0

    @property
    def a_second(self) -> float:
        """Answers a second of the clock."""
        return self.answers.answers / self.answers.seconds

    @property
    def a_cpu_second(self) -> float:
        """Answers a second of CPU: what other programs do on the machine counts for less in it."""
        return self.answers.answers / max(self.cpu_s, 1e-6)

    @property
    def cores(self) -> tuple[float, float]:
        """How many cores the server kept busy, and how many its driver: one that takes a whole core bounds what it measures."""
        return self.cpu_s / self.answers.seconds, self.driver_s / self.answers.seconds


def summed(waits_s: list[float], seconds: float) -> Answers:
    """Waits as they are reported."""
    ordered = sorted(waits_s) or [0.0]
    return Answers(len(waits_s), seconds, 1e3 * ordered[len(ordered) // 2], 1e3 * ordered[len(ordered) * 99 // 100])


def told_workload() -> tuple[str, Workload]:
    """The address and the workload on a driver's command line."""
    address, sessions, seats, seconds, every_s = sys.argv[1:6]
    return address, Workload(int(sessions), int(seats), float(seconds), float(every_s))


def step(word: str) -> None:
    """Say how far a driver is, and wait until it may go on."""
    print(word, flush=True)
    sys.stdin.readline()


def report(answers: Answers) -> None:
    """The last line of a driver."""
    print(json.dumps(asdict(answers)), flush=True)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        tasks = Path(f"/proc/{parent}/task")
        for task in tasks.iterdir() if tasks.exists() else ():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory_bytes(pid: int) -> int:
    """What a process and all below it hold in memory for themselves."""
    return sum(_private_bytes(each) for each in family(pid))


def _private_bytes(pid: int) -> int:
    rows = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return 1024 * sum(int(rows[name].split()[0]) for name in ("Private_Clean", "Private_Dirty"))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all below it that still run."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_A_SECOND
