"""Run the Autobahn test suite against the server's WebSocket and write docs/reference/websocket.md.

    python -m tests.autobahn            247 cases of RFC 6455 (less than a minute)
    python -m tests.autobahn --all      and those of large messages and compression (long)

The suite is put into a scratch folder, by the Python 2.7 that ``.ci/find-python`` finds, and is gone afterwards. The exit status is 1 if a
case failed that is not among ``KNOWN``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rules.wire.codec import MSGPACK
from server.web.app import Address
from tests.autobahn.echo import echoing
from tests.autobahn.page import PAGE, Case, table

HERE = Path(__file__).parent
TOP = HERE.parents[1]
LONG = ("9.*", "12.*", "13.*")
KNOWN: Mapping[str, str] = {
    "7.9.5": "A close with code 1006, which nobody may send, is answered as if it were right: aiohttp holds that code for a valid one.",
}
"""Cases that fail, and why that is so."""
RUN = "import site, sys; site.addsitedir(sys.argv.pop(1)); from autobahntestsuite.wstest import run; run()"
"""A site's folder, since one of the packages is spread over several."""


def put(python: str, folder: Path) -> None:
    """The suite into a folder, by the hashes of its files."""
    words = ["-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps", "--require-hashes", "--target", str(folder)]
    subprocess.run([python, *words, "-r", str(HERE / "requirements.txt")], check=True, stderr=subprocess.DEVNULL)


async def judged(python: str, suite: Path, folder: Path, leave_out: tuple[str, ...]) -> list[Case]:
    """What the suite says of each case."""
    async with echoing() as address:
        spec = folder / "spec.json"
        spec.write_text(json.dumps(_spec(address, folder / "reports", leave_out)), encoding="utf-8")
        words = ("-c", RUN, str(suite), "-m", "fuzzingclient", "-s", str(spec))
        quiet = asyncio.subprocess.DEVNULL
        run = await asyncio.create_subprocess_exec(python, *words, cwd=folder, stdout=quiet)
        if await run.wait():
            raise SystemExit("The suite did not run to its end.")
    (said,) = json.loads((folder / "reports" / "index.json").read_text(encoding="utf-8")).values()
    return [Case(name, one["behavior"], one["behaviorClose"]) for name, one in said.items()]


def _spec(address: Address, reports: Path, leave_out: tuple[str, ...]) -> dict[str, object]:
    server = {"agent": "unipole", "url": address.socket_url, "protocols": [MSGPACK]}
    return {"outdir": str(reports), "servers": [server], "cases": ["*"], "exclude-cases": list(leave_out)}


def main() -> int:
    """1 if a case failed that is not known to."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m tests.autobahn", description=__doc__, formatter_class=shape)
    parser.add_argument("--all", action="store_true", help="large messages and compression as well")
    asked = parser.parse_args()
    found = subprocess.run([str(TOP / ".ci" / "find-python"), "2.7"], capture_output=True, text=True, check=False)
    if found.returncode:
        print("The suite runs on Python 2.7, which was not found.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="unipole-autobahn-") as name:
        suite, python = Path(name) / "suite", found.stdout.strip()
        put(python, suite)
        cases = asyncio.run(judged(python, suite, Path(name), () if asked.all else LONG))
    PAGE.write_text(table(cases, KNOWN), encoding="utf-8")
    failed = [case.name for case in cases if not case.is_well and case.name not in KNOWN]
    print(f"{len(cases)} cases, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
