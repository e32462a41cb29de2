"""Potential, refraction and critical angle: signs, scales, limits."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import AVOGADRO, FERMI_CONSTANT
from cnub.matter import (
    FLAVOURS,
    MATERIALS,
    Material,
    atoms_per_cm3,
    critical_angle,
    mass_for,
    material,
    mean_refractivity,
    potential,
    refractive_index,
    refractivity,
    weak_charge_from_couplings,
    weak_charge_per_nucleon,
    weak_potential,
)
from cnub.relic import mean_momentum
from cnub.sphere import prem
from gas_rule import gas_rule

ROUNDING_ABS_16 = 1e-16
"""Absolute: rounding alone; exact here."""
ROUNDING_ABS_16_WIDE = 2.3e-16
"""Absolute: rounding alone; measured 6e-17."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 7e-16."""
TYPED_ABS_4 = 5e-4
"""Absolute: the digits of the expected value, typed or published; measured 0.0001."""
TYPED_ABS_3 = 1e-3
"""Absolute: the digits of the expected value, typed or published; measured 0.0001."""
TYPED_4 = 1e-4
"""Relative: the digits of the expected value, typed or published; measured 4e-05."""

ROUNDING = 1e-14
"""One formula written twice."""
LAST_DIGIT = 6e-6
"""Half a unit of the fifth decimal of Z/A, and what editions of the atomic weights differ by."""
LATTICE = 5e-3
"""Measured densities against those of a perfect crystal; worst seen 3e-3. (PDG's cast uranium is 5e-3 lighter.)"""
CRUST = MATERIALS["crust"]
WEIGHTS = {
    "H": (1, 1.00794), "C": (6, 12.0107), "O": (8, 15.9994), "Al": (13, 26.9815385), "Si": (14, 28.0855),
    "Ti": (22, 47.867), "Fe": (26, 55.845), "Cu": (29, 63.546), "Ge": (32, 72.630), "Xe": (54, 131.293),
    "W": (74, 183.84), "Pt": (78, 195.084), "Au": (79, 196.966569), "Pb": (82, 207.2), "U": (92, 238.02891),
}  # fmt: skip
"""Z and standard atomic weight (IUPAC; for H, C, O, Si the single values that PDG uses)."""
TABULATED = {
    "water": ({"H": 2, "O": 1}, 1.0),
    "liquid hydrogen": ({"H": 1}, 0.0708),
    "graphite": ({"C": 1}, 2.21),
    "aluminium": ({"Al": 1}, 2.699),
    "silicon": ({"Si": 1}, 2.329),
    "silica": ({"Si": 1, "O": 2}, 2.2),
    "titanium": ({"Ti": 1}, 4.54),
    "iron": ({"Fe": 1}, 7.874),
    "copper": ({"Cu": 1}, 8.96),
    "germanium": ({"Ge": 1}, 5.323),
    "liquid xenon": ({"Xe": 1}, 2.953),
    "tungsten": ({"W": 1}, 19.3),
    "platinum": ({"Pt": 1}, 21.45),
    "gold": ({"Au": 1}, 19.32),
    "lead": ({"Pb": 1}, 11.35),
    "uranium": ({"U": 1}, 18.95),
}
"""Formula, and density in g/cm^3: PDG, Atomic and nuclear properties of materials (2024), boiling point for liquids."""
CELLS = [
    ("aluminium", 4, 4.0496**3), ("silicon", 8, 5.4310**3), ("iron", 2, 2.8665**3), ("copper", 4, 3.6149**3),
    ("germanium", 8, 5.6579**3), ("tungsten", 2, 3.1652**3), ("platinum", 4, 3.9242**3), ("gold", 4, 4.0782**3),
    ("lead", 4, 4.9508**3),
]  # fmt: skip
"""Atoms and volume in cubic Angstrom of the unit cell, lattice constants at room temperature (CRC Handbook)."""
HALF_UNIT = 0.005
"""In g/cm^3, of the last digit of the table; measured 0.0044."""
EARTH_MASS = 0.006
"""In g/cm^3: mass and radius of the Earth are typed with four digits; measured 0.0051."""


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


