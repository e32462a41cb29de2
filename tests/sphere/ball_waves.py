"""Partial waves of a uniform ball, written anew from the formulas, for checking :mod:`cnub.sphere`.

- :func:`arbitrary` sums at one k in arbitrary precision (mpmath), to kR of a few thousand.
- :func:`extended` does so in double-double (32 digits), to kR = 1e6 in seconds.
- :func:`extended_average` averages over k with a Gaussian of standard deviation ``spread`` in kR, delta and k(r - R)
  fixed, in double-double on a line above the real axis, where each partial wave is analytic.

Fixed k: u_l = cos(d_l) j_l(kr) - sin(d_l) y_l(kr) outside, tan d = N/D, N = j'(x) - n L j(x), D = y'(x) - n L y(x),
L = j'(x')/j(x'), x = kR, x' = n x, n = 1 + delta; inside u_l(R) j_l(n k r)/j_l(x') with u_l(R) = x^-2/sqrt(N^2 + D^2).
Complex k: outside -Sum (2l+1) (N/H) h_l(kr)^2 with H = h'(x) - n L h(x); inside n - 1 + n Sum (2l+1) rho_l j_l(nkr)^2,
rho = -(h(x')/j(x')) (h'/h(x) - n h'/h(x'))/(h'/h(x) - n L). Heights are in 1/k, negative inside.
"""

from __future__ import annotations

import math

import mpmath
import numpy as np
from mpmath import mp, mpc, mpf
from numba import njit

DEPTH = 65.0
"""Orders are kept until j_l/y_l = exp(-2 DEPTH): a resonance beyond is narrower than 1e-56."""


def barrier(order: float, x: float) -> float:
    """The exponent with which j_l(x) is small beyond its turning point."""
    return 0.0 if order <= x else order * math.acosh(order / x) - math.sqrt(order * order - x * x)


def order_at(x: float, depth: float) -> int:
    """The first order whose barrier is at least ``depth``."""
    low, high = x, 2 * x + 2 * depth + 10
    while barrier(high, x) < depth:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if barrier(middle, x) < depth else (low, middle)
    return int(high) + 2


# --- arbitrary precision -------------------------------------------------------------------------------------------


def _first_j(x):
    if abs(x) < 0.5:
        return mp.hyp0f1(mpf(3) / 2, -x * x / 4), mp.hyp0f1(mpf(5) / 2, -x * x / 4) * x / 3
    return mp.sin(x) / x, mp.sin(x) / x**2 - mp.cos(x) / x


def _upward(first, second, x, count):
    f = [first, second]
    for l in range(1, count):
        f.append((2 * l + 1) / x * f[l] - f[l - 1])
    return f[:count]


def _regular(x, count):
    """j_0 to j_(count-1): upward where all of them oscillate, else downward from far above (Miller)."""
    if x == 0:
        return [mpf(1)] + [mpf(0)] * (count - 1)
    first, second = _first_j(x)
    if x > 2 * count + 50:
        return _upward(first, second, x, count)
    top, f = order_at(float(x), barrier(count + 1, float(x)) + 3 * mp.dps), [None] * count
    above, here = mpf(0), mpf(1)
    for l in range(max(top, count + 10), -1, -1):
        if l < count:
            f[l] = here
        above, here = here, (2 * l + 1) / x * here - above
    scale = first / f[0] if abs(first) > abs(second) else second / f[1]
    return [scale * value for value in f]


def _irregular(x, count):
    return _upward(-mp.cos(x) / x, -mp.cos(x) / x**2 - mp.sin(x) / x, x, count)


def _arbitrary(kR, delta, height, depth):
    x, n = mpf(kR), 1 + mpf(delta)
    inner, z = n * x, x + mpf(height)
    count = order_at(kR, depth) + 2
    j, y, p = _regular(x, count + 1), _irregular(x, count + 1), _regular(inner, count + 1)
    if height < 0:
        jz = _regular(n * z, count)
    else:
        jz, yz = (_regular(z, count), _irregular(z, count)) if height else (j, y)
    total = mpf(-1 if height < 0 else 0)
    for l in range(count):
        dj, dy, dp = (l / v * f[l] - f[l + 1] for v, f in ((x, j), (x, y), (inner, p)))
        N, D = dj * p[l] - n * dp * j[l], dy * p[l] - n * dp * y[l]
        if height < 0:
            total += (2 * l + 1) * jz[l] ** 2 / (x**4 * (N * N + D * D))
        else:
            wave = N * N * (yz[l] ** 2 - jz[l] ** 2) - 2 * N * D * jz[l] * yz[l]
            total += (2 * l + 1) * wave / (N * N + D * D)
    return total


