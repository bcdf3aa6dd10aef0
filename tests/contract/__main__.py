"""Ask every route of ``/openapi.json`` what a generator can think of, as control, as a seat and as a stranger.

    python -m tests.contract

Schemathesis is put into a scratch environment, by the hashes of its files, and is gone afterwards. It sends bodies that the description
allows and bodies that it does not; nothing may fail with 5xx, answer otherwise than described, take what it should refuse, or let in who
has no token. The exit status is 1 if it found anything.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import tempfile
import venv
from pathlib import Path

from server.settings import Limits, Rate, Settings
from tests.server.site import Site, site

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
UNLIMITED = Rate(1e5, 10**5)
LEFT_OUT = ("/api/sessions/{session}/what-if",)
"""Bots play for minutes there."""
CHECKS_LEFT_OUT = ("positive_data_acceptance", "allow_header_conformance")
"""JSON Schema holds 3.0 for a whole number, and our forms do not. ``/talk/log`` is a ``/talk/{message}`` too, with the methods of both."""
WHO = ("umpire", "ARD", "")


def put(folder: Path) -> Path:
    """The program that asks."""
    venv.create(folder, with_pip=True)
    words = ["-m", "pip", "--disable-pip-version-check", "-qq", "install", "--require-hashes", "-r", str(REQUIREMENTS)]
    subprocess.run([str(folder / "bin" / "python"), *words], check=True)
    return folder / "bin" / "schemathesis"


def command(program: Path, settings: Path, here: Site, who: str, seconds: int, seed: int) -> list[str]:
    """What to ask as ``who``."""
    settings.write_text(f'[parameters]\n"path.session" = "{here.session}"\n"path.country" = "ARD"\n', encoding="utf-8")
    words = [str(program), "--config-file", str(settings), "run", f"{here.address.url}/openapi.json", "--seed", str(seed), "--no-shrink"]
    words += ["--continue-on-failure", "--suppress-health-check", "all", "--phases", "coverage,fuzzing", "--max-time", str(seconds)]
    words += [word for path in LEFT_OUT for word in ("--exclude-path", path)]
    words += [word for check in CHECKS_LEFT_OUT for word in ("--exclude-checks", check)]
    return [*words, "--warnings", "off", *(("-H", f"Authorization: Bearer {here.tokens[who]}") if who else ())]


async def ask(program: Path, scratch: Path, seconds: int, seed: int) -> bool:
    """Whether the interface kept to its description for all who asked."""
    kept = True
    limits = Limits(posts_rate=UNLIMITED, talk_rate=UNLIMITED)
    for who in WHO:
        async with site(Settings(limits=limits)) as here:
            await here.open()
            print(f"==> as {who or 'a stranger'}", flush=True)
            words = command(program, scratch / "schemathesis.toml", here, who, seconds, seed)
            run = await asyncio.create_subprocess_exec(*words, cwd=scratch, env={**os.environ, "NO_COLOR": "1"})
            kept &= await run.wait() == 0
    return kept


def main() -> int:
    """1 if anything was found."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m tests.contract", description=__doc__, formatter_class=shape)
    parser.add_argument("--seconds", type=int, default=120, help="for each of the three who ask")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", type=Path, help="a Schemathesis that is here already")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="unipole-contract-") as name:
        program = asked.program or put(Path(name) / "env")
        return int(not asyncio.run(ask(program, Path(name), asked.seconds, asked.seed)))


if __name__ == "__main__":
    raise SystemExit(main())
