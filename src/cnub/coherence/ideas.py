"""Three ideas on the talk's list, by one formula each: ions in accelerators, the Z-burst, cooling of neutron stars.

They are bounds or orders of magnitude, for a gas at rest. To a fast partner slow relics are half left-handed: of the
112 per cm^3 and mass state half act where they are Dirac, all where they are Majorana, as for capture.

D. Z. Freedman, Phys. Rev. D 9 (1974) 1389; T. J. Weiler, Phys. Rev. Lett. 49 (1982) 234; M. Bauer and J. D. Shergold,
arXiv:2104.12784; G. Chauhan, arXiv:2408.01489.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import constants as codata

from cnub.constants import (
    CENTIMETRE,
    FERMI_CONSTANT,
    KELVIN,
    METRE,
    SPEED_OF_LIGHT_M_PER_S,
    WEAK_MIXING_SIN2,
    YEAR,
)  # fmt: skip
from cnub.domain import DomainError, finite_array, integer, one_of, positive, representable, within
from cnub.oscillation import NATURES
from cnub.relic import mean_momentum, mean_speed, momentum_moment, number_density

Z_MASS, Z_WIDTH = 91.1880e9, 2.4955e9
"""Mass and total width of the Z boson in eV; PDG, Review of Particle Physics (2024)."""
HUBBLE_LENGTH_M = SPEED_OF_LIGHT_M_PER_S / (67.4e3 / (1e6 * codata.parsec))
"""c/H_0 for 67.4 km/s/Mpc; Planck Collaboration, Astron. Astrophys. 641 (2020) A6."""
SOLAR_MASS_KG = 1.988e30
"""PDG, Review of Particle Physics (2024), astrophysical constants."""


@representable
def ion_energy(gamma: float, mass: float) -> float:
    """Mean energy in eV of a relic neutrino of ``mass`` (eV, > 0) seen from an ion of Lorentz factor ``gamma``.

    gamma times its energy, gamma (E - beta.p) averaged over directions; E at the root mean square momentum. ``gamma``
    from 1 to 1e12. Raises :class:`cnub.DomainError` outside these ranges.
    """
    return within("gamma", gamma, 1.0, 1e12) * _energy(mass)


@representable
def lorentz_factor_for(energy: float, mass: float) -> float:
    """Lorentz factor at which an ion sees relic neutrinos of ``mass`` (eV) with ``energy`` (eV, > 0), say a threshold.

    Raises :class:`cnub.DomainError` where that is below one.

    >>> print(f"{lorentz_factor_for(1e3, mass=0.1):.0f}")
    10000
    """
    return within("energy", energy, _energy(mass), 1e300) / _energy(mass)


@representable
def ion_strikes_per_year(
    gamma: float, ions: float, mass: float = 0.1, neutrons: int = 126, protons: int = 82, nature: str = "majorana"
) -> float:
    """Elastic scatterings per year on ``ions`` (> 0) of Lorentz factor ``gamma``, coherent in a nucleus: n c sigma.

    sigma = G_F^2 Q^2 E^2/(4 pi), Q = N - (1 - 4 sin^2 theta_W) Z, E as for :func:`ion_energy`, which has to stay below
    1 MeV; three mass states of one ``mass``; ``nature`` "dirac" or "majorana". Raises :class:`cnub.DomainError` outside
    these ranges.
    """
    energy = within("gamma", ion_energy(gamma, mass), 0.0, 1e6)
    charge = integer("neutrons", neutrons, 0) - (1 - 4 * WEAK_MIXING_SIN2) * integer("protons", protons, 1)
    section = FERMI_CONSTANT**2 * charge**2 * energy**2 / (4 * math.pi)
    return positive("ions", ions) * 3 * _active(nature) * section * YEAR


@representable
def z_resonance_energy(mass: float) -> float:
    """Energy in eV at which a cosmic-ray neutrino makes a Z on a relic one at rest: M_Z^2/(2 m), ``mass`` in eV (> 0).

    >>> print(f"{z_resonance_energy(0.1):.2e}")
    4.16e+22
    """
    return Z_MASS**2 / (2 * positive("mass", mass))


@representable
def z_cross_section(energy: object, mass: float) -> np.ndarray:
    """Cross-section in cm^2 of nu nu-bar -> Z at ``energy`` (eV, any shape, > 0) on a relic of ``mass`` (eV, > 0).

    Breit and Wigner, 48 pi M^2 Gamma_nu Gamma/(s [(s - M^2)^2 + M^2 Gamma^2]), s = 2 m E, with the width
    G_F M^3/(12 sqrt 2 pi) of one pair; over s it integrates to 2 sqrt 2 pi G_F M^2. Raises :class:`cnub.DomainError`
    outside these ranges.
    """
    s = 2 * positive("mass", mass) * finite_array("energy", energy, low=np.finfo(float).tiny)
    pair = FERMI_CONSTANT * Z_MASS**3 / (12 * math.sqrt(2) * math.pi)
    shape = (s - Z_MASS**2) ** 2 + (Z_MASS * Z_WIDTH) ** 2
    return 48 * math.pi * Z_MASS**2 * pair * Z_WIDTH / (s * shape) / CENTIMETRE**2


@representable
def z_burst_probability(
    energy: object, mass: float, nature: str = "majorana", path_m: float = HUBBLE_LENGTH_M
) -> np.ndarray:
    """Chance that a neutrino of one mass state meets a relic one over ``path_m``, at today's density: n sigma L.

    Arguments as for :func:`z_cross_section`; ``nature`` "dirac" or "majorana"; ``path_m`` (> 0) is c/H_0 if not given.
    Redshift is left out. Raises :class:`cnub.DomainError` outside these ranges.
    """
    partners = _active(nature) / 2  # of a Dirac state the antineutrinos, of a Majorana one those of one chirality
    return partners * CENTIMETRE**2 * z_cross_section(energy, mass) * positive("path_m", path_m) * METRE


@representable
def neutron_star_overdensity(
    temperature_K: float, mass: float = 0.1, radius_km: float = 12.0, solar_masses: float = 1.4
) -> float:
    """Density over the cosmic mean that could carry away what a neutron star of ``temperature_K`` (> 0) radiates.

    All that fall in, pi R^2 n v (1 + v_esc^2/v^2)/(1 - v_esc^2) of each of six states of ``mass`` (eV, > 0), leave with
    the mean energy 3.15 T of the surface, which none of them can exceed on average: a bound from below on what is
    needed. ``radius_km`` from 8 to 30, ``solar_masses`` from 0.5 to 2.5, larger than its horizon. Raises
    :class:`cnub.DomainError` outside these ranges.
    """
    radius = within("radius_km", radius_km, 8.0, 30.0) * 1e3
    weight = within("solar_masses", solar_masses, 0.5, 2.5) * SOLAR_MASS_KG
    escape2 = 2 * codata.G * weight / (radius * codata.c**2)
    if escape2 >= 0.9:
        raise DomainError(f"radius_km must be above the horizon at {escape2 * radius / 1e3:.1f} km; got {radius_km!r}")
    speed, temperature = mean_speed(positive("mass", mass)), positive("temperature_K", temperature_K) * KELVIN
    falling = number_density(6) * speed * (1 + escape2 / speed**2) / (1 - escape2) / 4
    carried = falling * mean_momentum(temperature)
    return math.pi**2 / 60 * temperature**4 / carried


@representable
def star_potential(density_per_fm3: float = 0.16) -> float:
    """|U| in eV of a slow Dirac neutrino in neutron matter of ``density_per_fm3`` (> 0): G_F n/(2 sqrt 2)."""
    return FERMI_CONSTANT * positive("density_per_fm3", density_per_fm3) * (1e15 / METRE) ** 3 / (2 * math.sqrt(2))


def _energy(mass):
    return math.hypot(positive("mass", mass), math.sqrt(momentum_moment(2)))


def _active(nature):
    """Density in eV^3 of one mass state that acts on a fast partner: 56 or 112 per cm^3."""
    return number_density(1 if one_of("nature", nature, NATURES) == "dirac" else 2)