def arbitrary(kR: float, delta: float, height: float = 0.0, digits: int = 20) -> tuple[mpf, mpf]:
    """The sum at one k, and by how much a second precision and truncation change it."""
    work = digits + 30 - 2 * round(math.log10(abs(delta))) + round(4 * math.log10(1 + max(0.0, height)))
    work += 4 * round(max(0.0, -math.log10(kR)))
    values = []
    for more in (0, 30):
        with mp.workdps(work + more):
            values.append(_arbitrary(kR, delta, height, 1.2 * (work + more) + 20))
    return values[1], abs(values[1] - values[0])


# --- double-double, real or complex: (re, re's rest, im, im's rest), times 2^(SHIFT * exponent) ----------------------

SHIFT = 400
_DOWN, _LARGE = 2.0**-SHIFT, 2.0 ** (SHIFT // 2)


@njit(inline="always")
def _two_sum(a, b):
    s = a + b
    v = s - a
    return s, (a - (s - v)) + (b - v)


@njit(inline="always")
def _two_product(a, b):
    p = a * b
    s, t = 134217729.0 * a, 134217729.0 * b
    ah, bh = s - (s - a), t - (t - b)
    al, bl = a - ah, b - bh
    return p, ((ah * bh - p) + ah * bl + al * bh) + al * bl


@njit
def _add(a, b, c, d):
    s, e = _two_sum(a, c)
    t, f = _two_sum(b, d)
    s, e = _two_sum(s, e + t)
    return _two_sum(s, e + f)


@njit
def _times(a, b, c, d):
    p, e = _two_product(a, c)
    return _two_sum(p, e + (a * d + b * c))


@njit
def _over(a, b, c, d):
    q = a / c
    e, f = _times(q, 0.0, c, d)
    r, s = _add(a, b, -e, -f)
    q2 = r / c
    e, f = _times(q2, 0.0, c, d)
    r, s = _add(r, s, -e, -f)
    h, l = _two_sum(q, q2)
    return _add(h, l, (r + s) / c, 0.0)


@njit
def add(u, v):
    return _add(u[0], u[1], v[0], v[1]) + _add(u[2], u[3], v[2], v[3])


@njit
def minus(u, v):
    return _add(u[0], u[1], -v[0], -v[1]) + _add(u[2], u[3], -v[2], -v[3])


@njit
def times(u, v):
    a, b, c, d = _times(u[0], u[1], v[0], v[1]) + _times(u[2], u[3], v[2], v[3])
    e, f, g, h = _times(u[0], u[1], v[2], v[3]) + _times(u[2], u[3], v[0], v[1])
    return _add(a, b, -c, -d) + _add(e, f, g, h)


@njit
def over(u, v):
    a, b, c, d = _times(v[0], v[1], v[0], v[1]) + _times(v[2], v[3], v[2], v[3])
    size = _add(a, b, c, d)
    w = times(u, (v[0], v[1], -v[2], -v[3]))
    return _over(w[0], w[1], size[0], size[1]) + _over(w[2], w[3], size[0], size[1])


@njit
def scaled(u, s):
    return (s * u[0], s * u[1], s * u[2], s * u[3])


@njit
def number(a):
    return (a, 0.0, 0.0, 0.0)


@njit
def _run(a, b, inverse, first, last, step, f, e):
    """f_(l +- 1) = (2l+1)/x f_l - f_(l -+ 1) from f_first = a, f_(first + step) = b; what fits in ``f`` is kept."""
    exponent, l = 0, first
    while l != last:
        if l < len(e):
            f[l, 0], f[l, 1], f[l, 2], f[l, 3] = a
            e[l] = exponent
        coefficient = times(number(2.0 * l + 1.0 + 2.0 * step), inverse)
        a, b = b, minus(times(coefficient, b), a)
        if abs(b[0]) + abs(b[2]) > _LARGE:
            a, b, exponent = scaled(a, _DOWN), scaled(b, _DOWN), exponent + 1
        l += step


@njit
def _sequence(inverse, top, first, second, f, e):
    """Orders 0, 1, ...: upward from the first two if ``top`` is 0, else downward and normalised to them."""
    if top == 0:
        _run(first, second, inverse, 0, len(e), 1, f, e)
        return
    _run(number(0.0), number(1.0), inverse, top, -1, -1, f, e)
    k = 0 if abs(first[0]) + abs(first[2]) > abs(second[0]) + abs(second[2]) else 1
    scale, shift = over(first if k == 0 else second, (f[k, 0], f[k, 1], f[k, 2], f[k, 3])), e[k]
    for l in range(len(e)):
        f[l, 0], f[l, 1], f[l, 2], f[l, 3] = times((f[l, 0], f[l, 1], f[l, 2], f[l, 3]), scale)
        e[l] -= shift


@njit
def _at(f, l):
    return (f[l, 0], f[l, 1], f[l, 2], f[l, 3])


@njit
def _slope(f, e, l, inverse):
    """f'/f = l/x - f_(l+1)/f_l."""
    ratio = scaled(over(_at(f, l + 1), _at(f, l)), 2.0 ** (SHIFT * (e[l + 1] - e[l])))
    return minus(times(number(1.0 * l), inverse), ratio)


@njit
def _total(n, inverse, inner_inverse, start, end, regular, ends, inside):
    """Sum over orders of start * end^2 (num/den); see the module's docstring.

    Outside: start = j at x, end = h at kr. Inside: start = h at x', end = j at nkr.
    Always ``regular`` = j at x', ``ends`` = h at x, each with its exponents.
    """
    total = number(0.0)
    for l in range(len(end[1]) - 1):
        L = times(n, _slope(regular[0], regular[1], l, inner_inverse))
        q = _slope(ends[0], ends[1], l, inverse)
        den = minus(q, L)
        if inside:
            num = minus(q, times(n, _slope(start[0], start[1], l, inner_inverse)))
            weight, exponent = over(_at(start[0], l), _at(regular[0], l)), start[1][l] - regular[1][l]
        else:
            num = minus(_slope(start[0], start[1], l, inverse), L)
            weight, exponent = over(_at(start[0], l), _at(ends[0], l)), start[1][l] - ends[1][l]
        exponent += 2 * end[1][l]
        if exponent < -2:
            continue
        weight = times(weight, times(_at(end[0], l), _at(end[0], l)))
        term = times(times(weight, over(num, den)), number(-2.0 * l - 1.0))
        total = add(total, scaled(term, 2.0 ** (SHIFT * exponent)))
    return total


def _split(v) -> tuple[float, float, float, float]:
    v = mpc(v)
    a, b = float(v.real), float(v.imag)
    return a, float(v.real - a), b, float(v.imag - b)


def _orders(v, kind, count):
    """Values of j or h for all orders below ``count``, with their exponents."""
    f, e, v = np.zeros((count, 4)), np.zeros(count, np.int64), mpc(v)
    if v == 0:
        f[0, 0] = 1.0
        return f, e
    if kind == "h":
        first = mp.expj(v) / (1j * v)
        first, second, top = first, first * (1 / v - 1j), 0
    else:
        first, second = _first_j(v)
        size = float(abs(v))
        top = 0 if size > 2 * count + 50 else max(count + 10, order_at(size, barrier(count + 1, size) + 50.0))
    _sequence(_split(1 / v), top, _split(first), _split(second), f, e)
    return f, e


def _response(x, n, z, inside, count) -> mpc:
    inner, h = n * x, _orders(x, "h", count)
    p = _orders(inner, "j", count)
    start, end = (_orders(inner, "h", count), _orders(n * z, "j", count)) if inside else (None, None)
    if not inside:
        start, end = _orders(x, "j", count), _orders(z, "h", count)
    parts = _total(_split(n), _split(1 / x), _split(1 / inner), start, end, p, h, inside)
    total = mpc(mpf(parts[0]) + parts[1], mpf(parts[2]) + parts[3])
    return n - 1 + n * total if inside else total


def extended(kR: float, delta: float, height: float = 0.0) -> mpf:
    """The sum at one k in double-double."""
    with mp.workdps(60):
        x, n = mpf(kR), 1 + mpf(delta)
        # inside, 1 = sum of (2l+1) j_l^2 was taken out, which reaches up to k'r
        reach = max(kR, (1.0 + delta) * (kR + height)) if height < 0 else kR
        return _response(x, n, x + mpf(height), height < 0, order_at(reach, DEPTH) + 1).real


def extended_average(kR: float, delta: float, height: float = 0.0, spread: float = 2.0, lift: float = 1.5) -> mpf:
    """The average over k, on the line Im(kR) = ``lift * spread`` (trapezoidal: error exp(-2 pi lift/step) = 3e-21)."""
    step = 0.2
    reach = math.ceil(9.3 / step) * step
    count = order_at((kR + reach * spread) * max(1.0, 1.0 + delta), DEPTH) + 1
    with mp.workdps(60):
        n, total, norm = 1 + mpf(delta), mpf(0), mpf(0)
        for s in np.arange(-reach, reach + step / 2, step):
            t = mpc(s, lift)
            x, weight = kR + spread * t, mpmath.exp(-t * t / 2)
            total += (weight * _response(x, n, x + mpf(height), height < 0, count)).real
            norm += weight.real
        return total / norm
