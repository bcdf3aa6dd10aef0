"""The log as text: written, read back, and every changed byte found."""

from __future__ import annotations

import json

import pytest

from rules.sequence import Recorded
from rules.wire.logbook import FORMAT, BadLog, Head, link, order_digest, pack, read, record_hash, unpack, write
from tests.rules.random_play import Stroll

HEAD = Head(format=FORMAT, scenario="tiny", scenario_hash="s", rules_hash="r", parameters={"growth": 0.001}, seed="secret")


@pytest.fixture(scope="module")
def played(strolls: tuple[Stroll, ...]) -> tuple[Recorded, ...]:
    """The entries of one game."""
    return tuple(strolls[0].entries)


@pytest.fixture(scope="module")
def lines(played: tuple[Recorded, ...]) -> list[str]:
    """Its log."""
    return list(write(HEAD, ((pack(entry), 1_700_000_000_000 + k) for k, entry in enumerate(played))))


def test_a_log_is_read_back_as_it_was_written(played: tuple[Recorded, ...], lines: list[str]) -> None:
    """Head, entries and hash; and the hash is found without writing, wall times aside."""
    head, entries, chain = read(lines)
    assert (head, entries, chain) == (HEAD, played, record_hash(HEAD, played))
    assert list(write(HEAD, ((pack(e), 0) for e in played)))[-1].split(",")[0] == lines[-1].split(",")[0]


def test_entries_survive_packing(entries: tuple[Recorded, ...]) -> None:
    """To the byte."""
    for entry in entries:
        assert pack(unpack(pack(entry))) == pack(entry)
    with pytest.raises(ValueError, match="Invalid JSON"):
        unpack(b"not json")


def test_every_changed_line_is_found(lines: list[str]) -> None:
    """One figure, one letter, one line less or twice: the first wrong line is named."""
    for number in range(0, len(lines), 9):
        fields = json.loads(lines[number])
        for key in ("head", "entry"):
            if key in fields:
                fields[key]["planted"] = 1
        with pytest.raises(BadLog) as caught:
            read([*lines[:number], json.dumps(fields), *lines[number + 1 :]])
        assert caught.value.line == number + 1
    with pytest.raises(BadLog, match="line 4: the hash does not fit"):
        read([*lines[:3], *lines[4:]])
    with pytest.raises(BadLog, match="line 5"):
        read([*lines[:4], lines[3], *lines[4:]])


@pytest.mark.parametrize("line", ["", "{", "[]", '{"hash": "x"}', '{"head": {}}', "[" * 100_000])
def test_what_is_no_line_is_said_to_be_none(line: str) -> None:
    """Whatever stands there, the answer is a line number and a sentence."""
    with pytest.raises(BadLog, match="line 1: not a line of a log"):
        read([line])


def test_an_empty_log_and_a_head_of_another_format() -> None:
    """Neither can be read."""
    with pytest.raises(BadLog, match="the log is empty"):
        read([])
    body = {"format": 1}
    hashed = link("", json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
    with pytest.raises(BadLog, match="not an entry of this format"):
        read([json.dumps({"hash": hashed, "head": body})])


def test_orders_are_told_apart_by_content(played: tuple[Recorded, ...]) -> None:
    """The same id with another content has another digest."""
    order = played[-1].order
    assert order_digest(order) == order_digest(order.model_copy())
    assert order_digest(order) != order_digest(order.model_copy(update={"author": "XYZ"}))
