"""Whispering-gallery resonances of an attracting ball: the poles of S_l in complex order, and what each adds at one k.

S_l has poles just above the real axis of complex order, kR < Re nu < kR (1 + delta), one per radial mode n. The path
of :mod:`cnub.sphere.surface` passes below all of them; in the sum over half-integers at one k each adds
-2 pi i Res g / (1 + exp(-2 pi i nu_n)). A broad one (Im nu > 1/2) fades as exp(-2 pi Im nu). A narrow one takes away
what the path holds of it, unless its order comes within its width of a half-integer: there it gives back far more.
Narrow ones (width 2 Im nu < 1) are counted as trapped.

- The poles themselves: Newton's method on Olver's expansion, started from the quantised phase of Debye.
- Many: their number from that phase at the order where the tunnelling width passes one half.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.bessel.airy import airy_real
from cnub.bessel.debye import ORDERS, complex_debye_phase, debye_phase, growth_rate, phase_correction, phase_rate
from cnub.bessel.real_order import AIRY_PHASE
from cnub.bessel.uniform import outgoing, regular
from cnub.domain import positive, refraction
from cnub.kernel_cache import njit

HALF_WIDTH = 0.5  # Im nu of a resonance as wide as the order spacing
FARTHEST_POLE = 12.0  # Im nu from which exp(-pi Im nu), the weight seen from far away, is below 1e-16
VANISHED = 40.0  # Im nu from which nothing is left at all
BROAD = 3.0  # Im nu from which the sum may be cut in a long row of ever broader poles, at the price of the last one
ROW = 10.0  # on that price: what the poles after the last one add up to, a row that falls slowly and turns in phase
POLE_ROUNDING = 5e-12  # of a pole's term: the derivative of the mismatch is a difference
POSITION_ROUNDING = 1e-13  # of a pole's order in Airy units: a rounding of the mismatch, 1e-14, over its slope
WEAKEST_WELL = 0.2  # well in Airy units, below which every pole is faint for kR >= 1e3
FEW_MODES = 4
DEEP = 9.0  # well in Airy units from which the phase alone counts the modes
DEEPEST = 6.5  # in Airy units: the tunnelling width there is below 1/2 for any kR <= 1e14
SHALLOWEST = -0.2  # of kR: where the search for a broad mode starts at the earliest
SLACK = 0.3  # of pi: a pole's phase inside lies that close to pi (n - 1/2); measured -0.25 ... 0.17


@njit(cache=True)
def _inner(nu, excess):
    """J and J' at k'R = nu - excess: by Olver near the turning point, by Debye beyond, twenty times faster."""
    w = cmath.sqrt(-excess * (2.0 * nu - excess))
    psi = complex_debye_phase(w, nu)
    if abs(psi) < AIRY_PHASE:
        j, j_slope, exponent = regular(nu, excess)
        return j * cmath.exp(-exponent), j_slope * cmath.exp(-exponent)
    z = nu - excess
    q = z * z / (w * w)
    rate, growth = phase_rate(w, q, ORDERS), growth_rate(w, q, ORDERS)
    theta = psi - 0.25 * math.pi + phase_correction(w, q, ORDERS)
    modulus = cmath.sqrt(2.0 / (math.pi * rate))
    j, y = modulus * cmath.cos(theta), modulus * cmath.sin(theta)
    return j, (growth * j - rate * y) / z


@njit(cache=True)
def _mismatch(y, x, delta, lift):
    """[x' J'(x') H(x) - x H'(x) J(x')] exp(-lift) at nu = x + y, zero at a pole; with J(x') and H(x) exp(-lift)."""
    nu = x + y
    j, j_slope = _inner(nu, y - x * delta)
    h, h_slope, h_exponent = outgoing(nu, y)
    h_scale = cmath.exp(-h_exponent - lift)
    h, h_slope = h * h_scale, h_slope * h_scale
    return x * ((1.0 + delta) * j_slope * h - h_slope * j), j, h


@njit(cache=True)
def _lift(y, x):
    """The exponent of H at nu = x + y, where nothing over- or underflows once it is taken out."""
    return -outgoing(x + y, y)[2].real


@njit(cache=True)
def _slope(y, x, delta, step, lift):
    """Derivative of the mismatch with respect to nu, fourth order in ``step``."""
    near = _mismatch(y + step, x, delta, lift)[0] - _mismatch(y - step, x, delta, lift)[0]
    far = _mismatch(y + 2 * step, x, delta, lift)[0] - _mismatch(y - 2 * step, x, delta, lift)[0]
    return (8.0 * near - far) / (12.0 * step)


@njit(cache=True)
def _start(n, x, delta):
    """Where Debye's phase inside is pi (n - 1/2), between the orders at which J' and J vanish at the surface."""
    unit = (0.5 * x) ** (1.0 / 3.0)
    low, high = SHALLOWEST * x, x * delta
    for _ in range(60):
        y = 0.5 * (low + high)
        if debye_phase(x + y, y - x * delta) > math.pi * (n - 0.5):
            low = y
        else:
            high = y
    depth = max(0.0, y / unit)
    return complex(y, 0.2 * unit * math.exp(-4.0 / 3.0 * depth**1.5))


@njit(cache=True)
def pole(n, x, delta):
    """nu - kR of the n-th pole by Newton's method; Im = inf if it does not settle."""
    unit = (0.5 * x) ** (1.0 / 3.0)
    y = _start(n, x, delta)
    for _ in range(60):
        lift = _lift(y, x)
        value = _mismatch(y, x, delta, lift)[0]
        move = value / _slope(y, x, delta, 1e-3 * unit / (1.0 + math.sqrt(well(x, delta))), lift)
        if not abs(move) < 0.5 * unit:
            move *= 0.5 * unit / abs(move)
        y -= move
        if abs(move) < 1e-9 * unit:
            return y
    return complex(0.0, math.inf)


@njit(cache=True)
def _outgoing_squared(y, x, h, lift):
    """H^(1)_nu(x + h)^2 exp(-2 lift - 2ih) at nu = x + y, by Olver near the turning point and by Debye beyond."""
    nu, r = x + y, x + h
    w = cmath.sqrt((h - y) * (nu + r))
    psi = complex_debye_phase(w, nu)
    if abs(psi) < AIRY_PHASE:
        value, _, exponent = outgoing(nu, y - h)
        return (value * cmath.exp(-exponent - lift)) ** 2 * cmath.exp(-2j * h)
    if h < y.real:  # beyond the turning point H grows
        w = w if w.imag > 0.0 else -w
        phase = complex_debye_phase(w, nu) - h
    elif h < x:
        phase = psi - h
    else:
        phase = (2.0 * x * (h - y) - y * y) / (w + h) - nu * cmath.atan(w / nu)  # w - h without subtraction
    q = r * r / (w * w)
    phase += phase_correction(w, q, ORDERS) - 0.25 * math.pi
    return 2.0 / (math.pi * phase_rate(w, q, ORDERS)) * cmath.exp(2j * phase - 2.0 * lift)


@njit(cache=True)
def _regular_squared(y, x, delta, h):
    """J_nu(k'r)^2 at nu = x + y inside; zero far beyond its turning point."""
    nu, excess = x + y, y - x * delta - (1.0 + delta) * h
    if excess.real > 0.0 and abs(debye_phase(nu.real, excess.real)) > AIRY_PHASE:
        return 0j
    return _inner(nu, excess)[0] ** 2


@njit(cache=True)
def _turns(y, x):
    """exp(-2 pi i nu) at nu = kR + y."""
    return cmath.exp(-2j * math.pi * (x % 1.0)) * cmath.exp(-2j * math.pi * y)


@njit(cache=True)
def _pole_weight(y, x, delta, lift):
    """-2 pi i Res g exp(2 lift) at the pole kR + y, without the factor H^(1)(kr)^2/(kr); and (H/J)^2 exp(-2 lift)."""
    unit = (0.5 * x) ** (1.0 / 3.0)
    _, j, h = _mismatch(y, x, delta, lift)
    # at the pole the numerator of T is J(x') (2i/pi)/H(x), by the Wronskian
    slope = _slope(y, x, delta, 1e-3 * unit / (1.0 + math.sqrt(well(x, delta))), lift)
    return -4.0 * math.pi * (x + y) * j / h / slope, (h / j) ** 2


@njit(cache=True)
def _is_mode(n, y, x, delta):
    if not y.imag < math.inf:
        return False
    return abs(debye_phase(x + y.real, y.real - x * delta) / math.pi - (n - 0.5)) < SLACK


@njit(cache=True)
def modes(x, delta, most):
    """Positions nu - kR, weights, lifts, (H(kR)/J(k'R))^2 of the poles that count; and whether these are all.

    At most ``most``.

    From the surface-hugging mode n = 1 inwards, until one is faint, or the next no fainter: from there on the polygons
    of :mod:`cnub.sphere.orbits` are the same waves, and converge.
    """
    positions, weights = np.zeros(most, np.complex128), np.zeros(most, np.complex128)
    lifts, inward = np.zeros(most), np.zeros(most, np.complex128)
    if delta <= 0.0 or well(x, delta) < WEAKEST_WELL:
        return positions[:0], weights[:0], lifts[:0], inward[:0], True
    for n in range(most):
        y = pole(n + 1, x, delta)
        faint = y.imag > FARTHEST_POLE or (n > 0 and y.imag < positions[n - 1].imag and y.real < 0.0)
        if VANISHED < y.imag < math.inf:
            positions[n] = positions[max(n - 1, 0)]  # a weight of zero there says that nothing is left out
            return positions[: n + 1], weights[: n + 1], lifts[: n + 1], inward[: n + 1], True
        if not _is_mode(n + 1, y, x, delta):
            return positions[:n], weights[:n], lifts[:n], inward[:n], n == 0 and well(x, delta) < 1.0
        lifts[n] = _lift(y, x)
        positions[n] = y
        weights[n], inward[n] = _pole_weight(y, x, delta, lifts[n])
        if faint:
            return positions[: n + 1], weights[: n + 1], lifts[: n + 1], inward[: n + 1], True
    return positions, weights, lifts, inward, positions[most - 1].imag > BROAD


@njit(cache=True)
def resonances_at(x, delta, h, positions, weights, lifts, inward):
    """What the poles of :func:`modes` add to the sum over half-integers at one k and height h, and an error estimate.

    The last pole is not added but is the size of what the others leave out. The estimate holds it, and what rounding of
    a pole's order can change: for a wave narrower than that, next to a half-integer, all that it holds.
    """
    total, error, last = 0.0, 0.0, 0.0
    unit = (0.5 * x) ** (1.0 / 3.0)
    for n in range(positions.size):
        y = positions[n]
        if h < 0.0:
            wave = weights[n] * inward[n] * _regular_squared(y, x, delta, h) / (x + h)
        else:
            wave = weights[n] * _outgoing_squared(y, x, h, lifts[n]) * cmath.exp(2j * h) / (x + h)
        turns = _turns(y, x)
        term = (wave / (1.0 + turns)).real
        step = POSITION_ROUNDING * unit + 4e-16 * abs(y)
        blur = 2.0 * math.pi * step * abs(turns) / max(abs(1.0 + turns), 2.0 * math.pi * step) ** 2
        last = abs(wave / (1.0 + turns))
        total += term if n + 1 < positions.size else 0.0
        error += abs(wave) * blur + POLE_ROUNDING * abs(term)
    return total, error + ROW * last


@njit(cache=True)
def well(x, delta):
    """Depth of the well in Airy units, kR delta (2/kR)^(1/3)."""
    return delta * x ** (2.0 / 3.0) * 2.0 ** (1.0 / 3.0)


@njit(cache=True)
def _tunnelling(depth, inside):
    """Im nu in Airy units, and the logarithmic slope, at ``depth`` above kR in a well of depth + ``inside``^2."""
    ai, _, bi, bi_slope = airy_real(depth)
    decay = math.exp(-4.0 / 3.0 * depth**1.5)
    slope = bi_slope / bi
    coupling = inside / (inside * inside + slope * slope)
    rate = inside + coupling * (depth - slope * slope + 0.5 * slope / (inside * inside))
    return decay / (math.pi * (bi * bi + decay * decay * ai * ai)) * coupling / rate, slope


@njit(cache=True)
def _count_by_phase(x, delta):
    """Number of narrow modes in a deep well: psi(k'R) = pi (n - 3/4) + arctan(slope ratio) where the width is one."""
    unit, depth_of_well = (0.5 * x) ** (1.0 / 3.0), well(x, delta)
    low, high = 0.0, DEEPEST
    for _ in range(40):
        depth = 0.5 * (low + high)
        width, slope = _tunnelling(depth, math.sqrt(depth_of_well - depth))
        if width * unit > HALF_WIDTH:
            low = depth
        else:
            high = depth
    y = depth * unit
    phase = debye_phase(x + y, y - x * delta) - math.atan(slope / math.sqrt(depth_of_well - depth))
    return np.floor(phase / math.pi + 0.75)


@njit(cache=True)
def narrow_resonances(x, delta):
    """Number of resonances with Im nu < 1/2, as a float: it may exceed any integer type."""
    if delta <= 0.0 or well(x, delta) < WEAKEST_WELL:
        return 0.0
    if well(x, delta) > DEEP:
        return _count_by_phase(x, delta)
    for n in range(1, FEW_MODES + 1):
        if pole(n, x, delta).imag >= HALF_WIDTH:
            return n - 1.0
    return max(float(FEW_MODES), _count_by_phase(x, delta))


def trapped_waves(kR: float, delta: float) -> int:
    """Number of whispering-gallery resonances narrower than one order spacing, kR < nu < kR (1 + delta).

    ``kR`` > 0, |``delta``| < 1; zero for delta <= 0. Poles of S_l with Im nu < 1/2. Raises :class:`cnub.DomainError`.

    Source: derived from the poles of the talk's phase shifts.

    >>> print(trapped_waves(1e4, 1e-2), trapped_waves(1e4, -1e-2))
    2 0
    """
    x, d = positive("kR", kR), refraction("delta", delta)
    return int(narrow_resonances(x, d))
