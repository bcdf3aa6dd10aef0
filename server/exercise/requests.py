"""Requests to the white cell and its own notes as tables: who asked what and after how long it was answered; what was seen, by day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from server.exercise.stamps import stamp
from server.records.tables import Column, Design, Table, Value, filled
from server.settings import SECOND_MS

REQUESTS = Design(
    "requests",
    "request to the white cell",
    (
        Column("asked_at", "text", "when, UTC"),
        Column("state", "text", "code of the state that asked"),
        Column("asks", "text", "information, action or ruling"),
        Column("addressee", "text", "the role that was asked first"),
        Column("text", "text", "what was asked"),
        Column("outcome", "text", "answered, declined or waiting"),
        Column("answer", "text", "the answer, or why not"),
        Column("told", "text", "asker, everybody or news"),
        Column("by", "text", "the post and its device; empty for the session's own control"),
        Column("seconds", "number", "from the request to the answer"),
    ),
)


NOTES = Design(
    "notes",
    "note of the white cell",
    (
        Column("day", "text", "the day, UTC, for the hot wash of that day"),
        Column("time", "text", "when, UTC"),
        Column("post", "text", "who wrote it"),
        Column("objective", "text", "what it bears on"),
        Column("text", "text", "what was seen"),
    ),
)


class BadRequests(Exception):
    """Lines that are no log of talk; the text says which."""


def requests(lines: Iterable[str]) -> tuple[Table, Table]:
    """Requests and notes, from the lines of a session's talk.  Raises BadRequests."""
    notes: list[Sequence[Value]] = []
    asked: dict[str, tuple[int, dict[str, Any]]] = {}
    ruled: dict[str, tuple[int, dict[str, Any]]] = {}
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            at_ms, word = int(row["at_ms"]), row["word"]
            if word["kind"] == "ruled":
                ruled[word["message"]] = at_ms, word
            elif word.get("asks") == "note":
                day, time = stamp(at_ms).split(" ")
                notes.append((day, time, word["author"], word["about"] or None, word["text"]))
            elif word.get("asks"):
                asked[f"{word['author']}:{word['id']}"] = at_ms, word
        except (ValueError, KeyError, TypeError) as error:
            raise BadRequests(f"Line {number} is not of a log of talk.") from error
    return filled(REQUESTS, (_row(at_ms, word, ruled.get(name)) for name, (at_ms, word) in asked.items())), filled(NOTES, notes)


def _row(at_ms: int, word: dict[str, Any], ruling: tuple[int, dict[str, Any]] | None) -> Sequence[Value]:
    said = stamp(at_ms), word["author"], word["asks"], word["addressee"] or None, word["text"]
    if ruling is None:
        return *said, "waiting", None, None, None, None
    ruled_ms, ruled = ruling
    outcome = "answered" if ruled["passes"] else "declined"
    return *said, outcome, ruled["reason"] or None, ruled["told"], ruled["by"] or None, (ruled_ms - at_ms) / SECOND_MS
