"""Cross-sections against quadrature and limits; the talk's probabilities; readings of its rate."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.coherence.readings import METRE_TARGET_READINGS
from cnub.coherence.scattering import (
    AVOGADRO_DENSITY,
    ball_cross_section,
    domain_rate_hz,
    energy_over_momentum,
    no_go_length_m,
    no_go_mass,
    nucleus_cross_section,
    rate_hz,
    rms_energy_over_momentum,
    scattering_probability,
    talk_probability,
    unit_phase_length_m,
)
from cnub.coherence.structure import ball_form_factor
from cnub.constants import FERMI_CONSTANT, METRE
from cnub.matter import refractivity
from cnub.relic import mean_momentum, size_parameter
from gas_rule import gas_rule

LEFT_OUT_ABS_6 = 1e-6
"""Absolute: what the limit or closed form leaves out at these arguments; measured 4e-07."""
LEFT_OUT_7 = 1e-7
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-09."""
LEFT_OUT_5 = 1e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-06."""
NUMERICAL = 1e-4
"""Relative: the quadrature, root or solver behind one of the two values; measured 7e-06."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 4e-16."""
TYPED_5 = 1e-5
"""Relative: the digits of the expected value, typed or published; measured 9e-07."""
TYPED_4 = 1e-4
"""Relative: the digits of the expected value, typed or published; measured 3e-05."""
TYPED_3 = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0004."""

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
    assert ratio == pytest.approx(1.0, abs=LEFT_OUT_ABS_6)


def test_large_ball_is_twice_the_phase_squared():
    assert scattering_probability(1e-9, 1.0, 1e4) == pytest.approx(2 * (1e4 * 1e-9) ** 2, rel=LEFT_OUT_7, abs=0.0)


def test_talk_probabilities_are_one_at_their_lengths():
    assert talk_probability("dirac", 10e3) == 1.0
    assert talk_probability("majorana", 2500e3) == 2.0
    assert talk_probability("dirac", 1.0, density=2.0, charge=3.0) == pytest.approx(36e-8)


def test_the_lengths_are_one_radian():
    # sqrt 2 G_F n at N_A per cm^3: 2585 km; a factor 250 below it, 10 km.
    assert round(unit_phase_length_m() / 1e3) == 2585
    assert unit_phase_length_m(250.0) == pytest.approx(unit_phase_length_m() / 250, rel=ROUNDING_12)
    assert unit_phase_length_m() * METRE * math.sqrt(2) * FERMI_CONSTANT * AVOGADRO_DENSITY == pytest.approx(1.0)


def test_rates_by_hand():
    # 112.02 per cm^3 at c through 1 m^2: 1.1202e8 x 2.99792e8 per second; one helicity state is half of it.
    assert rate_hz(1e-10, 1.0) == pytest.approx(1e-10 * 1.1202e8 * 2.99792e8, rel=TYPED_4, abs=0.0)
    assert rate_hz(1e-10, 0.01, area_m2=3.0, states=1) == pytest.approx(
        1e-10 * 0.01 * 3 * 0.5601e8 * 2.99792e8, rel=TYPED_4, abs=0.0
    )
    # N_A per cm^3 in a reduced wavelength cubed, 1/k = 0.37356 mm: 3.1394e19; 6.02214e29 atoms in a cubic metre; a
    # cross-section of 1e-60 cm^2 = 2.5682e-51 eV^-2, at 1 % of the speed of light.
    together, atoms, per_cm2 = 6.02214e23 * 0.037356**3, 6.02214e29, 112.02 * 2.99792e8
    cross_section = 1e-60 / 1.973270e-5**2
    assert domain_rate_hz(cross_section, 0.01) == pytest.approx(
        per_cm2 * atoms * together * 1e-60, rel=TYPED_3, abs=0.0
    )


def test_cross_section_by_hand():
    # Born amplitude m U V/(2 pi), U V = C G_F/(2 sqrt 2) = 4.12378e-24 eV^-2 C, at 0.1 eV.
    amplitude = 0.1 * 4.12378e-24 * 3 / (2 * math.pi)
    assert nucleus_cross_section(0.1, 3.0) == pytest.approx(4 * math.pi * amplitude**2, rel=TYPED_4, abs=0.0)


def test_phase_lengths_by_hand():
    # sqrt 2 x 1.16638e-23 x 6.02214e23 x 7.68356e-15 eV = 7.6327e-14 eV over 1.97327e-7 eV m.
    assert unit_phase_length_m() == pytest.approx(1.97327e-7 / 7.6327e-14, rel=TYPED_4)
    assert unit_phase_length_m(2.0, 1.0) == pytest.approx(unit_phase_length_m() / math.sqrt(2), rel=ROUNDING_12)
    assert energy_over_momentum(4.0, 3.0) == pytest.approx(5 / 3, rel=ROUNDING_15)


def test_readings_by_hand():
    """Each reading from its own words: flux 112.02 per cm^3 at v = p/E of 0.1 eV, probabilities of the slide."""
    rates = {reading.name: reading.rate_hz() for reading in METRE_TARGET_READINGS}
    speed = 5.2822e-4 / math.hypot(5.2822e-4, 0.1)
    flux = 1.1202e8 * 2.99792e8 * speed
    assert rates["dirac, whole target"] == pytest.approx(flux * 1e-8, rel=TYPED_3)
    assert rates["majorana, whole target"] == pytest.approx(flux * 2 * 1.6e-13, rel=TYPED_3)
    assert rates["majorana, density 1 per cm^3"] == pytest.approx(flux * 2 * 1.6e-13 / 112.02, rel=TYPED_3)
    assert rates["majorana, 1 cm^2 of the face"] == pytest.approx(flux * 2 * 1.6e-17, rel=TYPED_3)
    for name, energy, velocity in (
        ("dirac, one wavelength", 0.1, speed),
        ("majorana, one wavelength", 5.2822e-4, speed),
        ("massless, one wavelength", 5.2822e-4, 1.0),
    ):
        sigma = nucleus_cross_section(energy)
        assert rates[name] == pytest.approx(domain_rate_hz(sigma, velocity), rel=TYPED_3)


def test_no_go_lengths_are_those_of_one_born_probability():
    # P = 2 (kR delta)^2 of a ball, averaged over the gas, at the two lengths: 1 (Dirac) and 2 (Majorana), C = 1.
    momenta, weights = gas_rule()
    mass, potential = 0.1, math.sqrt(2) * FERMI_CONSTANT * AVOGADRO_DENSITY
    for nature, expected in (("dirac", 1.0), ("majorana", 2.0)):
        radius = no_go_length_m(nature, mass) * METRE
        felt = 0.5 if nature == "dirac" else momenta / mass
        probability = [
            scattering_probability(refractivity(mass, p, -u), p, radius)
            for p, u in zip(momenta, felt * potential * np.ones_like(momenta), strict=True)
        ]
        # E = m up to (p/m)^2 = 4e-5.
        assert float(weights @ probability) == pytest.approx(expected, rel=NUMERICAL, abs=0.0)


def test_no_go_lengths_by_hand():
    # <1/p^2> = 0.38443/T^2 at T = 1.6764e-4 eV: sqrt <(E/p)^2> = 369.86 at 0.1 eV.
    assert rms_energy_over_momentum(0.1) == pytest.approx(math.sqrt(1 + 0.38443 * (0.1 / 1.6764e-4) ** 2), rel=TYPED_4)
    assert rms_energy_over_momentum(0.0) == 1.0
    assert energy_over_momentum(0.1) == pytest.approx(math.hypot(1, 0.1 / (3.15137 * 1.6764e-4)), rel=TYPED_4)
    assert round(no_go_length_m("dirac") / 1e3, 2) == 9.89
    assert no_go_length_m("majorana") == unit_phase_length_m()
    assert no_go_length_m("dirac", 0.2) == pytest.approx(no_go_length_m("dirac") / 2, rel=LEFT_OUT_5)


def test_mass_of_a_no_go_length_by_hand():
    # 10 km: sqrt <(E/p)^2> = sqrt 2 * 2585.6 km/10 km, and sqrt <1/p^2> = 0.62002/T.
    ratio = math.sqrt(2) * unit_phase_length_m() / 1e4
    assert no_go_mass(1e4) == pytest.approx(ratio * 1.6764e-4 / math.sqrt(0.38443), rel=TYPED_5)
    for mass in (0.01, 0.1, 3.0):
        assert no_go_mass(no_go_length_m("dirac", mass)) == pytest.approx(mass, rel=ROUNDING_12)


def test_readings_of_another_target():
    """Twice the mass and half the size, from the words of each reading."""
    ours = {reading.name: reading.rate_hz(0.2, 0.5) / reading.rate_hz() for reading in METRE_TARGET_READINGS}
    slow = energy_over_momentum(0.1) / energy_over_momentum(0.2)
    area, length, volume = 1 / 4, 1 / 2, 1 / 8
    for kind in ("dirac, whole target", "majorana, whole target", "majorana, density 1 per cm^3"):
        assert ours[kind] == pytest.approx(slow * area * length**2, rel=ROUNDING_12)
    assert ours["majorana, 1 cm^2 of the face"] == pytest.approx(slow * length**2, rel=ROUNDING_12)
    assert ours["dirac, one wavelength"] == pytest.approx(4 * slow * volume, rel=ROUNDING_12)
    assert ours["majorana, one wavelength"] == pytest.approx(slow * volume, rel=ROUNDING_12)
    assert ours["massless, one wavelength"] == pytest.approx(volume, rel=ROUNDING_12)
    # x^-3 sin 2x of a ball oscillates about Porod's law, by up to 1.92/kR of it, see test_strikes.OSCILLATION.
    oscillation = 1.92 * (1 / size_parameter(0.5, mean_momentum()) + 1 / size_parameter(1.0, mean_momentum()))
    assert ours["dirac, hard strikes"] == pytest.approx(4 * slow * area, rel=oscillation)
    first, second = (reading.assumes(0.2, 0.5) for reading in METRE_TARGET_READINGS[:2])
    assert "R = 0.5 m" in first and second.endswith("above 1/R")


def test_readings_of_the_metre_target():
    rates = {reading.name: reading.rate_hz() for reading in METRE_TARGET_READINGS}
    assert len(rates) == len(METRE_TARGET_READINGS) and all(rate > 0 for rate in rates.values())
    near = [name for name, rate in rates.items() if 0.005 <= rate <= 0.02]
    assert near == ["dirac, hard strikes", "majorana, 1 cm^2 of the face"]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ball_cross_section(0.2, 1.0, 1.0), "delta"),
        (lambda: ball_cross_section(0.0, 0.0, 1.0), "momentum"),
        (lambda: scattering_probability(0.0, 1.0, -1.0), "radius"),
        (lambda: nucleus_cross_section(0.0), "mass"),
        (lambda: talk_probability("weyl", 1.0), "nature"),
        (lambda: unit_phase_length_m(0.5), "energy_over_momentum"),
        (lambda: no_go_length_m("weyl"), "nature"),
        (lambda: no_go_length_m("dirac", 0.0), "mass"),
        (lambda: no_go_mass(4e6), "length_m"),
        (lambda: METRE_TARGET_READINGS[0].rate_hz(0.1, 3.0), "size_m"),
        (lambda: rate_hz(2.0, 0.1), "probability"),
        (lambda: domain_rate_hz(-1.0, 0.1), "cross_section"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
