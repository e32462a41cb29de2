"""The plain sum averaged over k, as any beam sees it: what the filled trapped waves add, without finding any of them.

The response is analytic for Im k > 0, so its average with a Gaussian over real k is the same average along a line above
the real axis, where every resonance, however narrow, is as wide as the line is high. There plain ratios of successive
orders suffice and nothing under- or overflows: with r = j_(l+1)/j_l(x), q = h_(l+1)/h_l(x), p = j_(l+1)/j_l(x') and
j_l h_l = i/(x^2 (r - q)) (Wronskian), (S_l - 1)/2 h_l^2 = -(x r - x' p)/(x q - x' p) i/(x^2 (r - q)).
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.domain import non_negative, within
from cnub.kernel_cache import njit
from cnub.sphere.starts import evanescent_order, forgotten_order

MIN_SIZE, MAX_SIZE = 10.0, 1e6
MIN_DELTA, MAX_DELTA = 1e-6, 0.1
LINE_HEIGHT = 1.5
"""Height of the line above the real axis, in units of the spread."""
STEP = 0.25
"""Trapezoidal step in units of the spread: error exp(-2 pi LINE_HEIGHT/STEP) = 4e-17 of the integrand."""
REACH = 8.5
"""End of the Gaussian, in units of the spread: exp(-REACH^2/2) = 2e-16."""
ROUNDING = 1e-15
"""Absolute error of the average per square root of the number of orders: measured below 2e-16."""
_DEPTH = 80.0


@njit(cache=True)
def _downward(x, top, count, ratio):
    r = 0j
    for l in range(top, -1, -1):
        r = 1.0 / ((2.0 * l + 3.0) / x - r)
        if l < count:
            ratio[l] = r


@njit(cache=True)
def response(x, inside, rise, top, count, r, p):
    """Sum over l < ``count`` of (2l+1)(S_l - 1)/2 h_l(kr)^2 at complex x = kR; ``inside`` = k'R, ``rise`` = r/R - 1.

    ``r``, ``p`` are scratch arrays of length ``count``; ``top`` is where the downward ratios start.
    """
    _downward(x, top, count, r)
    _downward(inside, top, count, p)
    outer = x * (1.0 + rise)
    q, qr = 1.0 / x - 1j, 1.0 / outer - 1j
    spread = cmath.exp(2j * x * rise) / (1.0 + rise) ** 2
    total = 0j
    for l in range(count):
        inner = inside * p[l]
        total += (2.0 * l + 1.0) * spread * (x * r[l] - inner) / ((r[l] - q) * (x * q - inner))
        spread *= (qr / q) ** 2
        q, qr = (2.0 * l + 3.0) / x - 1.0 / q, (2.0 * l + 3.0) / outer - 1.0 / qr
    return -1j * total / (x * x)


def direct_average(kR: float, delta: float, height: float = 0.0, spread: float = 1.0) -> tuple[float, float]:
    """Sum over all partial waves, averaged over k with a Gaussian, and its error estimate.

    ``kR`` between 10 and 1e6 is the mean, ``spread`` (0.1 to 100) the standard deviation of kR: one is one order
    spacing. The ball and the observer stay where they are, at r = R + ``height``/k for the mean k; ``delta`` the
    refraction, 1e-6 <= |delta| <= 0.1. Raises :class:`cnub.DomainError` outside. Talk, "Bessel modes".
    """
    x, d, h, sigma = _validated(kR, delta, height, spread)
    offsets = np.arange(-REACH, REACH + STEP / 2, STEP) + 1j * LINE_HEIGHT
    weights = np.exp(-0.5 * offsets**2) * STEP / math.sqrt(2.0 * math.pi)
    largest = max(x, x * (1.0 + d)) + REACH * sigma
    count = evanescent_order(largest, _DEPTH) + 1
    top, scratch = forgotten_order(count, largest), (np.empty(count, complex), np.empty(count, complex))
    values = [response(k, k * (1.0 + d), h / x, top, count, *scratch) for k in x + sigma * offsets]
    return float(np.real(np.dot(weights, values))), ROUNDING * math.sqrt(count)


def _validated(kR, delta, height, spread):
    x, sigma = within("kR", kR, MIN_SIZE, MAX_SIZE), within("spread", spread, 0.1, 100.0)
    d = within("delta", delta, -MAX_DELTA, MAX_DELTA)
    within("|delta|", abs(d), MIN_DELTA, MAX_DELTA)
    within("spread", sigma, 0.1, x / (2 * REACH))
    return x, d, non_negative("height", height), sigma
