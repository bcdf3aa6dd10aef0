"""What was lately made of a value, kept beside that very value: the next state of a game shares most of its pieces with this one.

Like ``functools.lru_cache``, but values are recognised and not compared: only the very same objects give what was made of them before, so
that nothing has to be hashed.  Only for functions that read nothing but their arguments, all of which must be frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, Self, TypeVar, overload

Owner = TypeVar("Owner")
Held = TypeVar("Held")
P = ParamSpec("P")
T = TypeVar("T")


class once(Generic[Owner, T]):  # noqa: N801 - a decorator, as is ``property``
    """Like ``functools.cached_property``, without its lock, which costs more than most of what is found."""

    def __init__(self, find: Callable[[Owner], T]) -> None:
        self._find, self.__doc__ = find, find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Owner, owner: type) -> T: ...
    def __get__(self, instance: Owner | None, owner: type) -> Self | T:
        """What was found, from the second time on straight out of the instance."""
        if instance is None:
            return self
        value = vars(instance)[self._name] = self._find(instance)
        return value


class Later(Generic[T]):
    """Something that is made when it is first asked for, and kept."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    @once
    def value(self) -> T:
        """What it is."""
        return self._make()


def beside(make: Callable[Concatenate[Held, P], T]) -> Callable[Concatenate[Held, P], T]:
    """Make a function keep its answers in its first argument, which is frozen, for as long as that lives; the others are compared.

    What follows from the same thing for a session is gone when the session is: nothing has to be counted.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def found(owner: Held, /, *args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "what it follows from is told by its place"
        known: dict[object, T] = vars(owner).setdefault(name, {})
        try:
            return known[args]
        except KeyError:
            value = known[args] = make(owner, *args, **kwargs)
            return value

    def forget() -> None:
        nonlocal name
        name += "'"  # what lies under the old name is not found again

    vars(found)["cache_clear"] = forget  # as ``functools.lru_cache`` has it
    return found


_BY_VALUE = (str, int)


def mark(things: Iterable[object]) -> tuple[object, ...]:
    """What some things are recognised by while they are held: words and numbers by what they say, all else by being the very object."""
    return tuple([thing if isinstance(thing, _BY_VALUE) else id(thing) for thing in things])


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

        vars(found)["cache_clear"] = known.clear  # as ``functools.lru_cache`` has it
        return found

    return remembering
