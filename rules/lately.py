"""What was lately made of a value, kept beside that very value: the next state of a game shares most of its pieces with this one.

Like ``functools.lru_cache``, but values are recognised and not compared: only the very same objects give what was made of them before, so
that nothing has to be hashed.  Only for functions that read nothing but their arguments, all of which must be frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def mark(things: Iterable[object]) -> tuple[object, ...]:
    """What some things are recognised by while they are held: words and numbers by what they say, all else by being the very object."""
    return tuple([thing if isinstance(thing, str | int) else id(thing) for thing in things])


def lately(kept: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function remember its last ``kept`` answers by the identity of its (positional) arguments."""

    def remembering(make: Callable[P, T]) -> Callable[P, T]:
        known: dict[object, tuple[tuple[object, ...], T]] = {}

        @wraps(make)
        def found(*args: P.args, **kwargs: P.kwargs) -> T:
            key = tuple(map(id, args))
            held = known.get(key)
            if held is not None:  # the arguments are held as well, so that no other object can have come by their place
                return held[1]
            value = make(*args, **kwargs)
            if len(known) >= kept:
                del known[next(iter(known))]
            known[key] = (args, value)
            return value

        return found

    return remembering
