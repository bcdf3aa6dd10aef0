"""Run many worlds: ``python -m tests.simulation --seeds 6000 --first 0 --jobs 2``; one line at the end, one a failure."""

from __future__ import annotations

import argparse
import logging
import time
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.world import Ended, usual_world


def main() -> int:
    """The number of seeds that broke a promise, at most 1 as an exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    worlds: list[Ended] = []
    with ProcessPoolExecutor(asked.jobs, initializer=logging.disable, initargs=(logging.CRITICAL,)) as pool:
        for world in pool.map(usual_world, seeds, chunksize=5):
            worlds.append(world)
            for finding in world.findings:
                print(f"seed {world.seed} ({world.pace}): {finding}", flush=True)
    broken = sum(bool(world.findings) for world in worlds)
    print(
        f"seeds {seeds.start}-{seeds.stop - 1}: {broken} broken, {sum(w.acked for w in worlds)} acknowledged, "
        f"{sum(w.crashes for w in worlds)} crashes, {sum(w.reconnects for w in worlds)} reconnects, "
        f"{sum(w.virtual_s for w in worlds):.0f} virtual s, {time.monotonic() - began:.0f} s"
    )
    return min(broken, 1)


if __name__ == "__main__":
    raise SystemExit(main())
