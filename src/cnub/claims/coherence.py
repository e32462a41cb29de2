"""Claims on coherent enhancement: N against N^2, the no-go probabilities, the rate of a metre-scale target."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from scipy.optimize import brentq

from cnub.claims.ledger import Claim
from cnub.coherence.arrangements import arrange
from cnub.coherence.scattering import (
    METRE_TARGET_READINGS,
    energy_over_momentum,
    rate_hz,
    scattering_probability,
    unit_phase_length_m,
)
from cnub.coherence.structure import ball_form_factor, structure_average

_SLIDE = "'Coherent enhancement'"
_NO_GO = "Backups, 'A no-go theorem'"


@cache
def _exponent(q: float) -> float:
    """Exponent of N in the scattering sum of random balls of 300 and 3000 atoms, mean over 20 arrangements each."""
    means = [
        np.mean([structure_average(arrange("random ball", count, seed), q, 100).value[0] for seed in range(20)])
        for count in (300, 3000)
    ]
    return math.log10(means[1] / means[0])


def _half_coherence() -> float:
    return brentq(lambda x: float(ball_form_factor(x)) ** 2 - 0.5, 0.1, 4.0)


def _length_exponent() -> float:
    low, high = (scattering_probability(1e-12, 1.0, x) for x in (1e4, 1e5))
    return math.log10(high / low)


def _density_exponent() -> float:
    low, high = (scattering_probability(delta, 1.0, 1e4) for delta in (1e-13, 1e-12))
    return math.log10(high / low)


def _reading(name: str) -> float:
    return next(reading.rate_hz() for reading in METRE_TARGET_READINGS if reading.name == name)


CLAIMS = [
    Claim(
        id="talk-incoherent-n",
        source="talk",
        place=_SLIDE,
        statement="exponent of N in Gamma where phases average out (random ball, qR = 60)",
        quoted="1",
        compute=lambda: _exponent(60.0),
        tolerance=0.05,
        by=structure_average,
        note="Held to 5 %: sampled over 20 arrangements and 100 directions.",
    ),
    Claim(
        id="talk-coherent-n2",
        source="talk",
        place=_SLIDE,
        statement="exponent of N in Gamma where amplitudes add (random ball, qR = 0.01)",
        quoted="2",
        compute=lambda: _exponent(0.01),
        tolerance=1e-3,
        by=structure_average,
        note="Held to 1e-3: the phases left at qR = 0.01.",
    ),
    Claim(
        id="talk-q-times-r",
        source="talk",
        place=_SLIDE,
        statement="q R at which half of N^2 is lost, uniform ball ('Q comparable to 1/r')",
        quoted="1",
        approximate=True,
        compute=_half_coherence,
        by=ball_form_factor,
    ),
    Claim(
        id="talk-nogo-majorana-length",
        source="talk",
        place=_NO_GO,
        statement="length over which sqrt(2) G_F n reaches one radian at n = N_A/cm^3",
        quoted="2500",
        unit="km",
        approximate=True,
        compute=lambda: unit_phase_length_m() / 1e3,
        by=unit_phase_length_m,
        note="With C = (3Z - A)/2 this is the phase of a relativistic nu_e.",
    ),
    Claim(
        id="talk-nogo-dirac-length",
        source="talk",
        place=_NO_GO,
        statement="the same for Dirac neutrinos, shorter by E/p (0.1 eV, mean momentum)",
        quoted="10",
        unit="km",
        approximate=True,
        compute=lambda: unit_phase_length_m(energy_over_momentum(0.1)) / 1e3,
        by=unit_phase_length_m,
        note="The talk's own U, half as large for a neutrino at rest, doubles it; 0.137 eV gives 10 km.",
    ),
    Claim(
        id="talk-nogo-ratio",
        source="talk",
        place=_NO_GO,
        statement="ratio of the two lengths, E/p (0.1 eV, mean momentum)",
        quoted="250",
        approximate=True,
        compute=lambda: energy_over_momentum(0.1),
        by=energy_over_momentum,
    ),
    Claim(
        id="talk-nogo-factor-two",
        source="talk",
        place=_NO_GO,
        statement="factor 2 in the probability for Majorana neutrinos",
        quoted="2",
        note="The derivation is announced as work in progress; the slide does not define C.",
    ),
    Claim(
        id="talk-nogo-length-power",
        source="talk",
        place=_NO_GO,
        statement="exponent of L in the probability of coherent scattering (ball, kR from 1e4 to 1e5)",
        quoted="2",
        compute=_length_exponent,
        tolerance=1e-6,
        by=scattering_probability,
        note="First Born order; terms of relative size (kR)^-2 remain.",
    ),
    Claim(
        id="talk-nogo-density-power",
        source="talk",
        place=_NO_GO,
        statement="exponent of the density in the probability of coherent scattering",
        quoted="2",
        compute=_density_exponent,
        tolerance=1e-9,
        by=scattering_probability,
    ),
    Claim(
        id="talk-metre-target-majorana",
        source="talk",
        place="'Coherent scattering rate'",
        statement="rate of a target of 1 m^3, Majorana, flux n v times 2 (L/2500 km)^2",
        quoted="0.01",
        unit="Hz",
        approximate=True,
        compute=lambda: _reading("majorana, whole target"),
        by=rate_hz,
        note=(
            "Unit charge, N_A per cm^3, 0.05 eV. 0.011 Hz results for each cm^2 of the face instead of the whole m^2; "
            "that is the only simple reading found that gives the number, and the slide does not say it."
        ),
    ),
    Claim(
        id="talk-metre-target-dirac",
        source="talk",
        place="'Coherent scattering rate'",
        statement="rate of a target of 1 m^3, Dirac, flux n v times (L/10 km)^2",
        quoted="0.01",
        unit="Hz",
        approximate=True,
        compute=lambda: _reading("dirac, whole target"),
        by=rate_hz,
        note="Eight orders of magnitude above it; adding up only the atoms within one wavelength gives 3.5 Hz.",
    ),
]
