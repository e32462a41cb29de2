"""The part of a Bloch wave that is matched in phase: one harmonic of its magnetic field.

A photon in a layered crystal is no plane wave: its field is a sum of harmonics exp[i(K + 2 pi m/a)x]. Dipoles that fill
the crystal evenly and radiate in phase with the neutrino, p_i - p_j' = K, couple to one of them only. The mean of |B|^2
over a period is that of vacuum at the same energy (:func:`cnub.fluorescence.decay.field_bound`); this one has a part.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.domain import DomainError, finite, integer, representable
from cnub.slow_light.crystal import LayeredCrystal

SERIES = 1e-3
"""Phase below which (e^{ix} - 1)/x is its series; two terms leave 1e-10."""


@representable
def harmonic_share(crystal: LayeredCrystal, momentum: float, order: int = 0) -> float:
    """Share of the period's mean |B|^2 in the harmonic ``momentum`` + 2 pi ``order``/a, in [0, 1].

    ``momentum`` in eV, of the extended zone inside the band, along the axis. Raises :class:`cnub.DomainError` outside.

    Source: derived from transfer matrices at normal incidence.

    >>> from cnub.slow_light.crystal import cavity_chain
    >>> print(f"{harmonic_share(chain := cavity_chain(1, 0.02), chain.middle):.2f}")
    0.63
    """
    k, order = finite("momentum", momentum), integer("order", order, -(10**6), 10**6)
    low, high = (crystal.band - 1) * math.pi / crystal.period, crystal.band * math.pi / crystal.period
    if not low < k < high:
        raise DomainError(f"momentum must be inside the band, {low:g} to {high:g} eV; got {k:g}")
    harmonic = k + 2 * math.pi * order / crystal.period
    start, mean, amplitude = 0.0, 0.0, 0j
    for q, thickness, forward, backward in _waves(crystal, k):
        cross = (forward * backward.conjugate() * _integral(2 * q, thickness)).real
        mean += q * q * ((abs(forward) ** 2 + abs(backward) ** 2) * thickness - 2 * cross)
        part = forward * _integral(q - harmonic, thickness) - backward * _integral(-q - harmonic, thickness)
        amplitude += q * part * cmath.exp(-1j * harmonic * start)
        start += thickness
    return float(abs(amplitude) ** 2 / (crystal.period * mean))


def _waves(crystal: LayeredCrystal, k: float) -> list[tuple[float, float, complex, complex]]:
    """(q, thickness, forward, backward) of the electric field E = f e^{iqx} + b e^{-iqx} in each layer; B ~ E'."""
    omega = float(crystal.omega(k))
    layers = [(omega * n, d) for n, d in zip(crystal.indices, crystal.thicknesses, strict=True)]
    steps = [
        np.array([[math.cos(q * d), math.sin(q * d) / q], [-q * math.sin(q * d), math.cos(q * d)]]) for q, d in layers
    ]
    whole = np.eye(2)
    for step in steps:
        whole = step @ whole
    values, vectors = np.linalg.eig(whole.astype(complex))
    field = vectors[:, np.argmin(abs(values - cmath.exp(1j * k * crystal.period)))]
    waves = []
    for (q, d), step in zip(layers, steps, strict=True):
        value, derivative = field
        waves.append((q, d, complex(value - 1j * derivative / q) / 2, complex(value + 1j * derivative / q) / 2))
        field = step @ field
    return waves


def _integral(q: float, length: float) -> complex:
    """Integral of e^{iqx} from 0 to ``length``."""
    phase = q * length
    if abs(phase) < SERIES:
        return length * (1 + 0.5j * phase - phase**2 / 6)
    return (cmath.exp(1j * phase) - 1) / (1j * q)
