r"""First Born order for a uniform ball in closed form, at any size and height.

With a = k(r - R), b = k(r + R), rho = kr and all lengths in units of 1/k::

    dn/n0 = (delta / 2 rho) Int_a^b ds (s - a)(b - s)/s sin(2s)
    = (delta / 4 rho) { b P(2a) cos 2a - a P(2b) cos 2b + [C(a) sin 2a - C(b) sin 2b] / 2 },
    P(x) = 1 - x f(x),  C(s) = 1 - 4ab g(2s),

with the auxiliary functions f, g of the sine and cosine integrals (DLMF 6.2(ii)). Which form serves where:

* kR <= 2: both ends nearly cancel, so the integral itself is taken by Gauss-Legendre; its integrand is entire.
* kR > 2: the closed form; every term is of the size of the envelope of the result. Up to argument 40, f and g come
  from Si and Ci; beyond, from their asymptotic series, which carries P and C without the subtraction of near-equal
  numbers.

The terms at a are the near surface, the terms at b the focus of the far side ("antipodal" below).
"""

from __future__ import annotations

import numpy as np
from scipy.special import sici

from cnub.domain import DomainError, finite_array, positive, refraction, within
from cnub.sphere.curvature import strength
from cnub.sphere.limits import MAX_SIZE

SMALL_BALL = 2.0
"""kR up to which the integral is taken by quadrature: it spans at most 8 rad of phase, 24 nodes leave 1e-16."""
SERIES_FROM = 40.0
"""Argument from which 16 terms of the series of f and g are below 1e-17 (the smallest term is at n = x/2)."""
SERIES_TERMS = 16
SMOOTH_SECOND_ORDER = 1 / 8
"""Bound on the second order without the antipodal term, in delta^2: 0.087 was measured (surface, kR = 300...3000)."""
INSIDE_SECOND_ORDER, INSIDE_FOCUS = 2.0, 2.0
"""The same inside, where the fringes have k' for k, and the share of the waves that came through the centre."""
NO_RESONANCE = 0.5
"""kR delta^1.5 up to which no resonance is sharp enough to matter: the broadest has exp(-2 pi Im nu) below 1e-9."""
STRONG_GRAZING = 7.0
"""Where kR |delta|^1.5 is large, strongly scattered grazing waves add fringes high above the ball, and broad resonances
remain: without this factor, 6.5 times the bound was met in 1200 random cases up to kR = 1e13, |delta| = 1e-2."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)


def born(kR: float, delta: float, height: float | np.ndarray = 0.0) -> tuple[float | np.ndarray, float | np.ndarray]:
    """First-order density excess dn/n0 at r = R + height/k of a ball of index 1 + delta, and its error estimate.

    ``kR`` > 0; ``|delta| < 1``, with kR delta^1.5 <= 0.5 for delta > 0: beyond, resonances of any size set in, which no
    first order knows; ``height`` >= -kR in units of 1/k, a number or an array, whose shape both results take. The error
    estimate is a bound on what the second order and above change, see :func:`second_order`.
    Raises :class:`cnub.DomainError` outside those ranges. First order of the sum in the talk's "Bessel modes".
    """
    kR, delta = within("kR", positive("kR", kR), 0.0, MAX_SIZE), refraction("delta", delta)
    if delta > 0.0 and strength(kR, delta) > NO_RESONANCE:
        raise DomainError(f"kR delta^1.5 must be at most {NO_RESONANCE:g} for the first order to hold at one k")
    heights = finite_array("height", height, low=-kR)
    value = delta * unit_ball(kR, heights)
    error = second_order(kR, delta, heights)
    return (float(value), float(error)) if heights.ndim == 0 else (value, error)


def unit_ball(kR: float | np.ndarray, height: float | np.ndarray) -> np.ndarray:
    """First-order density excess divided by delta; ``kR`` > 0 and ``height`` >= -kR (in 1/k) broadcast together."""
    x, a = np.broadcast_arrays(_sizes(kR), finite_array("height", height))
    if (a < -x).any():
        raise DomainError("height must be at least -kR, the centre of the ball")
    shape, x, a = x.shape, x.ravel(), a.ravel()
    answer, inside = np.empty(a.shape), a < 0.0
    small = np.where(inside, x + a, x) <= SMALL_BALL
    for chosen, form in (
        (~inside & small, _by_quadrature),
        (~inside & ~small, _closed_form),
        (inside & small, _inside_by_quadrature),
        (inside & ~small, _inside_closed_form),
    ):
        if chosen.any():
            answer[chosen] = form(x[chosen], a[chosen])
    return answer.reshape(shape)


def amplitude(kR: float, delta: float, height: float) -> float:
    """Size of the first-order excess with its fringe at its highest: both quadratures of it, an eighth of 1/k apart."""
    aside = height + 0.25 * np.pi if height >= 0.0 else max(height - 0.25 * np.pi, -kR)
    return abs(delta) * float(np.hypot(*unit_ball(kR, np.array([height, aside]))))


def second_order(kR, delta, height) -> np.ndarray:
    """Bound on the orders beyond the first, arguments as in :func:`born` and broadcast: antipodal phase, near surface.

    Inside the ball the wave number is k(1 + delta), so the antipodal term, of amplitude delta kR / (4 kr b), turns
    by the phase 4 kR delta; the change is at most twice the amplitude. What remains stays below delta^2/8 near the
    surface and falls off with height. Both were measured against exact sums for kR = 0.1 ... 3000 (tests).
    """
    kR, delta, height = _sizes(kR), finite_array("delta", delta, -1.0, 1.0), finite_array("height", height)
    r, b = kR + height, 2 * kR + height
    focus = np.where(height < 0.0, INSIDE_FOCUS * b / (1.0 + r), kR / np.maximum(r, kR) / 4)
    amplitude = np.abs(delta) * focus / b
    turn = 1.02 * np.minimum(4 * kR * np.abs(delta) * (1 + 1 / (2 * np.maximum(kR, 1.0))), 2.0)
    near = (
        np.where(height < 0.0, INSIDE_SECOND_ORDER, SMOOTH_SECOND_ORDER / (1 + np.maximum(height, 0.0) / 4)) * delta**2
    )
    criterion = strength(kR, delta)
    rounding = 4 * np.finfo(float).eps * np.abs(delta)
    return (
        np.minimum(1.0, kR) * (amplitude * turn + near) * (1 + STRONG_GRAZING * criterion / (1 + criterion)) + rounding
    )


def _sizes(kR):
    return finite_array("kR", kR, low=np.nextafter(0.0, 1.0))


def _by_quadrature(kR, a):
    up, down = kR[:, None] * (1 + _NODES), kR[:, None] * (1 - _NODES)
    integrand = up * down * 2 * np.sinc(2 * (a[:, None] + up) / np.pi)
    return 0.5 * kR / (kR + a) * (integrand @ _WEIGHTS)


def _inside_by_quadrature(kR, a):
    t, r = -a, kR + a
    s = t[:, None] + r[:, None] * (1 + _NODES)
    integrand = 2 * (s + t[:, None]) * (2 * kR[:, None] - t[:, None] - s) * np.sinc(2 * s / np.pi)
    return 2 * np.sin(t) ** 2 + 0.5 * (integrand @ _WEIGHTS)


def _inside_closed_form(kR, a):
    t, r, b = -a, kR + a, 2 * kR + a
    cos_b = np.cos(4 * kR) * np.cos(2 * a) - np.sin(4 * kR) * np.sin(2 * a)
    sin_b = np.sin(4 * kR) * np.cos(2 * a) + np.cos(4 * kR) * np.sin(2 * a)
    near, near_sine = (0.5 * (b - 2 * t) + t * b * _f(2 * t), 0.25 + t * b * _g(2 * t))
    far, far_sine = (0.5 * t - t * b * _f(2 * b), -0.25 - t * b * _g(2 * b))
    total = near * np.cos(2 * t) + near_sine * np.sin(2 * t) + far * cos_b + far_sine * sin_b
    return 2 * np.sin(t) ** 2 + total / (2 * r)


def _f(x):
    """Auxiliary function f of the sine and cosine integrals, DLMF 6.2.17; x f(x) = 1 - (1 - x f)."""
    safe = np.where(x == 0.0, 1.0, x)
    return np.where(x == 0.0, 0.5 * np.pi, (1 - _one_minus_xf(safe)[0]) / safe)


def _closed_form(kR, a):
    r, b = kR + a, 2 * kR + a
    near, near_sine = _end(a, b, -2 * kR)
    far, far_sine = _end(b, a, 2 * kR)
    # cos 2b = cos(4kR + 2a): both terms exact doubles, so the phase is too
    cos_b = np.cos(4 * kR) * np.cos(2 * a) - np.sin(4 * kR) * np.sin(2 * a)
    sin_b = np.sin(4 * kR) * np.cos(2 * a) + np.cos(4 * kR) * np.sin(2 * a)
    sines = 0.5 * (near_sine * np.sin(2 * a) - far_sine * sin_b)
    return (near * np.cos(2 * a) - far * cos_b + sines) / (4 * r)


def _end(s, other, difference):
    """other P(2s) and C(s) = 1 - 4 s other g(2s), with difference = s - other."""
    p, q = _one_minus_xf(2 * s)
    direct = 1 - 4 * s * other * _g(2 * s)
    far = 2 * s > SERIES_FROM
    safe = np.where(far, s, 1.0)
    return other * p, np.where(far, (difference + other * q) / safe, direct)


def _one_minus_xf(x):
    """1 - x f(x), and 1 - x^2 g(x) where the series holds (zero elsewhere)."""
    far = x > SERIES_FROM
    near = np.where(far, 1.0, x)
    si, ci = sici(near)
    ci = np.where(near == 0.0, 0.0, ci)
    f = ci * np.sin(near) + (0.5 * np.pi - si) * np.cos(near)
    p, q = _series(np.where(far, x, SERIES_FROM))
    return np.where(far, p, 1 - near * f), np.where(far, q, 0.0)


def _series(x):
    """1 - x f(x) and 1 - x^2 g(x) from DLMF 6.12.3-4: -sum_{n>=1} (-1)^n (2n)!/x^2n and (2n+1)!/x^2n."""
    p, q, term = np.zeros_like(x), np.zeros_like(x), np.ones_like(x)
    for n in range(1, SERIES_TERMS + 1):
        term = -term * (2 * n - 1) * (2 * n) / x / x
        p -= term
        q -= (2 * n + 1) * term
    return p, q


def _g(x):
    """The auxiliary function g; at x = 0, where it is logarithmic and every use multiplies it by x, zero."""
    far = x > SERIES_FROM
    near = np.where(far | (x == 0.0), 1.0, x)
    si, ci = sici(near)
    g = -ci * np.cos(near) + (0.5 * np.pi - si) * np.sin(near)
    safe = np.where(far, x, SERIES_FROM)
    return np.where(x == 0.0, 0.0, np.where(far, (1 - _series(safe)[1]) / safe / safe, g))
