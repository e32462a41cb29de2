"""The talk's sum by the Bessel functions of other libraries, for comparison: what they cost and where they break."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from scipy import special

from cnub.domain import one_of, positive, within
from cnub.sphere.orders import DEPTH, evanescent_order
from cnub.sphere.talk import printed_tangent, printed_term

LIBRARIES = ("scipy jv, yv", "scipy spherical_jn, spherical_yn")


def library_sum(library: str, kR: float, delta: float) -> tuple[float, int]:
    """dn/n0 at the surface by the talk's own formula with one of ``LIBRARIES``, and the number of waves.

    ``kR`` > 0, |``delta``| <= 0.1; raises :class:`cnub.DomainError` outside. Waves for which the library returns
    no finite number are left out, as a careless sum would. Talk, "Bessel modes", second and third equation.
    """
    one_of("library", library, LIBRARIES)
    x, d = positive("kR", kR), within("delta", delta, -0.1, 0.1)
    inside = x * (1.0 + d)
    orders = np.arange(evanescent_order(max(x, inside), DEPTH) + 2)
    with np.errstate(all="ignore"):
        (j, y), (j_in, _) = _pair(library, orders, x), _pair(library, orders, inside)
        tangent = printed_tangent(x, inside, *((wave[:-1], wave[1:]) for wave in (j, y, j_in)))
        terms = printed_term(orders[:-1], tangent, j[:-1], y[:-1])
    return float(np.nansum(np.where(np.isfinite(terms), terms, 0.0))), orders.size - 1


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
