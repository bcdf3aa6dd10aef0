"""Inputs: on which figures, parameters and records an answer of the rules hangs, found by asking again.

Answers are any function of the game, each with a name.  First they are asked while every field that is read is noted; then again with some
of these figures changed a little, or some records left out, fewer and fewer at a time: what changes an answer matters to it.
So no mechanism has to say what it uses, and none can say something else than what it does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, TypeVar

import numpy as np

from rules.exact import Array, frozen
from rules.parameters import Parameters, registry
from rules.state import Atlas, Game, World
from rules.visibility import Record

T = TypeVar("T")
Answers = Mapping[Hashable, object]
Answer = Callable[[Game], Answers]
Place = tuple[str, tuple[int, ...]]
"""A figure: its field, and where in it."""
STEP = 0.01  # relative change of a figure; each gets one of its own, so that ratios change as well
LEAST = 1e-3  # change of a figure that is 0
GOLDEN = 0.6180339887498949


@dataclass(slots=True)
class Inputs:
    """What an answer hangs on: figures that move, figures that the scenario fixed, parameters, records, and whether chance had a part."""

    figures: list[Place] = field(default_factory=list)
    fixed: list[Place] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    records: list[tuple[str, Record]] = field(default_factory=list)
    chance: bool = False


def inputs(fore: Game, ask: Answer) -> dict[Hashable, Inputs]:
    """What each of the answers to ``ask`` about ``fore`` hangs on, by the names that ``ask`` gives them."""
    read: dict[type, set[str]] = {Game: set(), World: set(), Atlas: set(), Parameters: set()}
    plain = ask(_watched_game(fore, read))
    found: dict[Hashable, Inputs] = {name: Inputs(chance="seed" in read[Game]) for name in plain}

    def struck(change: Game) -> tuple[Hashable, ...]:
        """The answers that are not the same any more; a game from which something was taken may break the rules' own expectations."""
        try:
            answers = ask(change)
        except Exception:  # noqa: BLE001 - that it cannot be answered any more is an answer too
            return tuple(plain)
        return tuple(name for name, answer in plain.items() if answers.get(name) != answer)

    for at, names in _figures(fore, "world", read[World], struck):
        for name in names:
            found[name].figures.append(at)
    for at, names in _figures(fore, "atlas", read[Atlas], struck):
        for name in names:
            found[name].fixed.append(at)
    for parameter in (p for p in registry() if p in read[Parameters]):
        for name in _by_parameter(fore, parameter, struck):
            found[name].parameters.append(parameter)
    for item, names in _records(fore, read, struck):
        for name in names:
            found[name].records.append(item)
    return found


# --- what is read -----------------------------------------------------------------------------------------------------------------------


@cache
def _watching(cls: type) -> type:
    """A subclass that notes which of its fields are read."""
    names = frozenset(part.name for part in dataclasses.fields(cls))

    def noted(self: object, name: str) -> object:
        if name in names:
            held: set[str] = object.__getattribute__(self, "__dict__").get("noted", set())
            held.add(name)
        return object.__getattribute__(self, name)

    return type(f"Watched{cls.__name__}", (cls,), {"__getattribute__": noted})


def _watched(value: T, read: dict[type, set[str]], **changes: object) -> T:
    """The same value, taking notes; some fields exchanged."""
    copy: T = object.__new__(_watching(type(value)))  # type: ignore[arg-type]  # classes can be hashed
    for part in dataclasses.fields(value):  # type: ignore[arg-type]  # only the dataclasses of a game come here
        object.__setattr__(copy, part.name, changes.get(part.name, getattr(value, part.name)))
    copy.__dict__["noted"] = read[type(value)]
    return copy


def _watched_game(game: Game, read: dict[type, set[str]]) -> Game:
    parts = {"world": _watched(game.world, read), "atlas": _watched(game.atlas, read), "parameters": _watched(game.parameters, read)}
    return _watched(game, read, **parts)


