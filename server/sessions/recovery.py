"""A session from its log: the head says what is played, the entries what happened.

A log is continued only with the rules and the scenario it was begun with; anything else would replay into
another game.  Whoever meets such a log gets a sentence, and the log stays as it is.
"""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache

from pydantic import ValidationError

from rules.parameters import BadParameter
from rules.problems import problems
from rules.wire.canonical import canonical, digest
from rules.wire.logbook import Head, unpack
from scenarios.faults import BadScenario
from scenarios.loader import Scenario, load, shortened
from scenarios.opening import opening
from scenarios.pin import head_of
from server.log.protocol import Entry, Log, Stored
from server.log.snapshots import Snapshots
from server.sessions.history import History
from server.sessions.snapshot import Snapshot, read_snapshot, snapshot_of, taken_up

_journal = logging.getLogger(__name__)
HEAD_ID = "head"
PAGE_ENTRIES = 100
"""Entries unpacked before others get their turn."""


class UnknownSession(Exception):
    """There is no log of this name."""


class CannotContinue(Exception):
    """This program cannot carry on this log: the text is a sentence for the operator."""


@lru_cache(maxsize=32)
def scenario_named(name: str) -> Scenario:
    """A built-in scenario, read once.

    Raises:
        BadScenario: there is none of this name.
    """
    return load(name)


def head_entry(head: Head) -> Entry:
    """The first entry of a log."""
    return Entry(HEAD_ID, digest(head), canonical(head))


def beginning(head: Head) -> History:
    """The history of a log that holds its head only.

    Raises:
        CannotContinue: rules, scenario, parameters or format are not this program's.
    """
    try:
        scenario = shortened(scenario_named(head.scenario), head.turns)
        own = head_of(scenario, head.seed, head.parameters)
    except (BadScenario, BadParameter) as error:
        raise CannotContinue(f"The scenario of this session cannot be opened here: {error}") from error
    if own != head:
        raise CannotContinue(_difference(own, head))
    return History(head, opening(scenario, head.seed, head.parameters))


async def recover(log: Log, session_id: str, snapshots: Snapshots | None = None) -> History:
    """The history of a session, read from its log; a snapshot that belongs to it saves the work of folding it.

    Raises:
        UnknownSession: the log is empty.
        CannotContinue: see ``beginning``; or an entry cannot be read.
        LogUnavailable: the log gives no answer.
    """
    first = await log.read(session_id, 0, 1)
    if not first:
        raise UnknownSession(session_id)
    history = beginning(_head(first[0]))
    history.prefix.add(first[0].entry, first[0].at_ms)
    await read_all(history, log, session_id, snapshots)
    for sentence in problems(history.game):
        _journal.warning("session %s replays into a broken state: %s", session_id, sentence)
    return history


async def read_all(history: History, log: Log, session_id: str, snapshots: Snapshots | None) -> None:
    """Let a history that has its head read on to the end of its log.

    Raises:
        CannotContinue: an entry cannot be read.
        LogUnavailable: the log gives no answer.
    """
    snapshot = read_snapshot(await snapshots.kept(session_id)) if snapshots is not None else None
    if snapshot is not None:
        await _take_up(history, log, session_id, snapshot)
    while page := await log.read(session_id, history.version, PAGE_ENTRIES):
        read_on(history, page)
        await asyncio.sleep(0)


async def _take_up(history: History, log: Log, session_id: str, snapshot: Snapshot) -> None:
    """Read as many rows as a snapshot is said to be made of, and go on from it, or from them."""
    rows = await log.read(session_id, history.version, max(1, snapshot.version - history.version))
    if not taken_up(snapshot, history, rows):
        for begin in range(0, len(rows), PAGE_ENTRIES):
            read_on(history, rows[begin : begin + PAGE_ENTRIES])
            await asyncio.sleep(0)


async def keep_snapshot(snapshots: Snapshots, session_id: str, history: History) -> None:
    """Put a snapshot of a history beside its log.

    Raises:
        LogUnavailable: it is not known whether it is there.
    """
    history.kept_version = history.version
    if history.prefix.version == history.version:
        await snapshots.keep(session_id, history.version, snapshot_of(history))


def read_on(history: History, page: tuple[Stored, ...]) -> None:
    """Add the entries that follow.

    Raises:
        CannotContinue: one of them is no entry, or not the next.
    """
    for stored in page:
        if stored.version != history.version + 1:
            raise CannotContinue(f"The log has a gap before entry {stored.version}.")
        try:
            entry = unpack(stored.entry.body)
        except (ValueError, KeyError, TypeError) as error:
            raise CannotContinue(f"Entry {stored.version} of the log cannot be read: {error}") from error
        history.add(entry, stored.at_ms, stored.entry.digest)
        history.prefix.add(stored.entry, stored.at_ms)


def _head(stored: Stored) -> Head:
    try:
        return Head.model_validate_json(stored.entry.body)
    except ValidationError as error:
        raise CannotContinue(f"The head of the log cannot be read: {error}") from error


def _difference(own: Head, other: Head) -> str:
    if own.format != other.format:
        return f"The log has format {other.format}; this program reads format {own.format}."
    if own.rules_hash != other.rules_hash:
        return (
            f"The session was begun with other rules ({other.rules_hash[:12]}; these are "
            f"{own.rules_hash[:12]}). Continue it with the version of the program that began it."
        )
    if own.scenario_hash != other.scenario_hash:
        return (
            f"The scenario {other.scenario} was changed since the session began ({other.scenario_hash[:12]}; "
            f"now {own.scenario_hash[:12]}). Continue it with the files it was begun with."
        )
    return "The parameters of the session are not those that its scenario and overrides give here."
