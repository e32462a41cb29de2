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
from cnub.coherence.strikes import gas_strike_rate_hz, strike_rate_hz
from cnub.constants import CENTIMETRE
from cnub.relic import mean_momentum, number_density


@dataclass(frozen=True)
class Reading:
    """One way to read "the scattering rate for a meter-scale target": what is assumed, and the rate it gives."""

    name: str
    assumes: str
    rate_hz: Callable[[], float]


_MASS = 0.1
"""Mass in eV of every reading, that of the talk's other estimates."""
_SPEED = 1 / energy_over_momentum(_MASS)

METRE_TARGET_READINGS = (
    Reading(
        "dirac, hard strikes",
        "flux n v on a ball of R = 1 m, turned by more than 90 degrees",
        lambda: strike_rate_hz(1.0, _MASS),
    ),
    Reading(
        "dirac, hard strikes, gas",
        "the same averaged over the momenta of the gas above 1/R",
        lambda: gas_strike_rate_hz(1.0, _MASS),
    ),
    Reading(
        "majorana, hard strikes",
        "as the first with |delta| smaller by v",
        lambda: strike_rate_hz(1.0, _MASS, nature="majorana"),
    ),
    Reading(
        "dirac, whole target",
        "flux n v through 1 m^2 times (L/10 km)^2",
        lambda: rate_hz(talk_probability("dirac", 1.0), _SPEED),
    ),
    Reading(
        "majorana, whole target",
        "flux n v through 1 m^2 times 2 (L/2500 km)^2",
        lambda: rate_hz(talk_probability("majorana", 1.0), _SPEED),
    ),
    Reading(
        "majorana, density 1 per cm^3",
        "as before with n = 1 cm^-3 instead of 112",
        lambda: rate_hz(talk_probability("majorana", 1.0), _SPEED) / (number_density(2) * CENTIMETRE**3),
    ),
    Reading(
        "majorana, 1 cm^2 of the face",
        "flux n v through 1 cm^2 of a target 1 m long, times 2 (L/2500 km)^2",
        lambda: rate_hz(talk_probability("majorana", 1.0), _SPEED, area_m2=1e-4),
    ),
    Reading(
        "dirac, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 m^2",
        lambda: domain_rate_hz(nucleus_cross_section(_MASS), _SPEED),
    ),
    Reading(
        "majorana, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 p^2",
        lambda: domain_rate_hz(nucleus_cross_section(mean_momentum()), _SPEED),
    ),
    Reading(
        "massless, one wavelength",
        "atoms within 1/k add up, cross-section of G_F^2 p^2, speed c",
        lambda: domain_rate_hz(nucleus_cross_section(mean_momentum()), 1.0),
    ),
)
"""Readings of the talk's "0.01 Hz for a metre-scale target": m = 0.1 eV, N_A scatterers of unit charge per cm^3."""
