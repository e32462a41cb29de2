"""Potential, refraction and critical angle: signs, scales, limits."""

import math

import pytest

from cnub import DomainError
from cnub.constants import AVOGADRO, FERMI_CONSTANT
from cnub.matter import (
    MATERIALS,
    atoms_per_cm3,
    critical_angle,
    material,
    mean_refractivity,
    refractive_index,
    refractivity,
    weak_charge_per_nucleon,
    weak_potential,
)
from cnub.relic import mean_momentum, momentum_quadrature

ROUNDING = 1e-14
"""One formula written twice."""


def test_atoms_of_one_mole():
    assert atoms_per_cm3(12.011, 12.011) == AVOGADRO


def test_published_refraction_of_rock_and_earth():
    # 0.1 eV at the mean momentum and Z/A = 1/2: 9.2e-9 at 2.7 g/cm^3, and 1.9e-8 at 5.51 g/cm^3 for the same Z/A.
    rock = refractivity(0.1, mean_momentum(), weak_potential(material("crust")))
    assert round(rock * 1e9, 1) == -9.2
    assert round(rock * 5.51 / 2.7 * 1e8, 1) == -1.9


def test_half_of_the_relativistic_potential():
    # sqrt(2) G_F (n_e - n_n/2), the textbook potential of a relativistic nu_e, is twice that of one at rest.
    for medium in MATERIALS.values():
        electrons = medium.nucleon_density() * medium.z_over_a
        neutrons = medium.nucleon_density() * (1 - medium.z_over_a)
        relativistic = math.sqrt(2) * FERMI_CONSTANT * (electrons - neutrons / 2)
        assert weak_potential(medium) == pytest.approx(relativistic / 2, rel=ROUNDING, abs=0.0)
        assert weak_potential(medium, "mu") == pytest.approx(
            -FERMI_CONSTANT * neutrons / (2 * math.sqrt(2)), rel=ROUNDING, abs=0.0
        )


@pytest.mark.parametrize("flavour", ["e", "mu", "tau"])
def test_antineutrinos_feel_the_opposite(flavour):
    iron = material("iron")
    assert weak_potential(iron, flavour, antineutrino=True) == -weak_potential(iron, flavour)


def test_signs():
    assert weak_charge_per_nucleon(0.5) > 0 > weak_charge_per_nucleon(0.5, "mu")
    assert weak_charge_per_nucleon(1 / 3) == pytest.approx(0.0, abs=1e-16)
    repelled = refractivity(0.1, 5e-4, weak_potential(material("lead")))
    attracted = refractivity(0.1, 5e-4, weak_potential(material("lead"), "tau"))
    assert repelled < 0 < attracted


def test_index_to_first_order_and_average():
    potential = weak_potential(material("crust"))
    delta = refractivity(0.1, 5e-4, potential)
    # Second order is delta^2/2 = 5e-17, below the rounding of 1 + delta.
    assert refractive_index(0.1, 5e-4, potential) - 1 == pytest.approx(delta, abs=2.3e-16)
    p, w = momentum_quadrature(64)
    averaged = sum(weight * refractivity(0.1, momentum, potential) for momentum, weight in zip(p, w, strict=True))
    assert averaged == pytest.approx(mean_refractivity(0.1, potential), rel=1e-12, abs=0.0)


def test_critical_angle_is_where_transmission_starts():
    delta = -1e-3
    angle = critical_angle(delta)
    # Snell: cos(glancing outside) = n cos(glancing inside); total from cos = n on; second order in delta here.
    assert math.cos(angle) == pytest.approx(1 + delta, abs=delta**2)
    assert critical_angle(-delta) == angle and critical_angle(0.0) == 0.0


def test_table_of_materials():
    for name, medium in MATERIALS.items():
        assert medium.name == name and medium.source
        assert 0 < medium.density_g_per_cm3 < 23 and 0.38 < medium.z_over_a < 1


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: material("kryptonite"), "material"),
        (lambda: weak_charge_per_nucleon(1.1), "z_over_a"),
        (lambda: weak_potential(material("iron"), "x"), "flavour"),
        (lambda: refractivity(0.0, 1.0, 1.0), "mass"),
        (lambda: refractivity(1.0, 0.0, 1.0), "momentum"),
        (lambda: refractivity(1.0, 1.0, math.inf), "potential"),
        (lambda: refractive_index(1.0, 1.0, 1.0), "potential"),
        (lambda: critical_angle(1.0), "delta"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
