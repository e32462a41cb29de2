"""Waves that went through the ball: what the half-integer orders add to the reflection integral.

S_l is a sum over p >= 1 chords inside. The sum over half-integers turns (Poisson) into integrals
int g_p(nu) exp(2 pi i m nu) dnu, which only count where the phase is stationary, p alpha' - alpha + alpha_r = pi m:
closed polygons of p chords that wind m times and come back to the observer.
- p even, m = p/2: the diameter, nu = 0 (`diameters`). For p = 2 this is the focus of the antipode.
- otherwise a polygon, 0 < nu < kR (`polygons`), of relative size delta^(p-2)/sqrt(kR).
Each is done on its path of steepest descent, where the integrand is a Gaussian times a slow function.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.bessel.debye import FEW, phase_correction, phase_rate
from cnub.bessel.doubledouble import multiply
from cnub.kernel_cache import njit
from cnub.sphere.surface import interface

FINE_NODES, FINE_WEIGHTS = np.polynomial.legendre.leggauss(44)  # 1e-15 of a term
COARSE_NODES, COARSE_WEIGHTS = np.polynomial.legendre.leggauss(26)  # 1e-8 of a term
DESCENT_DEPTH = 37.0  # exp(-37) = 1e-16: where the descent stops
NEGLIGIBLE, MINOR = 1e-14, 1e-7  # in units of delta: what is left out, what needs few nodes
MAX_CHORDS = 60
OMITTED_EDGE = 0.0019  # 31/967680 * 60: the next term of Euler-Maclaurin, in units of g'(0) curvature^2
GALLERY = 3.0  # on the estimate of the waves that creep along the inside of a repelling ball, see _gallery
OVERSHOOT = 1.5  # a polygon larger than its Gaussian estimate has left the reach of Debye's expansion


@njit(cache=True)
def _chord_weight(nu, x, delta, h, p):
    """Slow factor of g_p(nu)/nu, and the phase corrections; psi's themselves are left to the caller."""
    c = nu / x
    s = cmath.sqrt((1.0 - c) * (1.0 + c))
    _, transmission, internal, s_in = interface(x, s, delta)
    eta = h / x
    s_out = cmath.sqrt(s * s + eta * (2.0 + eta))
    q, w = 1.0 / (s * s), x * s
    q_in, w_in = (1.0 + delta) ** 2 / (s_in * s_in), x * s_in
    q_out, w_out = (1.0 + eta) ** 2 / (s_out * s_out), x * s_out
    phase = p * phase_correction(w_in, q_in, FEW) - phase_correction(w, q, FEW) + phase_correction(w_out, q_out, FEW)
    weight = transmission * internal ** (p - 1) / ((x + h) * phase_rate(w_out, q_out, FEW))
    return weight * cmath.exp(2j * phase)


@njit(cache=True)
def _even_phase(nu, x):
    """sqrt(x^2 - nu^2) + nu arcsin(nu/x) - x: the phase psi + pi nu/2, even in nu, less its value at nu = 0."""
    w = cmath.sqrt((x - nu) * (x + nu))
    return nu * cmath.asin(nu / x) - nu * nu / (w + x)


@njit(cache=True)
def _seen(x, h):
    """How the excess falls with height: 1/(4h) near the ball, x/(4 h^2) far away."""
    return 1.0 / (1.0 + 4.0 * h * (x + h) / x)


@njit(cache=True)
def straight_phase(x, delta, h, p):
    """exp(2i (p k'R + h)), each part reduced by the exact sine and cosine of a double."""
    product, low = multiply(x, 0.0, delta, 0.0)
    return (cmath.exp(2j * x) * cmath.exp(2j * product) * cmath.exp(2j * low)) ** p * cmath.exp(2j * h)


@njit(cache=True)
def _diameter(x, delta, h, p, spread):
    """Sum over l of the diameter run p times (p even), and the first omitted Euler-Maclaurin term."""
    x_in, x_out = x * (1.0 + delta), x + h
    curvature = p / x_in - 1.0 / x + 1.0 / x_out  # the phase is curvature * nu^2 near nu = 0
    total = 0j
    nodes, weights = (FINE_NODES, FINE_WEIGHTS) if p == 2 else (COARSE_NODES, COARSE_WEIGHTS)
    for i in range(nodes.size):
        depth = 0.5 * DESCENT_DEPTH * (nodes[i] + 1.0)
        nu = cmath.sqrt(1j * depth / curvature)
        phase = p * _even_phase(nu, x_in) - _even_phase(nu, x) + _even_phase(nu, x_out)
        total += weights[i] * _chord_weight(nu, x, delta, h, p) * cmath.exp(2j * phase)
    start = _chord_weight(0j, x, delta, h, p)
    # Euler-Maclaurin at half-integers, g'/24 - 7 g"'/5760 at nu = 0, where g"' = 6 i curvature g'
    total = total * 0.5 * DESCENT_DEPTH * 0.5j / curvature + start * (1.0 / 24.0 - 42j * curvature / 5760.0)
    left = math.exp(-2.0 * (spread * p * (1.0 + delta)) ** 2)  # the phase turns by 2 p k'/k per unit of kR
    return (straight_phase(x, delta, h, p) * total).real * left, OMITTED_EDGE * abs(start) * curvature**2 * left


