"""Speeds and helicities of the gas, one mass state at a time.

Decoupling made left-handed neutrinos and right-handed antineutrinos, at energies where that is their helicity, and free
flight keeps it. Slowed down, a state of helicity -1 is left-chiral, and visible to the weak force, by (1 + v)/2 alone.
Where the direction of flight has been turned and the spin has not, part of it has changed helicity.
G. Duda, G. Gelmini, S. Nussinov, Phys. Rev. D 64 (2001) 122001; A. J. Long, C. Lunardini, E. Sabancilar, JCAP 08 (2014)
038.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, finite_array, non_negative, one_of, positive, representable, within
from cnub.oscillation import NATURES
from cnub.relic import TEMPERATURE, mean_speed, momentum_density, number_density_per_cm3


@dataclass(frozen=True)
class HelicityContent:
    """Densities per cm^3 of one mass state by helicity: ``nu_left``, ``nu_right``, ``antinu_left``, ``antinu_right``.

    For Majorana neutrinos nu and antinu are one, and are counted as nu. ``acts_as_neutrino`` and
    ``acts_as_antineutrino`` are the densities weighted by what of each is left-chiral (right-chiral).
    """

    nu_left: float
    nu_right: float
    antinu_left: float
    antinu_right: float
    acts_as_neutrino: float
    acts_as_antineutrino: float


@representable
def helicity_content(
    nature: str, mass: float, turned: float = 0.0, clustering: float = 1.0, temperature: float = TEMPERATURE
) -> HelicityContent:
    """Densities by helicity of a state of ``mass`` (eV, >= 0), "dirac" or "majorana" by ``nature``.

    ``turned`` (0 to 1) is the share of the gas whose directions have become random, of which half has flipped;
    ``clustering`` (> 0) multiplies the density; ``temperature`` in eV (> 0). Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: definition of helicity; A. J. Long, C. Lunardini, E. Sabancilar, JCAP 08 (2014) 038.

    >>> content = helicity_content("dirac", mass=0.1)
    >>> print(f"{content.nu_left:.0f} {content.nu_right:.0f} {content.acts_as_neutrino:.1f}")
    56 0 28.2
    """
    one_of("nature", nature, NATURES)
    each = number_density_per_cm3(1, clustering, temperature)
    flipped = each * within("turned", turned, 0.0, 1.0) / 2
    v = mean_speed(mass, temperature)
    if nature == "majorana":
        acts = each * (1 + v) / 2 + each * (1 - v) / 2
        return HelicityContent(each, each, 0.0, 0.0, acts, acts)
    acts = (each - flipped) * (1 + v) / 2 + flipped * (1 - v) / 2
    return HelicityContent(each - flipped, flipped, flipped, each - flipped, acts, acts)


@representable
def speed_density(speed: object, mass: float, temperature: float = TEMPERATURE) -> np.ndarray:
    """Probability per unit of v at ``speed`` (any shape, 0 <= v < 1) of a gas of ``mass`` in eV (> 0).

    f(p) dp/dv with p = m v gamma and dp/dv = m gamma^3; ``temperature`` in eV (> 0). Raises :class:`cnub.DomainError`
    outside these ranges.

    >>> v = np.linspace(0.0, 0.05, 100_001)
    >>> print(f"{np.trapezoid(speed_density(v, mass=0.1), v):.4f}")
    1.0000
    """
    v, m = finite_array("speed", speed, 0.0, 1.0), positive("mass", mass)
    if (v == 1).any():
        raise DomainError("speed must be below 1, which a mass does not reach")
    gamma = 1 / np.sqrt((1 - v) * (1 + v))
    return momentum_density(m * v * gamma, temperature) * m * gamma**3


@representable
def flipped_by_turning(angle: float, speed: float) -> float:
    """Share that has changed helicity where gravity turned a momentum by ``angle`` (rad, >= 0): sin^2 of half the lag.

    In a weak static potential momenta turn at (1 + v^2)/v times its gradient across, spins at (2 gamma + 1) v/(gamma +
    1) times it, and lag by ``angle``/[gamma (1 + v^2)]; ``speed`` from 0, where the spin stays, to 1, where helicity
    does. G. Baym and J.-C. Peng, Phys. Rev. D 103 (2021) 123019.
    """
    v = within("speed", speed, 0.0, 1.0)
    lag = non_negative("angle", angle) * np.sqrt((1 - v) * (1 + v)) / (1 + v * v)
    return float(np.sin(lag / 2) ** 2)
