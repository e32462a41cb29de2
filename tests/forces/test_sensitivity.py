"""How far the accelerations are from the balance."""

import math

import pytest

from cnub import DomainError
from cnub.constants import ATOMIC_MASS, FERMI_CONSTANT
from cnub.forces.gradient import CM_PER_S2, earth_gradient_acceleration
from cnub.forces.sensitivity import accelerations, curvature_criterion, round_earth_acceleration, shortfall
from cnub.matter import FLAVOURS, material, refractivity, weak_charge_per_nucleon, weak_potential
from cnub.relic import mean_momentum, number_density
from cnub.sphere import density_excess


def test_shortfall():
    assert shortfall(1e-30) == pytest.approx(1e15) and shortfall(2.0, 1.0) == 0.5
    assert min(shortfall(value) for value in accelerations().values()) > 1e12


def test_round_earth_against_flat():
    # Slopes pi |delta| k n and (4/3) |delta| k n with the same couplings.
    ratio = abs(round_earth_acceleration()) / abs(earth_gradient_acceleration())
    assert ratio == pytest.approx(3 * math.pi / 4, rel=1e-12)


def test_a_stone_on_the_round_earth_is_pulled_down():
    """Where every wave is there, the repelled species is rarer at the surface: minus the slope of the energy there."""
    soil, k, step = material("crust"), mean_momentum(), 1e-4
    upward = 0.0
    for flavour in FLAVOURS:
        potential = weak_potential(soil, flavour)
        delta = refractivity(0.1, k, potential)
        excess = [
            density_excess(1e10, delta, height, method="born").density_excess
            - density_excess(1e10, -delta, height, method="born").density_excess
            for height in (0.0, step)
        ]
        slope = (excess[1] - excess[0]) / step * k * number_density()
        coupling = FERMI_CONSTANT / (2 * math.sqrt(2)) * weak_charge_per_nucleon(soil.z_over_a, flavour)
        upward -= coupling * slope / ATOMIC_MASS / CM_PER_S2
    # Second order of the slope in the height of the step: 2 h/(pi/2) = 1e-4.
    assert round_earth_acceleration() == pytest.approx(upward, rel=1e-3) and upward < 0


def test_table_of_accelerations():
    found = accelerations(0.2)
    assert found["flat Earth, gradient"] == pytest.approx(earth_gradient_acceleration(0.2), rel=1e-12)
    assert found["round Earth, gradient within 1/k"] == pytest.approx(-round_earth_acceleration(0.2), rel=1e-12)
    # Iron, 1 cm: dE/2 over 55.845 m_u and 1 cm, dE = 2 sqrt 2 G_F (1/2) beta 112.02 cm^-3.
    splitting = 2.82843 * 1.16638e-23 * 0.5 * 1.23359e-3 * 112.02 * 7.68356e-15
    expected = splitting / 2 * 1.602177e-19 / (55.845 * 1.660539e-27 * 0.01) * 100
    assert found["Stodolsky torque, full asymmetry"] == pytest.approx(expected, rel=1e-3)
    assert found["Stodolsky torque, asymmetry 1e-9"] == pytest.approx(1e-9 * expected, rel=1e-3)


def test_slope_of_the_round_earth_against_the_ball():
    delta, step = -1e-8, 1e-4
    surface, above = (density_excess(1e10, delta, height, method="born").density_excess for height in (0.0, step))
    # Second order of the slope is 2 h/(pi/2): 1e-4.
    assert (above - surface) / step == pytest.approx(-math.pi / 2 * delta, rel=1e-3, abs=0.0)


def test_criterion():
    assert curvature_criterion(1e-8) == pytest.approx(0.017, rel=0.02)
    assert curvature_criterion(0.01, 1e-3, 1.0) == pytest.approx(1e-3 / 1.97327e-7 * 1e-3, rel=1e-5)
    assert curvature_criterion(-4e-8) == pytest.approx(8 * curvature_criterion(1e-8), rel=1e-12)


def test_refusals():
    with pytest.raises(DomainError, match=r"^acceleration must be"):
        shortfall(0.0)
    with pytest.raises(DomainError, match=r"^material must be"):
        round_earth_acceleration(ground="cheese")
