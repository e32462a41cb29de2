"""Events per year of captured relic neutrinos, their peaks, and what a detector tells from the decays."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from cnub.capture.nucleus import GROUND_SHARE, atoms, cross_section_cm2, endpoint, peak
from cnub.capture.smearing import FWHM, TARGETS, axes_momenta, energy_spread
from cnub.capture.spectrum import decays_between, shares
from cnub.constants import JULIAN_YEAR_S, SPEED_OF_LIGHT_M_PER_S
from cnub.discovery.exposure import exposure_for_evidence
from cnub.domain import one_of, representable, within
from cnub.oscillation import NATURES, ORDERINGS, masses
from cnub.relic import mean_speed, number_density_per_cm3

RESOLUTIONS = (1e-4, 10.0)
"""In eV: within the 40 eV below the end that belong to the ground state of the ion."""
GRAMS = (1e-15, 1e15)
"""From a few thousand atoms to more than was ever made."""
DENSER = (1e-9, 1e9)
"""Local density over the cosmic mean."""
FAINTEST = 1e-99
"""Counts per year below which there are none."""


@dataclass(frozen=True)
class CaptureRate:
    """Events per year and where they lie.

    ``rate_per_year`` of all captures; of each mass state ``rates_per_year``, ``masses_eV`` and ``peaks_eV``, kinetic
    energies from the end for massless neutrinos. ``smearing_eV`` is the standard deviation that binding gives the
    electron's energy, rms over directions, ``width_eV`` that of a peak with the resolution. In ``window_eV``, around
    the peak of state ``window_state``, lie ``signal_per_year`` and ``background_per_year``; ``years`` until half of all
    experiments have evidence at 3 sigma.
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
    rest, a Majorana one of either helicity with 1 -+ v. The window is as wide as the peak's full width at half maximum,
    around the peak of that state which needs the least time. Raises :class:`cnub.DomainError` outside these ranges.

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
    width = math.hypot(within("resolution", resolution, *RESOLUTIONS) / FWHM, smearing)
    centres = tuple(peak(m) - endpoint() for m in every)
    found = [_window(centre, centres, each, width, mass, ordering, tritium_g) for centre in centres]
    best = min(range(3), key=lambda i: found[i][-1])
    return CaptureRate(sum(each), each, tuple(every), centres, smearing, width, best + 1, *found[best])


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


def _window(centre, centres, each, width, mass, ordering, tritium_g):
    """Window, signal, background and years of a peak."""
    half = width * FWHM / 2
    low, high = centre - half, centre + half
    inside = (ndtr((high - c) / width) - ndtr((low - c) / width) for c in centres)
    signal = GROUND_SHARE * float(sum(rate * part for rate, part in zip(each, inside, strict=True)))
    background = decays_between(low, high, mass, width, ordering, tritium_g)
    background = background if background > FAINTEST else 0.0
    years = exposure_for_evidence(signal, background).years if signal > FAINTEST else math.inf
    return (low, high), signal, background, years