def test_charges_of_the_talk_are_those_of_quarks_and_electrons():
    for flavour in FLAVOURS:
        for z in (0.0, 0.3, 0.5, 1.0):
            assert weak_charge_from_couplings(z, flavour) == pytest.approx(
                weak_charge_per_nucleon(z, flavour), abs=ROUNDING
            )


def test_signs():
    assert weak_charge_per_nucleon(0.5) > 0 > weak_charge_per_nucleon(0.5, "mu")
    assert weak_charge_per_nucleon(1 / 3) == pytest.approx(0.0, abs=ROUNDING_ABS_16)
    repelled = refractivity(0.1, 5e-4, weak_potential(material("lead")))
    attracted = refractivity(0.1, 5e-4, weak_potential(material("lead"), "tau"))
    assert repelled < 0 < attracted


def test_index_to_first_order_and_average():
    potential = weak_potential(material("crust"))
    delta = refractivity(0.1, 5e-4, potential)
    # Second order is delta^2/2 = 5e-17, below the rounding of 1 + delta.
    assert refractive_index(0.1, 5e-4, potential) - 1 == pytest.approx(delta, abs=ROUNDING_ABS_16_WIDE)
    p, w = gas_rule()
    averaged = sum(weight * refractivity(0.1, momentum, potential) for momentum, weight in zip(p, w, strict=True))
    assert averaged == pytest.approx(mean_refractivity(0.1, potential), rel=ROUNDING_12, abs=0.0)


def test_critical_angle_is_where_transmission_starts():
    delta = -1e-3
    angle = critical_angle(delta)
    # Snell: cos(glancing outside) = n cos(glancing inside); total from cos = n on; second order in delta here.
    assert math.cos(angle) == pytest.approx(1 + delta, abs=delta**2)
    assert critical_angle(-delta) == angle and critical_angle(0.0) == 0.0


def test_every_material_has_its_name_a_source_and_a_test():
    for name, medium in MATERIALS.items():
        assert medium.name == name and medium.source
    assert set(MATERIALS) == {*TABULATED, "crust", "mantle", "earth", "standard rock"}


@pytest.mark.parametrize("name", TABULATED)
def test_charge_per_nucleon_from_atomic_weights(name):
    formula, _ = TABULATED[name]
    protons = sum(count * WEIGHTS[symbol][0] for symbol, count in formula.items())
    grams = sum(count * WEIGHTS[symbol][1] for symbol, count in formula.items())
    assert material(name).z_over_a == pytest.approx(protons / grams, abs=LAST_DIGIT)


@pytest.mark.parametrize("name", TABULATED)
def test_printed_densities(name):
    assert material(name).density_g_per_cm3 == TABULATED[name][1]


@pytest.mark.parametrize(("name", "atoms", "cell"), CELLS)
def test_densities_from_the_unit_cell(name, atoms, cell):
    (symbol,) = TABULATED[name][0]
    weighed = atoms * WEIGHTS[symbol][1] / (AVOGADRO * cell * 1e-24)
    assert material(name).density_g_per_cm3 == pytest.approx(weighed, rel=LATTICE)


