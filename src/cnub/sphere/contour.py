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

from cnub.domain import DomainError, finite_array, refraction, within
from cnub.kernel_cache import njit
from cnub.sphere.limits import MAX_HEIGHT, MAX_SIZE
from cnub.sphere.orbits import diameters, polygons
from cnub.sphere.poles import modes, narrow_resonances, resonances_at
from cnub.sphere.surface import reflected

MIN_SIZE = 1e3
SMALLEST_INSIDE = 100.0  # k'R from which Debye's expansions serve inside
DEEPEST = 1e3  # k'r from which they do for an observer inside
STRONGEST = 1e-2  # delta up to which the resonances fade out before the polygons take over
MOST_MODES = 100_000  # resonances that one answer may take: 10 s
SAFETY = 3.0  # on the first omitted terms: 1 case in 700 exceeded them, by 2.4 at most


@njit(cache=True)
def _crossing(x, delta, h):
    """What waves that crossed the ball add, and its error; inside it is all error, the largest they can be."""
    if h >= 0.0:
        through, through_error = diameters(x, delta, h, 0.0)
        around, around_error = polygons(x, delta, h, 0.0)
        return through + around, SAFETY * (through_error + around_error)
    z, back = (1.0 + delta) * (x + h), abs(delta) / (2.0 + delta)
    return 0.0, (1.0 + delta) * back * (1.0 / z + SAFETY * back / math.sqrt(z))


@njit(cache=True)
def excess(x, delta, heights, most):
    """dn/n0 and its error estimate at each height; the error is infinite where not all resonances were found."""
    positions, weights, lifts, inward, complete = modes(x, delta, most)
    values, errors = np.empty(heights.size), np.empty(heights.size)
    for i in range(heights.size):
        once, once_error = reflected(x, delta, heights[i])
        crossing, crossing_error = _crossing(x, delta, heights[i])
        resonant, resonant_error = resonances_at(x, delta, heights[i], positions, weights, lifts, inward)
        values[i] = once + crossing + resonant
        errors[i] = once_error + crossing_error + resonant_error if complete else math.inf
    return values, errors


def contour(kR: float, delta: float, height: float = 0.0) -> tuple[float, float]:
    """Density excess dn/n0 at exactly this k at r = R + height/k, and its error estimate; kR does not raise the cost.

    ``kR`` between 1e3 and 1e13, ``delta`` (> -1) at most 0.01, ``height`` (in 1/k) from -kR to 1e15, with at least 100
    for k'R and, inside, 1000 for k'r; at most 100,000 resonances. Inside, the waves that crossed the ball are not
    computed but held by the estimate. Raises :class:`cnub.DomainError` outside. Talk, "Bessel modes".
    """
    x, d, heights, narrow = _validated(kR, delta, "height", height)
    values, errors = excess(x, d, heights, _most(d, narrow))
    return float(values[0]), float(errors[0])


def contour_profile(kR: float, delta: float, heights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Density excess and error estimate at each of ``heights`` (in 1/k, any shape); ranges as in :func:`contour`."""
    x, d, flat, narrow = _validated(kR, delta, "heights", heights)
    values, errors = excess(x, d, flat, _most(d, narrow))
    return values.reshape(np.shape(heights)), errors.reshape(np.shape(heights))


def mode_limit(kR: float, delta: float) -> int:
    """How many poles to look for: the narrow ones and those that fade, 0 for delta <= 0."""
    return _most(delta, narrow_resonances(kR, delta))


def _most(delta, narrow):
    return 0 if delta <= 0.0 else int(1.2 * narrow) + 200


def _validated(kR, delta, name, height):
    x, d = within("kR", kR, MIN_SIZE, MAX_SIZE), refraction("delta", delta)
    within("delta", d, SMALLEST_INSIDE / x - 1.0, STRONGEST)
    heights = finite_array(name, height, min(DEEPEST / (1.0 + d) - x, 0.0), MAX_HEIGHT).ravel()
    count = narrow_resonances(x, d)
    if count > MOST_MODES:
        raise DomainError(
            f"kR and delta must trap at most {MOST_MODES} waves for contour; {kR!r} and {delta!r} trap {count:g}"
        )
    return x, d, heights, count
