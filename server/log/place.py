"""Where the private server lives on disk: its folder, its locks and its socket.

Two locks in the data folder say everything there is to know. ``keeper.lock`` is held by the process that
looks after the server; ``redis.lock`` is handed down to the server itself at its start and so is held
exactly as long as a server has this folder open, however its parent ended. Nobody starts a server without
it: two servers on one append-only file would ruin it.

A Unix socket's path has at most 107 bytes. A data folder that is too long for it gets a socket in a short
folder under /tmp whose name follows from the data folder, so that every process finds the same one; the
folder must be ours alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.log.errors import RedisDidNotStart

_PORTABLE_PATH_BYTES_MAX: Final = 103  # sun_path has 108 on Linux, 104 on some others, with the closing zero
_SHORT_ROOT: Final = Path("/tmp")  # noqa: S108 - fixed, so that all processes agree; ownership and mode are checked


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder and what lies in it."""

    folder: Path

    @property
    def socket(self) -> Path:
        """The path of the Unix socket, short enough for every system."""
        path = self.folder / "redis.sock"
        if len(os.fsencode(path)) <= _PORTABLE_PATH_BYTES_MAX:
            return path
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return _SHORT_ROOT / f"unipole-{os.getuid()}-{name}" / "redis.sock"

    @property
    def server_log(self) -> Path:
        """What the server writes about itself."""
        return self.folder / "redis.log"

    def lock_keeper(self) -> int | None:
        """Become the keeper: a descriptor that holds the lock, or None while another process has it."""
        return _lock(self.folder / "keeper.lock")

    def lock_server(self) -> int | None:
        """A descriptor to hand down to a new server, or None while a server has this folder open."""
        return _lock(self.folder / "redis.lock")

    def prepare(self) -> None:
        """Make the folders, readable for their owner only.

        Raises:
            RedisDidNotStart: the socket's folder belongs to somebody else or is open to others.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = self.socket.parent
        if home == self.folder:
            return
        home.mkdir(mode=0o700, exist_ok=True)
        found = home.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise RedisDidNotStart(f"{home} is not yours alone. Remove it, or choose a shorter data folder.")

    def clear_socket(self) -> None:
        """Remove what a server that was killed left behind."""
        self.socket.unlink(missing_ok=True)
        if self.socket.parent != self.folder:
            with contextlib.suppress(OSError):  # gone already, or in use again
                self.socket.parent.rmdir()


def _lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            return None
        raise
    return descriptor
