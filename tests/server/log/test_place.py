"""Locks, socket paths and folders of the private server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from server.log.errors import RedisDidNotStart
from server.log.place import Place


def deep(folder: Path) -> Place:
    """A place whose path is too long for a socket."""
    return Place(folder / ("x" * 120))


def test_short_folders_hold_their_socket() -> None:
    """Where the path is short enough the socket lies with the data."""
    assert Place(Path("/data")).socket == Path("/data/redis.sock")
    fits = Place(Path("/" + "x" * 91))
    assert fits.socket == fits.folder / "redis.sock"
    assert len(os.fsencode(fits.socket)) == 103
    assert Place(Path("/" + "x" * 92)).socket.parent.parent == Path("/tmp")
    assert len(os.fsencode(Place(Path("/" + "ü" * 90)).socket)) <= 103


def test_long_folders_have_sockets_of_their_own(tmp_path: Path) -> None:
    """Two long folders never share a socket, and one has always the same."""
    here, there = deep(tmp_path / "a"), deep(tmp_path / "b")
    assert here.socket != there.socket
    assert here.socket == deep(tmp_path / "a").socket


def test_a_lock_has_one_holder(tmp_path: Path) -> None:
    """While one descriptor holds a lock nobody else gets it; closing it, or its last copy, frees it."""
    place = Place(tmp_path)
    first = place.lock_keeper()
    assert first is not None
    assert place.lock_keeper() is None
    server = place.lock_server()
    assert server is not None
    handed_down = os.dup(server)
    os.close(server)
    assert place.lock_server() is None
    os.close(handed_down)
    again = place.lock_server()
    assert again is not None
    os.close(again)
    os.close(first)


@pytest.mark.parametrize("trap", ["open to others", "a link"])
def test_a_socket_folder_of_others_is_refused(tmp_path: Path, trap: str) -> None:
    """Somebody who made our folder under /tmp before us, or put a link there, gets no server to talk to."""
    place = deep(tmp_path)
    home = place.socket.parent
    if trap == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        home.symlink_to(tmp_path / "elsewhere")
    else:
        home.mkdir()
        home.chmod(0o777)
    try:
        with pytest.raises(RedisDidNotStart, match="not yours alone"):
            place.prepare()
    finally:
        home.unlink() if home.is_symlink() else home.rmdir()


def test_clearing_up_can_be_repeated(tmp_path: Path) -> None:
    """What is gone is gone."""
    place = deep(tmp_path)
    place.prepare()
    place.socket.touch()
    place.clear_socket()
    assert not place.socket.parent.exists()
    place.clear_socket()
