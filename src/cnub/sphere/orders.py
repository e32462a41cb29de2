"""Where a sum over orders ends, and where a recurrence that runs down to it has to start.

Beyond its turning point l + 1/2 = x a wave falls as j_l(x)^2 ~ e^-(2 x (u cosh u - sinh u)), l = x cosh u (DLMF
10.19.3). A sum ends where that is e^-`DEPTH`, 1e-35: less than a rounding of any term that counts.
"""

from __future__ import annotations

import math

from cnub.kernel_cache import njit

DEPTH = 80.0
"""Exponent by which j_l^2 has fallen where a sum ends."""
_FORGOTTEN = 50.0
"""The same where a ratio of successive waves starts downwards, at the least."""


@njit(cache=True)
def _fallen(u, x):
    return 2.0 * x * (u * math.cosh(u) - math.sinh(u))


@njit(cache=True)
def evanescent_order(x, exponent):
    """The lowest l above the turning point at which j_l(x)^2 has fallen by e^-exponent; both > 0."""
    low, high = 0.0, 1.0
    while _fallen(high, x) < exponent:
        high *= 2.0
    for _ in range(60):
        u = 0.5 * (low + high)
        if _fallen(u, x) < exponent:
            low = u
        else:
            high = u
    return math.ceil(x * math.cosh(high))


@njit(cache=True)
def _exponent(order, x):
    """By how much j_l(x)^2 has fallen at l = ``order``; nothing below its turning point."""
    return _fallen(math.acosh(order / x), x) if order > x else 0.0


@njit(cache=True)
def faded_order(inside, here, outside, exponent):
    """The lowest l at which a wave of unit size at the surface has fallen by e^-exponent in square at k'r = ``here``.

    ``inside`` = k'R, ``outside`` = kR: it has tunnelled from kR to the surface and falls from there inwards.
    """
    low, high = here, float(evanescent_order(max(inside, outside), exponent))
    for _ in range(80):
        order = 0.5 * (low + high)
        at_surface = _exponent(order, inside)
        inwards = max(_exponent(order, here) - at_surface, 0.0)
        if inwards + max(_exponent(order, outside) - at_surface, 0.0) < exponent:
            low = order
        else:
            high = order
    return math.ceil(high)


@njit(cache=True)
def forgotten_order(order, x):
    """The order from which a downward ratio recurrence at ``x`` has forgotten its start by 34 digits at ``order``."""
    base = max(order, evanescent_order(x, _FORGOTTEN))
    return base + math.ceil(40.0 / math.acosh((base + 0.5) / x)) + 10 if base + 0.5 > x else base + 10
