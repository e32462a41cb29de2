"""The talk's sum by the Bessel functions of other libraries, for comparison: what they cost and where they break."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from scipy import special

from cnub.domain import one_of, positive, within

LIBRARIES = ("scipy jv, yv", "scipy spherical_jn, spherical_yn")
DEPTH = 12.0  # in units of kR^(1/3): orders beyond the turning point that are summed


def library_sum(library: str, kR: float, delta: float) -> tuple[float, int]:
    """dn/n0 at the surface by the talk's own formula with one of ``LIBRARIES``, and the number of waves.

    ``kR`` > 0, |``delta``| <= 0.1; raises :class:`cnub.DomainError` outside. Waves for which the library returns
    no finite number are left out, as a careless sum would. Talk, "Bessel modes", second and third equation.
    """
    one_of("library", library, LIBRARIES)
    x, d = positive("kR", kR), within("delta", delta, -0.1, 0.1)
    orders = np.arange(int(x * (1.0 + max(d, 0.0)) + DEPTH * x ** (1 / 3)) + 2)
    inside = x * (1.0 + d)
    with np.errstate(all="ignore"):
        (j, y), (j_in, _) = _pair(library, orders, x), _pair(library, orders, inside)
        top = x * j_in[:-1] * j[1:] - inside * j[:-1] * j_in[1:]
        tangent = top / (x * j_in[:-1] * y[1:] - inside * j_in[1:] * y[:-1])
        j, y = j[:-1], y[:-1]
        terms = (tangent**2 * (y**2 - j**2) - 2.0 * tangent * j * y) / (1.0 + tangent**2)
    return float(np.nansum((2 * orders[:-1] + 1) * np.where(np.isfinite(terms), terms, 0.0))), orders.size - 1


def _pair(library, orders, x):
    if library == LIBRARIES[0]:
        scale = math.sqrt(math.pi / (2.0 * x))
        return scale * special.jv(orders + 0.5, x), scale * special.yv(orders + 0.5, x)
    return special.spherical_jn(orders, x), special.spherical_yn(orders, x)


def least_seconds(call: Callable[[], object], repeats: int) -> float:
    """Shortest of ``repeats`` wall-clock times of ``call``, in s."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)
