"""Tritium and its two reactions: T -> 3He+ e nubar, with an end, and nu T -> 3He+ e, with an electron beyond it.

All energies are of a free tritium atom at rest that becomes a helium ion in its ground state. What binds the atom to a
surface shifts both reactions alike, and spreads them (:mod:`cnub.capture.smearing`).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from scipy import constants as codata

from cnub.constants import (
    CENTIMETRE,
    ELECTRON_MASS,
    FERMI_CONSTANT,
    FINE_STRUCTURE,
    GRAM,
    SECOND,
    YEAR,
)
from cnub.domain import non_negative, positive, representable
from cnub.faces import later

quad = later("scipy.integrate", "quad")

HALF_LIFE_YEARS = 12.32
"""4500 +- 8 days: L. L. Lucas and M. P. Unterweger, J. Res. NIST 105 (2000) 541."""
TRITON = 1e6 * codata.value("triton mass energy equivalent in MeV")
HELION = 1e6 * codata.value("helion mass energy equivalent in MeV")
RYDBERG = codata.value("Rydberg constant times hc in eV")
ATOM = TRITON + ELECTRON_MASS - RYDBERG
"""Mass of a tritium atom in eV."""
ION = HELION + ELECTRON_MASS - 4 * RYDBERG
"""Mass of a helium-3 ion in its ground state in eV."""
RELEASED = (TRITON - HELION) + 3 * RYDBERG
"""ATOM - ION in eV, from the difference of the nuclei."""
GROUND_SHARE = 512 / 729
"""Of all decays and captures those that leave the ion in its ground state: |<1s, Z = 1|1s, Z = 2>|^2."""
PUBLISHED = {"V_ud": 0.97425, "fermi": 0.9998, "gamow_teller": 2.788, "g_A": 1.2695}
"""Matrix elements squared and couplings as A. J. Long et al., JCAP 08 (2014) 038, use them: a second way."""


def atoms(tritium_g: float) -> float:
    """Number of atoms in ``tritium_g`` grams."""
    return positive("tritium_g", tritium_g) * GRAM / ATOM


@representable
def endpoint(mass: float = 0.0) -> float:
    """Largest kinetic energy in eV of the electron of the decay, if the neutrino has ``mass`` in eV (>= 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the end of a three-body decay.

    >>> print(f"{endpoint():.0f}")
    18564
    """
    return _kinetic(ATOM, RELEASED, -non_negative("mass", mass))


@representable
def peak(mass: float) -> float:
    """Kinetic energy in eV of the electron when a neutrino of ``mass`` (eV, >= 0) at rest is captured.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of a two-body reaction at rest.

    >>> print(f"{peak(0.1) - endpoint(0.1):.6f}")
    0.199962
    """
    return _kinetic(ATOM, RELEASED, non_negative("mass", mass))


def _kinetic(initial, released, mass):
    """T of the electron in initial (+ mass) -> ion + electron, or with -mass: ion and neutrino in step.

    E_e = (M^2 + m^2 - F^2)/(2M); M - F is small beside M, and formed first.
    """
    if mass >= 0:
        total, step, final = initial + mass, released + mass, ION
    else:
        total, step, final = initial, released + mass, ION - mass
    energy = (step * (total + final) + ELECTRON_MASS**2) / (2 * total)
    return energy - ELECTRON_MASS


def momentum(kinetic: float) -> float:
    """Of an electron of ``kinetic`` energy, both in eV."""
    return np.sqrt(kinetic * (kinetic + 2 * ELECTRON_MASS))


def fermi_function(kinetic: float) -> float:
    """Enhancement of the electron's density at the helium nucleus: 2 pi eta/(1 - e^(-2 pi eta)), eta = 2 alpha E/p."""
    turns = 4 * math.pi * FINE_STRUCTURE * (kinetic + ELECTRON_MASS) / momentum(kinetic)
    return turns / -np.expm1(-turns)


def density_of_states(kinetic: float) -> float:
    """F p E of the electron, in eV^2."""
    return fermi_function(kinetic) * momentum(kinetic) * (kinetic + ELECTRON_MASS)


@cache
def phase_space() -> float:
    """Integral of F p E (T_end - T)^2 over the spectrum, massless neutrinos, in eV^5."""
    top = endpoint()

    def spectrum(root):  # T = root^2: smooth at T = 0, where F p E is finite
        return 2 * root * density_of_states(root * root) * (top - root * root) ** 2

    return quad(spectrum, 1e-6, math.sqrt(top), epsabs=0.0, epsrel=1e-11)[0]


def decay_rate_per_s() -> float:
    """Of one atom."""
    return math.log(2) / (HALF_LIFE_YEARS * YEAR / SECOND)


@representable
def cross_section_cm2(from_matrix_elements: bool = False) -> float:
    """Capture cross section times v/c in cm^2, of a neutrino at rest that is an electron neutrino and left in spin.

    From the half-life alone, lambda pi^2 F p E/integral: both reactions have the same matrix element. The other way is
    G_F^2 |V_ud|^2 F p E [f_F^2 + (g_A/g_V)^2 g_GT^2]/(2 pi), with published nuclear matrix elements. Raises
    :class:`cnub.DomainError` on nothing.

    Source: A. J. Long et al., JCAP 08 (2014) 038.

    >>> print(f"{cross_section_cm2():.2e}")
    3.94e-45
    """
    states = density_of_states(peak(0.0))
    if from_matrix_elements:
        nuclear = PUBLISHED["fermi"] + PUBLISHED["g_A"] ** 2 * PUBLISHED["gamow_teller"]
        natural = (FERMI_CONSTANT * PUBLISHED["V_ud"]) ** 2 / (2 * math.pi) * states * nuclear * ION / ATOM
    else:
        natural = decay_rate_per_s() / SECOND * math.pi**2 * states / phase_space()
    return natural / CENTIMETRE**2
