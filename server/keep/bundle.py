"""A session as one file: everything that the store has of it, each line vouched for by the last.

    {"format": 1, "session": ..., "shelf": {...}, "deadline": [ms, id] or null}
    {"id": ..., "digest": ..., "at_ms": ..., "body": "..."}            an entry, as often as there are; then those of its talk
    {"entries": n, "sha256": ...}                                      of all lines before, newlines included

The file is a backup, so it holds what the store holds: sealed orders, the seed of chance, hashes of tokens.  Keep it as you keep the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.wire.logbook import Head, write
from server.log.protocol import Deadline, Entry, Log, Stored, check_append, check_game_id
from server.log.shelf import Shelf
from server.sessions.talk import talk_of

FORMAT = 1


class BadBundle(Exception):
    """A file is no session, or not a whole one; says where."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything of one session."""

    session: str
    shelf: Mapping[str, str]
    deadline: Deadline | None
    entries: tuple[Stored, ...]
    talk: tuple[Stored, ...] = ()  # what was said in its rooms, which is a log of its own

    @property
    def record_hash(self) -> str:
        """The last hash of the log's chain, as it stands in a log file and in proofs."""
        head = Head.model_validate_json(self.entries[0].entry.body)
        *_, last = write(head, [(row.entry.body, row.at_ms) for row in self.entries[1:]])
        return str(json.loads(last)["hash"])


async def taken(log: Log, shelf: Shelf, session_id: str) -> Bundle | None:
    """A session as it stands; None if there is none.

    Raises:
        LogUnavailable: the store gives no answer.
    """
    entries = await log.read(session_id)
    if not entries:
        return None
    talk = await log.read(talk_of(session_id))
    return Bundle(session_id, await shelf.all(session_id), await log.deadline(session_id), entries, talk)


def lines_of(bundle: Bundle) -> Iterator[str]:
    """The lines of its file, without newlines."""
    due = bundle.deadline
    first = {
        "format": FORMAT,
        "session": bundle.session,
        "shelf": dict(sorted(bundle.shelf.items())),
        "deadline": None if due is None else [due.due_ms, due.order_id],
        "talk": len(bundle.talk),
    }
    seal = hashlib.sha256()
    for fields in (first, *map(_fields, (*bundle.entries, *bundle.talk))):
        line = json.dumps(fields)
        seal.update(line.encode() + b"\n")
        yield line
    yield json.dumps({"entries": len(bundle.entries) + len(bundle.talk), "sha256": seal.hexdigest()})


def read(lines: Iterable[str]) -> Bundle:
    """A bundle from the lines of its file.

    Raises:
        BadBundle: it is none, was cut short or was changed.
    """
    text = [line.rstrip("\n") for line in lines]
    if len(text) < 3:  # noqa: PLR2004 - what it is, one entry, the seal
        raise BadBundle("The file is too short to be a session.")
    seal = hashlib.sha256("".join(f"{line}\n" for line in text[:-1]).encode()).hexdigest()
    last = _object(text[-1], len(text))
    if last.get("sha256") != seal or last.get("entries") != len(text) - 2:
        raise BadBundle("The last line does not vouch for the others: the file was cut short or changed.")
    try:
        bundle = _bundle(_object(text[0], 1), [_object(line, number) for number, line in enumerate(text[1:-1], start=2)])
        check_game_id(bundle.session)
        for row in (*bundle.entries, *bundle.talk):
            check_append(bundle.session, 0, [row.entry], bundle.deadline)
        Head.model_validate_json(bundle.entries[0].entry.body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBundle(f"The file is no session of this format: {type(error).__name__}.") from error
    return bundle


def _fields(row: Stored) -> dict[str, object]:
    return {"id": row.entry.order_id, "digest": row.entry.digest, "at_ms": row.at_ms, "body": row.entry.body.decode()}


def _bundle(first: Mapping[str, object], rows: list[dict[str, object]]) -> Bundle:
    if first["format"] != FORMAT:
        raise BadBundle(f"The file has format {first['format']}; this program reads format {FORMAT}.")
    shelf, due = first["shelf"], first["deadline"]
    if not isinstance(shelf, dict) or not (due is None or isinstance(due, list)):
        raise TypeError
    said = _number(first.get("talk", 0))  # files of older sessions do not say
    game, talk = _stored(rows[: len(rows) - said]), _stored(rows[len(rows) - said :])
    deadline = None if due is None else Deadline(_number(due[0]), _text(due[1]))
    return Bundle(_text(first["session"]), {_text(k): _text(v) for k, v in shelf.items()}, deadline, game, talk)


def _stored(rows: list[dict[str, object]]) -> tuple[Stored, ...]:
    return tuple(
        Stored(version, Entry(_text(row["id"]), _text(row["digest"]), _text(row["body"]).encode()), _number(row["at_ms"]))
        for version, row in enumerate(rows, start=1)
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _object(line: str, number: int) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadBundle(f"Line {number} is not JSON.") from error
    if not isinstance(value, dict):
        raise BadBundle(f"Line {number} is no object.")
    return value
