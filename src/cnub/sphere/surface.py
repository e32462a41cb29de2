"""The wave reflected once at the surface, summed over every order in O(1) work, outside and inside the ball.

Outside, dn/n0 = Re sum_l nu (S_l - 1) (pi/(2 kr)) H_nu^(1)(kr)^2, nu = l + 1/2 (talk, "Bessel modes"); inside, with the
waves sent out at r and returned by the surface, n/n0 = (1 + delta) [1 + Re sum_l nu rho_l (pi/k'r) J_nu(k'r)^2]. Of S_l
and of rho_l the part that met the surface once, R H^(1)(kr)^2 and r' H^(2)(k'r)^2, does not oscillate between
neighbouring orders and is odd in nu: its sum is its integral + g'(0)/24 - 7 g'''(0)/5760 (Euler-Maclaurin at
half-integers). With nu = A kR sqrt(1 - e^2), A = max(1, 1 + delta), the path e = exp(i phi), 0 <= phi <= pi/2, runs
from nu = 0 through the lower half plane to sqrt(2) A kR, beyond every turning point, where the integrand has no real
part left. On it Debye's expansions hold with |psi| of order kR, the phase decays, and every resonance stays above.
"""

from __future__ import annotations

import cmath
import math
import sys

import numpy as np

from cnub.bessel.debye import FEW, phase_correction, phase_rate, rate_differences
from cnub.bessel.doubledouble import fma
from cnub.kernel_cache import njit

FINE_NODES, FINE_WEIGHTS = np.polynomial.legendre.leggauss(48)
COARSE_NODES, COARSE_WEIGHTS = np.polynomial.legendre.leggauss(32)
EPSILON = sys.float_info.epsilon  # np.finfo in a kernel would load half of NumPy's compiler with it
DESCENT = 18.5  # exp(-2 * 18.5) = 1e-16: where the path may end
ROUNDING = 3e-14  # of |delta|: what double precision leaves of the integral (measured: below 2e-14)
WIDEST, GRADE = 4.0, 0.125  # the first panel in units of (k'/k)^2, and the ratio of one panel to the next
EDGE_STEP = 1e-6  # of the path's length: of the difference behind g''', whose error in g''' is of that order
DEBYE_OMITTED = 5040.0  # Gamma(8): the first omitted term of Debye's expansion is this over (2 |psi|)^8


@njit(cache=True)
def interface(x, s, delta):
    """Surface amplitudes at w = x s: external reflection, transmission product, internal reflection.

    With the phases exp(2i theta) taken out: R = exp(-2i theta) * first, t t' = exp(2i(theta' - theta)) * second,
    r' = exp(2i theta') * third. The fourth is s' = w'/x inside, where x' = x (1 + delta).
    """
    gap = delta * (2.0 + delta)
    s_in = cmath.sqrt(s * s + gap)
    q, q_in = 1.0 / (s * s), (1.0 + delta) * (1.0 + delta) / (s_in * s_in)
    w, w_in = x * s, x * s_in
    rate = phase_rate(w, q, FEW)
    step_rate, step_growth = rate_differences(w, q, w_in, q_in, x * x * gap)
    # L_+ outside minus L_- inside
    denominator = 1j * (2.0 * rate + step_rate) - step_growth
    reflection = (step_growth - 1j * step_rate) / denominator
    internal = (step_growth + 1j * step_rate) / denominator
    transmission = -4.0 * rate * (rate + step_rate) / (denominator * denominator)
    return reflection, transmission, internal, s_in


@njit(cache=True)
def way_up(h, delta):
    """exp(-2i h (1 + delta)), the phase from the depth -h to the surface and back.

    The product is taken with its rounding: deep in a huge ball that is many turns.
    """
    product = h * delta
    return cmath.exp(-2j * h) * cmath.exp(-2j * product) * cmath.exp(-2j * fma(h, delta, -product))


@njit(cache=True)
def gain(c, s, radius, step):
    """Debye's phase at radius + step less that at ``radius``, less ``step``; and sqrt((1 + step/radius)^2 - c^2).

    ``c`` = nu/radius, ``s`` = sqrt(1 - c^2). Nothing cancels, however large or small the step.
    """
    eta = step / radius
    rise = eta * (2.0 + eta)
    s_far = cmath.sqrt(s * s + rise)
    way = rise / (s_far + s)  # s_far - s
    excess = c * c * (eta + way) / ((1.0 + s) * (1.0 + eta + s_far))  # way - eta
    bend = 2.0 * cmath.atan(c * way / (1.0 + eta + c * c + s_far * s))
    return radius * (excess - c * bend), s_far


@njit(cache=True)
def _path(phi, x, delta):
    """nu/x, its sqrt(1 - (nu/x)^2), nu dnu/dphi and exp(i phi) at ``phi``."""
    e = cmath.exp(1j * phi)
    reach = max(1.0, 1.0 + delta)
    c = reach * cmath.sqrt(-2j * math.sin(phi) * e)
    s = e if delta <= 0.0 else cmath.sqrt((1.0 + delta) ** 2 * e * e - delta * (2.0 + delta))
    return c, s, -1j * (x * reach * e) ** 2


