"""A server whose keeper is killed with -9: it ends with its keeper, or is adopted by the next one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from server.log.private import private_redis
from tests.patience import until
from tests.server.log.private_scenes import append, lives, version

ROOT = Path(__file__).parents[3]

KEEPER = """
import asyncio, sys
from pathlib import Path
from server.log import private, tether
if sys.argv[2] == "untied":
    tether.tied = lambda command: command
async def hold():
    async with private.private_redis(Path(sys.argv[1])) as server:
        print(server.child_pid, flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


def killed_keeper(folder: Path, tie: str) -> int:
    """Start a keeper in a process of its own, kill it with -9, and return its server's process id."""
    command = [sys.executable, "-c", KEEPER, str(folder), tie]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as keeper:
        assert keeper.stdout is not None
        pid = int(keeper.stdout.readline())
        assert lives(pid)
        keeper.kill()
    return pid


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_it_dies_with_its_keeper(tmp_path: Path) -> None:
    """A keeper that is killed takes its server along, in good order, and the next one starts its own."""

    async def scene() -> None:
        pid = killed_keeper(tmp_path, "tied")
        await until(lambda: not lives(pid))
        async with private_redis(tmp_path) as server:
            assert server.starts == 1
            await append(server, 0)

    asyncio.run(scene())


def test_an_orphan_is_adopted(tmp_path: Path) -> None:
    """Where the kernel does not help, the next keeper finds the server still there, uses it, and ends it."""

    async def scene() -> None:
        pid = killed_keeper(tmp_path, "untied")
        assert lives(pid)
        async with private_redis(tmp_path) as server:
            assert server.is_keeper
            assert server.starts == 0
            await append(server, 0)
            assert lives(pid)
        await until(lambda: not lives(pid))
        async with private_redis(tmp_path) as server:
            assert server.starts == 1
            assert await version(server) == 1
            os.kill(server.child_pid or 0, signal.SIGKILL)
            assert await version(server) == 1

    asyncio.run(scene())


def test_an_adopted_server_is_started_again(tmp_path: Path) -> None:
    """An adopted server that dies is replaced like one's own."""

    async def scene() -> None:
        pid = killed_keeper(tmp_path, "untied")
        async with private_redis(tmp_path) as server:
            os.kill(pid, signal.SIGKILL)
            await append(server, 0)
            assert server.starts == 1

    asyncio.run(scene())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_a_child_whose_parent_is_gone_starts_nothing() -> None:
    """If the parent died before the tie was made, the program is not started: exec would never return."""
    script = "import sys\nfrom server.log.tether import main\nmain(sys.argv[1:])\nprint('nothing started')"
    command = [sys.executable, "-c", script, str(os.getpid() + 1), "/bin/echo", "started"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "nothing started\n"
    command[3] = str(os.getpid())
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "started\n"
