"""``python -m benchmarks.servers``: orders through servers, ours and others, and the page about it.

    python -m benchmarks.servers [--peers] [--seconds 8] [--rounds 2] [--paced] [--crowds] [--long] [--out docs/reference]

With ``--peers`` other servers are put into a scratch folder that is gone afterwards.  Without ``--out`` the page is only printed.  What was
found is printed as it comes; a server that fails is said to be missing, with what it said.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import aiohttp

from benchmarks.servers.contest import Contender, contest, floor, ours, peers
from benchmarks.servers.crowds import crowds
from benchmarks.servers.long import long_session
from benchmarks.servers.page import page, plot
from benchmarks.servers.workload import Found, Workload

CLOSED_SCENARIO, PACED_SCENARIO = "libya-2003", "cold-war-bipolar"
PACED_EVERY_S = 10.0
PATIENCE_S = 600.0
BEGAN_S = time.monotonic()
FAULTS = RuntimeError, OSError, TimeoutError, ValueError, aiohttp.ClientError
T = TypeVar("T")


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Let servers take orders, ours and others.")
    parser.add_argument("--peers", action="store_true", help="put other servers into a scratch folder and measure them too")
    parser.add_argument("--paced", action="store_true", help="also many sessions at the pace of people")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each closed loop; paced takes four times as long")
    parser.add_argument("--rounds", type=int, default=2, help="of closed loops, one server after the other; the best of each counts")
    parser.add_argument("--sessions", type=int, default=50, help="in the closed loop, of seven seats each")
    parser.add_argument("--paced-sessions", type=int, default=200, help="at the pace of people, of twelve seats each")
    parser.add_argument("--crowds", action="store_true", help="also a storm of orders, people who join, a reader that is stuck")
    parser.add_argument("--long", action="store_true", help="also a session of 500 turns, read back and played on")
    parser.add_argument("--out", type=Path, help="a folder for servers.md and servers.png")
    options = parser.parse_args()
    closed = Workload(options.sessions, 7, options.seconds)
    paced = Workload(options.paced_sessions, 12, 4 * options.seconds, PACED_EVERY_S)
    found: list[Found] = []
    with TemporaryDirectory(prefix="unipole-peers-") as folder:
        _say("puts other servers into a scratch folder" if options.peers else "begins")
        others, missing = peers(Path(folder)) if options.peers else ([], ["other servers were not asked for (--peers)."])
        for _ in range(options.rounds):
            for contender in (ours(1, CLOSED_SCENARIO), ours(2, CLOSED_SCENARIO), floor(), *others):
                _meet(contender, closed, found, missing)
        if options.paced:
            twelve = [other for other in others if not other.name.startswith("diplomacy")]  # which has seven
            for contender in (ours(1, PACED_SCENARIO), ours(2, PACED_SCENARIO), floor(), *twelve):
                _meet(contender, paced, found, missing)
    many = _found("lets many come at once", crowds, missing) if options.crowds else None
    long = _found("plays a session of 500 turns and reads it back", long_session, missing) if options.long else None
    text = page(found, missing, long, many)
    sys.stdout.write(text)
    if options.out is not None:
        (options.out / "servers.md").write_text(text)
        plot(found, options.out / "servers.png")


def _say(what: str) -> None:
    """How far it is, with the time since the start."""
    print(f"[{time.monotonic() - BEGAN_S:4.0f} s] {what}", file=sys.stderr, flush=True)


def _found(what: str, measure: Callable[[], Coroutine[Any, Any, T]], missing: list[str]) -> T | None:
    """What was measured; if it could not be, the page says why."""
    _say(what)
    try:
        return asyncio.run(asyncio.wait_for(measure(), PATIENCE_S))
    except FAULTS as error:
        missing.append(f"the program that {what} failed: {str(error) or type(error).__name__}")
        _say(missing[-1])
        return None


def _meet(contender: Contender, workload: Workload, found: list[Found], missing: list[str]) -> None:
    pace = f"one order each {workload.every_s:g} s" if workload.every_s else "closed loop"
    _say(f"{contender.name}: {workload.sessions} sessions of {workload.seats} seats, {pace}, {workload.seconds:g} s")
    try:
        result = asyncio.run(asyncio.wait_for(contest(contender, workload), PATIENCE_S))
    except FAULTS as error:
        why = str(error) or type(error).__name__
        missing.append(f"{contender.name} failed under {workload.sessions} sessions of {workload.seats} seats: {why}")
        _say(missing[-1])
        return
    found.append(result)
    _say(f"{result.server}: {result.a_second:,.0f} orders/s, {result.a_cpu_second:,.0f} a CPU second, p99 {result.answers.p99_ms:.1f} ms")


if __name__ == "__main__":
    main()
