"""First-order perturbation theory against the Schroedinger equation, and Eq. (15) against the integrated rate."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import ELECTRON_CHARGE
from cnub.fluorescence import channel
from cnub.fluorescence.currents import dirac_current
from cnub.fluorescence.decay import resonance_factor
from cnub.fluorescence.form_factors import phase_space_rate
from cnub.fluorescence.kinematics import intersections
from cnub.fluorescence.two_level import (
    evolved_amplitude,
    matrix_element,
    neutrino_coupling,
    virtual_amplitude,
)
from cnub.oscillation import transition_coefficient

NUMERICAL_11 = 1e-11
"""Relative: the quadrature, root or solver behind one of the two values; measured 3e-13."""
NUMERICAL_6 = 1e-6
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-08."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; measured 2e-16."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 5e-16."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 7e-16."""
TYPED = 1e-5
"""Relative: the digits of the expected value, typed or published; measured 9e-07."""


@pytest.mark.parametrize("detuning", [0.0, 0.3, -2.0])
def test_equations_13_and_20_from_the_schroedinger_equation(detuning):
    coupling = 1e-5
    _, virtual = evolved_amplitude(coupling, detuning, 1.0, 60.0)
    # Second order is coupling^2 = 1e-10; the transient e^-30 and the ramp e^-20 = 2e-9 are what is left.
    assert virtual == pytest.approx(virtual_amplitude(coupling, detuning, 1.0), rel=NUMERICAL_6)


def test_the_resonance_is_a_lorentzian_of_full_width_gamma():
    peak, half = (abs(virtual_amplitude(1.0, x, 0.2)) ** 2 for x in (0.0, 0.1))
    assert half / peak == pytest.approx(0.5, rel=ROUNDING_15)
    assert peak == pytest.approx(resonance_factor(0.0, 0.2), rel=ROUNDING_15)


def test_probability_is_conserved_without_damping():
    ground, virtual = evolved_amplitude(0.3, 1.0, 0.0, 40.0)
    assert abs(ground) ** 2 + abs(virtual) ** 2 == pytest.approx(1.0, rel=NUMERICAL_11)
    assert abs(virtual) > 1e-3


@pytest.mark.parametrize("transition", ["E1", "M1"])
def test_equation_15_summed_over_spins_and_angles_is_the_rate(transition):
    chosen, width, density, dipole = channel("NO", lightest_mass=0.01), 1e-7, 2.0, 3.0
    k = intersections(chosen)[0].momentum
    out = chosen.initial_mass - k
    z = np.array([0, 0, 1.0])
    element = dipole / ELECTRON_CHARGE * z if transition == "E1" else z
    coefficient = transition_coefficient(3, 1, "NO")
    cosines, weights = np.polynomial.legendre.leggauss(4)
    total = 0.0
    for c, w in zip(cosines, weights, strict=True):
        s = math.sqrt(1 - c * c)
        photon = k * np.array([s, 0, c])
        for eps in (np.array([c, 0, -s]), np.array([0, 1, 0])):
            for spin_i in np.eye(2):
                for spin_j in np.eye(2):
                    j = dirac_current(chosen.initial_mass, np.zeros(3), spin_i, chosen.final_mass, -photon, spin_j)
                    coupling = neutrino_coupling(transition, coefficient, j, element, photon)
                    m = matrix_element(transition, coupling, density, dipole * z, photon, eps, 0.0, width)
                    total += 0.5 * w * abs(m) ** 2
    depth = 1 / (1 + chosen.final_speed)
    rate = 2 * math.pi * total * k * depth / (32 * math.pi**2 * chosen.initial_mass * out)
    integral = phase_space_rate(
        transition, chosen, density, dipole, resonance_factor(0.0, width), "polarized", degree=7
    )
    assert rate == pytest.approx(integral, rel=ROUNDING_12)


def test_couplings_by_hand():
    # G_F/sqrt 2 = 8.24755e-24 eV^-2. E1: -i C j^0 x.q; M1: C j.sigma.
    j, q = np.array([2.0, 0.5, 1j, -1.0]), np.array([0.01, 0.02, -0.03])
    x, sigma = np.array([1e-4, 0, 2e-4]), np.array([1.0, -1j, 0.5])
    electric = neutrino_coupling("E1", 0.3j, j, x, q)
    assert electric == pytest.approx(8.24755e-24 * 0.3 * 2 * (1e-6 - 6e-6), rel=TYPED, abs=0.0)
    magnetic = neutrino_coupling("M1", 0.3j, j, sigma, q)
    assert magnetic == pytest.approx(8.24755e-24 * 0.3j * (0.5 + 1 - 0.5), rel=TYPED, abs=0.0)


def test_matrix_elements_by_hand():
    # n_d c/(E_i - E_j' - E_vg) times omega d.eps* (Eqs. 14, 15) or d.(k x eps*) (Eq. 21): omega once, not k twice.
    photon, eps, dipole = np.array([0.3, 0, 0.4]), np.array([0.8, 0.1j, -0.6]), np.array([2.0, 1.0, 3.0])
    electric = matrix_element("E1", 5.0, 7.0, dipole, photon, eps, 0.25)
    assert electric == pytest.approx(7 * 5 / -0.25 * 0.5 * (1.6 - 0.1j - 1.8), rel=ROUNDING_14)
    # k x eps* = (0.4 x 0.1j, 0.4 x 0.8 + 0.3 x 0.6, -0.3 x 0.1j) = (0.04j, 0.5, -0.03j).
    magnetic = matrix_element("M1", 5.0, 7.0, dipole, photon, eps, 0.25)
    assert magnetic == pytest.approx(7 * 5 / -0.25 * (0.08j + 0.5 - 0.09j), rel=ROUNDING_14)
    damped = matrix_element("M1", 5.0, 7.0, dipole, photon, eps, 0.25, 0.5)
    assert damped == pytest.approx(magnetic / (1 - 1j), rel=ROUNDING_14)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: virtual_amplitude(1.0, 0.0), "detuning must differ from 0"),
        (lambda: virtual_amplitude(1.0, 0.0, -1.0), "width must be finite and >= 0"),
        (lambda: neutrino_coupling("E2", 1, np.ones(4), np.ones(3), np.ones(3)), "transition must be one of"),
        (lambda: evolved_amplitude(1.0, 0.0, 0.0, 0.0), "time must be finite and > 0"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call()
