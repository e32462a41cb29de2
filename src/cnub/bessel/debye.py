"""Debye's expansions far from the turning point, for complex order nu and argument x, |x^2 - nu^2| = O(x^2).

Both waves are written as u_pm = M exp(+-i theta), formally exact solutions with u_+ ~ H^(1), u_- ~ H^(2).
With t = ln x, w^2 = x^2 - nu^2 and q = x^2/w^2, the logarithmic derivative L_pm = d ln u_pm / dt obeys
L' = -w^2 - L^2 (Bessel's equation), so L_pm = sum_n (+-i w)^(1-n) P_n(q) with polynomials P_n that follow by
recursion; even n make up theta' = Theta, and the Wronskian gives M^2 = 2/(pi Theta). This is DLMF 10.19(iii)
in a form where a difference between x and x (1 + delta) never subtracts nearly equal numbers.

Terms fall like Gamma(n)/(2 |psi|)^n, psi = w - nu arccos(nu/x); ``orders`` says how many are taken.
Closer to the turning point :mod:`cnub.bessel.uniform` takes over.
"""

from __future__ import annotations

import cmath
import math
from fractions import Fraction

import numpy as np

from cnub.kernel_cache import njit

ORDERS = 16  # P_0 ... P_15: what is left out is below 1e-16 for |psi| > 35
FEW = 8  # P_0 ... P_7: below 1e-17 for |psi| > 200, enough on every path through complex order


def _log_derivative_polynomials(orders: int) -> list[list[Fraction]]:
    """Coefficients of P_0 ... in powers of q, from L' = -w^2 - L^2 order by order."""
    polynomials = [[Fraction(1)]]
    for n in range(orders - 1):
        total = [Fraction(0)] * (n + 2)
        for j, value in enumerate(polynomials[n]):
            total[j + 1] += (1 - n - 2 * j) * value
            total[j] += 2 * j * value
        for first in range(1, n + 1):
            for i, left in enumerate(polynomials[first]):
                for j, right in enumerate(polynomials[n + 1 - first]):
                    total[i + j] += left * right
        polynomials.append([-value / 2 for value in total])
    return polynomials


def _phase_polynomial(n: int, polynomial: list[Fraction]) -> list[Fraction]:
    """Coefficients V_n of the phase, d/dt [w^(1-n) V_n(q)] = w^(1-n) P_n(q), solved from the top power down."""
    phase = [Fraction(0)] * len(polynomial)
    for j in range(len(polynomial) - 1, 0, -1):
        phase[j - 1] = (polynomial[j] - 2 * j * phase[j]) / (3 - n - 2 * j)
    return phase


def _table(rows: list[list[Fraction]]) -> np.ndarray:
    table = np.zeros((len(rows), max(len(row) for row in rows)))
    for n, row in enumerate(rows):
        table[n, : len(row)] = [float(value) for value in row]
    return table


_ROWS = _log_derivative_polynomials(ORDERS)
LOG_DERIVATIVE = _table(_ROWS)
PHASE = _table([_phase_polynomial(n, row) if n % 2 == 0 and n else [Fraction(0)] for n, row in enumerate(_ROWS)])


@njit(cache=True)
def debye_phase(nu, excess):
    """Debye's phase psi for x = nu - excess > nu, -|psi| for x < nu, to a few 1e-16 at any distance from x = nu."""
    x = nu - excess
    sigma = excess / nu * ((nu + x) / nu)  # in this order nothing overflows
    s = math.sqrt(abs(sigma))
    if s > 0.5:
        return nu * (s - math.atan(s)) if sigma < 0.0 else -nu * (math.log((1.0 + s) * nu / x) - s)
    total, power = 0.0, 1.0
    for k in range(40):
        total += power / (2 * k + 3)
        power *= sigma
    return -math.copysign(nu * s * s * s * total, sigma)


@njit(cache=True)
def complex_debye_phase(w, nu):
    """The same at complex order, w - nu arctan(w/nu), w = sqrt(x^2 - nu^2): no subtraction at the turning point."""
    s = w / nu
    if abs(s) > 0.3:
        return w - nu * cmath.atan(s)
    total, power = 0j, 1.0 + 0j
    for k in range(18):
        total += power / (2 * k + 3)
        power *= -s * s
    return nu * s**3 * total


@njit(cache=True)
def horner(coefficients, degree, q):
    """Value at ``q`` of the polynomial with the given coefficients, lowest power first."""
    value = 0j
    for j in range(degree, -1, -1):
        value = value * q + coefficients[j]
    return value


@njit(cache=True)
def horner_difference(coefficients, degree, q, q_other):
    """Divided difference [P(q_other) - P(q)]/(q_other - q), without subtraction."""
    value, difference = 0j, 0j
    for j in range(degree, -1, -1):
        difference = difference * q_other + value
        value = value * q + coefficients[j]
    return difference


@njit(cache=True)
def phase_rate(w, q, orders):
    """Theta = d theta / d ln x = 2/(pi M^2) at w = sqrt(x^2 - nu^2), q = x^2/w^2."""
    total, power = 0j, w + 0j
    for n in range(0, orders, 2):
        total += power * horner(LOG_DERIVATIVE[n], n, q)
        power = -power / (w * w)
    return total


@njit(cache=True)
def growth_rate(w, q, orders):
    """d ln M / d ln x at w = sqrt(x^2 - nu^2), q = x^2/w^2."""
    total, power = 0j, 1.0 + 0j
    for n in range(1, orders, 2):
        total += power * horner(LOG_DERIVATIVE[n], n, q)
        power = -power / (w * w)
    return total


@njit(cache=True)
def phase_correction(w, q, orders):
    """theta - (psi - pi/4), the part of the phase that falls like 1/w."""
    total, power = 0j, -1.0 / w
    for n in range(2, orders, 2):
        total += power * horner(PHASE[n], n - 1, q)
        power = -power / (w * w)
    return total


@njit(cache=True)
def rate_differences(w, q, w_other, q_other, gap):
    """Changes of Theta and of d ln M/d ln x from w to ``w_other``, where ``gap`` = w_other^2 - w^2 exactly."""
    step_w = gap / (w_other + w)
    step_v = -step_w / (w * w_other)  # of v = 1/w
    step_q = (1.0 - q) * gap / (w_other * w_other)  # of q = 1 + nu^2/w^2
    v, v_other = 1.0 / w, 1.0 / w_other
    rate, growth = step_w + 0j, 0j
    power, power_other, power_step = 1.0 + 0j, 1.0 + 0j, 0j  # v^(n-1) at n = 1
    sign = 1.0
    for n in range(1, FEW):
        here = horner(LOG_DERIVATIVE[n], n, q)
        change = step_q * horner_difference(LOG_DERIVATIVE[n], n, q, q_other)
        term = power_other * change + power_step * here
        if n % 2 == 1:
            growth += sign * term
        else:
            rate -= sign * term
            sign = -sign
        power_step = power_step * v_other + power * step_v
        power *= v
        power_other *= v_other
    return rate, growth
