"""A beam of muon neutrinos on its axis: pions of one sign, made parallel by perfect horns, that decay in flight.

A pion of energy E_pi sends straight ahead neutrinos of (1 - m_mu^2/m_pi^2) E_pi, and gamma^2/pi of its decays into each
steradian there. What remains to be said is how many pions a proton makes, and of which energies: here one that horns
collect, exponential in energy with a mean of 6 GeV, which real targets have to a factor of two.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import constants as codata

PION, MUON = 139.570e6, 1e6 * codata.value("muon mass energy equivalent in MeV")
"""Masses in eV; PDG, Review of Particle Physics (2024), for the pion."""
PION_LIFE_M = 7.8045
"""c tau of a charged pion; PDG, Review of Particle Physics (2024)."""
FORWARD = 1 - (MUON / PION) ** 2
"""Energy of a neutrino straight ahead over that of its pion: 0.427."""
MEAN_PION_EV, PER_PROTON = 6e9, 1.0


def beam_flux(energy: object, power_MW: float, proton_eV: float, tunnel_m: float, distance_m: float) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of nu_mu of ``energy`` (eV, any shape, > 0) on the axis, averaged over the year.

    ``power_MW`` of protons of ``proton_eV``; pions decay within ``tunnel_m``, taken to be at one place at
    ``distance_m`` from the detector; none has more than the proton.
    """
    pion = np.asarray(energy, dtype=float) / FORWARD
    gamma = pion / PION
    spectrum = PER_PROTON * np.exp(-pion / MEAN_PION_EV) / MEAN_PION_EV * (pion < proton_eV)
    decayed = -np.expm1(-tunnel_m / (gamma * PION_LIFE_M))
    protons = power_MW * 1e6 / (proton_eV * codata.e)
    return protons * spectrum / FORWARD * decayed * gamma**2 / (math.pi * (100 * distance_m) ** 2)
