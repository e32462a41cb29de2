"""Events per year of captured relic neutrinos, their peaks, and what a detector tells from the decays."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from cnub.capture.nucleus import GROUND_SHARE, atoms, cross_section_cm2, endpoint, peak
from cnub.capture.smearing import FWHM, TARGETS, axes_momenta, energy_spread
from cnub.capture.spectrum import decays_between, shares
from cnub.constants import JULIAN_YEAR_S, SPEED_OF_LIGHT_M_PER_S
from cnub.discovery.exposure import exposure_for_evidence
from cnub.domain import non_negative, one_of, representable, within
from cnub.oscillation import NATURES, ORDERINGS, masses
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, mean_speed, momentum_density, number_density_per_cm3

RESOLUTIONS = (1e-4, 10.0)
"""In eV: within the 40 eV below the end that belong to the ground state of the ion."""
GRAMS = (1e-15, 1e15)
"""From a few thousand atoms to more than was ever made."""
DENSER = (1e-9, 1e9)
"""Local density over the cosmic mean."""
FAINTEST = 1e-99
"""Counts per year below which there are none."""
_MOMENTA = np.concatenate([[0.0], np.geomspace(1e-3, 60.0, 24)])
"""p/T between which the gas is averaged."""


@dataclass(frozen=True)
class CaptureRate:
    """Events per year and where they lie.

    ``rate_per_year`` of all captures; of each mass state ``rates_per_year``, ``masses_eV`` and ``peaks_eV``, kinetic
    energies from the end for massless neutrinos. ``smearing_eV`` is the standard deviation that binding gives the
    electron's energy, rms over directions, ``width_eV`` that of the peak in the window with the resolution and with the
    heat of the gas. In ``window_eV``, around the peak of state ``window_state``, lie ``signal_per_year`` and
    ``background_per_year``; ``years`` until half of all experiments have evidence at 3 sigma.
    """

    rate_per_year: float
    rates_per_year: tuple[float, ...]
    masses_eV: tuple[float, ...]
    peaks_eV: tuple[float, ...]
    smearing_eV: float
    width_eV: float
    window_state: int
    window_eV: tuple[float, float]
    signal_per_year: float
    background_per_year: float
    years: float


@representable
def capture_rate(
    mass: float = 0.05,
    ordering: str = "NO",
    nature: str = "dirac",
    resolution: float = 0.05,
    target: str = "free",
    tritium_g: float = 100.0,
    clustering: float = 1.0,
) -> CaptureRate:
    """Capture of relic neutrinos on tritium: rate, peaks, and what stands out of the decays.

    ``mass`` is the lightest in eV (0 to 10), ``resolution`` the detector's full width at half maximum in eV (1e-4 to
    10), ``target`` "free", "graphene" or "nanotube", ``tritium_g`` in grams (1e-15 to 1e15), ``clustering`` the local
    density over the cosmic mean (1e-9 to 1e9). A Dirac neutrino of helicity -1 is captured with 1 + v of the rate at
    rest, a Majorana one of either helicity with 1 -+ v. Each peak lies at the mean energy of its captured neutrinos and
    is widened by their spread, as a Gaussian of the same deviation: 0.53 and 0.29 meV without a mass. The window is as
    wide as the peak's full width at half maximum, around the peak of that state which needs the least time. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: A. J. Long et al., JCAP 08 (2014) 038.

    >>> print(f'{capture_rate().rate_per_year:.1f}, {capture_rate(nature="majorana").rate_per_year:.1f}')
    4.2, 8.3
    """
    every = masses(one_of("ordering", ordering, ORDERINGS), within("mass", mass, 0.0, 10.0))
    number = atoms(within("tritium_g", tritium_g, *GRAMS)) * within("clustering", clustering, *DENSER)
    each = tuple(
        float(share) * _state_rate(m, nature) * number for share, m in zip(shares(ordering), every, strict=True)
    )
    smearing = _smearing(target)
    detector = math.hypot(within("resolution", resolution, *RESOLUTIONS) / FWHM, smearing)
    heat = [captured_energy(m, nature) for m in every]
    peaks = tuple((peak(energy) - endpoint(), math.hypot(detector, spread)) for energy, spread in heat)
    found = [_window(i, peaks, each, (mass, detector, ordering, tritium_g)) for i in range(3)]
    best = min(range(3), key=lambda i: found[i][-1])
    centres = tuple(centre for centre, _ in peaks)
    return CaptureRate(sum(each), each, tuple(every), centres, smearing, peaks[best][1], best + 1, *found[best])


def captured_energy(mass: float, nature: str = "dirac") -> tuple[float, float]:
    """Mean and standard deviation in eV of the energy of captured relic neutrinos of ``mass`` in eV (>= 0).

    Weighted by 1 + v where ``nature`` is "dirac". Only the lightest state, if below some meV, has a peak that this
    moves or widens.

    >>> print("%.2e %.2e" % captured_energy(0.0), "%.2e" % (captured_energy(0.05)[0] - 0.05))
    5.28e-04 2.91e-04 3.66e-06
    """
    m = non_negative("mass", mass)
    p, weights = (part.ravel() for part in panels(_MOMENTA * TEMPERATURE, 16))
    energy = np.hypot(p, m)
    share = 1 + p / energy if one_of("nature", nature, NATURES) == "dirac" else 1.0
    captured = weights * momentum_density(p) * share
    above = p * p / (energy + m)  # E - m without a difference
    mean = float(captured @ above / captured.sum())
    return m + mean, math.sqrt(float(captured @ (above - mean) ** 2 / captured.sum()))


def _state_rate(mass, nature):
    """Captures per year of one atom, of a state that is all electron neutrino."""
    speed, density = mean_speed(mass), number_density_per_cm3()
    helicities = {"dirac": 1 + speed, "majorana": 2.0}[one_of("nature", nature, NATURES)]
    flow = density * helicities * SPEED_OF_LIGHT_M_PER_S * 100
    return float(cross_section_cm2() * flow * JULIAN_YEAR_S)


def _smearing(target):
    momenta = axes_momenta(one_of("target", target, TARGETS))
    rms = math.sqrt(sum(q * q for q in momenta) / 3)
    return energy_spread(rms) if rms else 0.0


def _window(state, peaks, each, decay):
    """Window, signal, background and years of the peak of a ``state``; ``decay``: its mass, width, ordering, grams."""
    centre, half = peaks[state][0], peaks[state][1] * FWHM / 2
    low, high = centre - half, centre + half
    inside = (ndtr((high - c) / width) - ndtr((low - c) / width) for c, width in peaks)
    signal = GROUND_SHARE * float(sum(rate * part for rate, part in zip(each, inside, strict=True)))
    background = decays_between(low, high, *decay)
    background = background if background > FAINTEST else 0.0
    years = exposure_for_evidence(signal, background).years if signal > FAINTEST else math.inf
    return (low, high), signal, background, years
