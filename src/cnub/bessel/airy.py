"""Airy functions of real and complex argument for compiled code, with the exponential taken out.

- |z| < 1 (|z| < 3 where |arg z| > 1), and |z| < 10 around arg z = +-2 pi/3, where Ai is as large as the terms of its
  series: the Maclaurin series;
- else |arg z| <= 1.6: Ai = sqrt(z/3)/pi K_{1/3}(xi), Ai' = -z/(pi sqrt 3) K_{2/3}(xi), xi = (2/3) z^(3/2), with K
  written as a Laplace integral and done by generalised Gauss-Laguerre (DLMF 9.6.2, 10.32.8);
- |arg z| >= 2.6: the connection formula (DLMF 9.2.12); between the two and |z| >= 10: the asymptotic series;
- Bi at z > 0: the Maclaurin series, whose terms are all positive, up to z = 14, its asymptotic series beyond.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.bessel.laguerre import THIRD, TWO_THIRDS
from cnub.kernel_cache import njit

AI_ZERO, AI_SLOPE_ZERO = 0.3550280538878172, 0.2588194037928068  # Ai(0), -Ai'(0), DLMF 9.2.3-4
BI_FAR, AI_FAR = 14.0, 10.0  # from here the asymptotic series reach 1e-16
NARROW, WIDE = 1.6, 2.6  # angles between which the Laplace integral is too close to its branch point
OMEGA = cmath.exp(2j * math.pi / 3)


THIRD_NODES, THIRD_WEIGHTS = map(np.array, THIRD)
TWO_THIRDS_NODES, TWO_THIRDS_WEIGHTS = map(np.array, TWO_THIRDS)


@njit(cache=True)
def maclaurin(z):
    """Ai, Ai', Bi, Bi' from their power series (DLMF 9.4)."""
    cube = z * z * z
    f, g, f_slope, g_slope = 1.0 + 0j, z + 0j, 0j, 1.0 + 0j
    f_term, g_term = 1.0 + 0j, z + 0j
    for k in range(1, 200):
        n = 3 * k
        f_slope += f_term * z * z / (n - 1)
        f_term *= cube / (n * (n - 1))
        g_slope += g_term * z * z / n
        g_term *= cube / (n * (n + 1))
        f += f_term
        g += g_term
        if abs(f_term) < 1e-18 * abs(f) and abs(g_term) < 1e-18 * abs(g):
            break
    root = math.sqrt(3.0)
    ai, ai_slope = AI_ZERO * f - AI_SLOPE_ZERO * g, AI_ZERO * f_slope - AI_SLOPE_ZERO * g_slope
    bi = root * (AI_ZERO * f + AI_SLOPE_ZERO * g)
    return ai, ai_slope, bi, root * (AI_ZERO * f_slope + AI_SLOPE_ZERO * g_slope)


@njit(cache=True)
def _laplace(z):
    """Ai and Ai' times exp(xi), for |z| >= 1 and |arg z| <= 1.6."""
    root = cmath.sqrt(z)
    fourth = cmath.sqrt(root)
    twice = 4.0 / 3.0 * z * root
    third, two_thirds = 0j, 0j
    for i in range(THIRD_NODES.size):
        third += THIRD_WEIGHTS[i] * (1.0 + THIRD_NODES[i] / twice) ** (-1.0 / 6.0)
    for i in range(TWO_THIRDS_NODES.size):
        two_thirds += TWO_THIRDS_WEIGHTS[i] * (1.0 + TWO_THIRDS_NODES[i] / twice) ** (1.0 / 6.0)
    norm = 0.5 / math.sqrt(math.pi)
    return norm / fourth * third, -norm * fourth * two_thirds


@njit(cache=True)
def _far(z, sign):
    """Sums of DLMF 9.7.5-8 for Ai (sign -1) or Bi (sign +1): values times exp(-sign xi) and 1/prefactor."""
    step = sign / (2.0 / 3.0 * z * cmath.sqrt(z))
    value, slope, term = 1.0 + 0j, 1.0 + 0j, 1.0 + 0j
    for k in range(1, 25):
        term *= step * ((6 * k - 5) * (6 * k - 3) * (6 * k - 1) / (216.0 * k * (2 * k - 1)))
        value += term
        slope -= term * ((6 * k + 1) / (6 * k - 1))
    return value, slope


@njit(cache=True)
def airy_scaled(z):
    """Ai(z) exp(xi) and Ai'(z) exp(xi), xi = (2/3) z^(3/2), for any complex z; DLMF 9.6.2, 9.2.12."""
    size, angle = abs(z), cmath.phase(z)
    between = NARROW < abs(angle) < WIDE
    if size < 1.0 or (size < 3.0 and abs(angle) > 1.0) or (between and size < AI_FAR):
        scale = cmath.exp(2.0 / 3.0 * z * cmath.sqrt(z))
        ai, ai_slope, _, _ = maclaurin(z)
        return ai * scale, ai_slope * scale
    if between:
        value, slope = _far(z, -1.0)
        norm, fourth = 0.5 / math.sqrt(math.pi), cmath.sqrt(cmath.sqrt(z))
        return norm / fourth * value, -norm * fourth * slope
    if abs(angle) <= NARROW:
        return _laplace(z)
    turn = OMEGA if angle > 0.0 else OMEGA.conjugate()
    back = turn.conjugate()
    same, same_slope = _laplace(turn * z)
    other, other_slope = _laplace(back * z)
    factor = cmath.exp(4.0 / 3.0 * z * cmath.sqrt(z))
    return -turn * same - back * other * factor, -back * same_slope - turn * other_slope * factor


@njit(cache=True)
def airy_real(x):
    """Ai, Ai', Bi, Bi' at real x; for x > 0 Ai and Ai' times exp(xi), Bi and Bi' times exp(-xi)."""
    if x <= -3.0:
        return _oscillating(-x)
    if x < 1.0:
        ai, ai_slope, bi, bi_slope = maclaurin(x + 0j)
        up = math.exp(2.0 / 3.0 * x * math.sqrt(x)) if x > 0.0 else 1.0
        return ai.real * up, ai_slope.real * up, bi.real / up, bi_slope.real / up
    value, slope = _laplace(x + 0j)
    if x > BI_FAR:
        bi, bi_slope = _far(x + 0j, 1.0)
        norm, fourth = 1.0 / math.sqrt(math.pi), math.sqrt(math.sqrt(x))
        return value.real, slope.real, norm / fourth * bi.real, norm * fourth * bi_slope.real
    down = math.exp(-2.0 / 3.0 * x * math.sqrt(x))
    _, _, big, big_slope = maclaurin(x + 0j)
    return value.real, slope.real, big.real * down, big_slope.real * down


@njit(cache=True)
def _oscillating(x):
    """Ai, Ai', Bi, Bi' at -x from Ai on the ray arg = pi/3 (DLMF 9.2.12, 9.2.10)."""
    ray = cmath.exp(1j * math.pi / 3)
    value, slope = _laplace(x * ray)
    turned = cmath.exp(-2j / 3.0 * x * math.sqrt(x))
    value, slope = ray * value * turned, ray * ray * slope * turned
    return 2 * value.real, -2 * slope.real, 2 * value.imag, -2 * slope.imag
