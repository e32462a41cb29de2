"""Electrons near the end of the tritium spectrum: the decay's, and the peaks of captured relic neutrinos.

Kinetic energies are counted from the end of the spectrum of massless neutrinos. A neutrino of mass m moves the end to
-m and has its peak at +m; the decay falls as e sqrt(e^2 - m^2) towards its end, and a detector spreads both by a
Gaussian. Only reactions that leave the helium ion in its ground state come within 40 eV of the end.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr

from cnub.capture.nucleus import GROUND_SHARE, atoms, decay_rate_per_s, density_of_states, endpoint, phase_space
from cnub.capture.smearing import FWHM
from cnub.constants import JULIAN_YEAR_S
from cnub.domain import finite_array, one_of, positive, representable, within
from cnub.oscillation import ORDERINGS, masses, mixing_matrix

WIDTHS = 12.0
"""Standard deviations of the resolution within which an energy can be moved: beyond, 1e-32 of a Gaussian."""
STEPS = 1200
"""Of the rule of equal steps, whose error falls exponentially: the integrand ends evenly or in a Gaussian's tail."""
REACH_EV = 40.0
"""Below the end the first excited ion opens at 40.8 eV."""


def shares(ordering: str = "NO") -> np.ndarray:
    """|U_ei|^2 of the three mass states."""
    return np.abs(mixing_matrix(ordering)[0]) ** 2


def decays_per_eV3(tritium_g: float) -> float:
    """Decays per year and eV^3: the rate near the end is this times e sqrt(e^2 - m^2) for each mass state."""
    each = decay_rate_per_s() * JULIAN_YEAR_S / phase_space() * density_of_states(endpoint())
    return GROUND_SHARE * atoms(tritium_g) * each


@representable
def beta_spectrum(
    energies: np.ndarray, mass: float = 0.0, resolution: float = 0.0, ordering: str = "NO", tritium_g: float = 100.0
) -> np.ndarray:
    """Decays per year and eV at kinetic ``energies`` (eV, at least -40) from the end for massless neutrinos.

    ``mass`` is the lightest in eV (0 to 10), ``resolution`` the full width at half maximum in eV (0: perfect).
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of an allowed decay with massive neutrinos.

    >>> print(f"{beta_spectrum([-1.0], mass=0.1)[0]:.2e}")
    6.86e+11
    """
    at = finite_array("energies", energies, low=-REACH_EV)
    every = masses(one_of("ordering", ordering, ORDERINGS), within("mass", mass, 0.0, 10.0))
    width = _deviation(resolution)
    total = sum(share * _state(-at, m, width) for share, m in zip(shares(ordering), every, strict=True))
    return decays_per_eV3(tritium_g) * total


def _deviation(resolution):
    return 0.0 if resolution == 0 else positive("resolution", resolution) / FWHM


def _state(below, mass, width):
    """e sqrt(e^2 - m^2) at e = ``below``, spread by a Gaussian of ``width``."""
    if width == 0:
        return np.where(below > mass, below * np.sqrt(np.maximum(below**2 - mass**2, 0.0)), 0.0)
    root = _roots(below, below, mass, width)
    lost = mass + root**2
    weight = lost * root**2 * np.sqrt(2 * mass + root**2) * 2
    hit = np.exp(-0.5 * ((np.asarray(below)[..., None] - lost) / width) ** 2) / (math.sqrt(2 * math.pi) * width)
    return np.trapezoid(weight * hit, root, axis=-1)


def _roots(least, most, mass, width):
    """sqrt(e - m) in equal steps over the e that the resolution can bring between ``least`` and ``most``."""
    low = np.sqrt(np.maximum(least - WIDTHS * width - mass, 0.0))
    high = np.sqrt(np.maximum(most, mass) + WIDTHS * width - mass)
    return low[..., None] + np.multiply.outer(high - low, np.linspace(0.0, 1.0, STEPS + 1))


def decays_between(
    low: float, high: float, mass: float, width: float, ordering: str = "NO", tritium_g: float = 100.0
) -> float:
    """Decays per year whose measured energy is from ``low`` to ``high`` (eV from the end), spread by ``width``."""
    total = 0.0
    for share, m in zip(shares(ordering), masses(ordering, mass), strict=True):
        root = _roots(np.float64(-high), np.float64(-low), m, width)
        lost = m + root**2
        below, above = -(low + lost) / width, -(high + lost) / width  # tails, so that no ones are subtracted
        hit = np.where(below > 0, ndtr(-above) - ndtr(-below), ndtr(below) - ndtr(above))
        total += share * float(np.trapezoid(lost * root**2 * np.sqrt(2 * m + root**2) * 2 * hit, root))
    return decays_per_eV3(tritium_g) * total
