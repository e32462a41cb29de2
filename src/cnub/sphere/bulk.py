"""The oscillating waves, l + 1/2 well below kR and k'R, in plain double precision over blocks with exact starts.

A double recurrence is wrong beyond kR ~ 1e7 because its phase comes from l = 0, where kR in a double is known to
1e-16 kR. Started every 2^21 orders from values whose phase was reduced with 45 digits, it accumulates only the rounding
of one block. The difference form keeps that small near the turning point, where successive orders barely differ:
f_(l+2) - f_(l+1) = (f_(l+1) - f_l) + 2 (l + 3/2 - x)/x f_(l+1), the coefficient free of cancellation.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.bessel.doubledouble import fma, split
from cnub.kernel_cache import njit
from cnub.sphere.block import Ball
from cnub.sphere.starts import hankel_pair, precision

J_IN, Y_IN, J_INSIDE, NUMERATOR, J_OUT, Y_OUT = range(6)
ANCHOR = 512
"""Orders between two settings of h to a pure outgoing wave."""
TERM_ROUNDING = 5e-14
"""Error of a block per root sum of squares of its terms, from rounding between anchors; measured 2e-14 typically."""


@njit(cache=True)
def _corrections(nu, s):
    """Real and imaginary part of the Debye corrections to log h, DLMF 10.41.9 in exponential form, to s^-4."""
    c = (nu / s) ** 2
    u = 1.0 / (s * s)
    amplitude = -u / 16.0 * (1.0 + c * (6.0 + 5.0 * c))
    amplitude += u * u / 128.0 * (13.0 + c * (284.0 + c * (1062.0 + c * (1356.0 + 565.0 * c))))
    phase = -(3.0 + 5.0 * c) / (24.0 * s)
    phase += u / s / 5760.0 * (375.0 + c * (4779.0 + c * (9945.0 + 5525.0 * c)))
    return amplitude, phase


@njit(cache=True)
def next_difference(l, x, f, y):
    """h_(l+1) - h_l from h_l = f + i y, by the local ratio of Debye's expansion.

    The two real recurrences drift apart by rounding, which mixes exp(-i phi) into h and leaves a part of h^2 that does
    not oscillate and adds up. Set back to this ratio now and then, h stays a pure outgoing wave.
    """
    nu, middle = l + 0.5, l + 1.0
    s, s1 = math.sqrt((x - nu) * (x + nu)), math.sqrt((x - nu - 1.0) * (x + nu + 1.0))
    sm = math.sqrt((x - middle) * (x + middle))
    a, p = _corrections(nu, s)
    a1, p1 = _corrections(nu + 1.0, s1)
    # ln(s/s1)/2 = -log1p((s1^2 - s^2)/s^2)/4
    growth = math.expm1(a1 - a - 0.25 * math.log1p(-(2.0 * nu + 1.0) / (s * s)))
    turn = p1 - p - math.atan2(sm, middle) + middle / (24.0 * sm * sm * sm)
    half = math.sin(0.5 * turn)
    re = growth * math.cos(turn) - 2.0 * half * half
    im = (1.0 + growth) * math.sin(turn)
    return f * re - y * im, f * im + y * re


@njit(cache=True, nogil=True, error_model="numpy")
def sweep(first, count, x, inv, inv_lo, xo, xo_lo, invo, invo_lo, step, state, end):
    """Sum ``count`` waves from ``first`` for an observer on the surface; (sum, largest partial sum, rms).

    ``state`` holds (value, next minus value) of j_l(x), y_l(x), j_l(x') and (W_l, 0); ``end`` receives them after the
    block. ``inv`` + ``inv_lo`` = 2/x, ``invo`` + ``invo_lo`` = 2/x', ``step`` = x' - x, ``xo`` + ``xo_lo`` = x': off by
    its rounding it would be another frequency.
    """
    f, df, y, dy = state[0, 0], state[0, 1], state[1, 0], state[1, 1]
    g, dg, w = state[2, 0], state[2, 1], state[3, 0]
    total, peak, squares = 0.0, 0.0, 0.0
    for start in range(first, first + count, ANCHOR):
        df, dy = next_difference(start, x, f, y)
        for l in range(start, min(start + ANCHOR, first + count)):
            f1, y1, g1 = f + df, y + dy, g + dg
            d = x * (g * dy - y * dg) - step * y * g1
            term = (2.0 * l + 1.0) * w / (w * w + d * d) * (w * (y - f) * (y + f) - 2.0 * d * f * y)
            total += term
            squares += term * term
            w += step * (f1 * g + f * g1)
            n, m = l + 1.5 - x, l + 1.5 - xo - xo_lo
            c, co = fma(n, inv, n * inv_lo), fma(m, invo, m * invo_lo)
            df, dy, dg = fma(c, f1, df), fma(c, y1, dy), fma(co, g1, dg)
            f, y, g = f1, y1, g1
        peak = max(peak, abs(total))
    end[0, 0], end[0, 1], end[1, 0], end[1, 1] = f, df, y, dy
    end[2, 0], end[2, 1], end[3, 0] = g, dg, w
    return total, peak, math.sqrt(squares)


@njit(cache=True, nogil=True, error_model="numpy")
def sweep_above(first, count, x, inv, inv_lo, xo, xo_lo, invo, invo_lo, r, r_lo, invr, invr_lo, step, state, end):
    """As :func:`sweep`, for an observer at kr = ``r`` > x: states 4 and 5 hold j_l(r), y_l(r); invr + invr_lo = 2/r."""
    f, df, y, dy = state[0, 0], state[0, 1], state[1, 0], state[1, 1]
    g, dg, w = state[2, 0], state[2, 1], state[3, 0]
    j, dj, v, dv = state[4, 0], state[4, 1], state[5, 0], state[5, 1]
    total, peak, squares = 0.0, 0.0, 0.0
    for start in range(first, first + count, ANCHOR):
        df, dy = next_difference(start, x, f, y)
        dj, dv = next_difference(start, r, j, v)
        for l in range(start, min(start + ANCHOR, first + count)):
            f1, y1, g1 = f + df, y + dy, g + dg
            d = x * (g * dy - y * dg) - step * y * g1
            term = (2.0 * l + 1.0) * w / (w * w + d * d) * (w * (v - j) * (v + j) - 2.0 * d * j * v)
            total += term
            squares += term * term
            w += step * (f1 * g + f * g1)
            n, m, q = l + 1.5 - x, l + 1.5 - xo - xo_lo, l + 1.5 - r - r_lo
            c, co, cr = fma(n, inv, n * inv_lo), fma(m, invo, m * invo_lo), fma(q, invr, q * invr_lo)
            df, dy, dg = fma(c, f1, df), fma(c, y1, dy), fma(co, g1, dg)
            j, v = j + dj, v + dv
            dj, dv = fma(cr, j, dj), fma(cr, v, dv)
            f, y, g = f1, y1, g1
        peak = max(peak, abs(total))
    end[0, 0], end[0, 1], end[1, 0], end[1, 1] = f, df, y, dy
    end[2, 0], end[2, 1], end[3, 0] = g, dg, w
    end[4, 0], end[4, 1], end[5, 0], end[5, 1] = j, dj, v, dv
    return total, peak, math.sqrt(squares)


def state(ball: Ball, order: int) -> np.ndarray:
    """Exact start of a block at ``order``: (value, next minus value) of each wave, and the numerator W_l."""
    context = precision(ball.delta)
    x, xo, r, _ = ball.arguments()
    h, inner = hankel_pair(order, x, context), hankel_pair(order, xo, context)
    rows = [(h[0].real, h[1].real), (h[0].imag, h[1].imag), (inner[0].real, inner[1].real)]
    numerator = x * rows[2][0] * rows[0][1] - xo * rows[0][0] * rows[2][1]
    if ball.height > 0.0:
        h = hankel_pair(order, r, context)
    outer = [(h[0].real, h[1].real), (h[0].imag, h[1].imag)]
    values = [(float(a), float(b - a)) for a, b in rows]
    return np.array([*values, (float(numerator), 0.0), *((float(a), float(b - a)) for a, b in outer)])


def tangent_at(ball: Ball, order: int) -> tuple[float, float]:
    """Numerator and denominator of tan(delta_l) of one oscillating wave, from its exact values."""
    context = precision(ball.delta)
    x, xo, _, _ = ball.arguments()
    h, inner = hankel_pair(order, x, context), hankel_pair(order, xo, context)
    g = (inner[0].real, inner[1].real)
    numerator, denominator = (x * g[0] * b - xo * a * g[1] for a, b in ((h[0].real, h[1].real), (h[0].imag, h[1].imag)))
    return float(numerator), float(denominator)


def bulk_sum(ball: Ball, first: int, count: int, start: np.ndarray, following: np.ndarray) -> tuple[float, float]:
    """The waves of one block and the error of their sum.

    ``start`` and ``following`` are :func:`state` at the first order and after the last: the error is what the waves
    have drifted from their exact values, and the rounding of the terms.
    """
    x, xo, r, step = ball.arguments()
    end = following.copy()
    inside = (ball.kR, *split(2 / x), *split(xo), *split(2 / xo))
    if ball.height > 0.0:
        total, peak, rms = sweep_above(first, count, *inside, *split(r), *split(2 / r), float(step), start, end)
    else:
        total, peak, rms = sweep(first, count, *inside, float(step), start, end)
    drift = _drift(end, following) + abs(end[NUMERATOR, 0] / following[NUMERATOR, 0] - 1.0)
    return total, peak * min(drift, 1.0) + TERM_ROUNDING * rms


def _drift(end, exact):
    """Relative departure of the waves from their exact values after the block, twice: the waves enter squared."""
    modulus = math.hypot(exact[J_IN, 0], exact[Y_IN, 0])
    waves = np.abs(end[:NUMERATOR, 0] - exact[:NUMERATOR, 0]).max() / modulus
    outer = np.abs(end[J_OUT:, 0] - exact[J_OUT:, 0]).max() / math.hypot(exact[J_OUT, 0], exact[Y_OUT, 0])
    return 2.0 * max(waves, outer)
