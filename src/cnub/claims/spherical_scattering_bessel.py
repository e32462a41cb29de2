"""The talk's expansions of Bessel functions of huge order ("Bessel evaluation precision"), as the slide has them.

The slide is known to us as extracted text, which gives two copies of each formula that differ in powers of nu. Each row
evaluates one reading at order 1000, keeps the terms k = 0 ("uniform") or k <= 2, 1 ("transition"), and divides by the
function itself.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from mpmath import mp, mpf
from scipy.special import airy

from cnub.bessel.real_order import bessel
from cnub.bessel.witness import bessel_witness
from cnub.claims.ledger import talk

_PLACE = "Bessel evaluation precision"
_ORDER, _Z, _A = 1000.0, 0.995, -0.7
_UNIFORM = 1e-4
_TRANSITION = 1e-4
_EARTH, _FAR = 1e10, 30.0
_SECOND = 1e-10
"""A hundredth of the delta of the Earth, the size of the differences that the expansions have to carry."""


def _uniform(power: float, second: bool) -> float:
    """Right-hand side of DLMF 10.20.4-5 with A_0 and B_0, nu^-``power`` in front of the Airy function."""
    nu, z = _ORDER, _Z
    root = math.sqrt(1 - z * z)
    zeta = (1.5 * (math.log((1 + root) / z) - root)) ** (2 / 3)
    b0 = -5 / (48 * zeta**2) + (5 / (24 * root**3) - 1 / (8 * root)) / math.sqrt(zeta)
    ai, slope_a, bi, slope_b = airy(nu ** (2 / 3) * zeta)
    value, slope = (bi, slope_b) if second else (ai, slope_a)
    total = (4 * zeta / (1 - z * z)) ** 0.25 * (value / nu**power + slope / nu ** (5 / 3) * b0)
    return float(-total if second else total)


def _transition(first_power: float, second_power: float, second: bool) -> float:
    """Right-hand side of DLMF 10.19.8 with P_0...P_2 and Q_0, Q_1 at x = nu + a nu^(1/3), printed powers of nu."""
    nu, a = _ORDER, _A
    ai, slope_a, bi, slope_b = airy(-(2 ** (1 / 3)) * a)
    value, slope = (bi, slope_b) if second else (ai, slope_a)
    p = 1 - a / 5 / nu ** (2 / 3) + (-9 / 100 * a**5 + 3 / 35 * a**2) / nu ** (4 / 3)
    q = 3 / 10 * a**2 + (-17 / 70 * a**3 + 1 / 70) / nu ** (2 / 3)
    total = 2 ** (1 / 3) / nu**first_power * value * p + 2 ** (2 / 3) / nu**second_power * slope * q
    return float(-total if second else total)


def _value(second: bool, x: float) -> float:
    found = bessel(_ORDER, x)
    return found.y * math.exp(found.exponent) if second else found.j * math.exp(-found.exponent)


def _uniform_ratio(power: float, second: bool) -> float:
    return _uniform(power, second) / _value(second, _ORDER * _Z)


def _transition_ratio(first: float, power: float, second: bool) -> float:
    return _transition(first, power, second) / _value(second, _ORDER + _A * float(np.cbrt(_ORDER)))


def to_second_order(a: float, terms: int = 2, order: float = _EARTH) -> mpf:
    """DLMF 10.19.8 for J at ``order`` + ``a`` order^(1/3), k <= ``terms``, over J by Schlaefli's integral, less one."""
    with mp.workdps(50):
        x = order + a * float(np.cbrt(order))
        nu = mpf(order)
        # the a that belongs to the x a double can hold
        a = (mpf(x) - nu) / mp.cbrt(nu)
        p = [mpf(1), -a / 5, -9 * a**5 / 100 + 3 * a**2 / 35]
        q = [3 * a**2 / 10, -17 * a**3 / 70 + mpf(1) / 70, -9 * a**7 / 1000 + 611 * a**4 / 3150 - 37 * a / 3150]
        steps = [nu ** (-mpf(2 * k) / 3) for k in range(terms + 1)]
        value, slope = (mp.airyai(-mp.cbrt(2) * a, derivative=n) for n in (0, 1))
        total = mp.cbrt(2) / mp.cbrt(nu) * value * mp.fdot(p[: terms + 1], steps)
        total += mp.cbrt(4) / nu * slope * mp.fdot(q[: terms + 1], steps)
        true = bessel_witness(order, x)
        return total / (true.j * mp.exp(-true.exponent)) - 1


def _order_note() -> str:
    near, far = ([abs(to_second_order(a, k)) for k in range(3)] for a in (_A, _FAR))
    return (
        f"With k <= 0, 1, 2 it is off by {', '.join(mp.nstr(e, 2) for e in near)} at a = {_A:g} and by "
        f"{', '.join(mp.nstr(e, 2) for e in far)} at a = {_FAR:g}. Phase shifts are differences of the relative size "
        "of delta, so that the first order is needed everywhere and the second away from the turning point."
    )


_bessel = partial(talk, prefix="bessel")

CLAIMS = [
    _bessel(
        "j-uniform", _PLACE, "uniform expansion of J_nu(nu z), terms k = 0, over J (nu = 1000, z = 0.995)", "1",
        lambda: _uniform_ratio(1 / 3, False), bessel, tolerance=_UNIFORM,
        note="The next terms are of relative order 1/nu^2.",
    ),
    _bessel(
        "y-uniform", _PLACE, "uniform expansion of Y_nu(nu z), terms k = 0, over Y (nu = 1000, z = 0.995)", "1",
        lambda: _uniform_ratio(2 / 3, True), bessel, tolerance=_UNIFORM,
        correction="With nu^(1/3) under Bi (DLMF 10.20.5) instead of nu^(2/3).",
        corrected=lambda: _uniform_ratio(1 / 3, True),
        note="The power may be an error of the text extraction.",
    ),
    _bessel(
        "j-transition", _PLACE,
        "transition expansion of J_nu(nu + a nu^(1/3)) to second order, over J (nu = 1000, a = -0.7)", "1",
        lambda: _transition_ratio(1 / 3, 2 / 3, False), bessel, tolerance=_TRANSITION,
        correction="With nu under Ai' (DLMF 10.19.8) instead of nu^(2/3).",
        corrected=lambda: _transition_ratio(1 / 3, 1.0, False),
        note="The two copies of the formula in the text differ in this power.",
    ),
    _bessel(
        "y-transition", _PLACE,
        "transition expansion of Y_nu(nu + a nu^(1/3)) to second order, over Y (nu = 1000, a = -0.7)", "1",
        lambda: _transition_ratio(1.0, 2 / 3, True), bessel, tolerance=_TRANSITION,
        correction="With nu^(1/3) under Bi and nu under Bi' (DLMF 10.19.8) instead of nu^(3/3) and nu^(2/3).",
        corrected=lambda: _transition_ratio(1 / 3, 1.0, True),
        note="The two copies of the formula in the text differ in these powers.",
    ),
    _bessel(
        "second-order", _PLACE,
        "transition expansion of J to second order over J at order 1e10, a = 30 (powers of DLMF 10.19.8)", "1",
        lambda: float(1 + to_second_order(_FAR)), bessel_witness, printed="Sum up to the second order",
        tolerance=_SECOND,
        note=_order_note,
    ),
]  # fmt: skip
