"""``python -m benchmarks``: measure how fast games are played, beside games of other engines, and write the page about it.

    python -m benchmarks [--seconds 10] [--peers] [--out docs/reference]

With ``--peers`` other engines are put into a throw-away environment (``benchmarks/peers.txt``) and play in the same run.  Without
``--out`` the page is only printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.games import cost, pace, split, thought_out, turn_with_a_vote
from benchmarks.page import Measured, Peer, page, plot

HERE = Path(__file__).parent
KINDS = ("random", "payoff")
STATES, TURNS, LARGE = (4, 8, 16, 32, 64), (3, 6, 12, 24, 48), 193
GREATEST = "un-193"
GAMES_SPLIT = {"random": 16, "payoff": 4}


def peers(seconds: float) -> tuple[Peer, ...]:
    """Games of other engines, in an environment that is gone afterwards."""
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        install = [python, "-m", "pip", "--disable-pip-version-check", "-qq", "install", "--require-hashes", "-r", str(HERE / "peers.txt")]
        subprocess.run(install, check=True)  # noqa: S603  # paths made here
        play = [python, str(HERE / "peers.py"), str(seconds)]
        done = subprocess.run(play, check=True, capture_output=True, text=True)  # noqa: S603  # paths made here
    return tuple(Peer(**json.loads(line)) for line in done.stdout.splitlines())


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Time games of bots, and those of other engines beside them.")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each kind of bots and each game of others")
    parser.add_argument("--peers", action="store_true", help="put other engines into a throw-away environment and time them too")
    parser.add_argument("--out", type=Path, help="a folder for speed.md and speed.png")
    options = parser.parse_args()
    found = Measured(
        paces=tuple(pace(kind, options.seconds) for kind in KINDS),
        splits=tuple(split(kind, GAMES_SPLIT[kind]) for kind in KINDS),
        by_states=tuple((states, cost(states, TURNS[0])) for states in STATES),
        by_turns=tuple((turns, cost(STATES[1], turns)) for turns in TURNS),
        large=(LARGE, turn_with_a_vote(LARGE)),
        thought_out=thought_out(GREATEST),
        peers=peers(options.seconds) if options.peers else (),
    )
    sys.stdout.write(page(found))
    if options.out is not None:
        (options.out / "speed.md").write_text(page(found))
        plot(found, options.out / "speed.png")


if __name__ == "__main__":
    main()
