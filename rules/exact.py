"""Arithmetic that gives the same bits on every machine.

IEEE 754 fixes the result of ``+ - * /`` and ``sqrt`` to the last bit; it says nothing about ``exp``, ``log`` or the order in which a
library adds up an array, and processors differ there.  Everything the engine stores is therefore made of the fixed operations, with sums
taken from left to right, and of the two functions below.  Shapes: every function works on the last axis or element by element, so a batch
``[..., state]`` gives the bits of its rows computed one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import frexp, isqrt, ldexp, sqrt

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
"""Indices of states."""

_LN2_HIGH = 6.93147180369123816490e-01  # leading bits of ln 2, so that k * _LN2_HIGH is exact for |k| < 2**21
_LN2_LOW = 1.90821492927058770002e-10  # the rest of ln 2
SQUARE_ROOT = 0.5  # the one root that every machine rounds alike
FEW = 8  # numbers, up to which one by one is faster than by array; the bits are the same
MANY = 256  # numbers that ran up, from which the last of them is kept by itself
SUMS = 128  # so many sums at a time are faster taken abreast, number by number, than one after the other
_EXP_MIN, _EXP_MAX = -700.0, 700.0
_FINE_BITS = 10  # e**x is looked up for every 1024th of a power of two, and corrected by a short series
_FINE = 1 << _FINE_BITS
_STEP_HIGH, _STEP_LOW = _LN2_HIGH / _FINE, _LN2_LOW / _FINE
_STEPS = _FINE / (_LN2_HIGH + _LN2_LOW)
_GRID = 256  # log x is looked up for every 256th, and corrected by a short series
_THIRD, _FIFTH, _SIXTH = 1.0 / 3.0, 1.0 / 5.0, 1.0 / 6.0
_WORK_BITS = 128  # of the integers that the tables are made with


def _powers_of_two() -> list[float]:
    """2**(j / 1024), each correctly rounded: the root by square roots of integers, its powers by multiplying them."""
    root = 2 << _WORK_BITS
    for _ in range(_FINE_BITS):
        root = isqrt(root << _WORK_BITS)
    powers = [1 << _WORK_BITS]
    for _ in range(_FINE - 1):
        powers.append((powers[-1] * root) >> _WORK_BITS)
    return [power / (1 << _WORK_BITS) for power in powers]


def _logarithm(numerator: int, denominator: int) -> float:
    """log of a fraction between 1/sqrt(2) and sqrt(2), correctly rounded: 2 (s + s**3/3 + ...), s = (n-d)/(n+d), in integers."""
    s = ((numerator - denominator) << _WORK_BITS) // (numerator + denominator)
    square, term, found = (s * s) >> _WORK_BITS, s, 0
    for n in range(1, _WORK_BITS, 2):
        found += term // n
        term = (term * square) >> _WORK_BITS
    return 2 * found / (1 << _WORK_BITS)


_POWERS = _powers_of_two()
_DOUBLED = [1 if 2 * j * j < _GRID * _GRID else 0 for j in range(_GRID + 1)]  # mantissas j/256 below sqrt(1/2) count as twice as large
_LOGS = [0.0] * (_GRID // 2) + [_logarithm(j << _DOUBLED[j], _GRID) for j in range(_GRID // 2, _GRID + 1)]
_POWERS_ARRAY, _DOUBLED_ARRAY, _LOGS_ARRAY = np.array(_POWERS), np.array(_DOUBLED, dtype=np.int32), np.array(_LOGS)


def total(values: Array) -> Array:
    """Sum over the last axis, strictly from left to right.  Shape ``[..., n] -> [...]``; an empty axis sums to 0."""
    length = values.shape[-1]
    if length == 0:
        return np.zeros(values.shape[:-1])
    if values.size >= SUMS * length:
        whole: Array = values[..., 0].copy()
        for place in range(1, length):
            whole += values[..., place]
        return whole
    running: Array = np.add.accumulate(values, axis=-1)
    return _alone(running)


def product(left: Array, right: Array) -> Array:
    """The product of matrices, each sum strictly from left to right.  ``[..., n, k]``, ``[..., k, m]`` -> ``[..., n, m]``."""
    rows, columns = np.moveaxis(left, -1, 0)[..., None, :], np.moveaxis(right, -2, 0)[..., None]  # [k, ..., 1, n] and [k, ..., m, 1]
    if rows[:1].size * right.shape[-1] < SUMS:
        return total(left[..., :, None, :] * np.swapaxes(right, -1, -2)[..., None, :, :])
    rows, columns = np.ascontiguousarray(rows), np.ascontiguousarray(columns)
    whole = rows[0] * columns[0]
    part = np.empty_like(whole)
    for place in range(1, len(rows)):
        whole += np.multiply(rows[place], columns[place], out=part)
    return np.swapaxes(whole, -1, -2)


def add(values: Iterable[float]) -> float:
    """Sum of a few numbers from left to right (the built-in ``sum`` rounds differently from Python 3.12 on)."""
    running = 0.0
    for value in values:
        running += value
    return running


def _alone(running: Array) -> Array:
    """The last of what ran up, without the rest: a few numbers that somebody keeps must not keep an array of a world."""
    last: Array = running[..., -1]
    return last.copy() if running.size >= MANY else last


def exp(x: Array | float) -> Array:
    """e**x within 1e-12 of the true value (relative); arguments are clipped to +-700.  Element by element."""
    clipped = np.minimum(np.maximum(np.asarray(x, dtype=np.float64), _EXP_MIN), _EXP_MAX)
    steps = np.rint(clipped * _STEPS)
    r = (clipped - steps * _STEP_HIGH) - steps * _STEP_LOW
    k = steps.astype(np.int32)
    near = _POWERS_ARRAY.take(k & (_FINE - 1))
    result: Array = np.ldexp(near + near * (r * (1.0 + r * (0.5 + r * _SIXTH))), k >> _FINE_BITS)
    return result


def exp_one(x: float) -> float:
    """``exp`` of one number, with the same bits, without the price of an array."""
    clipped = min(max(x, _EXP_MIN), _EXP_MAX)
    k = round(clipped * _STEPS)
    r = (clipped - k * _STEP_HIGH) - k * _STEP_LOW
    near = _POWERS[k & (_FINE - 1)]
    return ldexp(near + near * (r * (1.0 + r * (0.5 + r * _SIXTH))), k >> _FINE_BITS)


def log(x: Array | float) -> Array:
    """Natural logarithm within 1e-12 (absolute near 1, relative elsewhere) for x > 0.  Element by element."""
    mantissa, exponent = np.frexp(np.asarray(x, dtype=np.float64))
    place = np.rint(mantissa * _GRID)
    near = place * (1.0 / _GRID)
    j = place.astype(np.int32)
    k = exponent - _DOUBLED_ARRAY.take(j)
    s = (mantissa - near) / (mantissa + near)
    square = s * s
    rest = (s + s) * (1.0 + square * (_THIRD + square * _FIFTH))
    result: Array = k * _LN2_HIGH + (_LOGS_ARRAY.take(j) + (rest + k * _LN2_LOW))
    return result


def log_one(x: float) -> float:
    """``log`` of one number, with the same bits, without the price of an array."""
    mantissa, exponent = frexp(x)
    j = round(mantissa * _GRID)
    near = j * (1.0 / _GRID)
    k = exponent - _DOUBLED[j]
    s = (mantissa - near) / (mantissa + near)
    square = s * s
    rest = (s + s) * (1.0 + square * (_THIRD + square * _FIFTH))
    return k * _LN2_HIGH + (_LOGS[j] + (rest + k * _LN2_LOW))


def power(x: Array | float, exponent: float) -> Array:
    """x**exponent for x >= 0 (0**exponent is 0 for a positive exponent, 1 for 0).  Element by element."""
    base = np.asarray(x, dtype=np.float64)
    if exponent == 1.0:
        return base
    if exponent == 0.0:
        return np.ones_like(base)
    if exponent == SQUARE_ROOT:
        return np.sqrt(np.maximum(base, 0.0))
    if base.size <= FEW:
        return np.array([power_one(value, exponent) for value in base.ravel().tolist()]).reshape(base.shape)
    positive = np.where(base > 0.0, base, 1.0)
    return np.where(base > 0.0, exp(exponent * log(positive)), 0.0)


def logistic(x: Array | float) -> Array:
    """1 / (1 + e**-x), element by element."""
    result: Array = 1.0 / (1.0 + exp(-np.asarray(x, dtype=np.float64)))
    return result


def power_one(x: float, exponent: float) -> float:
    """``power`` of one number, with the same bits."""
    if exponent == 1.0:
        return x
    if exponent == 0.0:
        return 1.0
    if exponent == SQUARE_ROOT:
        return sqrt(max(x, 0.0))
    return exp_one(exponent * log_one(x)) if x > 0.0 else 0.0


def logistic_one(x: float) -> float:
    """``logistic`` of one number, with the same bits."""
    return 1.0 / (1.0 + exp_one(-x))


def clip(x: Array | float, low: float, high: float) -> Array:
    """x held between two bounds, element by element."""
    return np.minimum(np.maximum(np.asarray(x, dtype=np.float64), low), high)


def logit_choice(utilities: Array, skill: Array | float) -> Array:
    """Quantal response: choice probabilities ~ exp(skill * utility) over the last axis (McKelvey and Palfrey 1995)."""
    best = np.maximum.reduce(utilities, axis=-1)
    weights = exp(skill * (utilities - best[..., None]))
    return weights / total(weights)[..., None]


def frozen(values: object) -> Array:
    """A read-only float array with the given values, in row-major order."""
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array
