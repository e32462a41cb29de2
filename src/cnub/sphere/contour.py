"""The sum over all partial waves at one k in O(1) work: half-integer Abel-Plana and a bent path in complex order.

dn/n0 = Re sum_l nu (S_l - 1) (pi/(2 kr)) H_nu^(1)(kr)^2, nu = l + 1/2 (talk, "Bessel modes"), is split exactly:
1. the wave reflected once at the surface: :mod:`cnub.sphere.surface`; alone it is the average over k;
2. the waves that crossed the ball and came back: :mod:`cnub.sphere.orbits`;
3. for delta > 0 the resonances that the path passes below, broad and narrow: :mod:`cnub.sphere.poles`.
The work grows with the number of resonances, kR delta^1.5, and not with kR.
"""

from __future__ import annotations

import math

import numpy as np
from cnub.kernel_cache import njit

from cnub.domain import DomainError, finite, finite_array, within
from cnub.sphere.orbits import diameters, polygons
from cnub.sphere.poles import modes, narrow_resonances, resonances_at
from cnub.sphere.surface import reflected

MIN_SIZE, MAX_SIZE = 1e3, 1e13
MAX_HEIGHT = 1e15
STRONGEST = 0.3  # delta up to which Olver's expansion reaches from the surface to the bottom of the well
MOST_MODES = 40_000  # resonances that one answer may take: 0.25 ms each
SAFETY = 2.0  # on the first omitted terms: 1 case in 700 exceeded them, by 2.4 at most


@njit(cache=True)
def _excess(x, delta, h, positions, weights, lifts):
    once, once_error = reflected(x, delta, h)
    through, through_error = diameters(x, delta, h)
    around, around_error = polygons(x, delta, h)
    resonant, resonant_error = resonances_at(x, h, positions, weights, lifts)
    return once + through + around + resonant, once_error + resonant_error + SAFETY * (through_error + around_error)


@njit(cache=True)
def excess(x, delta, heights, most):
    """dn/n0 and its error estimate at each height; the error is infinite where not all resonances were found."""
    positions, weights, lifts, complete = modes(x, delta, most)
    values, errors = np.empty(heights.size), np.empty(heights.size)
    for i in range(heights.size):
        values[i], errors[i] = _excess(x, delta, heights[i], positions, weights, lifts)
        if not complete:
            errors[i] = math.inf
    return values, errors
