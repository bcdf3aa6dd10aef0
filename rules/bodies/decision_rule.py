"""How a body decides, in one form for all bodies: tallies that must be reached, and members whose no defeats a draft.

A *tally* gives points to every choice of every member and asks for a minimum.  Nine yes of fifteen, a majority of those who vote, two
thirds, votes by weight, so many heads or people behind the yes, a quorum: each is a tally.  Where abstaining does not count, an abstention
is worth just what keeps the balance, so that a share of the votes cast is a sum like any other.  A consensus is a body in which every no is
a veto and nothing else is asked for: silence is consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YES, NO, ABSTAIN, ABSENT = range(4)
"""Places of the choices in a row of points; the first three are those of ``vocabulary.CHOICES``."""
Points = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """One count of a vote: what each choice of each member adds to it, and how much is needed."""

    name: str
    points: tuple[Points, ...]
    needed: int


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A decision rule: all tallies must be reached and nobody who may veto says no.  Members stand in the order of the council.

    Compared by identity, so that what follows from it can be found once.
    """

    tallies: tuple[Tally, ...]
    veto: tuple[bool, ...]


def in_favour(weights: tuple[int, ...], needed: int, name: str = "in favour") -> Tally:
    """So many votes in favour, whatever the others do."""
    return Tally(name, tuple((w, 0, 0, 0) for w in weights), needed)


def of_those_voting(weights: tuple[int, ...], numerator: int, denominator: int, *, more: bool) -> Tally:
    """A share of the yes and no votes: ``more`` than it, or at least it (then somebody must be in favour besides).

    yes / (yes + no) >= a / b is the same as yes (b - a) - no a >= 0; adding ``a`` for each vote that could be cast keeps points above zero.
    """
    points = tuple((w * denominator, 0, w * numerator, w * numerator) for w in weights)
    level = numerator * sum(int(w) for w in weights)
    return Tally("of those voting", points, level + 1 if more else level)


def present(members: int, needed: int) -> Tally:
    """So many members that cast a ballot, an abstention being one."""
    return Tally("present", ((1, 1, 1, 0),) * members, needed)


def reached(tally: Tally, places: Mapping[int, int]) -> int:
    """Points of a tally when the members at ``places`` choose as given; members that are not there are absent."""
    return sum(int(points[places.get(k, ABSENT)]) for k, points in enumerate(tally.points))


def carried(rule: Rule, places: Mapping[int, int]) -> bool:
    """Whether a draft is adopted; ``places``: place of a member -> place of its choice."""
    vetoed = any(veto and places.get(k) == NO for k, veto in enumerate(rule.veto))
    return not vetoed and all(reached(tally, places) >= tally.needed for tally in rule.tallies)
