"""The sum over all partial waves in O(1) work: half-integer Abel-Plana and a bent path in complex order.

dn/n0 = Re sum_l nu (S_l - 1) (pi/(2 kr)) H_nu^(1)(kr)^2, nu = l + 1/2 (talk, "Bessel modes"), is split exactly:
1. the wave reflected at the surface, R H^(1)^2: no oscillation between neighbouring orders, odd in nu, so its
   sum is its integral + g'(0)/24. With nu = kR sqrt(1 - s^2) the path s = exp(i phi), 0 <= phi <= pi/2, runs
   from nu = 0 through the lower half plane to nu = sqrt(2) kR, beyond every turning point, where the integrand
   has no real part left; on it Debye's expansions hold with |psi| of order kR and
   exp(2 i theta(kr) - 2 i theta(kR)) decays;
2. the waves that crossed the ball: :mod:`cnub.sphere.orbits`;
3. for delta > 0 the resonances that the path passes below: :mod:`cnub.sphere.resonance`.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.domain import DomainError, finite, finite_array, positive, within
from cnub.kernel_cache import njit
from cnub.sphere.debye import FEW, interface, phase_correction, phase_rate
from cnub.sphere.orbits import diameters, polygons
from cnub.sphere.resonance import broad_modes, broad_resonances, narrow_resonances

MIN_SIZE, MAX_SIZE = 1e3, 1e13
MIN_DELTA, MAX_DELTA = 1e-14, 1e-2
MAX_HEIGHT = 1e6

FINE_NODES, FINE_WEIGHTS = np.polynomial.legendre.leggauss(48)
COARSE_NODES, COARSE_WEIGHTS = np.polynomial.legendre.leggauss(32)
DESCENT = 18.5
SAFETY = 2.0  # on the first omitted terms: 1 case in 700 exceeded them, by 2.4 at most
ROUNDING = 3e-14  # of |delta|: what double precision leaves of the integral (measured: below 2e-14)


@njit(cache=True)
def _reflected(phi, x, delta, h):
    """Integrand in phi of the reflected wave, dn/n0 = Re of its integral."""
    s = cmath.exp(1j * phi)
    reflection, _, _, _ = interface(x, s, delta)
    eta = h / x
    rise = eta * (2.0 + eta)
    s_out = cmath.sqrt(s * s + rise)
    c = cmath.sqrt(-2j * math.sin(phi) * s)  # nu/x, from 1 - s^2 without subtraction
    step = rise / (s_out + s)
    bend = 2.0 * cmath.atan(c * step / (1.0 + eta + c * c + s_out * s))
    q_out, w_out = (1.0 + eta) ** 2 / (s_out * s_out), x * s_out
    phase = x * (step - c * bend) + phase_correction(w_out, q_out, FEW) - phase_correction(x * s, 1.0 / (s * s), FEW)
    return -1j * x * x * s * s / ((x + h) * phase_rate(w_out, q_out, FEW)) * reflection * cmath.exp(2j * phase)


@njit(cache=True)
def _reflection_integral(x, delta, h, nodes, weights):
    # the path ends where exp(-2 h sin phi) = 1e-16; seen from far away the ball itself limits how early
    fall = x * h / (x + h)
    end = 0.5 * math.pi if fall <= DESCENT else math.asin(DESCENT / fall)
    total = 0.0
    for i in range(nodes.size):
        total += weights[i] * _reflected(0.5 * end * (nodes[i] + 1.0), x, delta, h).real
    return 0.5 * end * total


@njit(cache=True)
def _excess(x, delta, h, positions, weights):
    fine = _reflection_integral(x, delta, h, FINE_NODES, FINE_WEIGHTS)
    coarse = _reflection_integral(x, delta, h, COARSE_NODES, COARSE_WEIGHTS)
    # g = nu G and nu dnu = -i x^2 s^2 dphi: at phi = 0 the integrand in phi is -i x^2 g'(0)
    edge = (_reflected(0.0, x, delta, h) / (-1j * x * x)).real / 24.0
    through, through_error = diameters(x, delta, h)
    around, around_error = polygons(x, delta, h)
    broad, broad_error = broad_resonances(x, h, positions, weights)
    omitted = through_error + around_error + broad_error
    return fine + edge + through + around + broad, abs(fine - coarse) + SAFETY * omitted + ROUNDING * abs(delta)


@njit(cache=True)
def excess(x, delta, heights):
    """dn/n0 and its error estimate at each height; the kernel behind :func:`contour`."""
    positions, weights = broad_modes(x, delta)
    values, errors = np.empty(heights.size), np.empty(heights.size)
    for i in range(heights.size):
        values[i], errors[i] = _excess(x, delta, heights[i], positions, weights)
    return values, errors


def contour(kR: float, delta: float, height: float = 0.0) -> tuple[float, float]:
    """Density excess dn/n0 and its error estimate at r = R + height/k, from the integral over complex order.

    ``kR`` between 1e3 and 1e13, |``delta``| between 1e-14 and 1e-2, ``height`` (in 1/k) between 0 and 1e6; raises
    :class:`cnub.DomainError` outside. Where waves are trapped this is the sum averaged over k by one order
    spacing, elsewhere the sum itself. Talk, "Bessel modes".
    """
    x, h = within("kR", kR, MIN_SIZE, MAX_SIZE), within("height", height, 0.0, MAX_HEIGHT)
    values, errors = excess(x, _refraction(delta), np.array([h]))
    return float(values[0]), float(errors[0])


def contour_profile(kR: float, delta: float, heights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Density excess and error estimate at each of ``heights`` (in 1/k); ranges as in :func:`contour`."""
    x, delta = within("kR", kR, MIN_SIZE, MAX_SIZE), _refraction(delta)
    heights = finite_array("heights", heights, 0.0, MAX_HEIGHT)
    values, errors = excess(x, delta, heights.ravel())
    return values.reshape(heights.shape), errors.reshape(heights.shape)


def trapped_waves(kR: float, delta: float) -> int:
    """Number of whispering-gallery resonances narrower than one order spacing, kR < nu < kR (1 + delta).

    Zero for delta <= 0. Poles of S_l near kR < nu < kR (1 + delta) with Im nu < 1/2.
    """
    x, delta = positive("kR", kR), finite("delta", delta)
    return int(narrow_resonances(x, delta))


def _refraction(delta):
    value = finite("delta", delta)
    if not MIN_DELTA <= abs(value) <= MAX_DELTA:
        raise DomainError(f"|delta| must be between {MIN_DELTA:g} and {MAX_DELTA:g}; got {delta!r}")
    return value
