"""The talk's other ideas: each formula against another way to it."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import constants as codata
from scipy.integrate import quad

from cnub import DomainError
from cnub.coherence import ideas
from cnub.coherence.ideas import (
    ion_energy,
    ion_strikes_per_year,
    lorentz_factor_for,
    neutron_star_overdensity,
    star_potential,
    z_burst_probability,
    z_cross_section,
    z_resonance_energy,
)
from cnub.constants import CENTIMETRE, FERMI_CONSTANT
from cnub.matter import weak_charge_from_couplings
from cnub.relic import mean_speed, number_density_per_cm3

ROUNDING = 1e-12
"""Relative; measured 4e-16."""
TYPED = 5e-3
"""Relative: constants and inputs typed with three or four digits; measured 1.4e-3."""
WINGS = 0.03
"""Relative: what of the resonance lies outside the window, and its width over its mass; measured 0.018."""


def test_energy_in_the_frame_of_the_ion_against_a_boost():
    """The mean of the boosted energies of neutrinos from all directions is gamma E."""
    mass, gamma = 0.05, 2963.0
    p = math.sqrt(ion_energy(1.0, mass) ** 2 - mass**2)
    beta = math.sqrt(1 - gamma**-2)
    cosines, weights = np.polynomial.legendre.leggauss(20)
    boosted = gamma * (math.hypot(p, mass) - beta * p * cosines)
    assert float(weights @ boosted) / 2 == pytest.approx(ion_energy(gamma, mass), rel=ROUNDING)
    assert ion_energy(lorentz_factor_for(1e3, mass), mass) == pytest.approx(1e3, rel=ROUNDING)


def test_strikes_on_ions_by_hand():
    """Lead with 290 eV: sigma = 4.22e-45 cm^2 (N - 0.0751 Z)^2 (E/MeV)^2, 3 x 112 per cm^3 at the speed of light."""
    charge = 126 - (1 - 4 * 0.22305) * 82
    section = 4.22e-45 * charge**2 * (ion_energy(2900.0, 0.1) / 1e6) ** 2
    by_hand = 336.0 * 2.998e10 * section * 3.156e7 * 1e11
    assert ion_strikes_per_year(2900.0, 1e11, 0.1) == pytest.approx(by_hand, rel=TYPED)
    assert ion_strikes_per_year(2900.0, 1e11, 0.1, nature="dirac") == pytest.approx(by_hand / 2, rel=TYPED)
    # the neutral-current charge is that of the matter potential of nu_mu, with the electrons' part taken away
    muons = 208 * weak_charge_from_couplings(82 / 208, "mu") + 82 * (1 - 4 * 0.22305)
    assert abs(muons) == pytest.approx(charge, rel=TYPED)


def test_z_resonance_integrates_to_what_the_fermi_constant_says():
    mass = 0.1
    peak = z_resonance_energy(mass)
    window = np.linspace(0.5 * peak, 1.5 * peak, 400)
    area = sum(
        quad(lambda e: float(z_cross_section(e, mass)), low, high, epsrel=1e-9)[0] for low, high in pairwise(window)
    )
    expected = 2 * math.sqrt(2) * math.pi * FERMI_CONSTANT / CENTIMETRE**2
    assert area / peak == pytest.approx(expected, rel=WINGS)
    assert expected == pytest.approx(4.035e-32, rel=TYPED)
    assert float(z_cross_section(peak, mass)) == pytest.approx(
        12 * math.pi / ideas.Z_MASS**2 * 4 * 0.0665 / CENTIMETRE**2, rel=0.01
    )  # 12 pi/s x 4 Gamma_nu/Gamma, with the invisible share of 20.0 % over three


def test_z_burst_is_n_sigma_l():
    energy, mass = 4e22, 0.1
    by_hand = number_density_per_cm3() * float(z_cross_section(energy, mass)) * 1e28
    assert float(z_burst_probability(energy, mass, path_m=1e26)) == pytest.approx(by_hand, rel=ROUNDING)
    assert float(z_burst_probability(energy, mass, "dirac", 1e26)) == pytest.approx(by_hand / 2, rel=ROUNDING)
    assert ideas.HUBBLE_LENGTH_M == pytest.approx(1.373e26, rel=TYPED)


def test_neutron_star_in_watts():
    """5.67e-8 T^4 against the energy that 336 per cm^3, focused, carry away per square metre."""
    temperature, v = 1e5, mean_speed(0.1)
    escape = math.sqrt(2 * 6.674e-11 * 1.4 * 1.989e30 / 12e3) / 2.998e8
    falling = 336.1e6 * v * 2.998e8 / 4 * (1 + escape**2 / v**2) / (1 - escape**2)
    carried = falling * 3.1514 * 1.381e-23 * temperature
    assert neutron_star_overdensity(temperature) == pytest.approx(5.670e-8 * temperature**4 / carried, rel=TYPED)
    assert neutron_star_overdensity(2 * temperature) == pytest.approx(8 * neutron_star_overdensity(temperature))


def test_potential_in_a_star():
    """Slow nu_mu in nuclear matter: half of sqrt(2) G_F n/2, G_F = 8.96e-44 MeV cm^3."""
    by_hand = 8.96e-44 * 1e6 * 0.16e39 / (2 * math.sqrt(2))
    assert star_potential() == pytest.approx(by_hand, rel=TYPED)
    assert codata.value("Fermi coupling constant") == pytest.approx(1.1664e-5, rel=1e-4)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ion_energy(0.5, 0.1), "gamma"),
        (lambda: ion_energy(2.0, -0.1), "mass"),
        (lambda: lorentz_factor_for(1e-3, 0.1), "energy"),
        (lambda: ion_strikes_per_year(1e9, 1.0), "gamma"),
        (lambda: ion_strikes_per_year(1e3, 0.0), "ions"),
        (lambda: ion_strikes_per_year(1e3, 1.0, protons=0), "protons"),
        (lambda: z_resonance_energy(0.0), "mass"),
        (lambda: z_cross_section(-1.0, 0.1), "energy"),
        (lambda: z_burst_probability(1e22, 0.1, "both"), "nature"),
        (lambda: neutron_star_overdensity(0.0), "temperature_K"),
        (lambda: neutron_star_overdensity(1e5, radius_km=3.0), "radius_km"),
        (lambda: neutron_star_overdensity(1e5, radius_km=8.0, solar_masses=2.5), "radius_km"),
        (lambda: star_potential(0.0), "density_per_fm3"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