@njit(cache=True)
def diameters(x, delta, h, spread):
    """Contribution to dn/n0 of the diameters p = 2, 4, ..., and its error estimate.

    What a Gaussian window of standard deviation ``spread`` in kR leaves of it, all of it for 0.
    """
    total, error = 0.0, 0.0
    for p in range(2, MAX_CHORDS, 2):
        value, omitted = _diameter(x, delta, h, p, spread)
        total += value
        error += omitted
        if abs(value) + omitted < NEGLIGIBLE * abs(delta) * _seen(x, h):
            return total, error + abs(value)
    return total, error


@njit(cache=True)
def _stationary_order(x, delta, h, p, m):
    """Order at which p alpha' - alpha + alpha_r = pi m, by bisection on 0 < nu < min(kR, k'R); 0 if there is none."""
    low, high = 0.0, x * min(1.0, 1.0 + delta)
    top = p * math.acos(high / (x * (1.0 + delta))) - math.acos(high / x) + math.acos(high / (x + h))
    if top >= math.pi * m:
        return 0.0
    for _ in range(60):
        nu = 0.5 * (low + high)
        turned = p * math.acos(nu / (x * (1.0 + delta))) - math.acos(nu / x) + math.acos(nu / (x + h))
        if turned > math.pi * m:
            low = nu
        else:
            high = nu
    return 0.5 * (low + high)


@njit(cache=True)
def _polygon(x, delta, h, p, m, spread):
    """Contribution of the polygon (p, m), and the size of its integrand for the decision to go on."""
    centre = _stationary_order(x, delta, h, p, m)
    if centre == 0.0:
        return 0.0, 0.0
    x_in, x_out = x * (1.0 + delta), x + h
    w, w_in = math.sqrt(x * x - centre * centre), math.sqrt((x_in - centre) * (x_in + centre))
    curvature = p / w_in - 1.0 / w + 1.0 / math.sqrt((x_out - centre) * (x_out + centre))
    reach = math.sqrt(DESCENT_DEPTH / curvature)
    rate = 2.0 * ((p * w_in - w) / x + math.sqrt((x_out - centre) * (x_out + centre)) / x_out)  # of the phase with kR
    left = math.exp(-0.5 * (spread * rate) ** 2)
    size = left * abs(_chord_weight(centre + 0j, x, delta, h, p)) * centre * math.sqrt(math.pi / curvature)
    if size < NEGLIGIBLE * abs(delta) * _seen(x, h) or centre + 0.5 * reach > min(x, x_in):
        return 0.0, size
    total = 0j
    direction = cmath.exp(0.25j * math.pi)
    small = size < MINOR * abs(delta) * _seen(x, h)
    nodes, weights = (COARSE_NODES, COARSE_WEIGHTS) if small else (FINE_NODES, FINE_WEIGHTS)
    for i in range(nodes.size):
        nu = centre + direction * reach * nodes[i]
        phase = p * _even_phase(nu, x_in) - _even_phase(nu, x) + _even_phase(nu, x_out)
        phase += math.pi * ((m - 0.5 * p) * nu - 0.25 * p)
        total += weights[i] * nu * _chord_weight(nu, x, delta, h, p) * cmath.exp(2j * phase)
    return (-1) ** m * (total * direction * reach * straight_phase(x, delta, h, p)).real * left, size


@njit(cache=True)
def polygons(x, delta, h, spread):
    """Contribution to dn/n0 of the polygons that count, and an estimate of those left out.

    Sizes fall with p until the chords come near grazing, where they rise again and Debye fails: those waves are
    the poles of :mod:`cnub.sphere.poles`, and the sum stops at the smallest.
    """
    total, smallest, quiet, left_out = 0.0, math.inf, 0, _gallery(x, delta, h, spread)
    for p in range(3, MAX_CHORDS):
        largest, shell = 0.0, 0.0
        for m in range(1, (p + 1) // 2):
            value, size = _polygon(x, delta, h, p, m, spread)
            shell += value
            largest = max(largest, size)
            left_out += size if size < NEGLIGIBLE * abs(delta) * _seen(x, h) else 0.0
        if largest > smallest or abs(shell) > OVERSHOOT * largest:
            return total, 2.0 * smallest + left_out
        total += shell
        smallest = largest
        quiet = quiet + 1 if largest < NEGLIGIBLE * abs(delta) * _seen(x, h) else 0
        if quiet == 2:
            break
    return total, left_out


@njit(cache=True)
def _gallery(x, delta, h, spread):
    """Size of the waves that creep once around the inside of a repelling ball.

    Their order has the imaginary part -ln|r'|/(2 alpha'), at grazing (k'/k)/sqrt(1 - (k'/k)^2); an observer above the
    ball sees them after less than the whole way around.
    """
    if delta >= 0.0:
        return 0.0
    gap = -delta * (2.0 + delta)
    eta = h / x
    seen = math.sqrt(gap / (gap + eta * (2.0 + eta))) / (1.0 + eta)
    way = 2.0 * math.pi - 2.0 * (math.acos((1.0 + delta) / (1.0 + eta)) - math.acos(1.0 + delta))
    faint = math.exp(-way * (1.0 + delta) / math.sqrt(gap))
    faint *= math.exp(-2.0 * (math.pi * spread * (1.0 + delta)) ** 2)
    return GALLERY * faint * ((1.0 + delta) * x) ** (-1.0 / 3.0) * seen
