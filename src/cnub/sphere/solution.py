"""One entry to the sphere's density excess: the answer, its error, and the method that gave it.

`direct` adds the partial waves at exactly this k, `contour` gives the same sum averaged over k by one order
spacing at O(1) cost, `born` is the first order in delta in closed form. The first two differ only where
waves are trapped more narrowly than that spacing (delta > 0).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module

from cnub.domain import DomainError, finite, non_negative, one_of, positive

METHODS = ("auto", "contour", "direct", "born")
AVERAGED = "direct, averaged over k"
GOAL = 1e-9  # of |delta|: what `auto` asks of a method
LARGEST_SUM = 1e9  # kR up to which `auto` sums every wave, about 5 s

_FUNCTIONS = {
    "contour": ("cnub.sphere.contour", "contour"),
    "direct": ("cnub.sphere.direct", "direct_sum"),
    "born": ("cnub.sphere.born", "born"),
    AVERAGED: ("cnub.sphere.average", "direct_average"),
}


@dataclass(frozen=True)
class SphereSolution:
    """Density excess dn/n0 with its error estimate, the method, the trapped waves and the seconds spent.

    ``density_excess`` and ``error_estimate`` are both in units of the mean density n0; ``trapped_waves``
    counts the resonances narrower than one order spacing; ``method`` names what was used.
    """

    density_excess: float
    error_estimate: float
    method: str
    trapped_waves: int
    seconds: float


def density_excess(kR: float, delta: float, height: float = 0.0, method: str = "auto") -> SphereSolution:
    """Density excess dn/n0 at r = R + height/k outside a uniform ball of index n = 1 + delta.

    ``kR`` is the size of the ball in units of 1/k (> 0), ``delta`` the refraction (|delta| < 1, delta > 0
    attracts), ``height`` the distance from the surface in units of 1/k (>= 0), ``method`` one of
    ``auto``, ``contour``, ``direct``, ``born``. ``auto`` takes the cheapest that is good to 1e-9 |delta|, averaged
    over k where waves are trapped. Raises :class:`cnub.DomainError` outside those ranges, and where the chosen
    method's own range is narrower. Talk, "Bessel modes".
    """
    kR, delta, height, method = _validated(kR, delta, height, method)
    start = time.perf_counter()
    trapped = _trapped(kR, delta)
    if method == "auto":
        method, value, error = _cheapest(kR, delta, height, trapped)
    else:
        value, error = _evaluate(method, kR, delta, height)
    return SphereSolution(float(value), float(error), method, trapped, time.perf_counter() - start)


def _validated(kR, delta, height, method):
    kR, delta = positive("kR", kR), finite("delta", delta)
    if not -1.0 < delta < 1.0:
        raise DomainError(f"delta must be between -1 and 1, both excluded; got {delta!r}")
    return kR, delta, non_negative("height", height), one_of("method", method, METHODS)


def _cheapest(kR, delta, height, trapped):
    goal = GOAL * abs(delta)
    value, error = _evaluate("born", kR, delta, height)
    if error <= goal:
        return "born", value, error
    if 1e3 <= kR <= 1e13 and abs(delta) <= 1e-2 and height <= 1e6:
        value, error = _evaluate("contour", kR, delta, height)
        if error <= goal or trapped:
            return "contour", value, error
    if kR > LARGEST_SUM:
        raise DomainError(
            f"kR must be at most {LARGEST_SUM:g} where neither Born (|delta| below about 1e-9) nor contour "
            f"(kR 1e3 to 1e13, |delta| <= 0.01, height <= 1e6) is good to {GOAL:g} |delta|; got {kR!r}"
        )
    name = AVERAGED if trapped and 10.0 <= kR <= 1e6 else "direct"
    return name, *_evaluate(name, kR, delta, height)


def _evaluate(name, kR, delta, height):
    if delta == 0.0:
        return 0.0, 0.0
    module, function = _FUNCTIONS[name]
    return getattr(import_module(module), function)(kR, delta, height)


def _trapped(kR, delta):
    if delta <= 0.0:
        return 0
    return import_module("cnub.sphere.contour").trapped_waves(kR, delta)
