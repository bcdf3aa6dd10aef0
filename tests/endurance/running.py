"""Portion after portion of a campaign, in processes beside this one, each written down when it is over."""

from __future__ import annotations

import logging
import subprocess
import time
import traceback
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.endurance import record
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
    """One portion, and how long it took; what is logged about thousands of faults is of no use.

    A portion that ends with an error, such as one that waited too long, is a finding too.
    """
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    try:
        tally = CAMPAIGNS[name].portion(seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is told and counted
        traceback.print_exc()
        tally = Tally(0, broken=1)
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
