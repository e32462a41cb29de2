"""Neutrinos of collapsing stars: one burst nearby, and all past ones, redshifted.

A star gives off its binding energy in six kinds alike, with a quasi-thermal spectrum (E/E_0)^a exp(-(a + 1) E/E_0).
M. T. Keil, G. G. Raffelt, H.-T. Janka, Astrophys. J. 590 (2003) 971; S. Horiuchi, J. F. Beacom, E. Dwek, Phys. Rev. D
79 (2009) 083013; rate of collapses today and its growth, and the energies, from memory.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import constants as codata

from cnub.domain import finite_array, positive, within
from cnub.quadrature import panels

ENERGY_EV = 3e53 * 1e-7 / codata.e
"""3e53 erg."""
MEAN_EV, PINCH = 12e6, 2.3
"""Mean energy, and a: 2.3 is that of a Fermi-Dirac distribution."""
COLLAPSES = 1e-4 / (codata.Julian_year * (1e8 * codata.parsec) ** 3)
"""Collapses today per s and cm^3: 1e-4 per year and Mpc^3."""
GROWTH, TURN = 3.4, 1.0
"""The rate grows as (1 + z)^3.4 up to z = 1, and is taken as level to z = 5."""
HUBBLE_S = 67.4e3 / (1e6 * codata.parsec)
MATTER = 0.315
"""H_0 in 1/s and the share of matter; Planck Collaboration, Astron. Astrophys. 641 (2020) A6."""


def emitted(energy: object, mean: float = MEAN_EV, pinch: float = PINCH) -> np.ndarray:
    """Neutrinos of one kind per eV that one star gives off at ``energy`` in eV (any shape, >= 0); E/(6 E_0) in all.

    ``mean`` energy in eV (> 0), ``pinch`` from 1 to 6. Raises :class:`cnub.DomainError` outside these ranges.
    """
    e0, a = positive("mean", mean), within("pinch", pinch, 1.0, 6.0)
    x = finite_array("energy", energy, low=0.0) / e0
    norm = (a + 1) ** (a + 1) / math.gamma(a + 1)
    return ENERGY_EV / 6 / e0**2 * norm * x**a * np.exp(-(a + 1) * x)


def burst_flux(energy: object, distance_kpc: float = 10.0, seconds: float = 10.0) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of all six kinds at ``distance_kpc`` (> 0), averaged over ``seconds`` (> 0)."""
    area = 4 * math.pi * (positive("distance_kpc", distance_kpc) * 1e5 * codata.parsec) ** 2
    return 6 * emitted(energy) / area / positive("seconds", seconds)


def diffuse_flux(energy: object, mean: float = MEAN_EV) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of one kind from all past collapses: c Int R(z) dN/dE(E (1 + z)) (1 + z) dt, z to 5.

    ``energy`` in eV (any shape, >= 0), ``mean`` of what a star gives off in eV (> 0).
    """
    z, weights = (part.ravel() for part in panels(np.array([0.0, TURN, 5.0]), 32))
    rate = COLLAPSES * np.minimum(1 + z, 1 + TURN) ** GROWTH
    expansion = HUBBLE_S * np.sqrt(MATTER * (1 + z) ** 3 + 1 - MATTER)
    spectrum = emitted(np.multiply.outer(finite_array("energy", energy, low=0.0), 1 + z), mean)
    return 100 * codata.c * spectrum @ (weights * rate / expansion)
