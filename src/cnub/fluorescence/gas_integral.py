"""The momentum integral over the relic gas at fixed photon momentum.

In the average of Eq. (16) over neutrino momenta p with cosine c to the photon, energy conservation fixes c at given k
and p, and dc D_k = dk E_j/(p k): D_k drops out. What is left at each k is a smooth integral over p > p_min(k),

    h(k) = (1/k) int dp p f(p) N(p, k)/E_i,    N/(m_i E_j) -> 1 at rest,

where N is the spin-averaged neutrino tensor contracted with the dipoles (:mod:`cnub.fluorescence.currents`):
E1: E_i E_j + p_i.p_j;  M1, dipoles along d, weighted with |d x k|^2: 2 <(p_i.d)(p_j.d)> + E_i E_j - p_i.p_j.
The resonance, far narrower, is left to the k integral of :mod:`cnub.fluorescence.averages`.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.kernel_cache import njit

CUT = 40.0
"""Momenta beyond the drift plus 40 T carry e^-40 of the gas."""


TABLE = 8000
"""Intervals of the table of a drifting gas: linear in ln f at steps of 0.01 T, measured 5e-7."""


@njit(cache=True)
def drifting_occupation(mass, temperature, speed, top, x, w):
    """ln f at TABLE + 1 momenta from 0 to ``top``, f the Fermi-Dirac occupation averaged over directions of the drift.

    ``speed`` of the drift in units of c; x, w: Gauss-Legendre nodes and weights on [-1, 1] for the angle to it.
    """
    gamma = 1.0 / math.sqrt(1.0 - speed * speed)
    out = np.empty(TABLE + 1)
    for n in range(TABLE + 1):
        p = top * n / TABLE
        energy = math.sqrt(mass * mass + p * p)
        total = 0.0
        for i in range(x.size):
            along = gamma * (p * x[i] - speed * energy)
            across2 = p * p * (1.0 - x[i] * x[i])
            total += 0.5 * w[i] / (math.exp(math.sqrt(along * along + across2) / temperature) + 1.0)
        out[n] = math.log(total)
    return out


@njit(cache=True)
def _occupation(p, temperature, table, step):
    if table.size == 0:
        return 1.0 / (math.exp(p / temperature) + 1.0)
    position = min(p / step, table.size - 1.000001)
    n = int(position)
    return math.exp(table[n] + (position - n) * (table[n + 1] - table[n]))


@njit(cache=True)
def momentum_window(k, omega, m_i, m_j):
    """Smallest and largest |p_i| (eV) of a neutrino that can emit the photon (k, omega); (-1, -1) if none can.

    |A + E_i omega| <= p k with A = (k^2 - omega^2 - m_i^2 + m_j^2)/2. The upper end is infinite for omega <= k.
    """
    a = 0.5 * ((k - omega) * (k + omega) - (m_i - m_j) * (m_i + m_j))
    excess = (omega - k) * (omega + k)
    discriminant = a * a - excess * m_i * m_i
    if discriminant < 0.0 or omega <= 0.0:
        return -1.0, -1.0
    root = k * math.sqrt(discriminant)
    if root - a * omega <= 0.0:
        return -1.0, -1.0
    lowest = (a * a + m_i * m_i * k * k) / (root - a * omega)
    if lowest < max(m_i, omega + m_j) * (1 - 1e-14):
        return -1.0, -1.0
    highest = math.inf
    if excess > 0.0:
        energy = (root - a * omega) / excess
        highest = abs(a + energy * omega) / k
    return abs(a + lowest * omega) / k, highest


@njit(cache=True)
def _tensor(p, k, omega, m_i, m_j, electric):
    energy = math.sqrt(m_i * m_i + p * p)
    projection = 0.5 * ((k - omega) * (k + omega) - (m_i - m_j) * (m_i + m_j)) + energy * omega  # p_i.k
    dot = p * p - projection
    if electric:
        return (energy * (energy - omega) + dot) / energy
    c2 = min(1.0, (projection / (p * k)) ** 2) if p > 0.0 else 0.0
    along = p * p * (0.2 * c2 + 0.4 * (1.0 - c2)) - 0.2 * projection
    return (2.0 * along + energy * (energy - omega) - dot) / energy


@njit(cache=True)
def momentum_integral(k, omega, m_i, m_j, temperature, drift, electric, table, step, x, w):
    """h(k) above for arrays ``k`` and ``omega`` of one length, by Gauss-Legendre nodes x, w on [-1, 1].

    ``drift`` momentum of the gas; ``table`` of :func:`drifting_occupation` at spacing ``step``, empty for a gas at
    rest.
    """
    out = np.zeros(k.size)
    for n in range(k.size):
        low, high = momentum_window(k[n], omega[n], m_i, m_j)
        if low < 0.0:
            continue
        start = max(low, drift - CUT * temperature)
        stop = min(high, max(low, drift) + CUT * temperature)
        half = 0.5 * (stop - start)
        for i in range(x.size):
            p = start + half * (1.0 + x[i])
            weight = half * w[i] * p * _occupation(p, temperature, table, step)
            out[n] += weight * _tensor(p, k[n], omega[n], m_i, m_j, electric)
        out[n] /= k[n]
    return out


@njit(cache=True)
def number_integral(temperature, drift, table, step, x, w):
    """int dp p^2 f(p), the normalisation of the gas; arguments as :func:`momentum_integral`."""
    start, stop = max(0.0, drift - CUT * temperature), drift + CUT * temperature
    half = 0.5 * (stop - start)
    total = 0.0
    for i in range(x.size):
        p = start + half * (1.0 + x[i])
        total += half * w[i] * p * p * _occupation(p, temperature, table, step)
    return total
