"""On what a clause can hang: another's vote, a council's decision, an attack, a contribution, a payment, a word kept (W155).

A condition is about the acts of one turn.  Several can be joined by ``and``; nothing else, so that people can still read the terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from rules.visibility import PUBLIC, Record
from rules.words import Choice, Country, Money, Name


class Voted(Record):
    """A condition on another's public act: ``country`` casts ``choice`` on a draft about ``issue`` (W155)."""

    kind: Annotated[Literal["voted"], PUBLIC] = "voted"
    country: Annotated[Country, PUBLIC]
    issue: Annotated[Name, PUBLIC]
    choice: Annotated[Choice, PUBLIC]


class Adopted(Record):
    """A council adopts a draft about ``issue``; this is how an alliance with an organ of its own decides to act together (W133)."""

    kind: Annotated[Literal["adopted"], PUBLIC] = "adopted"
    issue: Annotated[Name, PUBLIC]
    council: Annotated[Name | None, PUBLIC] = None


class Launched(Record):
    """An operation is carried out by ``leader`` (None: anybody) against ``target`` (None: anybody)."""

    kind: Annotated[Literal["launched"], PUBLIC] = "launched"
    leader: Annotated[Country | None, PUBLIC] = None
    target: Annotated[Country | None, PUBLIC] = None


class Joined(Record):
    """``country`` sends forces to an operation against ``target`` when one is carried out (W131)."""

    kind: Annotated[Literal["joined"], PUBLIC] = "joined"
    country: Annotated[Country, PUBLIC]
    target: Annotated[Country, PUBLIC]


class Paid(Record):
    """``country`` sends ``to`` at least ``amount`` (bn USD) in the turn (W89)."""

    kind: Annotated[Literal["paid"], PUBLIC] = "paid"
    country: Annotated[Country, PUBLIC]
    to: Annotated[Country, PUBLIC]
    amount: Annotated[Money, PUBLIC]


class Honoured(Record):
    """``country`` has broken nothing so far under ``commitment`` (None: under these terms)."""

    kind: Annotated[Literal["honoured"], PUBLIC] = "honoured"
    country: Annotated[Country, PUBLIC]
    commitment: Annotated[Name | None, PUBLIC] = None


Single = Annotated[Voted | Adopted | Launched | Joined | Paid | Honoured, Field(discriminator="kind")]


class Every(Record):
    """All of these together."""

    kind: Annotated[Literal["every"], PUBLIC] = "every"
    of: Annotated[Annotated[tuple[Single, ...], Field(min_length=2, max_length=4)], PUBLIC]


Singles = Voted | Adopted | Launched | Joined | Paid | Honoured
Condition = Annotated[Singles | Every, Field(discriminator="kind")]
CONDITIONS = (Voted, Adopted, Launched, Joined, Paid, Honoured, Every)


def singles(when: Singles | Every | None) -> Iterator[Singles]:
    """The conditions of which a condition is made."""
    if isinstance(when, Every):
        yield from when.of
    elif when is not None:
        yield when


def vote_of(when: Singles | Every | None) -> Voted | None:
    """The vote that a clause hangs on, if it hangs on one."""
    if when is None or isinstance(when, Voted):
        return when
    return next((single for single in singles(when) if isinstance(single, Voted)), None)


def hangs_on_words(when: Singles | Every | None) -> bool:
    """Whether a clause hangs on nothing but words kept, so that it can be counted on until one is broken."""
    return when is None or all(isinstance(single, Honoured) for single in singles(when))
