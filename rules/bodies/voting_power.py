"""What a vote weighs: the chance that a draft passes, and the power to turn the outcome, from any decision rule.

Members vote independently.  For each of them the chance that those before and after it in the list bring at least so many points is built
up member by member; the two are then joined around its own choice.  This is exact, and costs members x points instead of all ways to vote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import factorial, gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from rules.bodies.decision_rule import ABSENT, NO, YES, Rule, Tally
from rules.exact import Array

Places = npt.NDArray[np.intp]
Counts = npt.NDArray[Any]  # whole numbers: of the machine while they fit, else Python's own
WHOLE_BITS = 60  # so many members give counts below 2**63
MISSED = 1e-12  # a tally that is missed less often, whatever any one member does, is not counted beside others where that costs much
COUNTED_TOGETHER = 100_000  # members x cells up to which all tallies are counted together
MET_TOGETHER = 60_000  # numbers that are multiplied in one array, which fit into a processor's cache
CELLS_MAX = 1_000_000  # members x points of a rule that can be counted: 193 members and two thirds take 0.15 million


@dataclass(frozen=True, eq=False)
class _Plan:
    """A rule made ready for counting.  A cell says how many points are needed, a *step back* leads to what is needed after a choice.

    Two walks over the members are taken together, from the first on and from the last on, in an array [members, walk, cell].
    ``spans [members]``: the cells that matter after so many; ``back``, for each step, ``[choice, walk, cell of the span]``: where in an
    array [walk, cell] it comes from.  ``rest [cell, member, choice]``: what later members must bring when the earlier ones brought so much
    and the member chose so.  ``near [cell, 2]``: the members, from one up to another, at whom the walks can meet there.
    """

    shape: tuple[int, ...]
    back: tuple[Places, ...]
    spans: tuple[slice, ...]
    rest: Places
    near: Places
    veto: npt.NDArray[np.bool_]


def adoption_chance(rule: Rule, chance: Array) -> Array:
    """Chance that a draft passes, for each choice of each member, the others voting independently.

    ``chance [..., member, choice]`` -> the same shape.  Choices are yes, no, abstain and, if there is a fourth column, absent.  Only of
    great bodies it is not exact: a tally that is all but sure to be reached, such as a quorum, is left out, which errs by ``MISSED``.
    """
    if len(rule.tallies) == 1 or _labour(_plan(rule, chance.shape[-1])) <= COUNTED_TOGETHER:
        return _counted(rule, chance)
    cases = chance.reshape((-1, *chance.shape[-2:]))
    alone = np.array([_counted(_part(rule, (k,), vetoed=False), cases) for k in range(len(rule.tallies))])
    doubtful = alone.min(axis=(-2, -1)) < 1.0 - MISSED
    table = np.empty_like(cases)
    for kept in sorted(set(map(tuple, doubtful.T.tolist()))):
        alike = (doubtful == np.array(kept)[:, None]).all(axis=0)
        left = tuple(k for k, is_kept in enumerate(kept) if is_kept)
        known = len(left) == 1 and not any(rule.veto)
        table[alike] = alone[left[0], alike] if known else _counted(_part(rule, left, vetoed=True), cases[alike])
    return table.reshape(chance.shape)


@lru_cache(maxsize=256)
def _part(rule: Rule, kept: tuple[int, ...], *, vetoed: bool) -> Rule:
    """A rule with some of its tallies, with or without its vetoes."""
    return Rule(tuple(rule.tallies[k] for k in kept), rule.veto if vetoed else (False,) * len(rule.veto))


def _labour(plan: _Plan) -> int:
    return len(plan.veto) * len(plan.rest)


def _counted(rule: Rule, chance: Array) -> Array:
    """The same, all tallies counted together.  Inside, the cases stand last, so that all of them take each step abreast."""
    plan = _plan(rule, chance.shape[-1])
    shares = np.moveaxis(chance.reshape((-1, *chance.shape[-2:])), 0, -1).copy()  # [member, choice, case]
    shares[plan.veto, NO] = 0.0
    table = _met(plan, _walks(plan, shares))
    table[plan.veto, NO] = 0.0
    return np.ascontiguousarray(np.moveaxis(table, -1, 0)).reshape(chance.shape)


def _walks(plan: _Plan, shares: Array) -> Array:
    """Chance that so many of the first members, and so many of the last, bring at least so many points.  [members, walk, cell, case]."""
    size, _, cases = shares.shape
    steps = np.stack([shares, shares[::-1]], axis=2)[:, :, :, None]
    walks = np.zeros((size, 2, len(plan.rest), cases))
    walks[0, :, 0] = 1.0
    for k, back in enumerate(plan.back):
        behind = walks[k].reshape((-1, cases)).take(back, axis=0)
        behind *= steps[k]
        ahead = walks[k + 1, :, plan.spans[k + 1]]
        np.add(behind[0], behind[1], out=ahead)
        for further in behind[2:]:
            ahead += further
    return walks


def _met(plan: _Plan, walks: Array) -> Array:
    """Where the two walks meet around each member's choice: the chance of enough.  Shape [member, choice, case]."""
    size, _, cells, cases = walks.shape
    exactly = _differences(np.swapaxes(walks[:, 0], 0, 1).copy(), plan.shape)[:, :, None]
    later = walks.reshape((-1, cases))
    table = np.zeros((size, plan.rest.shape[-1], cases))
    together = max(1, MET_TOGETHER // table.size)
    for first in range(0, cells, together):
        some = slice(first, first + together)
        members = slice(plan.near[some, 0].min(), plan.near[some, 1].max())
        for part in later.take(plan.rest[some, members], axis=0) * exactly[some, members]:
            table[members] += part
    return table


def _differences(at_least: Array, shape: tuple[int, ...]) -> Array:
    """Chance of exactly so many points (the last cell: so many or more), in the place of that of at least so many.  Shape [cell, ...]."""
    grid = at_least.reshape((*shape, *at_least.shape[1:]))
    for axis in range(len(shape)):
        along = np.swapaxes(grid, 0, axis)
        for cell in range(len(along) - 1):
            along[cell] -= along[cell + 1]
    return at_least


@lru_cache(maxsize=64)
def _plan(rule: Rule, choices: int) -> _Plan:
    """Cells and steps of a rule for votes with so many choices; tallies that cannot be missed are left out."""
    steps, needs = [], []
    for tally in rule.tallies:
        gains, needed = _above_the_least(rule, tally, choices)
        if needed > 0:
            steps.append(gains)
            needs.append(needed)
    shape = tuple(needed + 1 for needed in needs) or (1,)
    grid = np.indices(shape).reshape(len(shape), -1)  # [tally, cell]: points needed
    size, cells = len(rule.veto), grid.shape[-1]
    back = np.zeros((size, choices, cells), dtype=np.intp)
    for k in range(size):
        for choice in range(choices):
            given = np.array([gains[k][choice] for gains in steps] or [0])
            back[k, choice] = np.ravel_multi_index(tuple(np.maximum(grid - given[:, None], 0)), shape)
    both = np.stack([back, back[::-1] + cells], axis=2)[:-1]
    others = cells * (2 * np.arange(size)[::-1] + 1)  # where the cells of those after each member begin, among the steps of both walks
    rest = np.ascontiguousarray(np.moveaxis(back[..., ::-1] + others[:, None, None], -1, 0))
    return _narrowed(_Plan(shape, tuple(both), (slice(None),) * size, rest, np.zeros((cells, 2), dtype=np.intp), np.array(rule.veto)))


def _narrowed(plan: _Plan) -> _Plan:
    """The same plan without the cells that cannot be reached, or from which enough cannot come any more: there all chances are nothing."""
    size, choices = len(plan.veto), plan.rest.shape[-1]
    possible = _walks(plan, np.ones((size, choices, 1)))[..., 0] > 0.0
    meets = np.swapaxes(possible[:, 0], 0, 1)[..., None] & possible.reshape(-1)[plan.rest]  # [cell, member, choice]
    near = np.any(meets, axis=-1)
    matters = np.zeros_like(possible)
    matters[:, 0] = near.T
    matters.reshape(-1)[plan.rest[meets]] = True
    spans = tuple(slice(first, stop) for first, stop in _ends(np.any(matters, axis=1)).tolist())
    back = tuple(np.ascontiguousarray(back[..., span]) for back, span in zip(plan.back, spans[1:], strict=True))
    return replace(plan, back=back, spans=spans, near=_ends(near))


def _ends(marks: npt.NDArray[np.bool_]) -> Places:
    """Where the marks of each row begin, and where they have ended.  Shape [row, 2]."""
    length = marks.shape[-1]
    ends: Places = np.stack([marks.argmax(axis=1), length - marks[:, ::-1].argmax(axis=1)], axis=1)
    return np.where(np.any(marks, axis=1, keepdims=True), ends, [length, 0])


def _above_the_least(rule: Rule, tally: Tally, choices: int) -> tuple[list[list[int]], int]:
    """Points above what each member gives whatever it chooses, in the largest common unit, and what is needed of them."""
    gains, sure = [], 0
    for veto, points in zip(rule.veto, tally.points, strict=True):
        least = min(p for c, p in enumerate(points[:choices]) if not (veto and c == NO))
        gains.append([max(p - least, 0) for p in points[:choices]])
        sure += least
    unit = gcd(*(gain for row in gains for gain in row)) or 1
    return [[gain // unit for gain in row] for row in gains], -((sure - tally.needed) // unit)


def labour(rule: Rule) -> int:
    """How much counting a rule takes if nobody stays away: members x points, tallies multiplied."""
    found = len(rule.veto)
    for tally in rule.tallies:
        found *= max(_above_the_least(rule, tally, ABSENT)[1], 0) + 1
    return found


@lru_cache(maxsize=64)
def shapley_shubik(rule: Rule) -> tuple[Fraction, ...]:
    """In what share of all orders of the members each is the one whose yes carries the draft (Shapley and Shubik 1954)."""
    size = len(rule.veto)
    shares = [Fraction(factorial(s) * factorial(size - 1 - s), factorial(size)) for s in range(size)]
    found: dict[tuple[int, ...], Fraction] = {}
    games = _yes_or_no(rule)
    if len(set(games.kinds)) == 1 and games.needs and all(n <= size * k for n, k in zip(games.needs, games.kinds[0], strict=True)):
        return (Fraction(1, size),) * size  # alike, and together they carry a draft
    for kind in games.kinds:
        if kind not in found:
            turned = _turned(games, kind)
            found[kind] = Fraction(0)
            for share, count in zip(shares, turned, strict=True):
                found[kind] += share * count
    return tuple(found[kind] for kind in games.kinds)


@lru_cache(maxsize=64)
def banzhaf(rule: Rule) -> tuple[Fraction, ...]:
    """Each member's share of all swings: coalitions that win with it and lose without it (Penrose 1946; Banzhaf 1965)."""
    games = _yes_or_no(rule)
    swings: dict[tuple[int, ...], int] = {}
    for kind in games.kinds:
        if kind not in swings:
            swings[kind] = _whole(_turned(games, kind))
    every = _whole(swings[kind] for kind in games.kinds)
    return tuple(Fraction(swings[kind], every) if every else Fraction(0) for kind in games.kinds)


def _whole(counts: Iterable[int]) -> int:
    return sum(int(count) for count in counts)


@dataclass(frozen=True)
class _YesOrNo:
    """A rule as a simple game: what each member's yes adds to every tally, and what is needed.  Vetoes are one more tally."""

    kinds: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...]


def _yes_or_no(rule: Rule) -> _YesOrNo:
    columns: list[list[int]] = []
    needs: list[int] = []
    for tally in rule.tallies:
        sure = _whole(points[NO] for points in tally.points)
        gains = [points[YES] - points[NO] for points in tally.points]
        unit = gcd(*gains) or 1
        columns.append([gain // unit for gain in gains])
        needs.append(max(-((sure - tally.needed) // unit), 0))
    if any(rule.veto):
        columns.append([int(veto) for veto in rule.veto])
        needs.append(len([veto for veto in rule.veto if veto]))
    kept = [k for k, needed in enumerate(needs) if needed]
    kinds = tuple(tuple(columns[k][i] for k in kept) for i in range(len(rule.veto)))
    return _YesOrNo(kinds, tuple(needs[k] for k in kept))


def _turned(game: _YesOrNo, kind: tuple[int, ...]) -> list[int]:
    """How many coalitions of each size, out of the others, a member of this kind turns from losing into winning."""
    others = list(game.kinds)
    others.remove(kind)
    shape = tuple(needed + 1 for needed in game.needs)
    counts = np.zeros((len(game.kinds), *shape), dtype=np.int64 if len(others) <= WHOLE_BITS else object)
    counts[(0,) * counts.ndim] = 1
    for other in others:
        grown = np.zeros_like(counts)
        grown[1:] = counts[:-1]
        for axis, gain in enumerate(other, start=1):
            grown = _raised(grown, axis, gain)
        counts = counts + grown
    flat = counts.reshape(len(game.kinds), -1)
    short = np.indices(shape).reshape(len(shape), -1) if shape else np.zeros((0, 1), dtype=np.intp)
    missing = np.array(game.needs)[:, None] - short
    turned = (missing <= np.array(kind)[:, None]).all(axis=0) & (missing > 0).any(axis=0)
    return [_whole(row) for row in flat[:, turned].tolist()]


def _raised(counts: Counts, axis: int, gain: int) -> Counts:
    """All counts moved up by ``gain`` points along an axis; what goes beyond the last cell stays in it."""
    along = np.swapaxes(counts, 0, axis)
    size = along.shape[0]
    step = min(gain, size - 1)
    moved = np.zeros_like(along)
    moved[step:] = along[: size - step]
    if step:
        moved[-1] = np.add.accumulate(along[size - 1 - step :], axis=0)[-1]
    return np.swapaxes(moved, 0, axis)