def test_rocks_and_the_earth():
    # Standard rock: Z = 11, A = 22, 2.65 g/cm^3 (PDG); continental crust 2.7 g/cm^3.
    rock, crust, earth, mantle = (material(name) for name in ("standard rock", "crust", "earth", "mantle"))
    assert (rock.density_g_per_cm3, rock.z_over_a) == (2.65, 11 / 22) and crust.z_over_a == rock.z_over_a
    assert crust.density_g_per_cm3 == 2.7
    # PREM integrated shell by shell, in units of the last digit of the table; pyrolite of McDonough and Sun (1995):
    # 45 % SiO2, 37.8 % MgO, 8.05 % FeO, 4.45 % Al2O3, 3.55 % CaO.
    found = {"mantle": [0.0, 0.0], "iron": [0.0, 0.0], "water": [0.0, 0.0]}
    inner = 0.0
    for _, outer, coefficients, like in prem.REGIONS:
        x = np.linspace(inner, outer, 2001)
        y = sum(c * (x / 6371.0) ** n for n, c in enumerate(coefficients))
        if outer <= 6346.6 or like != "mantle":
            found[like][0] += np.trapezoid(y * x**2, x)
            found[like][1] += np.trapezoid(x**2, x)
        inner = outer
    assert mantle.density_g_per_cm3 == pytest.approx(found["mantle"][0] / found["mantle"][1], abs=HALF_UNIT)
    assert earth.density_g_per_cm3 == pytest.approx(5.974e24 / (4 / 3 * math.pi * 6.371e6**3) / 1e3, abs=EARTH_MASS)
    oxides = {"SiO2": (45.0, 30, 60.084), "MgO": (37.8, 20, 40.304), "FeO": (8.05, 34, 71.844),
              "Al2O3": (4.45, 50, 101.961), "CaO": (3.55, 28, 56.077)}  # fmt: skip
    pyrolite = sum(w * z / a for w, z, a in oxides.values()) / sum(w for w, _, _ in oxides.values())
    assert mantle.z_over_a == pytest.approx(pyrolite, abs=TYPED_ABS_3)
    core, rest = found["iron"][0], found["mantle"][0]
    assert earth.z_over_a == pytest.approx((core * 26 / 55.845 + rest * 0.4957) / (core + rest), abs=TYPED_ABS_4)


def test_potential_by_hand():
    # G_F/(2 sqrt 2) = 4.12378e-24 eV^-2; iron has 7.874 g/cm^3/m_u = 4.7418e24 nucleons per cm^3, 1/cm^3 is
    # 7.6836e-15 eV^3, and 3 Z/A - 1 = 0.39672.
    expected = 4.12378e-24 * 7.874 / 1.66053907e-24 * 7.6836e-15 * 0.39672
    assert weak_potential(material("iron")) == pytest.approx(expected, rel=TYPED_4, abs=0.0)
    assert refractivity(0.1, 5e-4, expected) == pytest.approx(-0.1 * expected / 25e-8, rel=ROUNDING, abs=0.0)


def test_index_where_second_order_shows():
    # k'^2 = k^2 - 2 m U: m = 1 eV, k = 0.1 eV, U = 1 meV leaves 0.01 - 0.002.
    assert refractive_index(1.0, 0.1, 1e-3) == pytest.approx(math.sqrt(0.8), rel=ROUNDING)
    assert refractive_index(1.0, 1.0, 0.5) == 0.0


def test_critical_angle_of_one_per_cent():
    assert critical_angle(0.005) == pytest.approx(0.1, rel=ROUNDING)


def test_atoms_of_copper():
    # 8.96 g/cm^3 over 63.546 g/mol: 8.491e22 per cm^3, as textbooks have it.
    assert atoms_per_cm3(8.96, 63.546) == pytest.approx(8.491e22, rel=TYPED_4)


def test_antineutrinos_are_opposite_and_mass_states_average_the_flavours():
    for state in ("e", "mu", "2"):
        assert potential(CRUST, state, antineutrino=True) == -potential(CRUST, state)
    # Unitarity: the three mass states together see what the three flavours see.
    flavours = sum(potential(CRUST, f) for f in ("e", "mu", "tau"))
    assert sum(potential(CRUST, s) for s in ("1", "2", "3")) == pytest.approx(flavours, rel=ROUNDING_12)


def test_mass_that_gives_a_delta():
    for momentum in (None, mean_momentum()):
        mass = mass_for(2.5e-8, CRUST, "mu", momentum)
        given = (
            mean_refractivity(mass, potential(CRUST))
            if momentum is None
            else refractivity(mass, momentum, potential(CRUST))
        )
        assert abs(given) == pytest.approx(2.5e-8, rel=ROUNDING_12)


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
        (lambda: potential(CRUST, "4"), "state"),
        (lambda: potential(Material("", -1.0, 0.5, "")), "density_g_per_cm3"),
        (lambda: mass_for(0.0, CRUST), "delta"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
