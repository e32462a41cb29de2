"""The sum over all partial waves averaged over k by one order spacing, and why that is a simple number.

The window is one: a Gaussian of standard deviation 2 in kR, delta and the height k(r - R) held fixed. What depends on
the spacing of the orders turns with kR at least as fast as the antipodal focus, exp(4 i k'R): exp(-32) of it is left,
and exp(-79) of the comb of resonances (for delta < 0 the rates are those inside, 1 + delta times as fast).

The response is analytic for Im k > 0. So its average is the wave reflected once (``cnub.sphere.surface``), which
varies with kR only on the scale of kR, plus what the window leaves of the waves that crossed the ball: O(1) work. Where
kR, k'R or k'r are too small for that, the same average is taken over every wave (``cnub.sphere.line``).

For kR -> infinity the average at the surface has a closed form to all orders, :func:`surface_limit`.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import refraction, within
from cnub.kernel_cache import njit
from cnub.sphere.limits import MAX_HEIGHT, MAX_SIZE
from cnub.sphere.line import SPREAD, centre_average, line_average
from cnub.sphere.orbits import diameters, polygons
from cnub.sphere.surface import reflected

MIN_SIZE = 50.0
LARGEST_LINE = 1e5
"""kR up to which the average may be taken over every wave outside: 0.1 s."""
LINE_GOAL = 1e-10
"""Error in units of |delta| above which that is worth it."""
SMOOTH_FROM = 100.0
"""kR and k'R from which Debye's expansions serve on the path: the first omitted term is 3e-15."""
CENTRE = 1000.0
"""k'r up to which waves inside are summed one by one: beyond, the edge terms of the path leave 1e-9."""
FAR_INSIDE = 0.5
"""Share of k'R up to which the orders below k'r are far from their turning point at the surface."""
WINDOW_NODES, WINDOW_WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
WINDOW_WEIGHTS = WINDOW_WEIGHTS / math.sqrt(2.0 * math.pi)


def surface_limit(delta: float) -> float:
    """The average at the surface for kR -> infinity, to all orders in ``delta``: delta (3 + 2 delta)/(3 (2 + delta)).

    |``delta``| < 1; raises :class:`cnub.DomainError` outside. It is Re Int_(i inf)^1 (s - s')/(s + s') ds,
    s' = sqrt(s^2 + delta (2 + delta)), the half-space at its surface with every state filled.

    Source: derived from the half-space at its surface with every state filled.

    >>> round(surface_limit(0.01) / 0.01, 10)
    0.5008291874
    """
    d = refraction("delta", delta)
    return d * (3.0 + 2.0 * d) / (3.0 * (2.0 + d))


def order_average(kR: float, delta: float, height: float = 0.0) -> tuple[float, float]:
    """Density excess dn/n0 averaged over k by one order spacing, and its error estimate.

    ``kR`` between 50 and 1e13 is the mean, ``delta`` the refraction (|delta| < 1), ``height`` the distance from the
    surface in units of 1/k, from -kR (the centre) to 1e15. Raises :class:`cnub.DomainError` outside.

    Source: talk, 'Bessel modes' (overdensity).

    >>> value, error = order_average(1.7e10, -2.5e-8)
    >>> round(value / -2.5e-8, 6)
    0.5
    """
    x, d = within("kR", kR, MIN_SIZE, MAX_SIZE), refraction("delta", delta)
    h = within("height", height, -x, MAX_HEIGHT)
    return (0.0, 0.0) if d == 0.0 else chosen_average(x, d, h)[1:]


def chosen_average(x: float, d: float, h: float) -> tuple[str, float, float]:
    """The method that serves best, the average and its error estimate; arguments checked, delta not 0."""
    n = 1.0 + d
    if h < 0.0 and n * (x + h) < CENTRE:
        far = n * (x + h + 20.0) < FAR_INSIDE * n * x
        return "direct", *(centre_average(x, d, h) if far else line_average(x, d, h))
    if (n * x < SMOOTH_FROM and x <= LARGEST_LINE) or (h < 0.0 and n * x < CENTRE):
        return "direct", *line_average(x, d, h)
    value, error = smooth(x, d, h)
    if error > LINE_GOAL * abs(d) and x <= LARGEST_LINE:
        return min(("contour", value, error), ("direct", *line_average(x, d, h)), key=lambda answer: answer[2])
    return "contour", value, error


def smooth(x: float, d: float, h: float) -> tuple[float, float]:
    """The average from the path through complex order, and its error estimate; arguments checked, delta not 0."""
    if h < 0.0:
        within("height", h, SMOOTH_FROM / (1.0 + d) - x, 0.0)
    value, error = smooth_average(x, d, h, WINDOW_NODES, WINDOW_WEIGHTS)
    return float(value), float(error)


@njit(cache=True)
def smooth_average(x, delta, h, nodes, weights):
    """The wave reflected once, averaged over the window, and what the window leaves of the others."""
    # where k'R is below SMOOTH_FROM the orders that feel the inside are (k'R/kR)^2 of all, and as few here
    served = max(delta, SMOOTH_FROM / x - 1.0)
    value, error = 0.0, 0.0
    for i in range(nodes.size):
        once, once_error = reflected(x + SPREAD * nodes[i], served, h)
        value += weights[i] * once
        error += weights[i] * once_error
    if served > delta:
        error += 4.0 * abs(value) * (SMOOTH_FROM / x) ** 2
    if h < 0.0:
        return value, error + 4.0 * _crossed(x, delta, h) * math.exp(-8.0 * (SPREAD * (1.0 + delta)) ** 2)
    through, through_error = diameters(x, served, h, SPREAD)
    around, around_error = polygons(x, served, h, SPREAD)
    drift = 8.0 * SPREAD**2 / x  # of a size that falls with kR, over the width of the window, in units of the rate
    return value + through + around, error + through_error + around_error + drift * (abs(through) + abs(around))


@njit(cache=True)
def _crossed(x, delta, h):
    """Size inside, without a window, of what turns as exp(4i k'R): reflected on the far side, or once on each side.

    The second goes to and fro, 2 r^2 of the density of the medium, r the reflection at normal incidence. That is the
    share of all orders below k'r at the centre; further out the orders near k'r count, then those near zero, about
    which 4 phase(k'R) is stationary. Half of it is returned, for a factor that covers what turns faster.
    """
    n, mirror = 1.0 + delta, delta / (2.0 + delta)
    surface, here = n * x, n * (x + h)
    share = 0.5 * math.sqrt(0.5 * math.pi * surface) / here if here < 2.0 * surface**0.75 else surface / here**2
    return abs(mirror) / (2.0 * (x + h)) + mirror**2 * n * min(1.0, share)
