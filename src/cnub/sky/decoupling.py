"""Decoupling: when the weak rate fell behind the expansion, and what the electrons then gave to the photons alone.

The estimate takes G_F^2 T^5 for the rate of a neutrino. The temperatures follow from entropy: that of photons,
electrons and positrons is kept in a comoving volume, and the neutrinos, once apart, cool as 1/a.
J. J. Bennett et al., JCAP 04 (2021) 073, arXiv:2012.02726.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import ELECTRON_MASS, FERMI_CONSTANT, GRAVITY
from cnub.domain import positive, representable, within
from cnub.faces import later

quad = later("scipy.integrate", "quad")

EFFECTIVE_NUMBER = 3.0440
"""N_eff with oscillations and finite-temperature QED; Bennett et al., arXiv:2012.02726."""
DEGREES = 10.75
"""Degrees of freedom of photons, electrons, positrons and three neutrinos."""
_FASTEST = 60.0


@representable
def expansion_rate(temperature: float, degrees: float = DEGREES) -> float:
    """H in eV of a flat Universe of radiation with ``degrees`` (> 0) of freedom at ``temperature`` in eV (> 0)."""
    density = math.pi**2 / 30 * positive("degrees", degrees) * positive("temperature", temperature) ** 4
    return math.sqrt(8 * math.pi / 3 * GRAVITY * density)


@representable
def weak_over_expansion(temperature: float, strength: float = 1.0) -> float:
    """Gamma/H at ``temperature`` in eV (> 0), with Gamma = ``strength`` (> 0) G_F^2 T^5 for the rate of a neutrino."""
    rate = positive("strength", strength) * FERMI_CONSTANT**2 * positive("temperature", temperature) ** 5
    return rate / expansion_rate(temperature)


@representable
def decoupling_temperature(strength: float = 1.0) -> float:
    """Temperature in eV at which Gamma = H, with Gamma = ``strength`` (> 0) G_F^2 T^5; it goes as strength^(-1/3).

    Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{decoupling_temperature() / 1e6:.1f}")
    1.5
    """
    return weak_over_expansion(1.0, strength) ** (-1 / 3)


@representable
def temperature_ratio(photon_temperature: float) -> float:
    """T_nu/T_gamma at ``photon_temperature`` in eV (> 0), decoupling taken as sudden: one before, (4/11)^(1/3) after.

    The cube is the entropy of photons and electrons over (11/2) (2 pi^2/45) T^3. Raises :class:`cnub.DomainError`
    outside these ranges.

    >>> print(f"{temperature_ratio(1.0):.6f}")
    0.713766
    """
    x = ELECTRON_MASS / positive("photon_temperature", photon_temperature)
    return float(((2 + _electron_degrees(x)) / 5.5) ** (1 / 3))


@representable
def denser_by_reheating(effective_number: float = EFFECTIVE_NUMBER) -> float:
    """Factor by which the number density grows if ``effective_number`` (3 to 4) is due to a temperature: (N/3)^(3/4).

    Decoupling was not sudden, and electrons heated the neutrinos a little; their momenta are not quite thermal.
    """
    return (within("effective_number", effective_number, 3.0, 4.0) / 3) ** 0.75


def _electron_degrees(x):
    """Degrees of freedom in the entropy of electrons and positrons, 7/2 at x = m/T = 0."""

    def density(u):
        energy = math.hypot(u, x)
        return u * u * (energy + u * u / (3 * energy)) / (math.exp(min(energy, 700.0)) + 1)

    integral = quad(density, 0.0, _FASTEST, epsabs=0.0, epsrel=1e-11, limit=200)[0] if x < 200 else 0.0
    return 4 * integral / (2 * np.pi**2) * 45 / (2 * np.pi**2)
