"""The only doors out of the core: ``view`` for the state, ``tell`` for an event.

Both read the marks of ``rules.visibility`` and hand out nothing that is not marked for the viewer.  A viewer is a country, ``"public"``
(the projector: sees what everybody may see) or ``"umpire"`` (control: sees all, through ``tell`` only).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Protocol, cast, get_args, get_origin, get_type_hints

import numpy as np

from rules import events as ev
from rules.copying import built
from rules.lately import beside, lately
from rules.parameters import Parameters
from rules.state import Atlas, Game, View, World
from rules.visibility import Mark, Record, marks_of

PUBLIC_VIEWER = "public"
UMPIRE_VIEWER = "umpire"
UNSEEN = ("seed", "planned", "past")
"""Fields of a game that no view has."""
PREPARED_KEPT = 256  # tables of one kind, or worlds, made ready for showing: one of each game that is being played
RECORDS_KEPT = 16384  # records that are not the same for all, made ready for showing


def view(game: Game, viewer: str) -> View:
    """What ``viewer`` may know of the game."""
    return views(game, (viewer,))[0]


def views(game: Game, viewers: Iterable[str]) -> tuple[View, ...]:
    """What each of several viewers may know of one game.  What all may know is made once and shared."""
    shared, varying = _parts(game)
    for name in UNSEEN:
        shared.pop(name)
    return tuple(built(View, {"viewer": viewer, **shared, **_for_viewer(varying, _row(game, viewer), viewer)}) for viewer in viewers)


def tell(game: Game, event: ev.EventKinds, viewer: str) -> ev.EventKinds | None:
    """The event as ``viewer`` may know it, or None if it may not know of it at all."""
    if viewer == UMPIRE_VIEWER:
        return event
    if not _may_see(event, viewer):
        return None
    if isinstance(event, ev.Moved):
        row = _row(game, viewer)
        moves = tuple([shown for move in event.moves if (shown := _move_shown(move, row)) is not None])
        return event.model_copy(update={"moves": moves}) if moves else None
    return cast(ev.EventKinds, _shown(event)[0]) if _hides(type(event)) else event


def hearers(game: Game, event: ev.EventKinds, viewers: Iterable[str]) -> Iterable[str]:
    """Those of several viewers to whom ``tell`` would say anything."""
    if isinstance(event, ev.Moved):
        return [viewer for viewer in viewers if is_told(game, event, viewer)]
    audience = event.audience()
    return viewers if audience is None else [viewer for viewer in viewers if viewer in audience or viewer == UMPIRE_VIEWER]


def is_told(game: Game, event: ev.EventKinds, viewer: str) -> bool:
    """Whether ``tell`` would say anything, without making what it would say."""
    if viewer == UMPIRE_VIEWER:
        return True
    if not _may_see(event, viewer):
        return False
    return not isinstance(event, ev.Moved) or any(_move_shown(move, _row(game, viewer)) for move in event.moves)


def _row(game: Game, viewer: str) -> int | None:
    return game.atlas.countries.index(viewer) if viewer in game.atlas.countries else None


def _may_see(record: Record, viewer: str) -> bool:
    audience = record.audience()
    return audience is None or viewer in audience


@cache
def _hides(cls: type[Record]) -> bool:
    """Whether records of this class, or records inside them, have fields that nobody but control may read."""
    if any(mark in (Mark.UMPIRE, Mark.PARTIES) for mark in marks_of(cls).values()):
        return True
    return any(_hides(inner) for info in cls.model_fields.values() for inner in _records_in(info.annotation))


def _records_in(annotation: object) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)


def _blanked(record: Record) -> Record:
    """The record with its UMPIRE and PARTIES-only bookkeeping fields emptied, at every depth."""
    if not _hides(type(record)):
        return record
    changes: dict[str, object] = {}
    for name, mark in marks_of(type(record)).items():
        value = getattr(record, name)
        if mark in (Mark.UMPIRE, Mark.PARTIES):
            changes[name] = type(record).model_fields[name].get_default(call_default_factory=True)
        elif isinstance(value, Record):
            changes[name] = _blanked(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_blanked(item) for item in value)
    return record.model_copy(update=changes) if changes else record


def _move_shown(move: ev.Move, row: int | None) -> ev.Move | None:
    """As much of it as the state of a row may know: everything that is public, and what stands in its own row."""
    mark = marks_of(World)[move.field]
    if mark is Mark.PUBLIC:
        return move
    own = [(at, value) for at, value in zip(move.places, move.values, strict=True) if at[0] == row] if mark is Mark.OWN else []
    return ev.move(move.field, own) if own else None


Row = int | None


class _Varying(Protocol):
    """Something that is not the same for all."""

    def to(self, row: Row, viewer: str) -> object:
        """What a viewer, with or without a row of its own, gets to see of it."""
        ...


class _Varies:
    """Found once a viewer."""

    __slots__ = ("_found", "_show")

    def __init__(self, show: Callable[[Row, str], object]) -> None:
        self._show = show
        self._found: dict[str, object] = {}

    def to(self, row: Row, viewer: str) -> object:
        if viewer not in self._found:
            self._found[viewer] = self._show(row, viewer)
        return self._found[viewer]


class _Own:
    """Rows of states, of which each sees its own, and who has none an empty table."""

    __slots__ = ("_nothing", "rows")

    def __init__(self, value: object) -> None:
        if not isinstance(value, np.ndarray | tuple):
            raise TypeError(f"a field of type {type(value).__name__} cannot be marked OWN")
        self.rows, self._nothing = list(value), value[:0]

    def to(self, row: Row, viewer: str) -> object:  # noqa: ARG002 - the row says who
        return self._nothing if row is None else self.rows[row]


def _for_viewer(varying: dict[str, _Varying], row: Row, viewer: str) -> dict[str, object]:
    if row is None:
        return {name: part.to(row, viewer) for name, part in varying.items()}
    return {name: part.rows[row] if type(part) is _Own else part.to(row, viewer) for name, part in varying.items()}


def _parts(value: object) -> tuple[dict[str, object], dict[str, _Varying]]:
    """The fields of a classified dataclass: as everybody sees them, and those that are not the same for all."""
    kind = type(value)
    shared: dict[str, object] = {name: getattr(value, name) for name in marks_of(kind)}
    varying: dict[str, _Varying] = {}
    for name, prepare in _prepared(kind):  # type: ignore[arg-type]  # a class can be hashed
        part = prepare(shared[name])
        if isinstance(part, _Varies | _Own):
            varying[name] = part
            del shared[name]
        else:
            shared[name] = part
    return shared, varying


Prepare = Callable[[Any], object]
"""Makes a field ready for showing."""


@cache
def _prepared(kind: type) -> tuple[tuple[str, Prepare], ...]:
    """The fields of a classified dataclass that not everybody sees as they are, and what makes each ready: found once a class."""
    hints = get_type_hints(kind)
    found = {name: _preparing(hints[name], mark) for name, mark in marks_of(kind).items()}
    return tuple((name, prepare) for name, prepare in found.items() if prepare is not None)


def _preparing(hint: object, mark: Mark) -> Prepare | None:
    match mark:
        case Mark.PUBLIC:
            return _shown_to_all(hint)
        case Mark.OWN:
            return _Own
        case Mark.PARTIES:
            return _among_parties
        case Mark.UMPIRE:
            return _withheld
        case _:
            return _unknown  # type: ignore[unreachable]  # closed by default, whatever a mark may be


def _shown_to_all(hint: object) -> Prepare | None:
    """What everybody may see may hold what not everybody may see."""
    if hint is Atlas:
        return _atlas
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint is not Parameters and _prepared(hint):
        return _dataclass
    if get_origin(hint) is tuple and any(_hides(record) for record in _records_in(hint)):
        return _table
    return None


def _unknown(_: object) -> None:
    return None


def _withheld(value: object) -> object:
    return "" if isinstance(value, str) else ()


@lately(PREPARED_KEPT)
def _atlas(atlas: Atlas) -> _Varies:
    return _Varies(lambda row, viewer: _masked_atlas(atlas, row, viewer))


@lately(PREPARED_KEPT)
def _dataclass(value: object) -> object:
    kind = type(value)
    shared, varying = _parts(value)
    if varying:
        return _Varies(lambda row, viewer: built(kind, {**shared, **_for_viewer(varying, row, viewer)}))
    return built(kind, shared)


@lately(PREPARED_KEPT)
def _table(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Records of one class, which has something that only control may read."""
    return tuple(_shown(record)[0] for record in records)


@lately(RECORDS_KEPT)
def _shown(record: Record) -> tuple[Record, frozenset[str] | None]:
    """A record as it is shown, and to whom."""
    return _blanked(record), record.audience()


@lately(PREPARED_KEPT)
def _among_parties(records: tuple[Record, ...]) -> object:
    """Each record for its audience; the audience is asked for once, not once a viewer."""
    if not records:
        return records
    shown = tuple(_shown(record) for record in records)
    if all(audience is None for _, audience in shown):
        return tuple(record for record, _ in shown)
    return _Varies(lambda _, viewer: tuple([record for record, audience in shown if audience is None or viewer in audience]))


@beside
def _masked_atlas(atlas: Atlas, row: Row, viewer: str) -> Atlas:
    """The atlas as a viewer may know it, made once: it never changes."""
    shared, varying = _parts(atlas)
    return Atlas(**shared, **_for_viewer(varying, row, viewer))  # type: ignore[arg-type]  # the values of its own fields
