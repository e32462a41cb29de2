"""The average over k along a line above the real axis: every partial wave, no resonance to find, nothing to expand.

The response is analytic for Im k > 0, so its average with a Gaussian over real kR is the same average along
kR + i LINE_HEIGHT SPREAD, where every resonance, however narrow, is as wide as the line is high. There ratios of
successive orders suffice and nothing under- or overflows. With Q = x h_(l+1)/h_l(x), R = x j_(l+1)/j_l(x), primes at
x' = k'R, and j_l h_l = i/(x (R - Q)) (Wronskian):

- outside, (S_l - 1)/2 h_l(x)^2 = -i (R - R')/[x (R - Q)(Q - R')];
- inside, rho_l j_l(x')^2 = -i (Q - Q')/[x' (R' - Q')(Q - R')].

Both differences have recurrences of their own without subtraction, so the result is as exact for the smallest delta;
where kR |delta|^1.5 is large these would grow errors, and the plain difference loses few digits.
Near the centre of a huge ball only the lowest orders count, and the recurrences that go up from them suffice.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.kernel_cache import njit
from cnub.sphere.curvature import strength_kernel
from cnub.sphere.orbits import straight_phase
from cnub.sphere.orders import DEPTH, evanescent_order, faded_order, forgotten_order
from cnub.sphere.surface import way_up

SPREAD = 2.0
"""Standard deviation in kR of the window of the average, see :mod:`cnub.sphere.average`."""
LINE_HEIGHT = 1.5
"""Height of the line above the real axis, in units of the spread."""
STEP = 0.25
"""Trapezoidal step in units of the spread: error exp(-2 pi LINE_HEIGHT/STEP) = 4e-17 of the integrand."""
REACH = 8.5
"""End of the Gaussian, in units of the spread: exp(-REACH^2/2) = 2e-16."""
ROUNDING = 5e-15
"""Error of the average in units of the sum of the sizes of its terms; it grows with their number."""
STEADY, CANCELLED = 0.5, 2e-16
"""kR |delta|^1.5 from which the differences are formed plainly, and the rounding of that in units of delta."""


@njit(cache=True)
def _grows(x, delta):
    """Whether the recurrences of the differences grow errors between the turning points, by exp(kR |delta|^1.5)."""
    return strength_kernel(abs(x), delta) > STEADY


@njit(cache=True)
def _outside(x, delta, h, top, count, regular, change):
    """Sum over l < ``count`` of (2l+1)(S_l - 1)/2 h_l(x + h)^2; ``regular``, ``change`` hold R and R - R'."""
    x_in = (1.0 + delta) * x
    upper, inner, difference, plain = 0j, 0j, 0j, _grows(x, delta)
    for l in range(top, -1, -1):
        a, b = 2.0 * l + 3.0 - upper, 2.0 * l + 3.0 - inner
        upper, inner = x * x / a, x_in * x_in / b
        difference = upper - inner if plain else x * x * (difference - delta * (2.0 + delta) * a) / (a * b)
        if l < count:
            regular[l], change[l] = upper, difference
    r = x + h
    q, q_out = 1.0 - 1j * x, 1.0 - 1j * r
    spread, total, size = cmath.exp(2j * h) / (1.0 + h / x) ** 2, 0j, 0.0
    for l in range(count):
        term = (2.0 * l + 1.0) * spread * change[l] / ((regular[l] - q) * (q - regular[l] + change[l]))
        total += term
        size += abs(term)
        spread *= (q_out * x / (q * r)) ** 2
        q, q_out = 2.0 * l + 3.0 - x * x / q, 2.0 * l + 3.0 - r * r / q_out
    return -1j * total / x, size / abs(x)


@njit(cache=True)
def _downward(x, top, count, ratio):
    value = 0j
    for l in range(top, -1, -1):
        value = x * x / (2.0 * l + 3.0 - value)
        if l < count:
            ratio[l] = value


@njit(cache=True)
def _inside(x, delta, h, top, count, inner, here):
    """Sum over l < ``count`` of (2l+1) rho_l j_l(k'r)^2; ``inner``, ``here`` hold R at k'R and at k'r."""
    n = 1.0 + delta
    x_in, z = n * x, n * (x + h)
    _downward(x_in, top, count, inner)
    _downward(z, top, count, here)
    q, q_in, change, plain = 1.0 - 1j * x, 1.0 - 1j * x_in, 1j * delta * x, _grows(x, delta)
    share = x_in / z * (1.0 - cmath.exp(2j * z)) / (1.0 - cmath.exp(2j * x_in))
    share, total, size = way_up(h, delta) * share * share, 0j, 0.0
    for l in range(count):
        term = (2.0 * l + 1.0) * share * change / ((inner[l] - q_in) * (q - inner[l]))
        total += term
        size += abs(term)
        share *= (here[l] * x_in / (inner[l] * z)) ** 2
        change = x * x * (change + delta * (2.0 + delta) * q) / (q * q_in)
        q, q_in = 2.0 * l + 3.0 - x * x / q, 2.0 * l + 3.0 - x_in * x_in / q_in
        change = q - q_in if plain else change
    return -1j * total / x_in, size / abs(x_in)


