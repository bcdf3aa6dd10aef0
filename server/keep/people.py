"""What people leave in a session, and the session without it.

Figures, votes and promises are acts of states.  Of people there are the tokens they were given, whatever else lies on the shelf, and the
words they typed: every text field of an act that has room for a sentence.  ``without_people`` strikes these words out and *plays the
whole log again* by the rules, so that what remains is a log in its own right; then it holds the new events against the old ones, which must
differ in the words struck out and in nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from rules.orders import Order
from rules.sequence import Recorded
from rules.wire.logbook import Head, unpack
from server.keep.bundle import Bundle
from server.log.protocol import Stored
from server.sessions.history import stored_entry
from server.sessions.plans import FIELD as PLAN
from server.sessions.recovery import beginning

WORDS_CHARS_MIN = 100
"""A text with room for so many characters is somebody's words; shorter ones are names and codes."""
STRUCK = "(removed)"


class NotTheSame(Exception):
    """Played again without words, the log gives something else: nothing is removed."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A session without people, and what was struck out."""

    bundle: Bundle
    words: int
    shelf: tuple[str, ...]


def without_people(bundle: Bundle) -> Removed:
    """The pseudonymous session.

    Raises:
        CannotContinue: the log is of other rules than this program's.
        NotTheSame: the log does not replay.
    """
    first, *rows = bundle.entries
    history, entries, words = beginning(Head.model_validate_json(first.entry.body)), [first], 0
    for row in rows:
        old = unpack(row.entry.body)
        act, struck = _without_words(old.order.act)
        order = Order.model_validate(old.order.model_copy(update={"act": act}))
        new = history.ahead().given(order, row.at_ms).recorded[-1]
        if [_blank(event, texts := _texts(old.order.act)) for event in old.events] != [_blank(event, texts) for event in new.events]:
            raise NotTheSame(f"Entry {row.version} does not replay to what is recorded.")
        history.add(new, row.at_ms)
        entries.append(Stored(row.version, stored_entry(new), row.at_ms))
        words += struck
    shelf = {name: value for name, value in bundle.shelf.items() if name == PLAN}
    kept = replace(bundle, entries=tuple(entries), shelf=shelf, talk=())
    return Removed(kept, words, tuple(sorted(set(bundle.shelf) - set(shelf))))


def replays(bundle: Bundle) -> bool:
    """Whether every order of a log, decided again by these rules, gives the events that are recorded."""
    first, *rows = bundle.entries
    history = beginning(Head.model_validate_json(first.entry.body))
    for row in rows:
        old = unpack(row.entry.body)
        new: Recorded = history.ahead().given(old.order, row.at_ms).recorded[-1]
        if new != old:
            return False
        history.add(old, row.at_ms)
    return True


def _without_words(act: BaseModel) -> tuple[BaseModel, int]:
    names = [name for name in _worded(act) if getattr(act, name) != STRUCK]
    return act.model_copy(update=dict.fromkeys(names, STRUCK)), len(names)


def _texts(act: BaseModel) -> tuple[str, ...]:
    return tuple(str(getattr(act, name)) for name in _worded(act))


def _worded(act: BaseModel) -> Iterator[str]:
    """The fields of an act that hold somebody's words."""
    for name, field in type(act).model_fields.items():
        room = max((getattr(mark, "max_length", None) or 0 for mark in field.metadata), default=0)
        if isinstance(getattr(act, name), str) and room >= WORDS_CHARS_MIN:
            yield name


def _blank(event: BaseModel, texts: tuple[str, ...]) -> object:
    """An event without these words."""
    return _struck(event.model_dump(mode="json"), frozenset((*texts, STRUCK)))


def _struck(value: object, texts: frozenset[str]) -> object:
    match value:
        case str():
            return STRUCK if value in texts else value
        case dict():
            return {name: _struck(inner, texts) for name, inner in value.items()}
        case list():
            return [_struck(inner, texts) for inner in value]
        case _:
            return value
