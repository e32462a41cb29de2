"""The sum over all partial waves averaged over k by one order spacing, and why that is a simple number.

The window is one: a Gaussian of standard deviation 2 in kR, delta and the height k(r - R) held fixed. What depends on
the spacing of the orders turns with kR at least as fast as the antipodal focus, exp(4 i k'R): exp(-32) of it is left,
and exp(-79) of the comb of resonances (for delta < 0 the rates are those inside, 1 + delta times as fast).

The response is analytic for Im k > 0. So its average is the wave reflected once (:mod:`cnub.sphere.surface`), which
varies with kR only on the scale of kR, plus what the window leaves of the waves that crossed the ball; and it is the
same average along a line above the real axis, where every resonance, however narrow, is as wide as the line is high.
There plain ratios of successive orders suffice and nothing under- or overflows: with r = j_(l+1)/j_l(x),
q = h_(l+1)/h_l(x), p = j_(l+1)/j_l(x') and j_l h_l = i/(x^2 (r - q)) (Wronskian), outside
(S_l - 1)/2 h_l^2 = -(x r - x' p)/(x q - x' p) i/(x^2 (r - q)), and inside rho_l = -(x q - x' q')/(x q - x' p) h_l/j_l(x').

For kR -> infinity the average at the surface has a closed form to all orders, :func:`surface_limit`.
"""

from __future__ import annotations

import cmath
import math

import numpy as np
from cnub.kernel_cache import njit

from cnub.domain import DomainError, finite, within
from cnub.sphere.orbits import diameters, polygons
from cnub.sphere.starts import evanescent_order, forgotten_order
from cnub.sphere.surface import reflected

SPREAD = 2.0
"""Standard deviation of the window in kR."""
MIN_SIZE, MAX_SIZE = 50.0, 1e13
MAX_HEIGHT = 1e15
LARGEST_LINE = 1e6
"""kR up to which the average is offered along the line, 0.1 s."""
SMOOTH_FROM = 100.0
"""kR, k'R and k'r from which Debye's expansions serve on the path: its first omitted term is 3e-15."""
WINDOW_NODES, WINDOW_WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
WINDOW_WEIGHTS = WINDOW_WEIGHTS / math.sqrt(2.0 * math.pi)
LINE_HEIGHT = 1.5
"""Height of the line above the real axis, in units of the spread."""
STEP = 0.25
"""Trapezoidal step in units of the spread: error exp(-2 pi LINE_HEIGHT/STEP) = 4e-17 of the integrand."""
REACH = 8.5
"""End of the Gaussian, in units of the spread: exp(-REACH^2/2) = 2e-16."""
ROUNDING = 1e-15
"""Absolute error of the average per square root of the number of orders: measured below 2e-16."""
_DEPTH = 80.0


def surface_limit(delta: float) -> float:
    """The average at the surface for kR -> infinity, to all orders in ``delta``: delta (3 + 2 delta)/(3 (2 + delta)).

    |``delta``| < 1; raises :class:`cnub.DomainError` outside. It is Re Int_(i inf)^1 (s - s')/(s + s') ds,
    s' = sqrt(s^2 + delta (2 + delta)), the half-space at its surface with every state filled.

    >>> round(surface_limit(0.01) / 0.01, 10)
    0.5008291874
    """
    d = finite("delta", delta)
    if not -1.0 < d < 1.0:
        raise DomainError(f"delta must be between -1 and 1, both excluded; got {delta!r}")
    return d * (3.0 + 2.0 * d) / (3.0 * (2.0 + d))
