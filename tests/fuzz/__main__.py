"""``python -m tests.fuzz --count N --seed S``: the same assault as in the tests, as long as you like."""

from __future__ import annotations

import argparse

from tests.fuzz.door import assault

GROWN_MIB_MAX = 5.0


def main() -> int:
    """Run, print one line of figures; the exit status is 1 if memory grew beyond the limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="messages (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same messages")
    asked = parser.parse_args()
    outcome = assault(asked.count, asked.seed)
    rate = (asked.count - asked.count // 10) / outcome.seconds
    counts = ", ".join(f"{name} {count}" for name, count in sorted(outcome.counts.items()))
    print(f"seed {asked.seed}: {asked.count} messages, {rate:,.0f}/s, escaped 0; {counts}")
    print(f"slowest {outcome.slowest_ms:.1f} ms ({outcome.slowest}); memory grew {outcome.grown_mib:.1f} MiB")
    return int(outcome.grown_mib > GROWN_MIB_MAX)


if __name__ == "__main__":
    raise SystemExit(main())
