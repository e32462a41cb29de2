"""Olver's uniform Airy expansion around the turning point, for real or complex order nu near the argument x.

DLMF 10.20.4-9 with four terms and |zeta| < 0.75: worst 4e-14 from order 100 on (run ``bessel_accuracy``). Everything
hangs on 1 - (x/nu)^2, which is formed from nu - x, so nothing is lost however close the turning point is. Where the
Debye phase exceeds 35, :mod:`cnub.bessel.debye` is as exact and cheaper.
"""

from __future__ import annotations

import cmath

import numpy as np

from cnub.bessel import olver
from cnub.bessel.airy import OMEGA, airy_scaled
from cnub.kernel_cache import njit


def _padded(rows: tuple[tuple[float, ...], ...]) -> np.ndarray:
    table = np.zeros((len(rows), max(len(row) for row in rows)))
    for k, row in enumerate(rows):
        table[k, : len(row)] = row
    return table


A, B, C, D = _padded(olver.A), _padded(olver.B), _padded(olver.C), _padded(olver.D)
LENGTHS = np.array([[len(row) for row in rows] for rows in (olver.A, olver.B, olver.C, olver.D)])
SERIES_REACH = 0.5  # |1 - z^2| up to which the series of atanh is used


@njit(cache=True)
def _bracket(sigma):
    """(3/2) [atanh(s) - s]/s^3 with s^2 = sigma = 1 - z^2, so that zeta = sigma * bracket^(2/3) (DLMF 10.20.2)."""
    if abs(sigma) > SERIES_REACH:
        s = cmath.sqrt(sigma)
        return 1.5 * (cmath.atanh(s) - s) / (s * sigma)
    total, power = 0j, 1.5 + 0j
    for k in range(60):
        total += power / (2 * k + 3)
        power *= sigma
        if abs(power) < 1e-17:
            break
    return total


@njit(cache=True)
def _sum(table, lengths, zeta, order):
    total = 0j
    for k in range(3, -1, -1):
        row = 0j
        for j in range(lengths[k] - 1, -1, -1):
            row = row * zeta + table[k, j]
        total = total / (order * order) + row
    return total


@njit(cache=True)
def olver_weights(order, excess):
    """Airy argument and the four factors at x = order - excess.

    J = a Ai + b Ai', J' = c Ai + d Ai', -Y = a Bi + b Bi', -Y' = c Bi + d Bi' (DLMF 10.20.4-5, 10.20.7-8).
    """
    x = order - excess
    sigma = excess * (order + x) / (order * order)
    bracket = _bracket(sigma)
    zeta = sigma * bracket ** (2.0 / 3.0)
    prefactor = 2.0**0.5 * bracket ** (1.0 / 6.0)
    third = order ** (1.0 / 3.0)
    slope = -2.0 * order / (x * prefactor)
    a = prefactor / third * _sum(A, LENGTHS[0], zeta, order)
    b = prefactor / (third * third * order) * _sum(B, LENGTHS[1], zeta, order)
    c = slope / (third * order) * _sum(C, LENGTHS[2], zeta, order)
    d = slope / (third * third) * _sum(D, LENGTHS[3], zeta, order)
    return third * third * zeta, a, b, c, d


@njit(cache=True)
def regular(order, excess):
    """J and J' at x = order - excess times exp(xi), and xi, the exponent of Ai (complex order; DLMF 10.20.4, 7)."""
    argument, a, b, c, d = olver_weights(order, excess)
    ai, slope = airy_scaled(argument)
    return a * ai + b * slope, c * ai + d * slope, 2.0 / 3.0 * argument * cmath.sqrt(argument)


@njit(cache=True)
def outgoing(order, excess):
    """H^(1) and its derivative at x = order - excess times exp(xi), and xi (complex order; DLMF 10.20.6, 9)."""
    argument, a, b, c, d = olver_weights(order, excess)
    turned = OMEGA * argument
    ai, slope = airy_scaled(turned)
    ai, slope = 2.0 * cmath.exp(-1j * cmath.pi / 3) * ai, 2.0 * cmath.exp(1j * cmath.pi / 3) * slope
    return a * ai + b * slope, c * ai + d * slope, 2.0 / 3.0 * turned * cmath.sqrt(turned)
