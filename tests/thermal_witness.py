"""The gas average by brute force, neutrino by neutrino: the witness of :mod:`cnub.fluorescence.averages`.

Outer integral over the momentum p of the neutrino, inner one over the photon momenta that this neutrino can emit, both
on graded panels around the resonance; the occupation of a drifting gas as a plain integral over angles. No window, no
table, and no substitution of the package is used.
"""

import math
from itertools import pairwise

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
CUT = 110.0
"""Momenta over T beyond which nothing is left even for a line of 1e15 s: e^-110 = 1e-48 of the gas."""


def composite(edges):
    """Gauss points and weights on each interval between rising ``edges``."""
    edges = np.unique(np.asarray(edges, dtype=float))
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + NODES)).ravel(), (half * WEIGHTS).ravel()


def graded(low, high, marks, panels=30, finest=1e-13):
    """Edges from ``low`` to ``high`` that close in geometrically on each of ``marks``, from both sides."""
    steps = (high - low) * np.geomspace(finest, 1.0, panels)
    near = [mark + sign * steps for mark in marks for sign in (-1, 1)]
    edges = np.concatenate([[low, high], *near, [m for m in marks], np.linspace(low, high, 41)])
    return edges[(edges >= low) & (edges <= high)]


def occupation(p, mass, temperature, speed):
    """Fermi-Dirac occupation at momenta ``p`` (N,), averaged over the angle to a drift of ``speed``: cos = 1 - y."""
    if speed == 0:
        return 1 / (np.exp(p / temperature) + 1)
    gamma, energy = 1 / math.sqrt((1 - speed) * (1 + speed)), np.hypot(mass, p)
    least = (p - gamma * speed * mass) * (p / gamma + speed * mass) / (p + speed * energy)  # gamma (p - v E)
    largest = np.hypot(least, CUT * temperature) - np.abs(least)  # q - q_min beyond which nothing is left
    y_max = np.minimum(
        2.0, (np.hypot(mass, np.abs(least) + largest + CUT * temperature) - np.hypot(mass, least)) / (gamma * speed * p)
    )
    x, w = composite(np.concatenate([[0.0], np.geomspace(1e-9, 1.0, 40)]))
    delta = gamma * speed * p[:, None] * y_max[:, None] * x
    q = np.sqrt(least[:, None] ** 2 + 2 * np.hypot(mass, least)[:, None] * delta + delta**2)
    return 0.5 * y_max * ((1 / (np.exp(np.minimum(q / temperature, 700)) + 1)) @ w)


def thresholds(k, omega, m_i, m_j):
    """Momenta at which a neutrino can just emit the photon (k, omega), forward or backward, from e^y, p = m sinh y."""
    a = ((k - omega) * (k + omega) - (m_i - m_j) * (m_i + m_j)) / 2
    found = []
    for sign in (-1, 1):
        for root in np.roots([m_i * (omega + sign * k) / 2, a, m_i * (omega - sign * k) / 2]):
            if abs(root.imag) < 1e-9 * abs(root) and root.real > 0:
                found.append(abs(m_i * math.sinh(math.log(root.real))))
    return found


def photon_intervals(p, m_i, m_j, k0, s):
    """Photon momenta that a neutrino of ``p`` can emit in the band k0 + s (k - k0): between cosines -1 and 1."""
    energy = math.hypot(m_i, p)
    shifted = energy - (1 - s) * k0  # E_j = shifted - s k
    gap = (m_i - m_j) * (m_i + m_j)
    constant = (1 - s) * k0 * (2 * energy - (1 - s) * k0) - gap  # m_j^2 + p^2 - shifted^2, without its rounding
    ends = [0.0]
    for cosine in (-1, 1):
        apart = m_i**2 / (energy + p) if cosine == 1 else energy + p  # E - p c, without its rounding
        linear = apart - (1 - s) * (energy + s * k0)
        if s == 1:
            roots = [-constant / (2 * linear)]
        else:
            square = (1 - s) * (1 + s)
            inside = linear**2 - square * constant
            if inside < 0:
                continue
            root = math.sqrt(inside)
            first = -(linear + math.copysign(root, linear))
            roots = [first / square, constant / first]
        ends += [k for k in roots if k > 0 and shifted - s * k > 0]
    ends = sorted(ends)
    for low, high in pairwise(ends):
        middle = (low + high) / 2
        cosine = (constant + (1 - s) * (1 + s) * middle**2 + 2 * s * shifted * middle) / (2 * p * middle)
        if abs(cosine) <= 1:
            yield low, high


def field_bound(k, omega):
    """Largest squared field of one quantum at (k, omega) over that of the plane wave of the paper."""
    return np.minimum(1.0, (omega / k) ** 2)


def one_neutrino(p, m_i, m_j, k0, s, level, width, electric, bound=field_bound):
    """p/(2 p) Int dk ... of one neutrino: strength, tensor and line over its photon momenta, divided by 2 p."""
    total, centre, half = 0.0, k0 + (level - k0) / s, width / 2
    energy = math.hypot(m_i, p)
    for low, high in photon_intervals(p, m_i, m_j, k0, s):
        ends = [math.asinh((edge - centre) * s / half) for edge in (low, high)]
        kink = math.asinh((k0 - centre) * s / half)  # of the bound of the field, where light is as in vacuum
        inner = [t for t in (*np.linspace(-60, 60, 41), 0.0, kink) if ends[0] < t < ends[1]]
        t, w = composite([*np.linspace(*ends, 25), *inner])
        k = centre + half / s * np.sinh(t)
        omega = k0 + s * (k - k0)
        pk = ((k - omega) * (k + omega) - (m_i - m_j) * (m_i + m_j)) / 2 + energy * omega
        if electric:
            strength, tensor = k**4 * omega, energy * (energy - omega) + p * p - pk
        else:
            c2 = np.minimum(1.0, (pk / (p * k)) ** 2)
            along = p * p * (0.4 - 0.2 * c2) - 0.2 * pk
            strength, tensor = k**4 / omega, 2 * along + energy * (energy - omega) - p * p + pk
        # Lorentzian and measure: half cosh t/s dt/(half^2 cosh^2 t)
        total += np.sum(w / (half * s * np.cosh(t)) * strength * bound(k, omega) * tensor / (energy * k))
    return total / (2 * p)


def brute_force(chosen, width, level, transition, s, speed, temperature, bound=field_bound):
    """The average in eV^-2 that ``thermal_resonance`` gives, on a straight band through the neutrino at rest."""
    m_i, m_j, k0 = chosen.initial_mass, chosen.final_mass, chosen.photon_energy
    gamma, cut = 1 / math.sqrt((1 - speed) * (1 + speed)), CUT * temperature
    carried = speed * math.hypot(m_i, cut)
    low, high = max(gamma * (carried - cut), 0.0), gamma * (carried + cut)
    centre = k0 + (level - k0) / s
    marks = [p for p in thresholds(centre, level, m_i, m_j) if low < p < high] if centre > 0 else []
    marks += [gamma * speed * m_i] if speed > 0 else []
    p, w = composite(graded(low, high, marks or [low]))
    weight = w * p * p * occupation(p, m_i, temperature, speed)
    kept = weight > 1e-45 * weight.max()
    electric = transition == "E1"
    each = np.array([one_neutrino(q, m_i, m_j, k0, s, level, width, electric, bound) for q in p[kept]])
    at_rest = k0**5 if electric else k0**3
    return float(weight[kept] @ each / weight.sum() * (s + chosen.final_speed) / at_rest)
