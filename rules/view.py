"""The only doors out of the core: ``view`` for the state, ``tell`` for an event.

Both read the marks of ``rules.visibility`` and hand out nothing that is not marked for the viewer.  A viewer is a country, ``"public"``
(the projector: sees what everybody may see) or ``"umpire"`` (control: sees all, through ``tell`` only).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import cast, get_args

import numpy as np

from rules import events as ev
from rules.parameters import Parameters
from rules.state import Atlas, Game, View, World
from rules.visibility import Mark, Record, marks_of

PUBLIC_VIEWER = "public"
UMPIRE_VIEWER = "umpire"
ATLASES_KEPT = 4096  # masked atlases: one a viewer of each session in use


def view(game: Game, viewer: str) -> View:
    """What ``viewer`` may know of the game."""
    fields = _conceal(game, _row(game, viewer), viewer)
    fields.pop("seed")
    return View(viewer=viewer, **fields)  # type: ignore[arg-type]  # the values were taken from the same-named fields of Game


def tell(game: Game, event: ev.EventKinds, viewer: str) -> ev.EventKinds | None:
    """The event as ``viewer`` may know it, or None if it may not know of it at all."""
    if viewer == UMPIRE_VIEWER:
        return event
    if not _may_see(event, viewer):
        return None
    if isinstance(event, ev.Moved):
        changes = tuple(c for c in event.changes if _change_shown(c, _row(game, viewer)))
        return event.model_copy(update={"changes": changes}) if changes else None
    return cast(ev.EventKinds, _blanked(event))


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


def _change_shown(change: ev.Change, row: int | None) -> bool:
    mark = marks_of(World)[change.field]
    return mark is Mark.PUBLIC or (mark is Mark.OWN and change.at[0] == row)


def _conceal(value: object, row: int | None, viewer: str) -> dict[str, object]:
    """The fields of a classified dataclass, each reduced to what its mark lets the viewer see."""
    shown: dict[str, object] = {}
    for name, mark in marks_of(type(value)).items():
        shown[name] = _shown(getattr(value, name), mark, row, viewer)
    return shown


def _shown(value: object, mark: Mark, row: int | None, viewer: str) -> object:
    match mark:
        case Mark.PUBLIC:
            return _public(value, row, viewer)
        case Mark.OWN:
            return _own(value, row)
        case Mark.PARTIES:
            records = cast(tuple[Record, ...], value)
            return tuple(_blanked(item) for item in records if _may_see(item, viewer))
        case Mark.UMPIRE:
            return "" if isinstance(value, str) else ()


def _public(value: object, row: int | None, viewer: str) -> object:
    if isinstance(value, Atlas):
        return _masked_atlas(value, row, viewer)
    if dataclasses.is_dataclass(value) and not isinstance(value, Parameters | type):
        return type(value)(**_conceal(value, row, viewer))
    if isinstance(value, tuple):
        return tuple(_blanked(item) if isinstance(item, Record) else item for item in value)
    return value


@lru_cache(maxsize=ATLASES_KEPT)
def _masked_atlas(atlas: Atlas, row: int | None, viewer: str) -> Atlas:
    """The atlas as a viewer may know it, made once: it never changes."""
    return Atlas(**_conceal(atlas, row, viewer))  # type: ignore[arg-type]  # the values of its own fields


def _own(value: object, row: int | None) -> object:
    if isinstance(value, np.ndarray):
        return value[row] if row is not None else value[:0]
    if isinstance(value, tuple):
        return value[row] if row is not None else ()
    raise TypeError(f"a field of type {type(value).__name__} cannot be marked OWN")
