"""J, Y and their derivatives at any real order from 100 up, scaled so that nothing under- or overflows.

Which function serves where, by Debye's phase psi = sqrt(x^2 - nu^2) - nu arccos(nu/x) (its modulus beyond x = nu):
- |psi| <= 35: :mod:`cnub.bessel.uniform`, Airy functions around the turning point;
- x > nu: Debye's modulus and phase, the phase reduced in double-double by :mod:`cnub.bessel.phase`;
- x < nu: Debye's growing and decaying solutions with exp(-+xi), xi = |psi|, taken out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cnub.bessel.airy import airy_real
from cnub.bessel.debye import ORDERS, debye_phase, growth_rate, phase_correction, phase_rate
from cnub.bessel.phase import radial, reduced_phase
from cnub.bessel.uniform import olver_weights
from cnub.domain import within
from cnub.kernel_cache import njit

MIN_ORDER, MAX_ORDER = 100.0, 1e14
MIN_RATIO, MAX_RATIO = 1e-4, 1e4
AIRY_PHASE = 35.0


@dataclass(frozen=True)
class BesselValues:
    """J exp(xi), Y exp(-xi), J' exp(xi), Y' exp(-xi) and xi; xi = 0 for x > nu.

    xi = nu arccosh(nu/x) - sqrt(nu^2 - x^2) beyond the turning point.
    """

    j: float
    y: float
    j_slope: float
    y_slope: float
    exponent: float


def bessel(order: float, x: float) -> BesselValues:
    """Scaled J, Y and derivatives of real ``order`` (100 to 1e14) at ``x`` (1e-4 to 1e4 times the order).

    Raises :class:`cnub.DomainError` outside. DLMF 10.20.4-8 and 10.19; measured against arbitrary precision in
    the run ``bessel_accuracy``.

    Source: DLMF 10.20.4, 10.20.5; DLMF 10.19.3, 10.19.6; talk, 'Bessel evaluation precision' (J, uniform); talk,
    'Bessel evaluation precision' (Y, uniform).

    >>> values = bessel(1000.5, 1200.0)
    >>> print(f"{(values.j * values.y_slope - values.j_slope * values.y) * np.pi * 1200.0 / 2:.12f}")
    1.000000000000
    """
    nu = within("order", order, MIN_ORDER, MAX_ORDER)
    return BesselValues(*_bessel(nu, within("x", x, MIN_RATIO * nu, MAX_RATIO * nu)))


@njit(cache=True)
def _bessel(nu, x):
    psi = debye_phase(nu, nu - x)
    if abs(psi) <= AIRY_PHASE:
        return _by_airy(nu, x)
    return _oscillating(nu, x) if x > nu else _evanescent(nu, x, -psi)


@njit(cache=True)
def _by_airy(nu, x):
    argument, a, b, c, d = olver_weights(nu + 0j, nu - x + 0j)
    ai, ai_slope, bi, bi_slope = airy_real(argument.real)
    xi = 2.0 / 3.0 * argument.real * math.sqrt(argument.real) if argument.real > 0.0 else 0.0
    a, b, c, d = a.real, b.real, c.real, d.real
    return a * ai + b * ai_slope, -a * bi - b * bi_slope, c * ai + d * ai_slope, -c * bi - d * bi_slope, xi


@njit(cache=True)
def _oscillating(nu, x):
    w, _ = radial(nu, x)
    q = x * x / (w * w) + 0j
    rate, growth = phase_rate(w + 0j, q, ORDERS).real, growth_rate(w + 0j, q, ORDERS).real
    theta = reduced_phase(nu, x) - 0.25 * math.pi + phase_correction(w + 0j, q, ORDERS).real
    modulus = math.sqrt(2.0 / (math.pi * rate))
    j, y = modulus * math.cos(theta), modulus * math.sin(theta)
    return j, y, (growth * j - rate * y) / x, (growth * y + rate * j) / x, 0.0


@njit(cache=True)
def _evanescent(nu, x, xi):
    depth = math.sqrt((nu - x) * (nu + x))
    w, q = -1j * depth, -x * x / (depth * depth) + 0j
    # with w = -i depth the solution exp(+i theta) decays towards small x: it is J
    rate, growth = (1j * phase_rate(w, q, ORDERS)).real, growth_rate(w, q, ORDERS).real
    lift = math.exp((1j * phase_correction(w, q, ORDERS)).real)
    j, y = lift / math.sqrt(2.0 * math.pi * rate), -math.sqrt(2.0 / (math.pi * rate)) / lift
    return j, y, j * (growth + rate) / x, y * (growth - rate) / x, xi
