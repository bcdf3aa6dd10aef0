"""Power cuts: ``kill -9`` of a store on a disk that then forgets what was never synced (``disk.c``).

The store is the private server with its own settings; the control runs it with ``everysec``, which answers before it syncs, and must lose.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.crash.kill_redis import Run, run
from tests.crash.machine import machine


def cut(seed: int, points: int, program: Path, fsync: str = "always") -> Run:
    """So many power cuts of this program while eight writers append."""
    with tempfile.TemporaryDirectory(prefix="unipole-disk-") as folder:
        return asyncio.run(run(seed, points, machine(Path(folder), program, "disk", "--appendfsync", fsync)))
