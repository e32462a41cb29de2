"""Where a block of partial waves starts: values to 30 digits, phases included, at any order and argument.

Order zero is elementary. Elsewhere below the turning point the Debye expansion (DLMF 10.19.6) holds; with the distance
to the turning point at least ``CLEARANCE`` x^(1/3) its phase exceeds 400, and twelve terms leave 1e-28. It is evaluated
with mpmath so that a phase of 1e13 keeps 30 digits after reduction: a double would keep three.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath

CLEARANCE = 60.0
"""Distance from the turning point, in units of x^(1/3), below which no block may start."""
_TERMS = 16
_GUARD_DIGITS = 45
_SMALL = 1e-20
"""Terms of a series near 1 that need no more than the digits of doubles: 1e-35 of the sum."""


@cache
def context(digits: int) -> Any:
    """A private mpmath context, so that threads never change each other's precision."""
    private = mpmath.mp.clone()
    private.dps = digits
    return private


def precision(delta: float) -> Any:
    """The context in which the difference of waves at x and x(1 + delta) keeps 40 digits."""
    return context(_GUARD_DIGITS + 10 * max(0, math.ceil(-math.log10(abs(delta)) / 10)))


@cache
def _debye_coefficients(context_):
    """a_kj of U_k(p) = sum_j a_kj p^(k + 2j), DLMF 10.41.9, j = 0...k; the same in doubles."""
    rows = [[Fraction(1)]]
    for k in range(_TERMS - 1):
        new = [Fraction(0)] * (k + 2)
        for j, a in enumerate(rows[-1]):
            power = k + 2 * j
            new[j] += a * (Fraction(power, 2) + Fraction(1, 8 * (power + 1)))
            new[j + 1] -= a * (Fraction(power, 2) + Fraction(5, 8 * (power + 3)))
        rows.append(new)
    return [[context_.mpf(a.numerator) / a.denominator for a in row] for row in rows], [
        list(map(float, row)) for row in rows
    ]


def hankel(order: int, x: Any, context_: Any) -> Any:
    """h_l^(1)(x) as a complex mpmath number, for l = 0, -1 or l + 1/2 < x - CLEARANCE x^(1/3).

    ``order`` is l, ``x`` an mpmath number. DLMF 10.49.6 (l = 0, -1), 10.19.6.
    """
    if order <= 0:
        wave = context_.expj(x) / x
        return context_.mpc(0, -1) * wave if order == 0 else wave
    nu = order + context_.mpf("0.5")
    s = context_.sqrt((x - nu) * (x + nu))
    angle = s - nu * context_.acos(nu / x) - context_.pi / 4
    return context_.expj(angle) * _series(nu, s, context_) / context_.sqrt(x * s)


def hankel_pair(order: int, x: Any, context_: Any) -> tuple[Any, Any]:
    """h_l^(1) and h_(l+1)^(1) at x, for l >= 0 within the range of :func:`hankel`."""
    first = hankel(order, x, context_)
    if order == 0:
        return first, first / x - hankel(-1, x, context_)
    return first, hankel(order + 1, x, context_)


def _series(nu, s, context_):
    """sum_k (-i/s)^k times row k in -(nu/s)^2, whose terms have one sign: in doubles where it is below ``_SMALL``."""
    squared, step = -((nu / s) ** 2), 1 / s
    parts, small, power, last = [context_.one, context_.zero], [0.0, 0.0], context_.one, math.inf
    small_squared, small_step = float(squared), float(step)
    for k, (row, small_row) in enumerate(zip(*_debye_coefficients(context_), strict=True)):
        size = small_step**k * _horner(small_row, small_squared)
        if abs(size) > last or abs(size) < 1e-36:
            break
        power, last, sign = power * step if k else power, abs(size), (1, -1, -1, 1)[k % 4]
        if last < _SMALL:
            small[k % 2] += sign * size
        elif k > 0:
            parts[k % 2] += sign * power * _horner(row, squared)
    return context_.mpc(parts[0] + small[0], parts[1] + small[1])


def _horner(row, variable):
    value = row[-1]
    for coefficient in row[-2::-1]:
        value = value * variable + coefficient
    return value


def first_safe_order(x: float) -> int:
    """The largest l from which a block may start at argument ``x``: CLEARANCE x^(1/3) below the turning point."""
    return math.floor(x - CLEARANCE * x ** (1 / 3))
