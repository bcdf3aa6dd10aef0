"""Who of a session's people did what: counts alone, under pseudonyms, and names for as long as there are any.

A person is a device of a seat with its token.  What it did is counted by the server that let it in (``sessions.attendance``); what it said
is counted from the log of talk.  When people are purged both go, and this table is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from server.log.protocol import Log
from server.log.shelf import Shelf
from server.records.designs import PEOPLE
from server.records.tables import Table, Value, filled
from server.sessions.attendance import Attended, Person, attended
from server.sessions.talk import Hearing, Said, Talk
from server.sessions.tokens import Proven, Tokens
from server.settings import SECOND_MS


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of a session: valid tokens of seats with their names, what was counted, and what was said by whom when."""

    session: str
    given: tuple[Proven, ...]
    attended: dict[Person, Attended]
    said: tuple[tuple[Said, int], ...]


async def crowd_of(session_id: str, seats: Iterable[str], log: Log, shelf: Shelf, tokens: Tokens) -> Crowd:
    """The people of a session.

    Raises:
        LogUnavailable: the log gives no answer.
    """
    talk = Talk(session_id, Hearing(), log, 1)
    await talk.catch_up()
    known = frozenset(seats)
    given = tuple(item for item in await tokens.given(session_id) if item.viewer in known)
    said = tuple((word, at_ms) for word, at_ms in talk.words if isinstance(word, Said) and not word.asks)
    return Crowd(session_id, given, attended(await shelf.all(session_id)), said)


def people(crowd: Crowd, *, names: bool) -> Table:
    """The table, one row a person, by seat and the time at which the token was given out."""
    called = {Person(item.viewer, item.device, item.issued_ms): item.name for item in crowd.given}
    everybody = sorted({*called, *crowd.attended}, key=lambda person: (person.seat, person.issued_ms, person.device))
    inside, outside = _said(crowd, everybody)
    numbers: Counter[str] = Counter()
    rows: list[Sequence[Value]] = []
    for person in everybody:
        numbers[person.seat] += 1
        done = crowd.attended.get(person, Attended())
        acts, spans = Counter(done.acts), done.spans
        rows.append(
            (
                crowd.session, person.seat, f"{person.seat}-{numbers[person.seat]}", called.get(person) or None if names else None,
                person in called, _time(person.issued_ms), _time(spans[0][0]) if spans else None, _time(spans[-1][1]) if spans else None,
                sum(until_ms - since_ms for since_ms, until_ms in spans) / SECOND_MS,
                "; ".join(f"{_time(since_ms)}/{_time(until_ms)}" for since_ms, until_ms in spans) or None,
                done.sheets, acts.total(), acts["propose"], acts["sign"], acts["reject"], acts["vote"], acts["state"], acts["done"],
                outside[person], inside[person],
            )
        )  # fmt: skip
    return filled(PEOPLE, rows)


def _said(crowd: Crowd, everybody: Iterable[Person]) -> tuple[Counter[Person], Counter[Person]]:
    """Messages within the own seat, and to others.  A device that was given out anew is another person from then on."""
    inside: Counter[Person] = Counter()
    outside: Counter[Person] = Counter()
    by_device: dict[tuple[str, str], list[Person]] = {}
    for person in everybody:
        by_device.setdefault((person.seat, person.device), []).append(person)
    for word, at_ms in crowd.said:
        earlier = [person for person in by_device.get((word.author, word.device), ()) if person.issued_ms <= at_ms]
        if earlier:
            (inside if word.room == (word.author,) else outside)[earlier[-1]] += 1
    return inside, outside


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // SECOND_MS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
