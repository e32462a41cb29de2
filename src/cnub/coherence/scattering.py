"""How often matter scatters a relic neutrino coherently: Born cross-section of a ball, the talk's probabilities, rates.

A ball of refractivity delta and radius L shifts the phase of a wave by up to 2 phi, phi = k delta L; it scatters with
the probability 2 phi^2, at angles of order 1/(kL). With U_0 = sqrt(2) G_F n C, C = (3Z - A)/2, the potential of a
relativistic nu_e, a slow Dirac neutrino feels U_0/2 and phi = (U_0/2) L E/p; a Majorana neutrino has no vector charge
at rest, so it feels U_0 p/E and phi = U_0 L. Hence the two lengths of the talk, and the factor 2 in one of them.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.coherence.structure import ball_form_factor
from cnub.constants import AVOGADRO, CENTIMETRE, FERMI_CONSTANT, METRE, SECOND
from cnub.domain import finite, non_negative, one_of, positive, representable, within
from cnub.oscillation import NATURES
from cnub.quadrature import panels
from cnub.relic import mean_momentum, momentum_moment, number_density

AVOGADRO_DENSITY = AVOGADRO / CENTIMETRE**3
"""The talk's unit of density, N_A per cubic centimetre, in eV^3."""
DIRAC_LENGTH_M = 10e3
MAJORANA_LENGTH_M = 2500e3
"""Lengths in metres at which the talk's probabilities reach one and two, per unit charge, at N_A per cm^3."""

_SMALL = 0.5
"""x below which the closed form has lost 4 of its 16 digits; there the integrand is smooth enough for 12 nodes."""


@representable
def ball_cross_section(delta: float, momentum: float, radius: float, angle: float = 0.0) -> float:
    """Born cross-section in eV^-2 of a uniform ball for turning a neutrino by more than ``angle`` (0 to pi) in rad.

    8 pi delta^2 k^2 R^4 Int j_1(x)^2/x dx from 2kR sin(angle/2) to 2kR. For kR >> 1 it is 2 pi R^2 (kR delta)^2 at all
    angles and (pi/2) delta^2 R^2 beyond 90 degrees; for kR << 1, N^2 times that of one scatterer. ``delta`` between
    -0.1 and 0.1, ``momentum`` in eV and ``radius`` in 1/eV from 1e-30 to 1e30. Valid for a phase 2 kR |delta| << 1.
    Raises :class:`cnub.DomainError` outside those ranges.

    Source: derived from the first Born order of a uniform ball.

    >>> print(f"{ball_cross_section(delta=1e-8, momentum=5e-4, radius=1e7) / (2 * np.pi * 1e14 * (5e-5) ** 2):.6f}")
    1.000000
    """
    x = 2 * within("momentum", momentum, 1e-30, 1e30) * within("radius", radius, 1e-30, 1e30)
    low = x * math.sin(within("angle", angle, 0.0, math.pi) / 2)
    strength = within("delta", delta, -0.1, 0.1) * x * radius
    return 2 * math.pi * strength**2 * _bessel_integral(low, x)


@representable
def scattering_probability(delta: float, momentum: float, radius: float) -> float:
    """Chance that a neutrino crossing the disc pi R^2 of a ball is scattered: 2 (kR delta)^2 for kR >> 1.

    Arguments as for :func:`ball_cross_section`. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'A no-go theorem' (Dirac); derived from the first Born order of a uniform ball.

    >>> print(f"{scattering_probability(delta=1e-8, momentum=5e-4, radius=1e7):.3e}")
    5.000e-09
    """
    return ball_cross_section(delta, momentum, radius) / (math.pi * positive("radius", radius) ** 2)


@representable
def nucleus_cross_section(mass: float, charge: float = 1.0) -> float:
    """Cross-section in eV^-2 of one scatterer of weak charge C: 4 pi f^2, f = m G_F C/(4 sqrt 2 pi).

    Non-relativistic Dirac neutrino of ``mass`` in eV (> 0); the unit charge C = 3Z - A gives the talk's potential
    U = G_F C n/(2 sqrt 2).
    """
    length = positive("mass", mass) * FERMI_CONSTANT * finite("charge", charge) / (2 * math.sqrt(2)) / (2 * math.pi)
    return 4 * math.pi * length**2


@representable
def talk_probability(nature: str, length_m: float, density: float = 1.0, charge: float = 1.0) -> float:
    """Probability on the talk's 'A no-go theorem' slide: C^2 n^2 (L/10 km)^2, or 2 C^2 n^2 (L/2500 km)^2.

    ``nature`` is "dirac" or "majorana"; ``length_m`` >= 0; ``density`` in N_A per cm^3 (> 0); ``charge`` is C. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'A no-go theorem' (Majorana); talk, 'A no-go theorem' (Dirac).

    >>> print(f'{talk_probability("majorana", length_m=2.5e6):.1f}')
    2.0
    """
    one_of("nature", nature, NATURES)
    strength = (positive("density", density) * finite("charge", charge) * non_negative("length_m", length_m)) ** 2
    return strength / DIRAC_LENGTH_M**2 if nature == "dirac" else 2 * strength / MAJORANA_LENGTH_M**2


