"""Whispering-gallery resonances of an attracting ball near one order spacing in width.

S_l has poles just above the real axis of complex order, kR < Re nu < kR (1 + delta), one per radial mode n. The path
of :mod:`cnub.sphere.contour` passes below; in the sum over half-integers each adds
-2 pi i Res g / (1 + exp(-2 pi i nu_n)), which falls as exp(-2 pi Im nu_n). Narrow ones (width 2 Im nu < 1) are counted
as trapped; as long as there is none, the sum follows by adding the broad ones.

- Few modes, so all within Airy's reach: the poles themselves, by Newton's method on Olver's expansion.
- Many: their number from the quantised phase at the order where the tunnelling width passes one half.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.kernel_cache import njit
from cnub.sphere.airy import airy_real
from cnub.sphere.bessel import AIRY_PHASE, debye_phase
from cnub.sphere.debye import FEW, phase_correction, phase_rate
from cnub.sphere.uniform import outgoing, regular

HALF_WIDTH = 0.5  # Im nu of a resonance as wide as the order spacing
FAINT = 12.0  # Im nu from which exp(-pi Im nu), the weight seen from far away, is below 1e-16
LADDER_SIZE = 2e6  # kR from which the second mode is faint
POLE_ROUNDING = 5e-12  # of a pole's term: the derivative of the mismatch is a difference
WEAKEST_WELL = 0.2  # well in Airy units, below which every pole is faint for kR >= 1e3
FEW_MODES = 4
FIRST_AIRY_ZEROS = (1.9, 3.75, 5.2, 6.5)  # starts for Newton, between the zeros of Ai' and of Ai
DEEP = 9.0  # well in Airy units from which the phase alone counts the modes
DEEPEST = 6.5  # in Airy units: the tunnelling width there is below 1/2 for any kR <= 1e14


@njit(cache=True)
def _mismatch(y, x, delta):
    """x' J'(x') H(x) - x H'(x) J(x') at nu = x + y, zero at a pole; with J(x') and H(x)."""
    nu = x + y
    j, j_slope, j_exponent = regular(nu, y - x * delta)
    h, h_slope, h_exponent = outgoing(nu, y)
    j_scale, h_scale = cmath.exp(-j_exponent), cmath.exp(-h_exponent)
    j, j_slope, h, h_slope = j * j_scale, j_slope * j_scale, h * h_scale, h_slope * h_scale
    return x * ((1.0 + delta) * j_slope * h - h_slope * j), j, h


@njit(cache=True)
def _slope(y, x, delta, step):
    """Derivative of the mismatch with respect to nu, fourth order in ``step``."""
    near = _mismatch(y + step, x, delta)[0] - _mismatch(y - step, x, delta)[0]
    far = _mismatch(y + 2 * step, x, delta)[0] - _mismatch(y - 2 * step, x, delta)[0]
    return (8.0 * near - far) / (12.0 * step)


@njit(cache=True)
def pole(n, x, delta):
    """nu - kR of the n-th pole, n = 1 ... 4, by Newton's method; Im = inf if it does not settle."""
    unit = (0.5 * x) ** (1.0 / 3.0)
    y = x * delta + unit * (0.2j - FIRST_AIRY_ZEROS[n - 1])
    for _ in range(40):
        value = _mismatch(y, x, delta)[0]
        slope = (_mismatch(y + 1e-4 * unit, x, delta)[0] - _mismatch(y - 1e-4 * unit, x, delta)[0]) / (2e-4 * unit)
        move = value / slope
        if abs(move) > 0.5 * unit:
            move *= 0.5 * unit / abs(move)
        y -= move
        if abs(move) < 1e-10 * unit:
            return y
    return complex(0.0, math.inf)


@njit(cache=True)
def _outgoing_squared(y, x, h):
    """H^(1)_nu(x + h)^2 at nu = x + y, by Olver near the turning point and by Debye beyond."""
    nu, r = x + y, x + h
    w = cmath.sqrt((h - y) * (nu + r))
    psi = w - nu * cmath.atan(w / nu)
    if abs(psi) < AIRY_PHASE:
        value, _, exponent = outgoing(nu, y - h)
        return (value * cmath.exp(-exponent)) ** 2
    q = r * r / (w * w)
    phase = psi - 0.25 * math.pi + phase_correction(w, q, FEW)
    return 2.0 / (math.pi * phase_rate(w, q, FEW)) * cmath.exp(2j * phase)


@njit(cache=True)
def _pole_weight(y, x, delta):
    """-2 pi i Res g/(1 + exp(-2 pi i nu)) at the pole kR + y, without the factor H^(1)(kr)^2/(kr)."""
    step = 1e-3 * (0.5 * x) ** (1.0 / 3.0)
    _, j, h = _mismatch(y, x, delta)
    # at the pole the numerator of T is J(x') (2i/pi)/H(x), by the Wronskian
    residue = -2j * (x + y) * j / h / _slope(y, x, delta, step)
    turns = cmath.exp(-2j * math.pi * (x % 1.0)) * cmath.exp(-2j * math.pi * y)
    return -2j * math.pi * residue / (1.0 + turns)


@njit(cache=True)
def broad_modes(x, delta):
    """Positions nu - kR and weights of the lowest poles, if they count and none has Im nu < 1/2; else none."""
    positions, weights = np.zeros(FEW_MODES - 1, np.complex128), np.zeros(FEW_MODES - 1, np.complex128)
    if delta <= 0.0 or not WEAKEST_WELL < well(x, delta) < DEEP:
        return positions[:0], weights[:0]
    for n in range(1, FEW_MODES):
        y = pole(n, x, delta)
        if not HALF_WIDTH <= y.imag < FAINT or (n > 1 and x > LADDER_SIZE):
            return positions[: n - 1], weights[: n - 1]
        positions[n - 1], weights[n - 1] = y, _pole_weight(y, x, delta)
    return positions, weights


@njit(cache=True)
def broad_resonances(x, h, positions, weights):
    """What the modes of :func:`broad_modes` add to the sum over half-integers at height h, and an error estimate.

    Their terms fall with n until they merge with the polygons of :mod:`cnub.sphere.orbits`; the first that does not
    fall is the error.
    """
    total, error, last = 0.0, 0.0, math.inf
    for n in range(positions.size):
        term = (weights[n] * _outgoing_squared(positions[n], x, h)).real / (x + h)
        if abs(term) > 0.3 * last:
            error += abs(term)
            break
        total += term
        last = abs(term)
    return total, error + POLE_ROUNDING * abs(total)


@njit(cache=True)
def well(x, delta):
    """Depth of the well in Airy units, kR delta (2/kR)^(1/3)."""
    return x * delta * (2.0 / x) ** (1.0 / 3.0)


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
