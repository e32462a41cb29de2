"""Cross-sections against quadrature and limits; the talk's probabilities; readings of its rate."""

import math

import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.coherence.scattering import (
    AVOGADRO_DENSITY,
    METRE_TARGET_READINGS,
    ball_cross_section,
    domain_rate_hz,
    energy_over_momentum,
    nucleus_cross_section,
    rate_hz,
    scattering_probability,
    talk_probability,
    unit_phase_length_m,
)
from cnub.coherence.structure import ball_form_factor
from cnub.constants import FERMI_CONSTANT, METRE
from cnub.relic import mean_momentum

CLOSED_FORM = 1e-11
"""Adaptive quadrature at 1e-12 against the closed form; worst seen 2e-13."""


@pytest.mark.parametrize("x", [0.01, 0.4999, 0.5001, 1.0, 7.0, 60.0])
def test_ball_against_its_angular_integral(x):
    delta, k = 1e-8, 2.0
    radius = x / k
    forward = 2 / 3 * delta * k**2 * radius**3

    def integrand(q):
        return 2 * math.pi * q / k**2 * (forward * float(ball_form_factor(q * radius))) ** 2

    expected = quad(integrand, 0, 2 * k, epsabs=0, epsrel=1e-12, limit=500)[0]
    assert ball_cross_section(delta, k, radius) == pytest.approx(expected, rel=CLOSED_FORM, abs=0.0)


def test_small_ball_is_n_squared_times_one_scatterer():
    mass, k, radius = 0.1, mean_momentum(), 1e-3 / mean_momentum()
    density = AVOGADRO_DENSITY
    delta = -mass * FERMI_CONSTANT * density / (2 * math.sqrt(2)) / k**2
    count = density * 4 * math.pi / 3 * radius**3
    ratio = ball_cross_section(delta, k, radius) / (count**2 * nucleus_cross_section(mass))
    # Leading correction of the form factor, averaged over angles: 2 (kR)^2/5 = 4e-7.
    assert ratio == pytest.approx(1.0, abs=1e-6)


def test_large_ball_is_twice_the_phase_squared():
    assert scattering_probability(1e-9, 1.0, 1e4) == pytest.approx(2 * (1e4 * 1e-9) ** 2, rel=1e-7, abs=0.0)


def test_talk_probabilities_are_one_at_their_lengths():
    assert talk_probability("dirac", 10e3) == 1.0
    assert talk_probability("majorana", 2500e3) == 2.0
    assert talk_probability("dirac", 1.0, density=2.0, charge=3.0) == pytest.approx(36e-8)


def test_the_lengths_are_one_radian():
    # sqrt 2 G_F n at N_A per cm^3: 2585 km; the talk prints 2500 and 10, a ratio of 250 = E/p.
    assert round(unit_phase_length_m() / 1e3) == 2585
    assert unit_phase_length_m(250.0) == pytest.approx(10e3, rel=0.05)
    assert energy_over_momentum(0.13) == pytest.approx(250, rel=0.05)
    assert unit_phase_length_m() * METRE * math.sqrt(2) * FERMI_CONSTANT * AVOGADRO_DENSITY == pytest.approx(1.0)


def test_readings_of_the_metre_target():
    rates = {reading.name: reading.rate_hz() for reading in METRE_TARGET_READINGS}
    assert len(rates) == len(METRE_TARGET_READINGS) and all(rate > 0 for rate in rates.values())
    near = [name for name, rate in rates.items() if 0.005 <= rate <= 0.02]
    assert near == ["majorana, 1 cm^2 of the face"]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ball_cross_section(0.2, 1.0, 1.0), "delta"),
        (lambda: ball_cross_section(0.0, 0.0, 1.0), "momentum"),
        (lambda: scattering_probability(0.0, 1.0, -1.0), "radius"),
        (lambda: nucleus_cross_section(0.0), "mass"),
        (lambda: talk_probability("weyl", 1.0), "nature"),
        (lambda: unit_phase_length_m(0.5), "energy_over_momentum"),
        (lambda: rate_hz(2.0, 0.1), "probability"),
        (lambda: domain_rate_hz(-1.0, 0.1), "cross_section"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
