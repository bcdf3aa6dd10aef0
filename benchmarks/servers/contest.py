"""One server after the other, each started, weighed and driven; peers are put into a scratch folder first."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import venv
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.servers.workload import Answers, Found, Workload, cpu_seconds, memory_bytes

HERE = Path(__file__).parent
PEERS = HERE / "peers"
ROOT = HERE.parents[1]
START_SECONDS_MAX = 60.0
REST_S = 1.0
"""Before a server is weighed: what it still has to do after a step, it does."""
OPEN_DOORS = {
    "UNIPOLE_LIMITS_POSTS_RATE": "1000000,1000000",
    "UNIPOLE_LIMITS_LIVE_RATE": "1000000,1000000",
    "UNIPOLE_LIMITS_SOCKETS_UNPROVEN_PER_ADDRESS_MAX": "100000",
}
"""All clients of a benchmark come from one address, as fast as they can: the limits of a class are lifted."""
DIPLOMACY = "diplomacy==1.1.2"
PACKAGES = (
    "boardgame.io@0.50.2",
    "socket.io-client@4.8.4",
    "@colyseus/core@0.17.51",
    "@colyseus/ws-transport@0.17.13",
    "@colyseus/schema@4.0.31",
    "@colyseus/sdk@0.17.43",
    "express@5.3.0",
)


@dataclass(frozen=True, slots=True)
class Contender:
    """How a server and its driver are started; ``{folder}`` in a command is an empty folder, ``{port}`` a port that is free."""

    name: str
    durable: str
    server: tuple[str, ...]
    driver: tuple[str, ...]
    extra: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT


def ours(processes: int, scenario: str) -> Contender:
    """Our server with its private store, which syncs before each answer."""
    serve = (sys.executable, "-m", "server", "serve", "--port", "0", "--processes", str(processes), "--data", "{folder}")
    drive = (sys.executable, "-m", "benchmarks.servers.drive")
    name = "unipole" if processes == 1 else f"unipole, {processes} processes"
    return Contender(name, "fsync before each answer", serve, drive, (scenario,), OPEN_DOORS)


def floor() -> Contender:
    """A raw echo that syncs."""
    serve = (sys.executable, "-m", "benchmarks.servers.floor", "{folder}/log")
    return Contender("floor", "fsync before each answer", serve, (sys.executable, "-m", "benchmarks.servers.drive"))


def peers(scratch: Path) -> tuple[list[Contender], list[str]]:
    """The peers that could be installed, and a sentence about each that could not."""
    found, missing = [], []
    python = scratch / "python"
    try:
        venv.create(python, with_pip=True)
        _installed([str(python / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq", "install", DIPLOMACY], scratch)
    except (OSError, subprocess.SubprocessError) as error:
        missing.append(f"{DIPLOMACY} could not be installed: {_why(error)}")
    else:
        own = str(python / "bin" / "python")
        serve, drive = (own, str(PEERS / "diplomacy_server.py"), "{folder}"), (own, str(PEERS / "diplomacy_driver.py"))
        found.append(Contender("diplomacy 1.1.2", "a file every ten minutes", serve, drive, cwd=scratch))
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return found, [*missing, "boardgame.io and Colyseus need Node.js and npm, which are not here."]
    folder = scratch / "node"
    try:
        folder.mkdir()
        _installed([npm, "init", "-y"], folder)
        _installed([npm, "install", "--no-audit", "--no-fund", "--save-exact", *PACKAGES], folder)
    except (OSError, subprocess.SubprocessError) as error:
        return found, [*missing, f"boardgame.io and Colyseus could not be installed: {_why(error)}"]
    for name, stem in (("boardgame.io 0.50.2", "boardgame"), ("Colyseus 0.17.51", "colyseus")):
        serve, drive = (node, str(PEERS / f"{stem}_server.mjs"), "{port}"), (node, str(PEERS / f"{stem}_driver.mjs"))
        found.append(Contender(name, "memory only", serve, drive, environment={"NODE_ENV": "production"}, cwd=folder))
    return found, missing


def _installed(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True, timeout=600)  # noqa: S603 - put together here


def _why(error: Exception) -> str:
    lines = str(getattr(error, "stderr", None) or error).strip().splitlines()
    return lines[-1] if lines else type(error).__name__


async def contest(contender: Contender, workload: Workload) -> Found:
    """One server under one workload.

    Raises:
        RuntimeError: server or driver ended before its time; says what it said.
    """
    with TemporaryDirectory(prefix="unipole-bench-") as folder:
        words = [word.format(folder=folder, port=_free_port()) for word in contender.server]
        async with running(words, contender) as server:
            address = (await next_line(server, "Listening on")).split()[2].rstrip(".")
            await asyncio.sleep(REST_S)
            return await _driven(contender, workload, server.pid, address)


async def _driven(contender: Contender, workload: Workload, pid: int, address: str) -> Found:
    async with running([*contender.driver, address, *workload.arguments, *contender.extra], contender) as driver:
        weights = [memory_bytes(pid)]
        for word in ("made", "connected"):
            await next_line(driver, word)
            await asyncio.sleep(REST_S)
            weights.append(memory_bytes(pid))
            if word == "made":
                _go_on(driver)
        busy_s, drove_s = cpu_seconds(pid), cpu_seconds(driver.pid)
        _go_on(driver)
        answers = Answers(**json.loads(await next_line(driver, "{")))
        busy_s, drove_s = cpu_seconds(pid) - busy_s, cpu_seconds(driver.pid) - drove_s
        _go_on(driver)
        await driver.wait()
    per_session = (weights[1] - weights[0]) / workload.sessions / 1024
    per_socket = (weights[2] - weights[1]) / (workload.sessions * workload.seats) / 1024
    return Found(contender.name, contender.durable, workload, answers, busy_s, per_session, per_socket, drove_s)


@asynccontextmanager
async def running(words: list[str], contender: Contender) -> AsyncIterator[asyncio.subprocess.Process]:
    """A program for the time of the block; ended with all it started, by its own group."""
    process = await asyncio.create_subprocess_exec(
        *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=contender.cwd,
        env={**os.environ, **contender.environment},
        start_new_session=True,
        limit=1 << 20,
    )
    try:
        yield process
    finally:
        for wish in (signal.SIGTERM, signal.SIGKILL):
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(wish)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), 20.0)


async def next_line(process: asyncio.subprocess.Process, start: str) -> str:
    """The next line that begins so; others are passed over."""
    assert process.stdout is not None
    patience_s = START_SECONDS_MAX * 10
    while line := await asyncio.wait_for(process.stdout.readline(), patience_s):
        if line.decode(errors="replace").startswith(start):
            return line.decode().strip()
    raise RuntimeError(f"ended with code {await process.wait()} before it said {start!r}")


def _go_on(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
