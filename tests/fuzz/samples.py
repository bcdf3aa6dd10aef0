"""Valid values of any type of the protocol, drawn from the type itself, so that nothing added is forgotten."""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rules import orders, vocabulary
from rules.wire import frames as f

FRAMES_IN: tuple[type[BaseModel], ...] = get_args(f.InKinds)
FRAMES_OUT: tuple[type[BaseModel], ...] = get_args(f.OutKinds)
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ODD_TEXTS = ("", "a", "\x00", "\ud7ff", "\U0010ffff", "ünïcödé", "\u202e", '"\\/\n', "word " * 12)


def _word(chance: Random, letters: str, low: int, high: int) -> str:
    return "".join(chance.choices(letters, k=chance.randint(low, high)))


def _step(chance: Random) -> str:
    numbers = [chance.randint(0, 9999) for _ in range(4)]
    return f"clock:{numbers[0]}:{numbers[1]}:{_word(chance, ALPHABET[:26], 1, 16)}:{numbers[2]}:{numbers[3]}"


def _country(chance: Random) -> str:
    return _word(chance, LETTERS, 3, 3)


_BY_PATTERN: dict[str, Callable[[Random], str]] = {}


def _spells(alias: object, draw: Callable[[Random], str]) -> None:
    for pattern in _patterns(alias):
        _BY_PATTERN[pattern] = draw


def _patterns(hint: object) -> list[str]:
    return [item.pattern for item in getattr(hint, "__metadata__", ()) if getattr(item, "pattern", None)]


_spells(vocabulary.Country, _country)
_spells(vocabulary.Name, lambda chance: _word(chance, ALPHABET, 1, 1) + _word(chance, ALPHABET + ".:-", 0, 63))
_spells(orders.OrderId, lambda chance: _word(chance, LETTERS, 1, 1) + _word(chance, ALPHABET + ":._-", 0, 79))
_spells(orders.Author, lambda chance: chance.choice([_country(chance), "clock", "control"]))
_spells(f.SessionId, lambda chance: _word(chance, ALPHABET + "-", 1, 40))
_spells(f.Token, lambda chance: _word(chance, LETTERS + ALPHABET + "_-", 43, 43))
_spells(f.StepId, _step)


def sample(chance: Random, hint: Any) -> Any:  # noqa: ANN401  # any type in, a value of it out
    """A valid value of a type of the protocol.

    Raises:
        TypeError: the type, or a pattern in it, is of a kind that nobody taught this function.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        return _constrained(chance, get_args(hint)[0], get_args(hint)[1:])
    if origin is Literal:
        return chance.choice(get_args(hint))
    if origin in (Union, types.UnionType):
        return sample(chance, chance.choice(get_args(hint)))
    if origin is tuple:
        return tuple(sample(chance, get_args(hint)[0]) for _ in range(chance.choice((0, 1, 1, 2, 5))))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint(**{name: _field(chance, info) for name, info in hint.model_fields.items()})
    if hint in _SCALARS:
        return _SCALARS[hint](chance)
    raise TypeError(f"nobody taught me to draw a {hint!r}")


def plain(chance: Random, depth: int = 3) -> object:
    """Any plain value: what stands in a packed view."""
    kind = chance.randrange(7 if depth else 5)
    if kind == 5:
        return tuple(plain(chance, depth - 1) for _ in range(chance.randrange(4)))
    if kind == 6:
        return {_word(chance, ALPHABET, 1, 9): plain(chance, depth - 1) for _ in range(chance.randrange(4))}
    return _SCALARS[(type(None), bool, int, float, str)[kind]](chance)


_SCALARS: dict[Any, Callable[[Random], object]] = {
    type(None): lambda _: None,
    bool: lambda chance: chance.random() < 0.5,
    int: lambda chance: chance.choice((0, 1, -1, 2**53, -(2**62), chance.randint(-999, 999))),
    float: lambda chance: chance.choice((0.0, -0.0, 1.0, 5e-324, 1.7e308, 0.1, chance.uniform(-9.0, 9.0))),
    str: lambda chance: chance.choice(ODD_TEXTS),
    object: plain,
    dict[str, object]: lambda chance: {f"k{n}": plain(chance) for n in range(chance.randrange(5))},
}


def _field(chance: Random, info: FieldInfo) -> object:
    return _constrained(chance, info.annotation, tuple(info.metadata))


def _constrained(chance: Random, hint: Any, marks: tuple[Any, ...]) -> object:  # noqa: ANN401  # as ``sample``
    bounds: dict[str, Any] = {}
    for mark in marks:
        for part in mark.metadata if isinstance(mark, FieldInfo) else (mark,):
            for name in ("pattern", "ge", "le", "min_length", "max_length"):
                if getattr(part, name, None) is not None:
                    bounds[name] = getattr(part, name)
    if "pattern" in bounds:
        text = _by_pattern(chance, bounds["pattern"])
        assert re.search(bounds["pattern"], text), (bounds, text)
        return text
    if "ge" in bounds:
        high = bounds.get("le", bounds["ge"] + 10**6)
        return chance.randint(bounds["ge"], high) if hint is int else chance.uniform(bounds["ge"], high)
    if "max_length" in bounds:
        return _sized(chance, hint, bounds)
    return sample(chance, hint)


def _by_pattern(chance: Random, pattern: str) -> str:
    if pattern not in _BY_PATTERN:
        raise TypeError(f"nobody taught me to spell {pattern}")
    return _BY_PATTERN[pattern](chance)


def _sized(chance: Random, hint: Any, bounds: dict[str, Any]) -> object:  # noqa: ANN401  # as ``sample``
    low, high = bounds.get("min_length", 0), bounds["max_length"]
    size = chance.choice((low, min(low + 1, high), min(low + 2, high), high if chance.random() < 0.02 else low))
    if hint is str:
        return _word(chance, "text ünï", size, size)
    return tuple(sample(chance, get_args(hint)[0]) for _ in range(size))
