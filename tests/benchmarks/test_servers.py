"""The contest of servers: ours and the floor are really driven, and what was found stands on the page."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from benchmarks.servers.contest import contest, floor, ours, peers
from benchmarks.servers.crowds import Crowds, Joins
from benchmarks.servers.long import long_session
from benchmarks.servers.page import page, plot
from benchmarks.servers.workload import Answers, Found, Workload, cpu_seconds, family, memory_bytes, summed
from tests.server.log.servers import program

SMALL = Workload(sessions=1, seats=2, seconds=0.5)


def test_ours_and_the_floor_are_driven() -> None:
    """Both answer; nothing is left behind."""
    program("valkey")
    for contender in (ours(1, "tiny"), floor()):
        found = asyncio.run(contest(contender, SMALL))
        assert found.answers.answers > 0
        assert 0.0 < found.answers.p50_ms <= found.answers.p99_ms
        assert found.cpu_s >= 0.0


def test_what_cannot_be_installed_is_said(tmp_path: Path) -> None:
    """A folder in which nothing can be made."""
    place = tmp_path / "file"
    place.write_text("")
    found, missing = peers(place / "under")
    assert found == []
    assert len(missing) >= 1
    assert all("could not be installed" in sentence or "not here" in sentence for sentence in missing)


def test_waits_are_summed_up() -> None:
    """Percentiles of known waits; none at all is no error."""
    found = summed([0.001 * n for n in range(1, 101)], 2.0)
    assert (found.answers, found.seconds) == (100, 2.0)
    assert (found.p50_ms, found.p99_ms) == pytest.approx((51.0, 100.0))
    assert summed([], 1.0).answers == 0


def test_a_process_is_weighed() -> None:
    """This one has memory, has used CPU and is of its own family."""
    assert memory_bytes(os.getpid()) > 1 << 20
    assert cpu_seconds(os.getpid()) > 0.0
    assert family(os.getpid())[0] == os.getpid()


def test_the_page_says_what_was_found_and_what_is_missing(tmp_path: Path) -> None:
    """The best of several runs, ratios, what was wished for, and a picture."""
    closed, paced = Workload(50, 7, 8.0), Workload(200, 12, 32.0, 10.0)
    rows = [
        Found("unipole", "fsync", closed, Answers(800, 1.0, 1.0, 2.0), 0.5, 90.0, 20.0),
        Found("unipole", "fsync", closed, Answers(1000, 1.0, 1.0, 2.0), 0.5, 90.0, 20.0, 0.25),
        Found("boardgame.io 0.50.2", "memory", closed, Answers(250, 1.0, 1.0, 2.0), 0.5, -1.0, 20.0),
        Found("unipole", "fsync", paced, Answers(700, 30.0, 3.0, 60.0), 2.0, 90.0, 20.0),
    ]
    many = Crowds(Answers(200, 0.1, 50.0, 90.0), (Joins(40, 0.5), Joins(150, 12.0)), 2.0, 2.5)
    text = page(rows, ["Colyseus could not be installed: no network"], asyncio.run(long_session(turns=1, states=3)), many)
    assert "| 200 orders at once, one session, 4 processes: p99 | 90 ms | 250 ms |" in text
    assert "times as long as without it | 1.25 | 1.2 |" in text
    assert "| 150 people join at once: the last has the first view after | 12.0 s | 10 s |" in text
    assert "1 turns of random bots" in text
    assert "| unipole | fsync | 1,000 | 2,000 | 0.50 + 0.25 |" in text
    assert "| boardgame.io 0.50.2 | 4.00 | 4.00 | 4 |" in text
    assert "Missing: Colyseus could not be installed" in text
    assert "60.0 ms at the 99th percentile, under 50 wished: no" in text
    assert "20.0 KiB an idle socket, under 60 wished: yes" in text
    plot(rows, tmp_path / "servers.png")
    assert (tmp_path / "servers.png").read_bytes().startswith(b"\x89PNG")
