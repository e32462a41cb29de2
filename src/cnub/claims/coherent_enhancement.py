"""Claims on coherent enhancement: N against N^2, the no-go probabilities, the rate of a metre-scale target."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from scipy.optimize import brentq

from cnub.claims.ledger import talk
from cnub.coherence.arrangements import arrange
from cnub.coherence.cross_sections import target_delta
from cnub.coherence.scattering import (
    energy_over_momentum,
    no_go_length_m,
    no_go_mass,
    rate_hz,
    rms_energy_over_momentum,
    scattering_probability,
    talk_probability,
)
from cnub.coherence.strikes import gas_strike_rate_hz, strike_rate_hz, surface_cross_section
from cnub.coherence.structure import ball_form_factor, structure_average
from cnub.relic import mean_momentum
from cnub.sphere.direct import phase_shifts

_SLIDE = "'Coherent enhancement'"
_NO_GO = "Backups, 'A no-go theorem'"
_MASS = 0.1
_BALL, _WEAK = 2e3, 1e-7
"""kR and delta of the ball whose partial waves are summed."""
_SMALL, _PHASES, _SAMPLED = 0.01, 1e-3, 0.05


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


def _wave_probability(kR: float, delta: float) -> float:
    """Exact chance per crossing of a ball, sum of all partial waves: no Born series."""
    shifts = phase_shifts(kR, delta)
    weights = 2 * np.arange(len(shifts)) + 1
    return float(4 * np.sum(weights * np.sin(shifts) ** 2)) / kR**2


def _length_exponent() -> float:
    return math.log10(_wave_probability(1e4, 1e-8) / _wave_probability(1e3, 1e-8))


def _density_exponent() -> float:
    return math.log10(_wave_probability(1e3, _WEAK) / _wave_probability(1e3, _WEAK / 10))


def _index(mass: float) -> float:
    """k'/k at the mean momentum k from (E - U)^2 = m^2 + k'^2, U = 1e-12 eV."""
    momentum, potential = mean_momentum(), 1e-12
    return math.sqrt(1 - potential * (2 * math.hypot(momentum, mass) - potential) / momentum**2)


def _energy_exponent() -> float:
    """Exponent of E/p in the Born probability at fixed U, R and momentum, masses of 0.1 and 0.2 eV."""
    momentum = mean_momentum()
    low, high = (scattering_probability(_index(mass) - 1, momentum, 1e4 / momentum) for mass in (0.1, 0.2))
    return math.log(high / low) / math.log(energy_over_momentum(0.2) / energy_over_momentum(0.1))


def _whole_target() -> float:
    """Rate in Hz of all Dirac neutrinos that a target of 1 m^3 scatters, by the talk's probability; 0.1 eV."""
    return rate_hz(talk_probability("dirac", 1.0), 1 / energy_over_momentum(0.1))


def _strike_note() -> str:
    cube = surface_cross_section(target_delta("dirac", _MASS, mean_momentum()), 6.0)
    rates = {
        "for a cube of one cubic metre": rate_hz(cube, 1 / energy_over_momentum(_MASS)),
        "for half the mass": strike_rate_hz(mass=_MASS / 2),
        "averaged over the momenta of the gas": gas_strike_rate_hz(),
        "for Majorana neutrinos": strike_rate_hz(nature="majorana"),
    }
    listed = ", ".join(f"{rate:.2g} {name}" for name, rate in rates.items())
    return (
        "n v (pi/2) delta^2 R^2: a ball with a radius of one metre, unit charge, N_A and 112 per cm^3, Dirac "
        f"neutrinos of {_MASS:g} eV at the mean momentum. The slide defines none of it but speaks of acceleration per "
        f"strike. It is {listed}. The rate grows as the surface."
    )


CLAIMS = [
    talk(
        "incoherent-n", _SLIDE, "exponent of N in Gamma where phases average out (random ball, qR = 60)", "1",
        lambda: _exponent(60.0), structure_average, tolerance=_SAMPLED,
        note=f"Held to {_SAMPLED:g}: sampled over 20 arrangements and 100 directions.",
    ),
    talk(
        "coherent-n2", _SLIDE, "exponent of N in Gamma where amplitudes add (random ball, qR = 0.01)", "2",
        lambda: _exponent(_SMALL), structure_average, tolerance=_PHASES,
        note=f"Held to {_PHASES:g}: the phases left at qR = {_SMALL:g}.",
    ),
    talk(
        "q-times-r", _SLIDE, "q R at which half of N^2 is lost, uniform ball ('Q comparable to 1/r')", "1",
        _half_coherence, ball_form_factor, approximate=True,
    ),
    talk(
        "nogo-factor-two", _NO_GO,
        "probability of coherent scattering over (k delta L)^2, all partial waves, ball of radius L", "2",
        lambda: _wave_probability(_BALL, _WEAK) / (_BALL * _WEAK) ** 2, phase_shifts, tolerance=1e-5,
        note=f"kR = {_BALL:g}, delta = {_WEAK:g}: terms of relative size delta and (kR)^-2 remain. The factor of the "
        "Majorana formula; with L the diameter it would be 1/2, and the slide does not say.",
    ),
    talk(
        "nogo-majorana-length", _NO_GO, "length L_0 in 2 C^2 (n/N_A cm^3)^2 (L/L_0)^2, from P = 2 (k delta L)^2",
        "2500",
        lambda: no_go_length_m("majorana") / 1e3, no_go_length_m, unit="km", approximate=True,
        note="sqrt(2) G_F n reaches one radian there, C = (3Z - A)/2. Mass and momentum cancel.",
    ),
    talk(
        "nogo-dirac-length", _NO_GO, "length L_0 in C^2 (n/N_A cm^3)^2 (L/L_0)^2, from the same formula, 0.1 eV", "10",
        lambda: no_go_length_m("dirac", 0.1) / 1e3, no_go_length_m, unit="km",
        note=lambda: (
            "Half of the relativistic potential, as the talk has it, and the gas average of (E/p)^2, "
            f"{rms_energy_over_momentum(0.1):.1f}^2; its factor 2/4 is in L_0. At the printed digits for masses from "
            f"{no_go_mass(10.5e3):.3f} to {no_go_mass(9.5e3):.3f} eV."
        ),
    ),
    talk(
        "nogo-energy-power", _NO_GO,
        "exponent of E/p in the probability for Dirac neutrinos, fixed potential, 0.1 to 0.2 eV", "2",
        _energy_exponent, scattering_probability, printed="(E/p)^2", tolerance=1e-5,
        note="Index from the relativistic energy and momentum; terms of the size of delta remain.",
    ),
    talk(
        "nogo-length-power", _NO_GO,
        "exponent of L in the probability of coherent scattering (ball, kR from 1e3 to 1e4)", "2",
        _length_exponent, phase_shifts, tolerance=1e-6,
        note="All partial waves; terms of relative size (kR)^-2 remain.",
    ),
    talk(
        "nogo-density-power", _NO_GO,
        "exponent of the density in the probability of coherent scattering (ball, kR = 1e3)", "2",
        _density_exponent, phase_shifts, tolerance=1e-6,
        note=f"All partial waves, a decade up to delta = {_WEAK:g}; terms of relative size delta remain.",
    ),
    talk(
        "metre-target", "'Coherent scattering rate'", "rate of a metre-scale target", "0.01",
        _whole_target, strike_rate_hz, unit="Hz", approximate=True,
        correction="Counting strikes that turn a neutrino by more than 90 degrees, not all scattered neutrinos.",
        corrected=strike_rate_hz,
        note=_strike_note,
    ),
]  # fmt: skip
