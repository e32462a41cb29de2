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

CUT = 90.0
"""Momenta beyond 90 T, in the frame of the gas, carry e^-90 of it: less than the tail of a line of 1e15 s leaves."""
BULK = 15.0
"""Momenta over T from where an integral starts, or from the drift, within which nearly all of it lies: one panel."""
TABLE = 4500
"""Intervals of the table of a drifting gas: cubic in ln f at steps of 0.04 gamma T."""
TABLE_ERROR = 5e-7
"""Relative error of averages by that table, which the kink of ln f at the drift sets; measured 2e-7."""


@njit(cache=True)
def drifting_occupation(mass, temperature, speed, bottom, top, x, w):
    """ln f at TABLE + 1 momenta from ``bottom`` to ``top``, f the Fermi-Dirac occupation averaged over directions.

    ``speed`` of the drift in units of c (> 0). An average over the angle is one over the momentum q in the frame of the
    gas, f(p) = Int q dq/[E_q (e^(q/T) + 1)]/(2 gamma v p) from |gamma (p - v E)| to gamma (p + v E): no narrow cone of
    angles to resolve. x, w: Gauss-Legendre nodes and weights on [-1, 1].
    """
    gamma = 1.0 / math.sqrt((1.0 - speed) * (1.0 + speed))
    carried = speed * mass
    out = np.empty(TABLE + 1)
    for n in range(TABLE + 1):
        p = max(bottom + (top - bottom) * n / TABLE, 1e-6 * temperature)
        energy = math.sqrt(mass * mass + p * p)
        # gamma (p - v E) without the difference of its two terms, which nearly cancel in a fast drift
        low = abs((p - gamma * carried) * (p / gamma + carried) / (p + speed * energy))
        reach = gamma * min(speed * energy, p)  # half of what lies between the ends, which a slow drift rounds away
        half = min(reach, 0.5 * CUT * temperature)
        measure = half / reach * min(energy / p, 1.0 / speed)
        total = 0.0
        for i in range(x.size):
            q = low + half * (1.0 + x[i])
            share = math.exp((low - q) / temperature) / (1.0 + math.exp(-q / temperature))
            total += 0.5 * measure * w[i] * q / math.sqrt(mass * mass + q * q) * share
        out[n] = math.log(total) - low / temperature
    return out


@njit(cache=True)
def _occupation(p, temperature, table, bottom, step):
    if table.size == 0:
        return 1.0 / (math.exp(p / temperature) + 1.0)
    position = min(max((p - bottom) / step, 0.0), table.size - 1.000001)
    n = min(max(int(position), 1), table.size - 3)
    u = position - n
    before, here, after, last = table[n - 1], table[n], table[n + 1], table[n + 2]
    cubic = here + u * (after - before / 3 - here / 2 - last / 6)
    cubic += u * u * (0.5 * (before + after) - here) + u * u * u * ((last - before) / 6 + 0.5 * (here - after))
    return math.exp(cubic)


@njit(cache=True)
def _breaks(start, stop, drift, bulk):
    """Ends of the panels between ``start`` and ``stop``: the drift, and where the bulk of the integral ends."""
    middle = min(max(start, drift), stop)
    return (
        start,
        min(max(start, drift - bulk), stop),
        middle,
        min(max(start, middle + bulk), stop),
        stop,
    )


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
def momentum_integral(k, omega, m_i, m_j, temperature, electric, table, span, x, w):
    """h(k) above for arrays ``k`` and ``omega`` of one length, by Gauss-Legendre nodes x, w on [-1, 1].

    ``span``: lowest momentum of the gas, that of its drift, where f has a kink in its third derivative, and the
    highest; ``table`` of :func:`drifting_occupation` between them, empty for a gas at rest.
    """
    bottom, drift, top = span
    out, step, bulk = np.zeros(k.size), (top - bottom) / TABLE, BULK / CUT * (top - drift)
    for n in range(k.size):
        low, high = momentum_window(k[n], omega[n], m_i, m_j)
        if low < 0.0:
            continue
        start = max(low, bottom)
        stop = min(high, top if table.size else start + CUT * temperature)
        breaks = _breaks(start, stop, drift, bulk)
        for j in range(4):
            begin, half = breaks[j], 0.5 * max(breaks[j + 1] - breaks[j], 0.0)
            for i in range(x.size if half > 0.0 else 0):
                p = begin + half * (1.0 + x[i])
                weight = half * w[i] * p * _occupation(p, temperature, table, bottom, step)
                out[n] += weight * _tensor(p, k[n], omega[n], m_i, m_j, electric)
        out[n] /= k[n]
    return out


@njit(cache=True)
def number_integral(temperature, table, span, x, w):
    """int dp p^2 f(p), the normalisation of the gas; arguments as :func:`momentum_integral`."""
    bottom, drift, top = span
    total, step = 0.0, (top - bottom) / TABLE
    breaks = _breaks(bottom, top, drift, BULK / CUT * (top - drift))
    for j in range(4):
        begin, half = breaks[j], 0.5 * (breaks[j + 1] - breaks[j])
        for i in range(x.size):
            p = begin + half * (1.0 + x[i])
            total += half * w[i] * p * p * _occupation(p, temperature, table, bottom, step)
    return total