@njit(cache=True)
def _outside(phi, x, delta, h):
    c, s, measure = _path(phi, x, delta)
    reflection, _, _, _ = interface(x, s, delta)
    eta = h / x
    phase, s_out = gain(c, s, x, h)
    q_out, w_out = (1.0 + eta) ** 2 / (s_out * s_out), x * s_out
    phase += phase_correction(w_out, q_out, FEW) - phase_correction(x * s, 1.0 / (s * s), FEW)
    return measure / ((x + h) * phase_rate(w_out, q_out, FEW)) * reflection * cmath.exp(2j * phase)


@njit(cache=True)
def _inside(phi, x, delta, h):
    c, s, measure = _path(phi, x, delta)
    _, _, internal, s_in = interface(x, s, delta)
    n = 1.0 + delta
    z = n * (x + h)
    c_here = x * c / z
    s_here = cmath.sqrt((1.0 - c_here) * (1.0 + c_here))
    phase, _ = gain(c_here, s_here, z, -n * h)
    w_in, q_in, w, q = x * s_in, (n / s_in) ** 2, z * s_here, 1.0 / (s_here * s_here)
    phase += phase_correction(w_in, q_in, FEW) - phase_correction(w, q, FEW)
    return n * measure / (z * phase_rate(w, q, FEW)) * internal * cmath.exp(2j * phase)


@njit(cache=True)
def _integrand(phi, x, delta, h):
    return _inside(phi, x, delta, h) if h < 0.0 else _outside(phi, x, delta, h)


@njit(cache=True)
def _end(x, delta, h):
    """Where on the path exp(-DESCENT) squared is reached: the exponent is nu^2 (1/small - 1/large) there."""
    n = 1.0 + delta
    fall = (max(1.0, n) * x) ** 2
    if h < 0.0:
        fall *= -h / (n * x * (x + h))
    else:
        fall *= h / x / (x + h)
    return 0.5 * math.pi if fall <= DESCENT else math.asin(DESCENT / fall)


@njit(cache=True)
def _turned(value, delta, h):
    """The real part, with the phase of the straight way, 2 k(r - R) or 2 k'(R - r)."""
    return (value * (cmath.exp(2j * h) if h >= 0.0 else way_up(h, delta))).real


@njit(cache=True)
def _panel(low, high, x, delta, h, nodes, weights):
    half, total = 0.5 * (high - low), 0j
    for i in range(nodes.size):
        total += weights[i] * _integrand(low + half * (nodes[i] + 1.0), x, delta, h)
    return half * total


@njit(cache=True)
def _integral(x, delta, h, nodes, weights):
    """Along the path, in panels that shrink towards the turning point inside, nu = k'R, where k' is far below k."""
    high, total = _end(x, delta, h), 0j
    while delta < 0.0 and high > WIDEST * (1.0 + delta) ** 2:
        total += _panel(GRADE * high, high, x, delta, h, nodes, weights)
        high *= GRADE
    return total + _panel(0.0, high, x, delta, h, nodes, weights)


@njit(cache=True)
def _edge(x, delta, h):
    """g'(0)/24 - 7 g'''(0)/5760, and the size of what is left out."""
    reach = (x * max(1.0, 1.0 + delta)) ** 2
    start = _integrand(0.0, x, delta, h) / (-1j * reach)  # g'(0): nu dnu = -i reach e^2 dphi
    phi = EDGE_STEP * _end(x, delta, h)
    e = cmath.exp(1j * phi)
    squared = -2j * reach * math.sin(phi) * e
    slope = (_integrand(phi, x, delta, h) / (-1j * reach * e * e) - start) / squared
    return start / 24.0 - 7.0 * slope / 960.0, 0.0019 * abs(slope) ** 2 / max(abs(start), 1e-300)


@njit(cache=True)
def reflected(x, delta, h):
    """dn/n0 at r = R + h/k of the wave reflected once, and its error estimate.

    Inside (h < 0) the refraction of the medium itself, delta, is part of it. Needs kR, k'R and k'r of at least 100.
    """
    fine = _integral(x, delta, h, FINE_NODES, FINE_WEIGHTS)
    coarse = _integral(x, delta, h, COARSE_NODES, COARSE_WEIGHTS)
    edge, omitted = _edge(x, delta, h)
    value = _turned(fine + edge, delta, h)
    smallest = min(x, (1.0 + delta) * x)
    if h < 0.0:
        value += delta
        smallest = min(smallest, (1.0 + delta) * (x + h))
    size = abs(fine)
    error = abs(fine - coarse) + omitted + size * DEBYE_OMITTED / (2.0 * smallest) ** 8
    if h < 0.0:
        # the window takes kR + u, which is rounded, and kr is as far off
        error += size * EPSILON * x / (x + h)
    return value, error + ROUNDING * (size + (abs(delta) if h < 0.0 else 0.0))
