"""Recurrences over the orders of a block, in double-double: j_l, y_l, their ratios, and the numerator of tan(delta_l).

Which recurrence serves which order l, for an argument x (turning point l + 1/2 = x):

- j_l, y_l below the turning point: upward, neutral.
- y_l above: upward, it grows.
- j_l above: the ratio j_(l+1)/j_l downward from far above, where any start is forgotten, then products.
- The numerator W_l = x g_l f_(l+1) - x' f_l g_(l+1), f = j(x), g = j(x'), x' = x(1 + delta), would lose log10(1/delta)
  digits if formed from values. W_l - W_(l-1) = (x' - x)(f_l g_(l-1) + f_(l-1) g_l) is exact and has no cancellation:
  upward where g oscillates, downward as W_l/g_l where g is evanescent: there W sums what lies above, all of one sign.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.bessel.doubledouble import add, multiply, reciprocal, scale, two_sum
from cnub.kernel_cache import njit

INTERIOR_ROUNDING = 1e-29  # of a term inside, per its sensitivity: 1e5 roundings of a double-double


@njit(cache=True)
def oscillating(first, count, inv, inv_lo, values):
    """Continue values[0:2] (orders first, first + 1) upward to values[count]: f_(l+1) = (2l+1)/x f_l - f_(l-1).

    ``inv`` + ``inv_lo`` is 1/x; ``values`` has shape (> count, 2).
    """
    b, bl = values[0, 0], values[0, 1]
    a, al = values[1, 0], values[1, 1]
    for i in range(1, count):
        c, cl = scale(2.0 * (first + i) + 1.0, inv, inv_lo)
        p, pl = multiply(c, cl, a, al)
        n, nl = add(p, pl, -b, -bl)
        b, bl, a, al = a, al, n, nl
        values[i + 1, 0], values[i + 1, 1] = a, al


@njit(cache=True)
def evanescent_ratio(first, start, count, above, inv, inv_lo, ratio):
    """ratio[i] = j_(l+1)/j_l, l = first + i, for start <= i <= count, downward from l = first + above."""
    r, rl = 0.0, 0.0
    for i in range(above, start - 1, -1):
        c, cl = scale(2.0 * (first + i) + 3.0, inv, inv_lo)
        d, dl = add(c, cl, -r, -rl)
        r, rl = reciprocal(d, dl)
        if i <= count:
            ratio[i, 0], ratio[i, 1] = r, rl


@njit(cache=True)
def fill_regular(first, turn, count, above, inv, inv_lo, values, ratio):
    """j_l for the orders of the block, oscillating up to index ``turn``, by its ratios above; fills both arrays."""
    turn = max(min(turn, count), 0)
    if turn > 1:
        oscillating(first, turn, inv, inv_lo, values)
    if turn < count:
        evanescent_ratio(first, turn, count, above, inv, inv_lo, ratio)
        for i in range(turn, count):
            v, vl = multiply(ratio[i, 0], ratio[i, 1], values[i, 0], values[i, 1])
            values[i + 1, 0], values[i + 1, 1] = v, vl


@njit(cache=True)
def numerator(turn, count, step, step_lo, x, xo, f, g, ratio, w):
    """W_l up to index ``turn``, W_l/g_l from there on; w[0] is given if turn > 0.

    ``step`` = x' - x, ``x``, ``xo`` = x, x' as double-double pairs.
    """
    for i in range(1, min(turn, count)):
        p, pl = multiply(f[i, 0], f[i, 1], g[i - 1, 0], g[i - 1, 1])
        q, ql = multiply(f[i - 1, 0], f[i - 1, 1], g[i, 0], g[i, 1])
        s, sl = add(p, pl, q, ql)
        s, sl = multiply(s, sl, step, step_lo)
        w[i, 0], w[i, 1] = add(w[i - 1, 0], w[i - 1, 1], s, sl)
    if turn < count:
        _numerator_down(max(turn, 0), count, step, step_lo, x, xo, f, ratio, w)


@njit(cache=True)
def _numerator_down(start, count, step, step_lo, x, xo, f, ratio, w):
    i = count - 1
    p, pl = multiply(x[0], x[1], f[i + 1, 0], f[i + 1, 1])
    q, ql = multiply(f[i, 0], f[i, 1], ratio[i, 0], ratio[i, 1])
    q, ql = multiply(xo[0], xo[1], q, ql)
    v, vl = add(p, pl, -q, -ql)
    if abs(step) < 1e-20 * x[0]:  # the difference would be rounding; what lies above is forgotten on the way down
        v, vl = 0.0, 0.0
    w[i, 0], w[i, 1] = v, vl
    for i in range(count - 2, start - 1, -1):
        r, rl = ratio[i, 0], ratio[i, 1]
        p, pl = multiply(f[i, 0], f[i, 1], r, rl)
        p, pl = add(p, pl, f[i + 1, 0], f[i + 1, 1])
        p, pl = multiply(p, pl, step, step_lo)
        q, ql = multiply(r, rl, v, vl)
        v, vl = add(q, ql, -p, -pl)
        w[i, 0], w[i, 1] = v, vl


@njit(cache=True)
def denominator(i, turn, x, xo, y, g, ratio):
    """D_l = x g_l y_(l+1) - x' y_l g_(l+1), or D_l/g_l from index ``turn`` on, and the size of its two parts.

    D_l as a double-double.
    """
    p, pl = multiply(x[0], x[1], y[i + 1, 0], y[i + 1, 1])
    q, ql = multiply(xo[0], xo[1], y[i, 0], y[i, 1])
    if i < turn:
        p, pl = multiply(p, pl, g[i, 0], g[i, 1])
        q, ql = multiply(q, ql, g[i + 1, 0], g[i + 1, 1])
    else:
        q, ql = multiply(q, ql, ratio[i, 0], ratio[i, 1])
    d, dl = add(p, pl, -q, -ql)
    return d, dl, abs(p) + abs(q)


@njit(cache=True)
def tangents(first, turn, count, x, xo, y, g, ratio, w, out):
    """out[i] = (W, D, size of D's parts) of each order: tan(delta_l) = W/D."""
    for i in range(count):
        d, dl, parts = denominator(i, turn, x, xo, y, g, ratio)
        out[i, 0], out[i, 1], out[i, 2] = w[i, 0], d + dl, parts


@njit(cache=True, error_model="numpy")
def interior(first, count, turn, x, xo, y, g, ratio, w, here, here_ratio):
    """Sum of (2l+1) j_l(k'r)^2/(x^2 (W^2 + D^2)), which is n/n0 inside, as a double-double; and its rounding error.

    The amplitude inside is c_l = -1/(x sqrt(W^2 + D^2)) by the Wronskian of j and y. ``here``, ``here_ratio`` hold j_l
    and j_(l+1)/j_l at k'r; from ``turn`` on W and D are over g, and so is j(k'r).
    """
    total, total_low, spread, s, sl = 0.0, 0.0, 0.0, 0.0, 0.0
    square, square_low = multiply(x[0], x[1], x[0], x[1])
    for i in range(count):
        if i < turn:
            s, sl = here[i, 0], here[i, 1]
        elif i == turn:
            r, rl = reciprocal(g[i, 0], g[i, 1])
            s, sl = multiply(here[i, 0], here[i, 1], r, rl)
        else:
            r, rl = reciprocal(ratio[i - 1, 0], ratio[i - 1, 1])
            r, rl = multiply(here_ratio[i - 1, 0], here_ratio[i - 1, 1], r, rl)
            s, sl = multiply(s, sl, r, rl)
        d, dl, parts = denominator(i, turn, x, xo, y, g, ratio)
        p, pl = multiply(w[i, 0], w[i, 1], w[i, 0], w[i, 1])
        q, ql = multiply(d, dl, d, dl)
        p, pl = add(p, pl, q, ql)
        p, pl = multiply(p, pl, square, square_low)
        p, pl = reciprocal(p, pl)
        q, ql = multiply(s, sl, s, sl)
        term, term_low = multiply(p, pl, q, ql)
        term, term_low = scale(2.0 * (first + i) + 1.0, term, term_low)
        total, total_low = add(total, total_low, term, term_low)
        spread += term * (1.0 + parts / max(abs(d), abs(w[i, 0])))
    return total, total_low, INTERIOR_ROUNDING * spread


@njit(cache=True, error_model="numpy")
def accumulate(first, count, tangent, j, y):
    """Sum of (2l+1)[sin^2(delta_l)(y_l^2 - j_l^2) - sin(2 delta_l) j_l y_l], its rounding error and resonant spread.

    ``j``, ``y`` are at the observer's radius. Returns (sum, root of the sum of squares, sum of |term| parts/|D|).
    """
    total, carry, squares, spread = 0.0, 0.0, 0.0, 0.0
    for i in range(count):
        w, d = tangent[i, 0], tangent[i, 1]
        t = w / d if abs(w) <= abs(d) else d / w
        norm = 1.0 / (1.0 + t * t)
        sine2 = t * t * norm if abs(w) <= abs(d) else norm
        a, b = j[i, 0], y[i, 0]
        weight = 2.0 * (first + i) + 1.0
        first_part, second_part = weight * sine2 * (b - a) * (b + a), 2.0 * weight * t * norm * a * b
        total, error = two_sum(total, first_part - second_part)
        carry += error
        size = abs(first_part) + abs(second_part)
        squares += size * size
        spread += size * min(1e300, tangent[i, 2] / max(abs(d), abs(w)))
    return total + carry, math.sqrt(squares), spread


def pairs(count: int) -> np.ndarray:
    """An array of ``count`` double-doubles."""
    return np.zeros((count, 2))
