"""Run campaigns, each from where the record says that it stopped, and write what came of them into docs/reference/reliability.md.

    python -m tests.endurance                              every campaign up to its goal, for hours
    python -m tests.endurance kills cuts --minutes 30      these two, for so long at most
    python -m tests.endurance seeds --first 70 --portions 1    that portion again, which a failure has named; nothing is recorded

A portion that is interrupted leaves nothing behind, and the next run begins with it. Several programs may run at once, each with campaigns
of its own.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.endurance import page, record
from tests.endurance.campaigns import CAMPAIGNS, Campaign
from tests.endurance.tally import Row, Tally

TOP = Path(__file__).parents[2]


def commit() -> str:
    """The commit under test, with a plus sign if what runs was changed since."""
    asked = ("rev-parse --short HEAD", "status --porcelain -- *.py *.lua *.c *.toml")
    name, changed = (
        subprocess.run(["git", *words.split()], capture_output=True, text=True, check=False, cwd=TOP).stdout.strip() for words in asked
    )
    return (name or "none") + ("+" if changed else "")


def timed(name: str, seed: int) -> tuple[Tally, float]:
    """One portion, and how long it took; what is logged about thousands of faults is of no use."""
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    tally = CAMPAIGNS[name].portion(seed)
    return tally, time.monotonic() - began


def run(campaign: Campaign, seeds: range, end_s: float, jobs: int, *, kept: bool) -> bool:
    """Portion after portion until all are done or the time is over; whether every one came out as it should."""
    clean, under_way = True, deque[tuple[int, Future[tuple[Tally, float]]]]()
    left, version = deque(seeds), commit()
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        while left or under_way:
            while left and len(under_way) < jobs and time.monotonic() < end_s:
                seed = left.popleft()
                under_way.append((seed, pool.submit(timed, campaign.name, seed)))
            if not under_way:
                break
            seed, portion = under_way.popleft()
            tally, seconds = portion.result()
            row = Row(campaign.name, version, seed, seed, tally, seconds)
            if kept:
                record.add(row)
            clean &= campaign.is_well(tally)
            mark = "" if campaign.is_well(tally) else "NOT AS PROMISED: "
            print(f"{mark}{campaign.name} {seed}: {tally}, {seconds:.1f} s", flush=True)
    return clean


def seeds_of(campaign: Campaign, first: int | None, portions: int | None) -> range:
    """Which portions to run: those asked for, or all that are left to the goal."""
    begin = record.next_portion(record.read(), campaign.name) if first is None else first
    return range(begin, max(begin, campaign.portions) if portions is None else begin + portions)


def main() -> int:
    """1 if any campaign came out otherwise than it should."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__, formatter_class=shape)
    parser.add_argument("campaigns", nargs="*", metavar="campaign", help=f"of {', '.join(CAMPAIGNS)}; all unless named")
    parser.add_argument("--minutes", type=float, default=24 * 60.0)
    parser.add_argument("--jobs", type=int, default=1, help="portions at the same time")
    parser.add_argument("--first", type=int, help="begin with this portion, and record nothing")
    parser.add_argument("--portions", type=int, help="so many of them")
    parser.add_argument("--page", action="store_true", help="only write the page anew")
    asked = parser.parse_args()
    if unknown := set(asked.campaigns) - set(CAMPAIGNS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    end_s, clean = time.monotonic() + 60 * asked.minutes, True
    for name in () if asked.page else asked.campaigns or CAMPAIGNS:
        campaign = CAMPAIGNS[name]
        clean &= run(campaign, seeds_of(campaign, asked.first, asked.portions), end_s, asked.jobs, kept=asked.first is None)
    page.write()
    return int(not clean)


if __name__ == "__main__":
    raise SystemExit(main())