@njit(cache=True)
def centre_response(x, delta, z, turn, top, count, here):
    """Sum over l < ``count`` of (2l+1) rho_l j_l(z)^2 for orders far below kR; ``turn`` is exp(2i k'R).

    The reflection at the surface from inside is -G (Q - Q')/(Q - Q*'), with Q*' of the incoming wave and G = h/h* at
    k'R; the waves go on through the centre and back, rho = 2 r/(1 - r).
    """
    x_in = (1.0 + delta) * x
    _downward(z, top, count, here)
    wave = cmath.sin(z) / z if z != 0.0 else 1.0 + 0j
    q, q_in, q_back, change = 1.0 - 1j * x, 1.0 - 1j * x_in, 1.0 + 1j * x_in, 1j * delta * x
    ratio, total, size = -turn, 0j, 0.0
    for l in range(count):
        back = -ratio * change / (q - q_back)
        term = (2.0 * l + 1.0) * 2.0 * back / (1.0 - back) * wave * wave
        total += term
        size += abs(term)
        wave *= here[l] / z if z != 0.0 else 0j
        ratio *= q_in / q_back
        # far below the turning points q q_in is close to x x_in: the greater of the squares would grow errors
        if delta < 0.0:
            change = (x_in * x_in * change + delta * (2.0 + delta) * x * x * q_in) / (q * q_in)
        else:
            change = x * x * (change + delta * (2.0 + delta) * q) / (q * q_in)
        q, q_in = 2.0 * l + 3.0 - x * x / q, 2.0 * l + 3.0 - x_in * x_in / q_in
        q_back = 2.0 * l + 3.0 - x_in * x_in / q_back
    return total, size


def window() -> tuple[np.ndarray, np.ndarray]:
    """Offsets in kR along the line, and their weights, which sum to one."""
    steps = np.arange(-REACH, REACH + STEP / 2, STEP) + 1j * LINE_HEIGHT
    return SPREAD * steps, np.exp(-0.5 * steps**2) * STEP / math.sqrt(2.0 * math.pi)


def line_average(kR: float, delta: float, h: float) -> tuple[float, float]:
    """The average of dn/n0 over the window and its error estimate; the work grows with kR, or inside with k'R."""
    offsets, weights = window()
    n = 1.0 + delta
    reach = abs(offsets).max()
    largest = max(1.0, n) * (kR + reach)
    count = evanescent_order(largest, DEPTH) + 1
    if h < 0.0:
        inner, here = n * (kR + reach), n * (abs(kR + h) + reach)
        # the average fills what is trapped, so only the way from the surface inwards counts
        count = min(count, faded_order(inner, here, max(inner, kR + reach), DEPTH) + 1)
    top, arrays = forgotten_order(count, largest), (np.empty(count, complex), np.empty(count, complex))
    kernel = _inside if h < 0.0 else _outside
    values = np.array([kernel(complex(kR + u), delta, h, top, count, *arrays) for u in offsets])
    rounding = ROUNDING * (1.0 + count / 1e3) + (CANCELLED / abs(delta) if _grows(kR, delta) else 0.0)
    return _summed(weights, values, delta, h, rounding)


def centre_average(kR: float, delta: float, h: float) -> tuple[float, float]:
    """As :func:`line_average`, near the centre of a ball far larger than k'r, where only the orders below k'r count."""
    offsets, weights = window()
    n = 1.0 + delta
    scale = n * (abs(kR + h) + abs(offsets).max())
    count = evanescent_order(scale, DEPTH) + 1
    top, here = forgotten_order(count, scale), np.empty(count, complex)
    start = straight_phase(kR, delta, 0.0, 1)
    values = np.array(
        [
            centre_response(kR + u, delta, n * (kR + h) + n * u, start * cmath.exp(2j * n * u), top, count, here)
            for u in offsets
        ]
    )
    return _summed(weights, values, delta, h, ROUNDING)


def _summed(weights, values, delta, h, rounding):
    inside = h < 0.0
    factor = 1.0 + delta if inside else 1.0
    value = float(np.real(np.dot(weights, values[:, 0]))) * factor
    error = rounding * factor * float(np.dot(np.abs(weights), np.abs(values[:, 1])))
    return value + (delta if inside else 0.0), error + 1e-15 * (abs(value) + (abs(delta) if inside else 0.0))
