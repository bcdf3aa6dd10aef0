"""Arithmetic that gives the same bits on every machine.

IEEE 754 fixes the result of ``+ - * /`` and ``sqrt`` to the last bit; it says nothing about ``exp``, ``log`` or the order in which a
library adds up an array, and processors differ there.  Everything the engine stores is therefore made of the fixed operations, with sums
taken from left to right, and of the two functions below.  Shapes: every function works on the last axis or element by element, so a batch
``[..., state]`` gives the bits of its rows computed one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import factorial, frexp, ldexp

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
"""Indices of states."""

_LN2_HIGH = 6.93147180369123816490e-01  # leading bits of ln 2, so that k * _LN2_HIGH is exact for |k| < 2**11
_LN2_LOW = 1.90821492927058770002e-10  # the rest of ln 2
_EXP_MIN, _EXP_MAX = -700.0, 700.0
_ROOT_HALF = 0.7071067811865476  # mantissas are brought into [sqrt(1/2), sqrt(2)), where the series is short
_EXP_SERIES = tuple(1.0 / factorial(n) for n in range(13, -1, -1))  # e**r = sum r**n / n!
_LOG_SERIES = tuple(1.0 / (2 * n + 1) for n in range(9, -1, -1))  # log((1+s)/(1-s)) = 2 s sum s**2n / (2n+1)


def total(values: Array) -> Array:
    """Sum over the last axis, strictly from left to right.  Shape ``[..., n] -> [...]``; an empty axis sums to 0."""
    if values.shape[-1] == 0:
        return np.zeros(values.shape[:-1])
    running: Array = np.add.accumulate(values, axis=-1)
    return running[..., -1]


def add(values: Iterable[float]) -> float:
    """Sum of a few numbers from left to right (the built-in ``sum`` rounds differently from Python 3.12 on)."""
    running = 0.0
    for value in values:
        running += value
    return running


def product(values: Array) -> Array:
    """Product over the last axis, strictly from left to right.  Shape ``[..., n] -> [...]``; an empty axis gives 1."""
    if values.shape[-1] == 0:
        return np.ones(values.shape[:-1])
    running: Array = np.multiply.accumulate(values, axis=-1)
    return running[..., -1]


def exp(x: Array | float) -> Array:
    """e**x within 1e-12 of the true value (relative); arguments are clipped to +-700.  Element by element."""
    clipped = np.minimum(np.maximum(np.asarray(x, dtype=np.float64), _EXP_MIN), _EXP_MAX)
    k = np.rint(clipped / (_LN2_HIGH + _LN2_LOW))
    r = (clipped - k * _LN2_HIGH) - k * _LN2_LOW
    result: Array = np.ldexp(_polynomial(r, _EXP_SERIES), k.astype(np.int32))
    return result


def exp_one(x: float) -> float:
    """``exp`` of one number, with the same bits, without the price of an array."""
    clipped = min(max(x, _EXP_MIN), _EXP_MAX)
    k = round(clipped / (_LN2_HIGH + _LN2_LOW))
    r = (clipped - k * _LN2_HIGH) - k * _LN2_LOW
    value = _EXP_SERIES[0]
    for coefficient in _EXP_SERIES[1:]:
        value = value * r + coefficient
    return ldexp(value, k)


def log_one(x: float) -> float:
    """``log`` of one number, with the same bits, without the price of an array."""
    mantissa, k = frexp(x)
    if mantissa < _ROOT_HALF:
        mantissa, k = mantissa * 2.0, k - 1
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square, value = s * s, _LOG_SERIES[0]
    for coefficient in _LOG_SERIES[1:]:
        value = value * square + coefficient
    return k * _LN2_HIGH + (2.0 * s * value + k * _LN2_LOW)


def log(x: Array | float) -> Array:
    """Natural logarithm within 1e-12 (absolute near 1, relative elsewhere) for x > 0.  Element by element."""
    mantissa, exponent = np.frexp(np.asarray(x, dtype=np.float64))
    small = mantissa < _ROOT_HALF
    mantissa = np.where(small, mantissa * 2.0, mantissa)
    k = np.where(small, exponent - 1, exponent).astype(np.float64)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    result: Array = k * _LN2_HIGH + (2.0 * s * _polynomial(s * s, _LOG_SERIES) + k * _LN2_LOW)
    return result


def _polynomial(x: Array, coefficients: tuple[float, ...]) -> Array:
    """Horner's rule, highest coefficient first, one multiplication and one addition at a time."""
    value = np.full(x.shape, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value


def power(x: Array | float, exponent: float) -> Array:
    """x**exponent for x >= 0 (0**exponent is 0 for a positive exponent, 1 for 0).  Element by element."""
    base = np.asarray(x, dtype=np.float64)
    if exponent == 1.0:
        return base
    if exponent == 0.0:
        return np.ones_like(base)
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
