"""Double-double arithmetic: a number as an unevaluated sum (hi, lo) of two doubles, about 32 digits.

Sums and products are error-free transformations (Dekker 1971; Hida, Li, Bailey 2001); the product uses a fused
multiply-add, which the compiler maps to one instruction or to the C library where the processor has none. The compiler
must not reassociate: these kernels are never built with ``fastmath``.
"""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
from numba import config, types
from numba.extending import intrinsic

from cnub.kernel_cache import njit

if config.DISABLE_JIT:  # type: ignore[attr-defined]  # kernels run as plain Python, to be followed line by line

    def fma(a, b, c):
        """a * b + c rounded once."""
        return float(Fraction(a) * Fraction(b) + Fraction(c)) if math.isfinite(a * b + c) else a * b + c

else:

    @intrinsic
    def fma(typing_context, a, b, c):
        """a * b + c rounded once."""
        signature = types.float64(types.float64, types.float64, types.float64)
        return signature, lambda context, builder, signature, arguments: builder.fma(*arguments)


@njit(cache=True, inline="always")
def two_sum(a, b):
    """a + b exactly, as rounded sum and error."""
    s = a + b
    v = s - a
    return s, (a - (s - v)) + (b - v)


@njit(cache=True, inline="always")
def add(a, al, b, bl):
    """(a, al) + (b, bl), error below 2^-104 of the larger operand."""
    s, e = two_sum(a, b)
    t, f = two_sum(al, bl)
    e += t
    h = s + e
    e = e - (h - s) + f
    r = h + e
    return r, e - (r - h)


@njit(cache=True, inline="always")
def multiply(a, al, b, bl):
    """(a, al) * (b, bl), relative error below 2^-102."""
    p = a * b
    e = fma(a, b, -p) + (a * bl + al * b)
    r = p + e
    return r, e - (r - p)


@njit(cache=True, inline="always")
def scale(n, a, al):
    """n * (a, al) for a double n."""
    p = n * a
    e = fma(n, a, -p) + n * al
    r = p + e
    return r, e - (r - p)


@njit(cache=True, inline="always")
def reciprocal(a, al):
    """1 / (a, al) by one Newton step on the double quotient, relative error below 2^-100."""
    q = 1.0 / a
    e = (fma(-q, a, 1.0) - q * al) * q
    r = q + e
    lo = e - (r - q)
    e = fma(-r, a, 1.0) - r * al - lo * a
    return two_sum(r, lo + e * q)


def split(value: mpmath.mpf) -> tuple[float, float]:
    """An mpmath number as the nearest double-double."""
    hi = float(value)
    return hi, float(value - mpmath.mpf(hi))
