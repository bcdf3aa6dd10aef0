"""The page as files: what is sent, how long it may be kept, and what may run in it."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.settings import Settings
from server.web.app import serve
from server.web.pages import POLICY


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small page, with one file packed."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>page</title>")
    (tmp_path / "assets" / "main-abc.js").write_text("let a = 1;")
    (tmp_path / "assets" / "main-abc.js.gz").write_bytes(gzip.compress(b"let a = 1;"))
    (tmp_path / ".complete").write_text("")
    return tmp_path


async def ask(folder: Path, path: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
    """One request to a server with this page; nothing is unpacked."""
    log = MemoryLog(lambda: int(time.time() * 1000))
    async with (
        serve(Settings(), log, MemoryShelf(), folder) as address,
        aiohttp.ClientSession(auto_decompress=False) as http,
        http.get(address.url + path, headers=headers) as answer,
    ):
        return answer.status, await answer.read(), answer.headers.copy()


def test_the_first_file_is_asked_for_each_time_and_runs_nothing_else(built: Path) -> None:
    """The policy names no foreign place and allows nothing inline."""
    status, body, headers = asyncio.run(ask(built, "/"))
    assert (status, b"page" in body, headers["Cache-Control"]) == (200, True, "no-cache")
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    again = asyncio.run(ask(built, "/", **{"If-None-Match": headers["ETag"]}))
    assert again[:2] == (304, b"")


def test_files_named_by_their_content_are_kept_and_sent_packed(built: Path) -> None:
    """To who takes them packed; to others as they are."""
    status, body, headers = asyncio.run(ask(built, "/assets/main-abc.js", **{"Accept-Encoding": "br, gzip;q=0.9"}))
    assert (status, gzip.decompress(body), headers["Content-Encoding"]) == (200, b"let a = 1;", "gzip")
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in headers["Cache-Control"]
    _, plain, headers = asyncio.run(ask(built, "/assets/main-abc.js", **{"Accept-Encoding": "identity"}))
    assert (plain, "Content-Encoding" in headers) == (b"let a = 1;", False)


@pytest.mark.parametrize("path", ["/assets/other.js", "/assets/..%2findex.html", "/assets/main-abc.js.gz", "/.complete", "/index.html"])
def test_nothing_else_is_sent(built: Path, path: str) -> None:
    """No way out of the folder, no packed file by its own name."""
    assert asyncio.run(ask(built, path))[0] == 404


def test_without_a_build_the_address_says_how_to_make_one(tmp_path: Path) -> None:
    """And the rest of the server serves."""
    status, body, _ = asyncio.run(ask(tmp_path, "/"))
    assert (status, b"make setup" in body) == (503, True)
    assert asyncio.run(ask(tmp_path, "/health"))[0] == 200
