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

_FUNCTIONS = {
    "contour": ("cnub.sphere.contour", "contour"),
    "direct": ("cnub.sphere.direct", "direct_sum"),
    "born": ("cnub.sphere.born", "born"),
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
    ``auto``, ``contour``, ``direct``, ``born``. Raises :class:`cnub.DomainError` outside those ranges, and
    where the chosen method's own range is narrower. Talk, "Bessel modes".
    """
    kR, delta, height, method = _validated(kR, delta, height, method)
    start = time.perf_counter()
    name = _cheapest(kR, delta, height) if method == "auto" else method
    value, error = _evaluate(name, kR, delta, height)
    trapped = _trapped(kR, delta)
    return SphereSolution(float(value), float(error), name, trapped, time.perf_counter() - start)


def _validated(kR, delta, height, method):
    kR, delta = positive("kR", kR), finite("delta", delta)
    if not -1.0 < delta < 1.0:
        raise DomainError(f"delta must be between -1 and 1, both excluded; got {delta!r}")
    return kR, delta, non_negative("height", height), one_of("method", method, METHODS)


def _cheapest(kR, delta, height):
    inside = 1e3 <= kR <= 1e13 and 1e-14 <= abs(delta) <= 1e-2 and height <= 1e6
    return "contour" if inside else "direct"


def _evaluate(name, kR, delta, height):
    if delta == 0.0:
        return 0.0, 0.0
    module, function = _FUNCTIONS[name]
    return getattr(import_module(module), function)(kR, delta, height)


def _trapped(kR, delta):
    if delta <= 0.0:
        return 0
    return import_module("cnub.sphere.contour").trapped_waves(kR, delta)
