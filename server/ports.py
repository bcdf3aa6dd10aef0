"""One port for several processes.

On Linux each process has a listening socket of its own on the shared port, and the kernel deals connections out by a hash of their
address.  The supervisor opens all of them and keeps them open, so that connections which were dealt to a process that has just died wait
for its successor instead of being reset.  Elsewhere the kernel does not deal fairly, so all processes take from one socket.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BACKLOG = 1024
_DEALS_OUT = sys.platform == "linux"


@contextmanager
def listening(host: str, port: int, count: int) -> Iterator[tuple[socket.socket, ...]]:
    """Listening sockets for so many processes; closed at the end of the block.

    Raises:
        OSError: the port cannot be had; somebody else's sockets are never joined.
    """
    family, place = _resolved(host, port)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(socket.create_server(place, family=family, backlog=BACKLOG))
        if count == 1 or not _DEALS_OUT:
            yield (first,) * count
            return
        found = first.getsockname()[1]
        first.close()  # it had the port for itself alone, so nobody else listens there
        place = (place[0], found)
        yield tuple(
            stack.enter_context(socket.create_server(place, family=family, backlog=BACKLOG, reuse_port=True)) for _ in range(count)
        )


@contextmanager
def ways(count: int) -> Iterator[tuple[tuple[socket.socket, socket.socket], ...]]:
    """For each of so many processes the two ends by which connections are handed to it, to take from and to give to; none for one process.

    Only Linux has sockets that keep messages apart and wait for room; elsewhere connections stay where they come in.
    """
    with contextlib.ExitStack() as stack:
        if count == 1 or not _DEALS_OUT:
            yield ()
            return
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(count)]
        yield tuple((stack.enter_context(inlet), stack.enter_context(outlet)) for inlet, outlet in pairs)


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return family, (str(place[0]), int(place[1]))