@representable
def unit_phase_length_m(energy_over_momentum: float = 1.0, prefactor: float = math.sqrt(2)) -> float:
    """Length in metres over which ``prefactor`` * G_F n times E/p accumulates one radian at n = N_A per cm^3.

    ``prefactor`` (> 0) is sqrt 2 for a relativistic neutrino with C = (3Z - A)/2, half of that for a Dirac neutrino at
    rest; ``energy_over_momentum`` >= 1. At sqrt 2 and E/p = 1 it is the talk's 2500 km.
    """
    ratio = within("energy_over_momentum", energy_over_momentum, 1.0, 1e12)
    potential = positive("prefactor", prefactor) * FERMI_CONSTANT * AVOGADRO_DENSITY
    return 1 / (potential * ratio) / METRE


@representable
def no_go_length_m(nature: str, mass: float = 0.1) -> float:
    """L_0 in metres of the talk's C^2 n^2 (L/L_0)^2 ("dirac") and 2 C^2 n^2 (L/L_0)^2 ("majorana"): 2 (k delta L)^2.

    n in N_A per cm^3, C = (3Z - A)/2, L the radius of a ball. A Majorana neutrino has the phase sqrt(2) G_F n C L. A
    slow Dirac neutrino feels half of that potential for E/p times as long; (E/p)^2 is averaged over the gas, ``mass``
    in eV (> 0, to 1e6), and the factor 2/4 is in L_0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'A no-go theorem' (Majorana); talk, 'A no-go theorem' (Dirac).

    >>> print(f'{no_go_length_m("majorana"):.3e}')
    2.585e+06
    """
    mass = positive("mass", within("mass", mass, 0.0, 1e6))
    if one_of("nature", nature, NATURES) == "majorana":
        return unit_phase_length_m()
    return unit_phase_length_m(rms_energy_over_momentum(mass)) * math.sqrt(2)


@representable
def no_go_mass(length_m: float) -> float:
    """Mass in eV whose `no_go_length_m` ("dirac") is ``length_m`` in metres (1 to 3.6e6, nearly that of no mass).

    Talk, 'A no-go theorem', solved for m.

    >>> round(no_go_mass(no_go_length_m("dirac", 0.1)), 12)
    0.1
    """
    length = within("length_m", length_m, 1.0, 3.6e6)
    ratio = math.sqrt(2) * unit_phase_length_m() / length
    return math.sqrt((ratio - 1) * (ratio + 1) / momentum_moment(-2))


@representable
def rms_energy_over_momentum(mass: float) -> float:
    """Root of the mean of (E/p)^2 = 1 + m^2 <1/p^2> over the gas, for ``mass`` in eV (>= 0)."""
    return math.hypot(1.0, non_negative("mass", mass) * math.sqrt(momentum_moment(-2)))


@representable
def energy_over_momentum(mass: float, momentum: float | None = None) -> float:
    """E/p for ``mass`` in eV (>= 0), at ``momentum`` in eV (the mean of the gas if not given)."""
    p = mean_momentum() if momentum is None else positive("momentum", momentum)
    return math.hypot(p, non_negative("mass", mass)) / p


@representable
def rate_hz(probability: float, speed: float, area_m2: float = 1.0, states: int = 2) -> float:
    """Rate in Hz at which a target of face ``area_m2`` scatters the flux n v of ``states`` helicity states.

    ``probability`` per crossing (0 to 1), ``speed`` in units of c (0 to 1).
    """
    flux = number_density(states) * within("speed", speed, 0.0, 1.0)
    area = positive("area_m2", area_m2) * METRE**2
    return within("probability", probability, 0.0, 1.0) * flux * area * SECOND


@representable
def domain_rate_hz(cross_section: float, speed: float, volume_m3: float = 1.0, states: int = 2) -> float:
    """Rate in Hz if only the n/k^3 scatterers within one reduced wavelength add up coherently: n v N (n/k^3) sigma_1.

    ``cross_section`` of one scatterer in eV^-2 (> 0), ``speed`` in units of c; N_A scatterers per cm^3 fill
    ``volume_m3``; k is the mean momentum of the gas.
    """
    scatterers = AVOGADRO_DENSITY * positive("volume_m3", volume_m3) * METRE**3
    together = AVOGADRO_DENSITY / mean_momentum() ** 3
    flux = number_density(states) * within("speed", speed, 0.0, 1.0)
    return flux * scatterers * together * positive("cross_section", cross_section) * SECOND


def _bessel_integral(low: float, high: float) -> float:
    """Int j_1(x)^2/x dx, from the antiderivative (1 - C)/4, C = x^-2 - x^-3 sin 2x + x^-4 sin^2 x."""
    if low >= _SMALL:
        return (_remainder(low) - _remainder(high)) / 4
    edge = min(high, _SMALL)
    x, weights = panels(np.array([low, edge]), 12)
    inner = float(np.sum(weights * x * (ball_form_factor(x) / 3) ** 2))
    return inner + ((_remainder(edge) - _remainder(high)) / 4 if high > edge else 0.0)


def _remainder(x: float) -> float:
    return x**-2 - x**-3 * math.sin(2 * x) + x**-4 * math.sin(x) ** 2