# --- what matters -----------------------------------------------------------------------------------------------------------------------

Struck = Callable[[Game], tuple[Hashable, ...]]


def _mattering(
    items: Sequence[T], changed: Callable[[Sequence[T]], Iterator[Game]], struck: Struck
) -> Iterator[tuple[T, Iterable[Hashable]]]:
    """The items that matter, each with the answers it matters to: halves that do not are left out at once."""
    names = dict.fromkeys(name for game in changed(items) for name in struck(game)) if items else {}
    if names and len(items) == 1:
        yield items[0], names
    elif names:
        middle = len(items) // 2
        yield from _mattering(items[:middle], changed, struck)
        yield from _mattering(items[middle:], changed, struck)


def _figures(game: Game, owner: str, read: set[str], struck: Struck) -> Iterator[tuple[Place, Iterable[Hashable]]]:
    part = getattr(game, owner)
    for column in dataclasses.fields(part):
        array = getattr(part, column.name)
        if column.name in read and isinstance(array, np.ndarray) and array.dtype.kind == "f":

            def changed(places: Sequence[tuple[int, ...]], name: str = column.name, held: Array = array) -> Iterator[Game]:
                for values in _nudged(held, places):
                    yield dataclasses.replace(game, **{owner: dataclasses.replace(part, **{name: frozen(values)})})

            everywhere = list(product(*map(range, array.shape)))
            for at, names in _mattering(everywhere, changed, struck):
                yield (column.name, at), names


def _nudged(array: Array, places: Sequence[tuple[int, ...]]) -> Iterator[Array]:
    """The figures with some of them a little larger, a little smaller, and, where they say yes or no, turned round."""
    for up in (1.0, -1.0):
        values = array.copy()
        for number, at in enumerate(places):
            value = float(values[at])
            part = STEP * (1.0 + (number * GOLDEN) % 1.0)
            values[at] = value + up * part * abs(value) if value else up * LEAST * (1.0 + part)
        yield values
    if bool(((array == 0.0) | (array == 1.0)).all()):
        values = array.copy()
        for at in places:
            values[at] = 1.0 - float(values[at])
        yield values


def _by_parameter(game: Game, name: str, struck: Struck) -> Iterable[Hashable]:
    """The answers that another value of a parameter would change."""
    value, spec = getattr(game.parameters, name), registry()[name]
    if isinstance(value, str):
        others: tuple[object, ...] = tuple(word for word in spec.options if word != value)
    else:
        step = STEP * max(abs(value), spec.high - spec.low)
        others = tuple(v for v in (value + step, value - step, spec.low, spec.high) if spec.low <= v <= spec.high and v != value)
    changes: list[dict[str, Any]] = [{name: other} for other in others]
    games = (dataclasses.replace(game, parameters=dataclasses.replace(game.parameters, **change)) for change in changes)
    return dict.fromkeys(found for other in games for found in struck(other))


def _records(game: Game, read: dict[type, set[str]], struck: Struck) -> Iterator[tuple[tuple[str, Record], Iterable[Hashable]]]:
    for name, records in collections(game):
        if name in read[Game]:

            def changed(gone: Sequence[Record], name: str = name, held: tuple[Record, ...] = records) -> Iterator[Game]:
                left: dict[str, Any] = {name: tuple(r for r in held if not any(r is one for one in gone))}
                yield dataclasses.replace(game, **left)

            for record, names in _mattering(records, changed, struck):
                yield (name, record), names


def collections(game: Game) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """The tables of records of a game: offers, commitments, drafts and so on."""
    for part in dataclasses.fields(game):
        value = getattr(game, part.name)
        if isinstance(value, tuple) and all(isinstance(item, Record) for item in value):
            yield part.name, value


def key(collection: str, record: Record) -> Hashable:
    """What a record is known by while it changes: its id, or, without one, all of it."""
    return (collection, getattr(record, "id", record))
