"""Readings of the talk's "scattering rate for a meter-scale target" of 0.01 Hz, which the slide does not define."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnub.coherence.scattering import (
    domain_rate_hz,
    energy_over_momentum,
    nucleus_cross_section,
    rate_hz,
    talk_probability,
)
from cnub.coherence.strikes import gas_strike_rate_hz, lowest_momentum, strike_rate_hz
from cnub.constants import CENTIMETRE, METRE
from cnub.domain import positive, within
from cnub.relic import mean_momentum, number_density

MASS = 0.1
"""Mass in eV of the talk's other estimates."""


@dataclass(frozen=True)
class Reading:
    """One way to read "the scattering rate for a meter-scale target": what it assumes, and the rate it gives.

    ``template`` is the assumption with places for ``size``, ``face`` and ``edge``, ``compute`` the rate in Hz of a mass
    in eV and a size in metres.
    """

    name: str
    template: str
    compute: Callable[[float, float], float]

    def rate_hz(self, mass: float = MASS, size_m: float = 1.0) -> float:
        """Rate in Hz for ``mass`` in eV and a target of ``size_m`` (0.01 to 2): edge of a cube, radius of a ball.

        >>> [f"{reading.rate_hz():.2g}" for reading in METRE_TARGET_READINGS[:2]]
        ['0.013', '0.8']
        """
        return self.compute(positive("mass", mass), within("size_m", size_m, 0.01, 2.0))

    def assumes(self, mass: float = MASS, size_m: float = 1.0) -> str:
        """What the reading assumes of a ``mass`` in eV and a target of ``size_m``."""
        edge = lowest_momentum(size_m, mass) * size_m * METRE
        return self.template.format(size=size_m, face=size_m**2, edge=edge)


def _speed(mass: float) -> float:
    return 1 / energy_over_momentum(mass)


def _whole(nature: str, mass: float, size_m: float) -> float:
    """Rate in Hz of all neutrinos that a cube scatters, by the talk's probability."""
    return rate_hz(talk_probability(nature, size_m), _speed(mass), size_m**2)


METRE_TARGET_READINGS = (
    Reading(
        "dirac, hard strikes",
        "flux n v on a ball of R = {size:g} m, turned by more than 90 degrees",
        lambda mass, size: strike_rate_hz(size, mass),
    ),
    Reading(
        "dirac, hard strikes, gas",
        "the same averaged over the momenta of the gas above {edge:.3g}/R",
        lambda mass, size: gas_strike_rate_hz(size, mass),
    ),
    Reading(
        "majorana, hard strikes",
        "as the first with the potential v U_0, helicity kept",
        lambda mass, size: strike_rate_hz(size, mass, nature="majorana"),
    ),
    Reading(
        "dirac, whole target",
        "flux n v through {face:g} m^2 times (L/10 km)^2",
        lambda mass, size: _whole("dirac", mass, size),
    ),
    Reading(
        "majorana, whole target",
        "flux n v through {face:g} m^2 times 2 (L/2500 km)^2",
        lambda mass, size: _whole("majorana", mass, size),
    ),
    Reading(
        "majorana, density 1 per cm^3",
        "as before with n = 1 cm^-3 instead of 112",
        lambda mass, size: _whole("majorana", mass, size) / (number_density(2) * CENTIMETRE**3),
    ),
    Reading(
        "majorana, 1 cm^2 of the face",
        "flux n v through 1 cm^2 of a target {size:g} m long, times 2 (L/2500 km)^2",
        lambda mass, size: rate_hz(talk_probability("majorana", size), _speed(mass), area_m2=1e-4),
    ),
    Reading(
        "dirac, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 m^2",
        lambda mass, size: domain_rate_hz(nucleus_cross_section(mass), _speed(mass), size**3),
    ),
    Reading(
        "majorana, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 p^2",
        lambda mass, size: domain_rate_hz(nucleus_cross_section(mean_momentum()), _speed(mass), size**3),
    ),
    Reading(
        "massless, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 p^2, speed c",
        lambda mass, size: domain_rate_hz(nucleus_cross_section(mean_momentum()), 1.0, size**3),
    ),
)
"""Readings of the talk's "0.01 Hz for a metre-scale target": N_A scatterers of unit charge per cm^3."""
