"""The log as text: canonical entries, a chain of hashes, and how a log is checked.

A log is a head (what is played, with which rules and parameters) and entries (an order and its facts).  Each line carries the hash of all
lines up to it, so a changed byte is found and located.  Wall times stand beside the hash, not in it: the same game has the same log.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import BaseModel, ValidationError

from rules.events import ActSealed, Event, EventKinds
from rules.orders import Order
from rules.sequence import Recorded
from rules.visibility import UMPIRE, Record
from rules.wire.canonical import canonical, quoted

FORMAT = 2


class _Entry(BaseModel):
    order: Order
    events: tuple[Event, ...]


class Head(Record):
    """What a log is the log of.  Another rules or scenario hash means: this program cannot continue it."""

    format: Annotated[int, UMPIRE]
    scenario: Annotated[str, UMPIRE]
    scenario_hash: Annotated[str, UMPIRE]
    rules_hash: Annotated[str, UMPIRE]
    parameters: Annotated[dict[str, float | str], UMPIRE]
    seed: Annotated[str, UMPIRE]
    turns: Annotated[int | None, UMPIRE] = None  # that are played; None in older logs: as many as the scenario has


class BadLog(Exception):
    """A log cannot be read or does not agree with itself: ``line`` counts from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


def pack(entry: Recorded) -> bytes:
    """The canonical bytes of an entry."""
    return inscribed(entry)[1]


def inscribed(entry: Recorded) -> tuple[str, bytes]:
    """The digest of an entry's order and the canonical bytes of the entry, put together from those of its parts; an act is spelled once."""
    act = canonical(entry.order.act)
    order = _spelled(entry.order, act)
    told = b",".join([_told(event, entry.order, act) for event in entry.events])
    return hashlib.sha256(order).hexdigest(), b'{"events":[%b],"order":%b}' % (told, order)


def unpack(body: bytes) -> Recorded:
    """The entry of canonical bytes.  Raises ValueError (pydantic's) if they are none."""
    entry = _Entry.model_validate_json(body)
    return Recorded(entry.order, entry.events)


def order_digest(order: Order) -> str:
    """Hash of an order's content: the same id with another digest is another order."""
    return hashlib.sha256(_spelled(order, canonical(order.act))).hexdigest()


def _spelled(order: Order, act: bytes) -> bytes:
    return b'{"act":%b,"author":%b,"id":%b}' % (act, quoted(order.author), quoted(order.id))


def _told(event: EventKinds, order: Order, act: bytes) -> bytes:
    """What is laid down in the open is the order's own act once more."""
    if isinstance(event, ActSealed) and event.act is order.act:
        return b'{"act":%b,"country":%b,"kind":"act-sealed"}' % (act, quoted(event.country))
    return canonical(event)


def link(previous: str, body: bytes) -> str:
    """The next hash of the chain."""
    return hashlib.sha256(previous.encode() + body).hexdigest()


def write(head: Head, entries: Iterable[tuple[bytes, int]]) -> Iterator[str]:
    """The lines of a log file.  ``entries``: canonical bytes and wall time (ms since 1970, 0 if none) of each."""
    body = canonical(head)
    chain = link("", body)
    yield json.dumps({"hash": chain})[:-1] + ', "head": ' + body.decode() + "}"
    for body, at_ms in entries:
        chain = link(chain, body)
        yield json.dumps({"hash": chain, "at_ms": at_ms})[:-1] + ', "entry": ' + body.decode() + "}"


def read(lines: Iterable[str]) -> tuple[Head, tuple[Recorded, ...], str]:
    """Head, entries and last hash of a log file, checked line by line.

    Raises:
        BadLog: with the first line that is wrong.
    """
    head: Head | None = None
    entries: list[Recorded] = []
    chain = ""
    for number, line in enumerate(lines, start=1):
        key = "entry" if head else "head"
        body, claimed = _body(number, line, key)
        chain = link(chain, body)
        if chain != claimed:
            raise BadLog(number, "the hash does not fit: this line, or the hash itself, was changed")
        try:
            if head is None:
                head = Head.model_validate_json(body)
            else:
                entries.append(unpack(body))
        except (ValidationError, KeyError) as error:
            raise BadLog(number, f"not an entry of this format: {error}") from error
    if head is None:
        raise BadLog(1, "the log is empty")
    return head, tuple(entries), chain


def _body(number: int, line: str, key: str) -> tuple[bytes, str]:
    try:
        fields = json.loads(line)
        return canonical(fields[key]), str(fields["hash"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadLog(number, f"not a line of a log: {error}") from error


def record_hash(head: Head, entries: Iterable[Recorded]) -> str:
    """The hash of a whole log, without writing it."""
    chain = link("", canonical(head))
    for entry in entries:
        chain = link(chain, pack(entry))
    return chain
