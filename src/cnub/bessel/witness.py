"""J and Y of huge order in arbitrary precision, for checking.

- Order below 1e4: Arb, with as many bits as it takes for its balls to be small.
- Above, where Arb's and mpmath's series need about as many terms as the order and stop near 1e6: Schlaefli's
  integral along paths of steepest descent. Around a saddle t0 of x sinh t - nu t, cosh t0 = nu/x, the exponent is
  x sinh(t0) (cosh s - 1) + nu (sinh s - s), which a straight ray follows to exp(-85) long before its direction
  matters. No expansion enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import mpmath
from mpmath import mp, mpc, mpf

from cnub.bessel.real_order import BesselValues, bessel
from cnub.domain import positive, within

MIN_ORDER = 1e4
DIGITS = 70
DECAY = 85  # exp(-85) = 1e-37 is where a ray ends
PANELS = 6


def bessel_witness(order: float, x: float) -> BesselValues:
    """The quantities of :func:`cnub.bessel.real_order.bessel` for ``order`` >= 1e4 and ``x`` > 0, to some 30 digits.

    The fields are ``mpmath.mpf``. Raises :class:`cnub.DomainError` outside. DLMF 10.9.17-18.
    """
    order, x = within("order", order, MIN_ORDER, 1e18), positive("x", x)
    with mp.workdps(DIGITS):
        return (_oscillating if x > order else _evanescent)(mpf(order), mpf(x))


def arb_witness(order: float, x: float, bits: int = 300) -> BesselValues:
    """The quantities of :func:`cnub.bessel.real_order.bessel` by Arb (python-flint), to 30 digits; ``order`` <= 1e4.

    ``bits`` is the working precision to begin with, doubled until every ball is small.
    """
    from flint import arb, ctx

    saved, ctx.prec = ctx.prec, bits
    n, z = arb(order), arb(x)
    xi = n * (n / z).acosh() - (n * n - z * z).sqrt() if x < order else arb(0)
    j, y, lift = z.bessel_j(n), z.bessel_y(n), xi.exp()
    j_slope, y_slope = n / z * j - z.bessel_j(n + 1), n / z * y - z.bessel_y(n + 1)
    values = [j * lift, y / lift, j_slope * lift, y_slope / lift]
    enough = min(value.rel_accuracy_bits() for value in values) > 100
    with mp.workdps(DIGITS):
        found = [mpf(value.mid().str(35, radius=False)) for value in [*values, xi]]
    ctx.prec = saved
    return BesselValues(*found) if enough else arb_witness(order, x, 2 * bits)


def relative_error(mine: BesselValues, true: BesselValues, oscillating: bool) -> float:
    """Largest error of the four functions, relative to each, or to the modulus where they oscillate."""
    fields = ("j", "y", "j_slope", "y_slope")
    size = [abs(getattr(true, field)) for field in fields]
    if oscillating:
        size = [mp.hypot(*size[:2])] * 2 + [mp.hypot(*size[2:])] * 2
    errors = (abs(getattr(mine, field) - getattr(true, field)) / s for field, s in zip(fields, size, strict=True))
    return float(max(errors))


def point_error(point: Sequence[float]) -> float:
    """:func:`relative_error` of the double-precision functions at (order, x/order), against what serves that order.

    >>> point_error([100.5, 1.5]) < 1e-13
    True
    """
    order, x = point[0], point[0] * point[1]
    witness = arb_witness if order < MIN_ORDER else bessel_witness
    return relative_error(bessel(order, x), witness(order, x), x > order)


def _oscillating(nu, x):
    angle = mp.acos(nu / x)
    saddle, pull = mpc(0, angle), mpc(0, mp.sqrt((x - nu) * (x + nu)))
    forward, forward_slope = _ray(saddle, pull, nu, mp.expjpi(mpf(1) / 3))
    backward, backward_slope = _ray(saddle, pull, nu, mp.expjpi(mpf(13) / 12))
    phase = mp.expj(pull.imag - nu * angle) / (mp.pi * 1j)
    value, slope = phase * (forward - backward), phase * (forward_slope - backward_slope)
    return BesselValues(value.real, value.imag, slope.real, slope.imag, mpf(0))


def _evanescent(nu, x):
    pull, angle = mp.sqrt((nu - x) * (nu + x)), mp.acosh(nu / x)
    xi = nu * angle - pull
    up, up_slope = _ray(mpc(angle), mpc(pull), nu, mp.expjpi(mpf(1) / 3))
    left, left_slope = _ray(mpc(-angle), mpc(-pull), nu, mpc(-1))
    right, right_slope = _ray(mpc(-angle), mpc(-pull), nu, mpc(1), 2 * angle)
    damped = mp.exp(-2 * xi)
    y = -(right - left).real - damped * up.real
    y_slope = -(right_slope - left_slope).real - damped * up_slope.real
    return BesselValues(up.imag / mp.pi, y / mp.pi, up_slope.imag / mp.pi, y_slope / mp.pi, xi)


def _ray(saddle, pull, nu, direction, limit=None):
    """Integral of exp(pull (cosh s - 1) + nu (sinh s - s)) and of that times sinh t, outwards along a ray."""
    reach = _reach(abs(pull), nu)
    end = reach if limit is None else min(reach, limit)

    def integrand(s):
        return mp.exp(pull * (mp.cosh(s) - 1) + nu * (mp.sinh(s) - s))

    edges = [direction * end * k / PANELS for k in range(PANELS + 1)]
    weighted = []
    for a, b in pairwise(edges):
        points = [(a + (b - a) * (1 + node) / 2, weight * (b - a) / 2) for node, weight in _rule()]
        weighted += [(s, weight * integrand(s)) for s, weight in points]
    return mp.fsum(w for _, w in weighted), mp.fsum(w * mp.sinh(saddle + s) for s, w in weighted)


def _reach(pull, nu):
    # quadratic decay with coefficient pull/4 at the least, cubic with nu/9: whichever ends first
    by_cubic = (9 * DECAY / nu) ** (mpf(1) / 3)
    return min(by_cubic, 2 * mp.sqrt(DECAY / pull)) if pull else by_cubic


_RULES: dict = {}


def _rule(count=40):
    """Gauss-Legendre nodes and weights to working precision, by Newton's method on P_count."""
    if count not in _RULES:
        _RULES[count] = [_node(count, k) for k in range(count)]
    return _RULES[count]


def _node(count, k):
    z = mp.cos(mp.pi * (k + mpf(3) / 4) / (count + mpf(1) / 2))
    for _ in range(8):
        value, below = mpmath.legendre(count, z), mpmath.legendre(count - 1, z)
        slope = count * (z * value - below) / (z * z - 1)
        z -= value / slope
    slope = count * (z * mpmath.legendre(count, z) - mpmath.legendre(count - 1, z)) / (z * z - 1)
    return z, 2 / ((1 - z * z) * slope * slope)
