"""Run campaigns, each from where the record says that it stopped, and write what came of them into docs/reference/reliability.md.

    python -m tests.endurance                              every campaign up to its goal, for hours
    python -m tests.endurance kills cuts --minutes 30      these two, for so long at most
    python -m tests.endurance seeds --first 70 --portions 1    that portion again, which a failure has named; nothing is recorded

A portion that is interrupted leaves nothing behind, and the next run begins with it. Several programs may run at once, each with campaigns
of its own.
"""

from __future__ import annotations

import argparse
import time

from tests.endurance import page, record
from tests.endurance.campaigns import CAMPAIGNS, Campaign
from tests.endurance.running import run


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
